import type { WindowWord } from './window.ts';

/** A stretch of `ExtractionWindow.words`: [from, to). */
export type Range = readonly [from: number, to: number];

const set = (words: string): Set<string> => new Set(words.split(' '));

/** A task, a decision or a thing is named no further than here. */
const CLAUSE = set(
  "because since so but although though while whenever unless whether if when once until till yeah yes okay ok yep sure alright agreed everyone everybody anyway otherwise which who that's thats it's its i'll ill i'm im i've ive they're theyre they they'll she'll he'll i we you please thanks right mhm uh um",
);
const PREPOSITION = set('by on until till before for at in from within due');
const ARTICLE = set(
  'the a an my our your his her their this that these those some any no all both new old it them him me us',
);
const LINK = set('of for up out off in on at to with from about into down back over away round');
/** Words after which a task begins. */
const OPENING = set(
  "i i'll ill we we'll will would could can you to please and then should must shall has have needs need let's lets also just he she they i'd gonna i'm who",
);

/** No task begins like this. */
const STATE = set(
  "what who where when why how which he she they it you this that there's he's she's it's they're you're we're is are was were be been being am had can't cannot cant won't wont don't dont doesn't doesnt isn't isnt aren't wasn't didn't not never no nobody nothing there here maybe perhaps only still already and or think thinks want wants say says know knows hope hopes need needs like likes mean means seem seems feel feels believe guess suppose come comes go goes",
);
const QUESTION = set(
  "do does did should shall can could would are is may might didn't don't weren't wasn't shouldn't couldn't haven't",
);
const PAST_QUESTION = set("did didn't didnt weren't werent wasn't haven't havent were was");
/** "pruned", not "feed" */
const PAST_FORM =
  /^(?!(?:feed|need|seed|weed|shed|wed|embed|proceed|speed|exceed|bed|bleed|breed|heed|succeed)$)\p{L}{2,}ed$/u;
const IRREGULAR_PAST = set(
  'threw went sent wrote told took bought brought gave made did saw came paid said thought knew kept left lost met ran sold spoke stood taught won broke chose drove ate fell felt forgot heard held sat slept',
);
const EVERYBODY = set('everybody everyone every each all');
const NOBODY = set('somebody someone anybody anyone nobody who');
const MODAL = set(
  'can could would will you please to should must has have need needs shall going is am gonna also then just quickly better',
);
const FIRST_PERSON = set("i i'll ill i'm im i'd me");

const hardStop = (trail: string): boolean => /[.!?;]/u.test(trail);

/** Where the phrase that begins at `from` ends by its words: before a date, a new clause or the end of the sentence. `soft`: a comma ends it too. */
function phraseEnd(words: readonly WindowWord[], from: number, limit: number, soft: boolean): number {
  for (let at = from + 1; at < limit; at += 1) {
    const [word, before] = [words[at], words[at - 1]];
    if (word === undefined || before === undefined) return at;
    if (hardStop(before.trail) || (soft && /[,:]/u.test(before.trail))) return at;
    if (word.isDate) return PREPOSITION.has(before.core) && at - 1 > from ? at - 1 : at;
    if (CLAUSE.has(word.core) && !(/^(?:you|us|me)$/u.test(word.core) && LINK.has(before.core))) return at;
    if (word.core === 'no' && (words[at + 1]?.core === 'problem' || (at > from + 1 && !LINK.has(before.core))))
      return at;
    if (/^<s\d>$/u.test(word.core) && /^(?:no|you|can|okay|ok|yes|please)$/u.test(words[at + 1]?.core ?? '')) return at;
    if (word.core === 'as' && words[at + 1]?.core === 'soon') return at;
    if (word.core === 'before' && words[at + 1]?.core !== 'the') return at;
    if (word.core === 'not' && (before.core === 'and' || before.trail.includes(','))) return at;
  }
  return limit;
}

/** The model chooses where a task is; its exact ends follow from the words. null: this can't be a task. */
export function completeTask(words: readonly WindowWord[], [from, to]: Range, [first, limit]: Range): Range | null {
  let start = from;
  while (start > first && startsInside(words, start)) start -= 1;
  start = bothDeeds(words, start, first);
  while (start < to && (words[start]?.isDate === true || (OPENING.has(words[start]?.core ?? '') && start + 1 < to)))
    start += 1;
  // "Task for Ann: call the bank"
  for (let at = start; at < Math.min(start + 4, limit - 2); at += 1)
    if (words[at]?.trail.includes(':') === true) start = at + 1;
  const word = words[start];
  if (
    word === undefined ||
    ARTICLE.has(word.core) ||
    LINK.has(word.core) ||
    CLAUSE.has(word.core) ||
    STATE.has(word.core) ||
    /^[\d<]|'(?:s|re|ve|d|ll)$/u.test(word.core) ||
    PAST_FORM.test(word.core) ||
    IRREGULAR_PAST.has(word.core)
  )
    return null;
  const end = phraseEnd(words, start, limit, to <= phraseEnd(words, start, limit, true));
  return end - start >= 2 ? [start, Math.min(end, start + 16)] : null;
}

/** "Ann will do this and do that": the task is both. */
function bothDeeds(words: readonly WindowWord[], start: number, first: number): number {
  if (words[start - 1]?.core !== 'and') return start;
  for (let at = start - 4; at >= Math.max(first, start - 9); at -= 1) {
    if (/[.,!?;:]/u.test(words[at]?.trail ?? '')) return start;
    if (/^(?:will|i'll|to|must|should)$/u.test(words[at]?.core ?? '')) return at + 1;
  }
  return start;
}

/** "the salt" of "order the salt": the verb stands before it. */
function startsInside(words: readonly WindowWord[], start: number): boolean {
  const [word, before] = [words[start], words[start - 1]];
  if (
    word === undefined ||
    before === undefined ||
    before.isDate ||
    /[,.:;!?]/u.test(before.trail) ||
    OPENING.has(before.core) ||
    /^</u.test(before.core)
  )
    return false;
  return ARTICLE.has(word.core) || LINK.has(word.core);
}

/** "Did you …?", "weren't you going to …?", "we start with …": about the past, or nobody's task. */
export function isNoTask(words: readonly WindowWord[], start: number, first: number): boolean {
  if (words[start - 1]?.core === 'we' && start > first) return true;
  let at = start - 1;
  while (
    at >= first &&
    (MODAL.has(words[at]?.core ?? '') || words[at]?.core === 'going' || /^<s\d>$/u.test(words[at]?.core ?? ''))
  ) {
    if (hardStop(words[at]?.trail ?? '')) return false;
    at -= 1;
  }
  return at >= first && at < start - 1 && PAST_QUESTION.has(words[at]?.core ?? '');
}

/** "Do we keep it?" asks; it settles nothing. */
export const asks = (words: readonly WindowWord[], start: number, first: number): boolean =>
  start > first && QUESTION.has(words[start - 1]?.core ?? '') && !hardStop(words[start - 1]?.trail ?? '');

/** A decision goes on to the end of its clause. */
export function completeDecision(words: readonly WindowWord[], [from, to]: Range, limit: number): Range {
  for (let at = to; at < limit; at += 1) {
    const [word, before] = [words[at], words[at - 1]];
    if (
      word === undefined ||
      before === undefined ||
      /[.,!?;]/u.test(before.trail) ||
      (CLAUSE.has(word.core) && !/^(?:i|we|you|they)$/u.test(word.core))
    )
      return [from, at];
  }
  return [from, limit];
}

/** The thing that "it" stands for, with what belongs to its name: "the invoice" of "the invoice from the agency". */
export function completeThing(words: readonly WindowWord[], [from, to]: Range, limit: number): Range {
  const next = words[to];
  const open = ARTICLE.has(words[to - 1]?.core ?? '') || LINK.has(words[to - 1]?.core ?? '');
  const goesOn =
    open ||
    (to < limit &&
      next !== undefined &&
      !next.isDate &&
      LINK.has(next.core) &&
      !/[.,!?;:]/u.test(words[to - 1]?.trail ?? ''));
  return goesOn ? [from, Math.max(to, Math.min(phraseEnd(words, to - 1, limit, true), to + 4))] : [from, to];
}

/** What "it" may stand for: the last thing with an article that was named before, by its words. */
export function thingBefore(words: readonly WindowWord[], from: number, start: number): Range | null {
  for (let at = start - 2; at >= from; at -= 1) {
    if (!/^(?:the|a|an|our|my|your|no|this)$/u.test(words[at]?.core ?? '') || words[at]?.trail !== '') continue;
    let end = at + 1;
    while (end < start && end - at < 8) {
      const [word, before] = [words[end], words[end - 1]];
      if (
        word === undefined ||
        before === undefined ||
        /[.,!?;:]/u.test(before.trail) ||
        word.isDate ||
        CLAUSE.has(word.core) ||
        PAST_FORM.test(word.core) ||
        MODAL.has(word.core) ||
        STATE.has(word.core) ||
        (PREPOSITION.has(word.core) && word.core !== 'for' && word.core !== 'from' && word.core !== 'in')
      )
        break;
      end += 1;
    }
    const head = headBefore(words, from, at);
    if (
      end - at >= 2 &&
      !/^(?:way|time|moment|end|problem|plan|thing|point|idea|others?|rest|same|first|last|next|one|two)$/u.test(
        words[at + 1]?.core ?? '',
      )
    )
      return [head, end];
  }
  return null;
}

/** "the author" of "the index from the author" is only a part of the thing. */
function headBefore(words: readonly WindowWord[], from: number, at: number): number {
  if (!/^(?:for|of|from|with)$/u.test(words[at - 1]?.core ?? '')) return at;
  for (let head = at - 2; head >= Math.max(from, at - 5) && words[head]?.trail === ''; head -= 1) {
    if (/^(?:the|a|an|our|my|your|no|this)$/u.test(words[head]?.core ?? '')) return head;
  }
  return at;
}

/** The only date of a clause belongs to its task, if it stands right behind it or within it. */
export function dateBehind(words: readonly WindowWord[], [from, to]: Range, limit: number): string | null {
  const dates = words.slice(from, limit).filter(({ isDate }) => isDate);
  const at = words.findIndex((word, index) => index >= from && index < limit && word.isDate);
  return dates.length === 1 && at <= to + 1 ? (words[at]?.core ?? null) : null;
}

/**
 * Who is named before the task: right before it ("Ann and Ben, can you …", "Ann sends …", "I'll …"), else further back in the
 * sentence ("it falls to Ann to …", "everybody is asked to …"). Placeholders, `me`, `all`, or null if nobody is.
 */
export function namedBefore(words: readonly WindowWord[], start: number, first: number): string[] | null {
  let at = start - 1;
  while (at >= first && MODAL.has(words[at]?.core ?? '') && !hardStop(words[at]?.trail ?? '')) at -= 1;
  if (at < first || hardStop(words[at]?.trail ?? '')) return null;
  if (FIRST_PERSON.has(words[at]?.core ?? ''))
    return words[at - 1]?.core === 'and' ? null : (askedBefore(words, at, first) ?? ['me']);
  const names = namesEndingAt(words, at, first);
  return names.length > 0 ? names : namedInSentence(words, at, first);
}

/** "Ann can you order it yeah I'll order it": in a text without speakers it is Ann who answers. */
function askedBefore(words: readonly WindowWord[], last: number, first: number): string[] | null {
  for (let at = last - 1; at > first + 1; at -= 1) {
    if (words[at]?.core !== 'you' || !/^(?:can|could|will|would)$/u.test(words[at - 1]?.core ?? '')) continue;
    const names = namesEndingAt(words, at - 2, first);
    if (names.length > 0) return names;
  }
  return null;
}

function namesEndingAt(words: readonly WindowWord[], last: number, first: number): string[] {
  const names: string[] = [];
  for (let at = last; at >= first; at -= 1) {
    const { core = '', trail = '' } = words[at] ?? {};
    if (/^<[sn]\d>$/u.test(core) && !(names.length > 0 && hardStop(trail))) names.unshift(core);
    else if (core !== 'and' || names.length === 0) break;
  }
  return names;
}

function namedInSentence(words: readonly WindowWord[], last: number, first: number): string[] | null {
  for (let at = last; at >= Math.max(first, last - 9); at -= 1) {
    const { core = '', trail = '' } = words[at] ?? {};
    if (hardStop(trail) || NOBODY.has(core)) return null;
    if (FIRST_PERSON.has(core)) return ['me'];
    if (EVERYBODY.has(core)) return ['all'];
    if (/^<s\d>$/u.test(core)) return namesEndingAt(words, at, first);
  }
  return null;
}
