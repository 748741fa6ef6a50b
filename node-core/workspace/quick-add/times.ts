import { closesAt, phrasePattern, type Span } from './phrase.ts';

export interface TimePhrase extends Span {
  /** Where the words of the time itself begin: after `at`. */
  readonly core: number;
  readonly time: string;
  /** Good as a time wherever it stands; else only beside a date. */
  readonly alone: boolean;
}

const two = (value: number) => String(value).padStart(2, '0');
export const partsOfDay: Readonly<Record<string, string>> = {
  morning: '09:00',
  noon: '12:00',
  lunchtime: '12:00',
  afternoon: '15:00',
  evening: '18:00',
  night: '20:00',
  midnight: '23:59',
};

const clock = phrasePattern(String.raw`(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?`);
const day24 = phrasePattern(String.raw`([01]?\d|2[0-3]):([0-5]\d)`);
const bare = phrasePattern(String.raw`(\d{1,2})(?:\s?o['’]?clock)?`);
const named = phrasePattern('noon|midnight|lunchtime|morning|afternoon|evening|night');

const leading = /(?:^|[\s,(])((?:at|around|by|before|until|till|@)\s*)$/i;
const refusing = /(?:^|\s)(?:from|after|since|between|than|over|under)\s+$/i;
const partLead = /(?:^|[\s,(])((?:in the|at)\s+)$/i;

/** An hour without am or pm: one to six is the afternoon. */
const likelyHour = (hour: number): number => (hour >= 1 && hour <= 6 ? hour + 12 : hour);

/** Every time of day in the text; those with `alone` false mean one only beside a date. */
export const findTimes = (text: string): TimePhrase[] => {
  const found: TimePhrase[] = [];
  const add = (match: RegExpExecArray, time: string, kind: 'sure' | 'clock' | 'number' | 'part'): void => {
    const core = match.index;
    const end = core + match[0].length;
    const left = text.slice(Math.max(0, core - 24), core);
    if (refusing.test(left) || found.some((other) => core < other.end && other.core < end)) return;
    const lead = (kind === 'part' ? partLead : leading).exec(left)?.[1] ?? '';
    const closes = closesAt(text, end);
    if (kind === 'number' && (lead === '' || !/^(?:at|around|@)/i.test(lead))) return;
    const marked = lead !== '' || /^\s*$/.test(text.slice(0, core));
    const alone =
      kind === 'sure'
        ? marked || closes
        : kind === 'clock'
          ? lead !== ''
          : kind === 'number'
            ? closes
            : lead !== '' && closes && /noon|midnight/i.test(match[0]);
    found.push({ core, start: core - lead.length, end, time, alone });
  };
  for (const match of text.matchAll(clock)) {
    const hour = Number(match[1]);
    const minute = Number(match[2] ?? 0);
    if (hour < 1 || hour > 12 || minute > 59) continue;
    add(match, `${two((hour % 12) + (match[3]?.toLowerCase() === 'p' ? 12 : 0))}:${two(minute)}`, 'sure');
  }
  for (const match of text.matchAll(day24)) add(match, `${two(Number(match[1]))}:${match[2] ?? '00'}`, 'clock');
  for (const match of text.matchAll(bare)) {
    if (Number(match[1]) <= 23) add(match, `${two(likelyHour(Number(match[1])))}:00`, 'number');
  }
  for (const match of text.matchAll(named)) add(match, partsOfDay[match[0].toLowerCase()] ?? '12:00', 'part');
  return found.sort((a, b) => a.start - b.start);
};
