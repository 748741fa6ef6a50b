import { findDates } from './dates.ts';
import { promptWord, type PromptWord } from './gbnf.ts';
import { nameKeys } from './people.ts';
import { dateTokens, nameTokens, plainWord, speakerTokens, token, unitMarkers } from './tokens.ts';
import type { Transcript, Unit } from './transcript.ts';
import type { CalendarDate } from './types.ts';

/** A word of the prompt and the stretch of the transcript it stands for. */
export interface WindowWord extends PromptWord {
  start: number;
  end: number;
  isDate: boolean;
}

export interface WindowUnit {
  unit: Unit;
  /** null: context only. */
  marker: string | null;
  /** Range in `ExtractionWindow.words`. */
  from: number;
  to: number;
}

/** A stretch of a meeting as the built-in model sees it: names and dates are placeholders, some units are marked to be judged. */
export interface ExtractionWindow {
  id: number;
  prompt: string;
  units: WindowUnit[];
  words: WindowWord[];
  /** Placeholder -> name or date. */
  names: Map<string, string>;
  dates: Map<string, CalendarDate>;
}

const BEFORE = 4;
const AFTER = 2;
const MAX_TARGET_WORDS = 110;

/** How often each unit is judged, each time with other company; what most judgements say counts. */
export const PASSES = 3;

/** All windows of a meeting: every unit is marked in PASSES of them. */
export function extractionWindows(transcript: Transcript): ExtractionWindow[] {
  const { units } = transcript;
  const windows: ExtractionWindow[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const shift = Math.round((unitMarkers.length * pass) / PASSES);
    for (let from = 0; from < units.length; ) {
      const limit = from === 0 && shift > 0 ? shift : unitMarkers.length;
      let to = from;
      let size = 0;
      while (to < units.length && to - from < limit && (to === from || size + words(units[to]) <= MAX_TARGET_WORDS)) {
        size += words(units[to]);
        to += 1;
      }
      windows.push(extractionWindow(transcript, windows.length, from, to));
      from = to;
    }
  }
  return windows;
}

const words = (unit: Unit | undefined): number => unit?.text.split(/\s+/u).length ?? 0;

/** The window that judges units [from, to). */
export function extractionWindow(transcript: Transcript, id: number, from: number, to: number): ExtractionWindow {
  const placeholders = new Placeholders();
  const first = Math.max(0, from - BEFORE);
  const window: ExtractionWindow = {
    id,
    prompt: token.extract,
    units: [],
    words: [],
    names: placeholders.names,
    dates: placeholders.dates,
  };
  transcript.units.slice(first, to + AFTER).forEach((unit, index) => {
    const position = first + index;
    const marker = position >= from && position < to ? (unitMarkers[position - from] ?? null) : null;
    const opens = unit.opensLine || index === 0;
    const speaker =
      opens && unit.speaker !== null
        ? `${placeholders.person(transcript, unit.speaker) ?? plainWord(unit.speaker.toLowerCase())}:`
        : '';
    const rendered = renderUnit(transcript, unit, placeholders);
    const start = window.words.length;
    window.words.push(...rendered);
    window.units.push({ unit, marker, from: start, to: window.words.length });
    window.prompt += `${opens ? '\n' : ''}${speaker}${rendered.map((word) => ` ${word.core}${word.trail}`).join('')}${marker ?? token.context}`;
  });
  window.prompt += token.answer;
  return window;
}

function renderUnit(transcript: Transcript, unit: Unit, placeholders: Placeholders): WindowWord[] {
  const result: WindowWord[] = [];
  const phrases = findDates(unit.text, transcript.date);
  let previousName = '';
  for (const match of unit.text.matchAll(/\S+/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    const phrase = phrases.find((candidate) => candidate.start < end && candidate.end > start);
    if (phrase !== undefined) {
      const last = result.at(-1);
      const tail = unit.text.slice(phrase.end, end).replace(/[^.,;:!?]/gu, '');
      const shown = { start: unit.start + phrase.start, end: unit.start + phrase.end, isDate: true };
      const again = last?.isDate === true && last.start === shown.start;
      const core = again ? null : placeholders.date(phrase.date);
      if (again) last.trail = tail;
      else if (core !== null) result.push({ core, trail: tail, ...shown });
      if (again || core !== null) {
        previousName = '';
        continue;
      }
    }
    const raw = match[0].replace(/^[("'\[*_@“‘]+/u, '');
    const [bare = '', suffix = ''] = /^(.*?)(['’]s)?[^\p{L}\p{N}'’]*$/su.exec(raw)?.slice(1) ?? [];
    const name = placeholders.word(transcript, bare);
    if (name !== null && name === previousName && result.length > 0) {
      const last = result[result.length - 1];
      if (last !== undefined)
        Object.assign(last, promptWord(name + raw.slice(bare.length).replace(/’/gu, "'").toLowerCase()), {
          end: unit.start + end,
        });
      continue;
    }
    previousName = name ?? '';
    const rendered =
      name !== null
        ? name + (suffix === '' ? '' : "'s") + raw.slice(bare.length + suffix.length).replace(/[^.,;:!?]/gu, '')
        : plainWord(
            raw
              .toLowerCase()
              .replace(/[’‘]/gu, "'")
              .replace(/[*_”“]/gu, ''),
          );
    if (rendered === '') continue;
    result.push({ ...promptWord(rendered), start: unit.start + start, end: unit.start + end, isDate: false });
  }
  return result;
}

/** Hands out placeholders in order of appearance; a tenth name stays as it is written. */
class Placeholders {
  readonly names = new Map<string, string>();
  readonly dates = new Map<string, CalendarDate>();
  readonly #byName = new Map<string, string>();
  #speakers = 0;
  #others = 0;

  person(transcript: Transcript, name: string): string | null {
    const shown = nameKeys(name)
      .map((key) => transcript.people.known.get(key))
      .find((known) => known !== undefined);
    return shown === undefined ? null : this.#token(shown, speakerTokens, true);
  }

  word(transcript: Transcript, word: string): string | null {
    const key = word.toLowerCase();
    const { known, others } = transcript.people;
    const person = known.get(key);
    if (person !== undefined && (person === person.toLowerCase() || /^\p{Lu}/u.test(word) || word.length > 4))
      return this.#token(person, speakerTokens, true);
    const other = others.get(key);
    return other === undefined || word === key ? null : this.#token(other, nameTokens, false);
  }

  /** A window has few dates; one for which no placeholder is left shares that of the same day, or stays a word. */
  date(date: CalendarDate): string | null {
    const free = dateTokens[this.dates.size];
    if (free === undefined) return [...this.dates].find(([, other]) => other === date)?.[0] ?? null;
    this.dates.set(free, date);
    return free;
  }

  #token(name: string, pool: readonly string[], speaker: boolean): string | null {
    const already = this.#byName.get(name);
    if (already !== undefined) return already;
    const placeholder = pool[speaker ? this.#speakers++ : this.#others++];
    if (placeholder === undefined) return null;
    this.#byName.set(name, placeholder);
    this.names.set(placeholder, name);
    return placeholder;
  }
}
