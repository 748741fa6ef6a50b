import * as chat from './chat-scenes.ts';
import { bindMarks, changeText, readMarks, type Mark } from './annotations.ts';
import { MONTHS, WEEKDAYS } from './fillers.ts';
import { TOPIC_NOUNS } from './lexicon.ts';
import { capital } from './names.ts';
import type { Random } from './random.ts';
import { TRAINING_BANK, writeScene, type Bank } from './scene-writer.ts';
import * as spoken from './voice-scenes.ts';

export interface Meeting {
  text: string;
  marks: Mark[];
  author: string;
  date: string;
  style: string;
}

/** Scenes by style and kind; the held-out set has its own. */
export interface SceneBank {
  bank: Bank;
  chat: Record<Kind, readonly string[]>;
  voice: Record<Kind, readonly string[]>;
  minutes: Record<Kind, readonly string[]>;
  mail: Record<Kind, readonly string[]>;
}

export type Kind = 'action' | 'decision' | 'nothing';

export const TRAINING_SCENES: SceneBank = {
  bank: TRAINING_BANK,
  chat: { action: chat.ACTION_SCENES, decision: chat.DECISION_SCENES, nothing: chat.NOTHING_SCENES },
  voice: { action: spoken.VOICE_ACTIONS, decision: spoken.VOICE_DECISIONS, nothing: spoken.VOICE_NOTHING },
  minutes: { action: spoken.MINUTES_ACTIONS, decision: spoken.MINUTES_DECISIONS, nothing: spoken.MINUTES_NOTHING },
  mail: { action: spoken.MAIL_ACTIONS, decision: spoken.MAIL_DECISIONS, nothing: spoken.MAIL_NOTHING },
};

const ROLES = [
  'site management',
  'architect',
  'electrics',
  'chair',
  'minutes',
  'treasurer',
  'design',
  'sales',
  'support',
  'IT',
  'nurse',
  'trainer',
  'parents',
  'kitchen',
  'stage',
  'finance',
  'HR',
  'legal',
  'research',
];

export function writeMeeting(random: Random, scenes: SceneBank = TRAINING_SCENES): Meeting {
  const draw = random.next();
  if (draw < 0.5) return chatMeeting(random, scenes);
  if (draw < 0.72) return minutesMeeting(random, scenes);
  return draw < 0.87 ? voiceMeeting(random, scenes) : mailMeeting(random, scenes);
}

function pickKind(random: Random): Kind {
  const draw = random.next();
  return draw < 0.44 ? 'nothing' : draw < 0.84 ? 'action' : 'decision';
}

function cast(random: Random, { bank }: SceneBank): string[] {
  const names = new Set<string>();
  const size = random.int(2, 6);
  while (names.size < size) names.add(bank.person(random));
  return [...names];
}

const meetingDay = (random: Random): string =>
  `202${random.int(4, 7)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
const longDate = (date: string): string =>
  `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

function rolesFor(
  random: Random,
  people: readonly string[],
  first: string | undefined,
): Record<'A' | 'B' | 'C', string> {
  const [x = '', y = '', z] = random.shuffle(people.filter((name) => name !== first));
  const A = first ?? x;
  const B = first === undefined ? y : x;
  const C = (first === undefined ? z : y) ?? random.pick(people);
  return { A, B, C: C === '' ? A : C };
}

const finish = (annotated: string, rest: Omit<Meeting, 'text' | 'marks'>): Meeting => ({
  ...readMarks(annotated),
  ...rest,
});

/** "i'll" typed or transcribed without care. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(\w)['’](\w)/gu, '$1$2')
    .replace(/[.,;:?!–()→"]/gu, '')
    .replace(/-/gu, ' ')
    .replace(/ {2,}/gu, ' ');

function typo(random: Random, text: string): string {
  return text.replace(/\p{Ll}{5,}/gu, (word) => {
    if (!random.chance(0.03)) return word;
    const at = random.int(1, word.length - 2);
    return random.chance(0.5)
      ? word.slice(0, at) + word.slice(at + 1)
      : word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });
}

function chatMeeting(random: Random, scenes: SceneBank): Meeting {
  const people = cast(random, scenes);
  const manner = random.pick(['clean', 'clean', 'clean', 'lower', 'sloppy']);
  const stamp = random.chance(0.12);
  const label = random.pick<(name: string) => string>([
    (name) => `${name}: `,
    (name) => `${name}: `,
    (name) => `${name}: `,
    (name) => `**${name}:** `,
    (name) => `${name.toUpperCase()}: `,
    (name) => `<${name}> : `,
  ]);
  const turns: { speaker: string; text: string }[] = [];
  const count = random.int(5, 14);
  for (let number = 0; number < count; number += 1) {
    const kind =
      number === 0 || number === count - 1 ? (random.chance(0.7) ? 'nothing' : pickKind(random)) : pickKind(random);
    const roles = rolesFor(random, people, random.chance(0.55) ? turns.at(-1)?.speaker : undefined);
    const written = bindMarks(writeScene(random.pick(scenes.chat[kind]), roles, random, scenes.bank), number, roles);
    for (const line of written.split('\n')) {
      const [, role = 'A', text = ''] = /^([ABC]): (.*)$/u.exec(line) ?? [];
      const speaker = roles[role as 'A' | 'B' | 'C'];
      const last = turns.at(-1);
      if (text === '') continue;
      if (last !== undefined && last.speaker === speaker) last.text += ` ${text}`;
      else turns.push({ speaker, text });
    }
  }
  let minute = random.int(0, 20);
  const body = turns.map(({ speaker, text }) => {
    minute += random.int(0, 2);
    const said =
      manner === 'clean'
        ? text
        : changeText(text, (part) =>
            typo(
              random,
              manner === 'lower'
                ? part.toLowerCase().replace(/\.(?= |$)/gu, random.chance(0.5) ? '' : '.')
                : bare(part),
            ),
          );
    return `${stamp ? `[${random.int(9, 9)}:${String(minute).padStart(2, '0')}] ` : ''}${label(speaker)}${said}`;
  });
  return finish(body.join('\n'), { author: '', date: meetingDay(random), style: `chat-${manner}` });
}

function minutesMeeting(random: Random, scenes: SceneBank): Meeting {
  const people = cast(random, scenes);
  const date = meetingDay(random);
  const out: string[] = [];
  if (random.chance(0.8))
    out.push(
      random.pick([
        `Minutes, ${longDate(date)}`,
        `${capital(random.pick(TOPIC_NOUNS))} meeting no. ${random.int(2, 30)}, ${scenes.bank.place(random)}`,
        `Meeting notes ${date}`,
        `Team meeting ${longDate(date)}`,
      ]),
    );
  const listed = random.chance(0.75);
  if (listed)
    out.push(
      `${random.pick(['Present', 'Attendees', 'Participants', 'Attending'])}: ${people.map((name) => (random.chance(0.5) ? `${name} (${random.pick(ROLES)})` : name)).join(', ')}`,
    );
  if (random.chance(0.5)) out.push('');
  const sections = random.pick(['numbered', 'dotted', 'none', 'plain', 'hash']);
  const base = random.int(1, 20);
  let section = 0;
  const bullet = random.pick(['', '', '- ', '* ', '• ']);
  const count = random.int(6, 16);
  for (let number = 0; number < count; number += 1) {
    if (sections !== 'none' && (number === 0 || random.chance(0.35))) {
      section += 1;
      const topic = capital(random.pick(TOPIC_NOUNS));
      out.push(
        {
          numbered: `${section}. ${topic}`,
          dotted: `${base}.${section} ${topic}`,
          plain: `${topic}`,
          hash: `## ${topic}`,
        }[sections] ?? topic,
      );
    }
    const kind = pickKind(random);
    const roles = rolesFor(random, people, undefined);
    const written = bindMarks(writeScene(random.pick(scenes.minutes[kind]), roles, random, scenes.bank), number, roles);
    for (const line of written.split('\n')) {
      const last = out.at(-1);
      if (last !== undefined && number > 0 && bullet === '' && /\.$/u.test(last) && random.chance(0.35))
        out[out.length - 1] = `${last} ${line}`;
      else out.push(/^[-*[]/u.test(line) ? line : bullet + line);
    }
  }
  if (random.chance(0.3))
    out.push('', `Next meeting: ${random.pick(WEEKDAYS)}, ${random.int(1, 28)} ${random.pick(MONTHS)}.`);
  return finish(out.join('\n'), { author: '', date, style: 'minutes' });
}

function voiceMeeting(random: Random, scenes: SceneBank): Meeting {
  const people = cast(random, scenes);
  const [author = ''] = people;
  const others = people.slice(1);
  const low = (name: string): string => name.toLowerCase();
  const out = [
    random.pick([
      `okay its me ${low(author)} and ${others.map(low).join(' and ')}`,
      `so this is ${low(author)} here with ${others.map(low).join(' and ')}`,
      `its me ${low(author)} with ${others.map(low).join(' and ')} is here too`,
    ]),
  ];
  const count = random.int(6, 16);
  for (let number = 0; number < count; number += 1) {
    const [B = author, C = B] = random.shuffle(others);
    const roles = { A: author, B, C };
    out.push(
      ...bindMarks(
        writeScene(random.pick(scenes.voice[pickKind(random)]), roles, random, scenes.bank),
        number,
        roles,
      ).split('\n'),
    );
  }
  const joined: string[] = [];
  for (const line of out) {
    const said = changeText(line, (part) => bare(part)).trim();
    if (joined.length > 1 && random.chance(0.12)) joined[joined.length - 1] += ` ${said}`;
    else joined.push(said);
  }
  return finish(joined.join('\n'), { author, date: meetingDay(random), style: 'voice' });
}

function mailMeeting(random: Random, scenes: SceneBank): Meeting {
  const people = cast(random, scenes);
  const [author = ''] = people;
  const others = people.slice(1);
  const out: string[] = [];
  if (random.chance(0.4))
    out.push(
      `From: ${author}`,
      `Subject: ${random.pick(['Notes', 'Summary', 'Our meeting', 'Next steps', capital(random.pick(TOPIC_NOUNS))])}`,
      '',
    );
  out.push(
    `${random.pick(['Hi', 'Hello', 'Dear', 'Hey'])} ${random.pick(['all', 'everyone', 'team', others.join(' and ')])},`,
    '',
  );
  let paragraph = '';
  const count = random.int(5, 12);
  for (let number = 0; number < count; number += 1) {
    const [B = author, C = B] = random.shuffle(others);
    const roles = { A: author, B, C };
    const written = bindMarks(
      writeScene(random.pick(scenes.mail[pickKind(random)]), roles, random, scenes.bank),
      number,
      roles,
    );
    paragraph += `${paragraph === '' ? '' : ' '}${written.replace(/\n/gu, ' ')}`;
    if (random.chance(0.4)) {
      out.push(paragraph, random.chance(0.5) ? '' : paragraph === '' ? '' : '');
      paragraph = '';
    }
  }
  out.push(
    paragraph,
    '',
    random.pick(['Best,', 'Cheers,', 'Thanks,', 'Best regards,', 'See you,', 'All the best,']),
    author,
  );
  return finish(out.join('\n'), { author, date: meetingDay(random), style: 'mail' });
}
