import { CLAUSE_DECISIONS, WE_DECISIONS } from './decisions.ts';
import { duePhrase, datePhrase, plainDate } from './due.ts';
import * as fillers from './fillers.ts';
import * as lexicon from './lexicon.ts';
import { capital, inventedWord, personName, placeName } from './names.ts';
import type { Random } from './random.ts';
import { expand, items } from './template.ts';
import { gerundOf, nounPhrase, thirdPerson, verbPhrase, type VerbPhrase } from './verb-phrases.ts';

/** Which phrases fill the slots: the training set and the held-out set bring their own. */
export interface Bank {
  fillers: Omit<typeof fillers, 'MONTHS' | 'WEEKDAYS'>;
  weDecisions: readonly string[];
  clauseDecisions: readonly string[];
  person(random: Random): string;
  place(random: Random): string;
  verbPhrase(random: Random, fill: (template: string) => string): VerbPhrase;
}

export const TRAINING_BANK: Bank = {
  fillers,
  weDecisions: WE_DECISIONS,
  clauseDecisions: CLAUSE_DECISIONS,
  person: personName,
  place: placeName,
  verbPhrase,
};

const UM = items('um, okay, so, and, then, uh, okay so, and um, right, good, so um, next, also, yeah so, now');
const GET_DONE = items(
  'repaired, printed, signed, cleaned, inspected, checked, tested, approved, translated, replaced, delivered, fixed, measured, copied, scanned, sorted',
);
const ASIDES = items(
  'you live round the corner, you have the key, youre good at that, you know them, you are there anyway, you did it last time, you have the van, youre nearest, youve got time',
);

/** Writes one scene: every slot keeps its value within the scene. */
export function writeScene(
  template: string,
  roles: Readonly<Record<'A' | 'B' | 'C', string>>,
  random: Random,
  bank: Bank,
): string {
  const bound = new Map<string, string>();
  const phrases = new Map<string, VerbPhrase>();
  const once = (name: string, make: () => string): string => {
    const known = bound.get(name);
    if (known !== undefined) return known;
    const made = make();
    bound.set(name, made);
    return made;
  };
  const fill = (text: string): string => expand(text, random, slot);
  const phrase = (number: string): VerbPhrase => {
    const known = phrases.get(number);
    if (known !== undefined) return known;
    const made = bank.verbPhrase(random, fill);
    phrases.set(number, made);
    return made;
  };
  const np = (): string =>
    nounPhrase(
      random,
      random.pick(random.pick([lexicon.DOCUMENTS, lexicon.THINGS, lexicon.THINGS, lexicon.SOFTWARE])),
      fill,
    );
  const inf = (): string => once('decinf', () => fill(random.pick(bank.weDecisions)));
  const dec = (): string =>
    once('dec', () =>
      bound.has('decinf') || random.chance(0.55) ? `we ${inf()}` : fill(random.pick(bank.clauseDecisions)),
    );
  const due = (probability: number, number: string): string =>
    random.chance(probability) ? once(`due${number}`, () => duePhrase(random)) : '';
  const { fillers: f } = bank;

  const verbSlot = (name: string): string | null => {
    const match = /^(vp|vps|vpd|vpg|vpp|vpit|vppast|obj|Vp|Obj|thirdit|participle)(2?)$/u.exec(name);
    if (match === null) return null;
    const vp = phrase(match[2] ?? '');
    const forms: Record<string, string> = {
      vp: vp.base,
      vps: vp.third,
      vpd: vp.past,
      vpg: vp.gerund,
      vpp: vp.participle,
      vpit: vp.baseIt,
      vppast: vp.past,
      obj: vp.object,
      Vp: capital(vp.base),
      Obj: capital(vp.object),
      thirdit: thirdPerson(vp.baseIt),
      participle: vp.past.split(' ')[0] ?? '',
    };
    return forms[match[1] ?? ''] ?? null;
  };

  const makers: Record<string, () => string> = {
    A: () => roles.A,
    B: () => roles.B,
    C: () => roles.C,
    N: () => bank.place(random),
    someone: () => bank.person(random),
    invented: () => inventedWord(random),
    np: () => once('np', np),
    Np: () => capital(once('np', np)),
    Np1: () => capital(once('np1', np)),
    np1: () => once('np1', np),
    np2: () => once('np2', np),
    person: () => random.pick(lexicon.PEOPLE).replace(/^the /u, ''),
    thing: () => random.pick(lexicon.THINGS),
    things: () => random.pick(lexicon.THINGS.filter((thing) => thing.endsWith('s'))),
    doc: () => random.pick(lexicon.DOCUMENTS),
    room: () => random.pick(lexicon.ROOMS),
    software: () => random.pick(lexicon.SOFTWARE),
    event: () => once('event', () => random.pick(lexicon.EVENTS)),
    event2: () => random.pick(lexicon.EVENTS),
    fact: () => random.pick(lexicon.FACTS),
    topic: () => once('topic', () => `the ${random.pick(lexicon.TOPIC_NOUNS)}`),
    topic1: () => once('topic', () => `the ${random.pick(lexicon.TOPIC_NOUNS)}`),
    Topic: () => once('Topic', () => capital(`${random.chance(0.4) ? 'the ' : ''}${random.pick(lexicon.TOPIC_NOUNS)}`)),
    num: () =>
      random.pick([
        String(random.int(3, 99)),
        String(random.int(1, 40) * 50),
        `${random.int(1, 9)},${random.int(0, 9)}00`,
      ]),
    num2: () => String(random.int(2, 40)),
    numsmall: () =>
      random.pick([String(random.int(2, 12)), ...items('two, three, four, five, six, seven, eight, ten')]),
    ver: () => `${random.int(1, 9)}.${random.int(0, 12)}${random.chance(0.5) ? `.${random.int(0, 9)}` : ''}`,
    due: () => due(1, ''),
    'due?': () => due(0.62, ''),
    due2: () => due(1, '2'),
    'due2?': () => due(0.6, '2'),
    duestrict: () => due(1, ''),
    duex: () => due(0.7, ''),
    Due: () => capital(due(1, '').trim()),
    Duesent: () =>
      random.chance(0.6) ? ` Due${due(1, '').replace(/^ (?:by|on|before|until|till|for|at) /u, ' ')}.` : '',
    duepar: () =>
      random.chance(0.65)
        ? random.pick([` (${due(1, '').trim()})`, `,${due(1, '')}`, due(1, ''), ` - ${due(1, '').trim()}`])
        : '',
    date: () => once('date', () => plainDate(random).replace(/^on /u, random.chance(0.8) ? 'on ' : '')),
    Date: () => once('date', () => datePhrase(random).phrase),
    pastdate: () => random.pick(f.PAST_DATES),
    pastday: () => random.pick(f.PAST_DAYS),
    month: () => random.pick(fillers.MONTHS),
    month2: () => random.pick(fillers.MONTHS),
    weekday: () => random.pick(fillers.WEEKDAYS),
    yes: () => `${fill(random.pick(f.YES))}.`,
    dateok: () => `${fill(random.pick(f.DATE_OK))}.`,
    thanks: () => `${fill(random.pick(f.THANKS))}${random.pick(['.', '.', '!'])}`,
    ack: () => `${fill(random.pick(f.ACK))}.`,
    ackdone: () => `${fill(random.pick(f.ACK_DONE))}.`,
    'reason?': () => (random.chance(0.3) ? fill(random.pick(f.REASONS)) : ''),
    reasonclause: () => fill(random.pick(f.REASON_CLAUSES)),
    reasonclausev: () => fill(random.pick(f.REASON_CLAUSES)),
    reasonopt: () => fill(random.pick(f.REASON_OPT)).replace(/(.)$/u, '$1.'),
    reasonv: () => (random.chance(0.4) ? fill(random.pick(f.REASONS)).replace(/^, /u, '') : ''),
    smalltalk: () => fill(random.pick(f.SMALLTALK)),
    smallv: () => (random.chance(0.5) ? fill(random.pick(f.SMALLTALK)) : ''),
    status: () => capital(fill(random.pick(f.STATUS))),
    statusl: () => fill(random.pick(f.STATUS)),
    question: () => capital(fill(random.pick(f.QUESTIONS))),
    answer: () => `${fill(random.pick(f.ANSWERS))}.`.replace(/\.\.$/u, '.'),
    opinion: () => `${capital(fill(random.pick(f.OPINIONS)))}.`,
    proposal: () => {
      inf();
      const text = capital(fill(random.pick(f.PROPOSALS)));
      return /^(?:What|How|Why|Could|Or)/u.test(text) ? text.replace(/[?.]*$/u, '?') : text;
    },
    proposalm: () => capital(gerundOf(inf())),
    optionq: () => capital(fill(random.pick(f.OPTION_QUESTIONS))),
    topicline: () => fill(random.pick(f.TOPIC_LINES)),
    decinf: inf,
    dec,
    Dec: () => capital(dec()),
    decger: () => gerundOf(inf()),
    Short: () =>
      capital(
        fill(random.pick(['{np1}', 'together', 'the cheap one', 'the second', 'the first', '{num}', 'share', 'alone'])),
      ),
    um: () => random.pick(UM),
    aside: () => random.pick(ASIDES),
    agreedv: () =>
      random.pick([
        '',
        '',
        'everyone fine with that yeah yeah',
        'good thats fixed then',
        'agreed',
        'all agreed',
        'okay good',
        'thats settled',
      ]),
    getdone: () => random.pick(GET_DONE),
    pronoun: () => random.pick(['him', 'her', 'them']),
    stillopen: () =>
      random.pick(['is still open', 'are missing', 'still missing', 'not done yet', 'open since last time', 'overdue']),
    thanksm: () => random.pick(['', 'Thanks!', 'Thank you!', 'That would help a lot.']),
    qm: () => random.pick(['.', '?', '']),
  };
  const slot = (name: string): string | null => verbSlot(name) ?? makers[name]?.() ?? null;
  return fill(template)
    .replace(/[ \t]+([.,?!])/gu, '$1')
    .replace(/[ \t]{2,}/gu, ' ');
}
