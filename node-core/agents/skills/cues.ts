import { findDates } from './dates.ts';
import type { Finding } from './extract.ts';
import { CONSENT, ownersIn, REFUSAL } from './tells.ts';
import { ownerName, taskTitle } from './titles.ts';
import type { Transcript, Unit } from './transcript.ts';

/** Verbs after "I'll" or "I can" that promise nothing that could be ticked off. */
const NO_PROMISE =
  /^(?:be|have|never|not|probably|maybe|see|hear|know|think|believe|guess|hope|say|admit|bet|remember|miss|love|like|hate|live|understand|reproduce|imagine|always|need|want|wait|leave|run|go|jump|head off|drop off|hop off|catch|come|stay|survive|manage|stop|end|rather|confess|regret|second|agree|look forward|feel|die|join you)\b/i;
const UNSETTLED =
  /\b(?:if|might|maybe|perhaps|could|would|unless|someday|sometime|eventually|one day|in a perfect|wish|supposed to|in theory|not sure|depends|tempted|toying|thinking about|considering|rather not|no need|not necessary|don'?t|doesn'?t|won'?t|can'?t|cannot|never|already|used to|last (?:week|month|year|night|monday|tuesday|wednesday|thursday|friday))\b/i;
const PAST =
  /\b(?:was|were|did|had|went|sent|wrote|got|told|made|took|brought|bought|came|said|found|gave|left|paid|put|read|forwarded|uploaded|booked|finished|fixed|called|cleaned|done)\b/i;
const DECIDED =
  /\b(?:decided|decision|agreed|resolved|approved|accepted|settled|unanimous|that'?s (?:fixed|final)|we go (?:with|for)|we'?ll go (?:with|for)|(?:then|so) we (?!\p{L}+ed\b|had\b|were\b|went\b|got\b|lost\b|did\b|made\b)|from now on|from .{1,12} on,|(?:is|are|gets?) (?:moved|postponed|cancell?ed|dropped|kept|closed|out)\b|goes on the|stays (?:on|off|as|in|open|closed)|instead of|drop it|final\b|we (?:take|share|keep|drop|stick|use|cancel|skip|postpone|move|buy|hire|switch|stop|start|open|close|make) )/iu;
const UNDECIDED =
  /\b(?:not decided|no decision|undecided|(?:we|let'?s) (?:start|begin) (?:with|by)|decide (?:next|later|whether)|should we|shall we|might|maybe|if we|could we|have you decided|agreed with|last (?:week|year|time)|was|were|had)\b/i;
const TELLING =
  '(?:proposes?|wonders?|thanks?|thanked|mentions?|believes?|doubts?|promises|says?|said|was|were|is|are|has|had|have|wants?|wanted|thinks?|thought|did|complains?|reports?|reported|asks?|asked|notes?|noted|laughs?|suggests?|suggested|explains?|needs?|would|could|might|may|likes?|knows?|agrees?|sees?|hopes?|works?|lives?|already|nobody|still|never|not|usually|always|picks)';
const DO =
  'put|get|write|bring|call|order|book|send|print|make|clean|ask|check|buy|take|move|fix|organise|collect|prepare';

/** Up to some day, whichever it is. */
const BY_A_DAY =
  /\b(?:by|until|till|before) (?:the |next |this |end |\d|mon|tues|wednes|thurs|fri|satur|sun|tomorrow|tonight|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;

const wordCount = (text: string): number => text.trim().split(/\s+/u).length;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A way to hand out or take on a task. Groups `a` and `b` are names, `task` is what is to be done. */
interface Cue {
  readonly pattern: RegExp;
  /** Who has it where no name was caught. */
  readonly owner: 'named' | 'speaker' | 'asked' | 'everybody' | 'nobody';
  /** A wish that the next lines may refuse. */
  readonly asks?: boolean;
  /** Counts also where the sentence has a condition or a "could". */
  readonly evenUnsettled?: boolean;
  readonly fits?: (unit: Unit, task: string) => boolean;
}

const notPast = ({ text }: Unit): boolean => !PAST.test(text);
const unspoken = (unit: Unit): boolean => unit.speaker === null && notPast(unit);

const cuesFor = (names: string): readonly Cue[] => {
  const make = (source: string): RegExp =>
    new RegExp(
      source
        .replaceAll('{a}', `(?<a>${names})`)
        .replaceAll('{b}', `(?<b>${names})`)
        .replaceAll('{task}', '(?<task>\\p{L}[^.?!;]*)'),
      'iu',
    );
  const you = '(?:can|could|would|will) you(?: please| maybe| just| also)?,?';
  return [
    {
      pattern: make(
        '^(?:action(?: item)?|todo|to do|ai|task|next step)s?\\s*[:–-]\\s*(?:@?{a}\\b(?: and {b})?\\s*(?:[:–,-]|to|will)?\\s*)?{task}',
      ),
      owner: 'named',
      evenUnsettled: true,
    },
    {
      pattern: make('^@?{a}(?:\\s*(?:,|&|\\+|and|und)\\s*{b})?\\s*(?:[:–→-]|->)+\\s*{task}'),
      owner: 'named',
      fits: ({ speaker }) => speaker === null,
    },
    { pattern: make(`\\b{a},?(?: then,?| so,?)? ${you} {task}`), owner: 'named', asks: true, evenUnsettled: true },
    { pattern: make(`\\b${you} {task},? {a}\\s*\\?`), owner: 'named', asks: true, evenUnsettled: true },
    {
      pattern: make('\\b{a},? (?:please|you) {task}'),
      owner: 'named',
      asks: true,
      fits: ({ text }) => !text.endsWith('?'),
    },
    { pattern: make('\\bplease {task},? {a}\\b'), owner: 'named', asks: true, fits: ({ text }) => !text.endsWith('?') },
    { pattern: make(`\\b${you} {task}`), owner: 'asked', asks: true, evenUnsettled: true },
    {
      pattern: make('\\b(?:should|shall) i(?: just| quickly)? {task}'),
      owner: 'speaker',
      asks: true,
      evenUnsettled: true,
    },
    { pattern: make('(?:\\b{a},? )?(?:would|do) you mind {task}'), owner: 'asked', asks: true, evenUnsettled: true },
    {
      pattern: make(
        '\\b(?:everybody|everyone|all of (?:us|you)|we all)(?: please)? (?:will |should |must |has to |have to |please |to )?(?!is\\b|was\\b|are\\b|were\\b|has\\b|fine\\b|ok\\b|agrees?\\b|knows?\\b|likes?\\b|wants?\\b|loves?\\b){task}',
      ),
      owner: 'everybody',
      fits: notPast,
    },
    {
      pattern: make(
        '(?:^|[,:;.!?–-]\\s+|\\b(?:and|so|then|okay|ok|that)\\s+){a}(?: and {b})? (?:will|to|has to|have to|needs to|is going to|are going to|is to|are to|takes care of|agreed to|offered to|offers to|promised to|volunteered to|should|must|can) (?!be\\b|have\\b|say){task}',
      ),
      owner: 'named',
    },
    {
      pattern: make(
        "\\b(?:i'?ll|i will|i'?m going to|im going to|i am going to|let me|i can|i take|i'?ve got to|i have to|i need to|i must|i should)(?: also| then| just| quickly| definitely| simply| gladly| happily)? {task}",
      ),
      owner: 'speaker',
      asks: true,
      fits: (_, task) => !NO_PROMISE.test(task),
    },
    { pattern: make(`\\bi (?<task>(?:${DO}) [^.?!;]+|do (?:it|that)(?: myself)?)`), owner: 'speaker', fits: notPast },
    {
      pattern: make(
        `^(?:okay |ok |and |so |then |also |um )*{a}(?: and {b})? (?!${TELLING}\\b)(?<task>(?:\\p{L}+s|${DO})\\b[^.?!;]*)`,
      ),
      owner: 'named',
      fits: notPast,
    },
    {
      pattern: make('\\b(?:some(?:body|one)|one of us) (?:should|has to|must|needs to|ought to|will have to) {task}'),
      owner: 'nobody',
      evenUnsettled: true,
      fits: ({ text }) => !PAST.test(text) && !text.endsWith('?'),
    },
    {
      pattern: make("\\bi(?:'d| would) like to {task}"),
      owner: 'speaker',
      evenUnsettled: true,
      // A wish with a deadline is a plan.
      fits: ({ text }) => BY_A_DAY.test(text),
    },
    {
      pattern: make(
        '^(?<task>\\p{L}[^?!;()]*?)\\s*(?:[-–→(\\[@]|->|owner:)+\\s*{a}[)\\]]?(?:,? (?:by|until|till|before|due|on) [^.?!;]*)?[).\\]]*$',
      ),
      owner: 'named',
      fits: unspoken,
    },
  ];
};

/**
 * What can be told from how a sentence is built, without a model: somebody is asked, offers, or is named with what to do; something is
 * called decided. Each rule is narrow, so that it is seldom wrong; what is said in other words is the model's part.
 */
export function cueFindings(transcript: Transcript): Finding[] {
  const keys = [...transcript.people.known.keys()].sort((a, b) => b.length - a.length);
  const cues = cuesFor(keys.length === 0 ? '(?!)' : keys.map((key) => key.replaceAll('.', '[.]')).join('|'));
  const isSpoken = transcript.units.some(({ speaker }) => speaker !== null);
  return transcript.units.flatMap((unit, at) => {
    if (unit.section === 'decisions') return written(unit) ?? [];
    const found = action(transcript, cues, unit, at);
    if (found !== null) return found;
    const isNoted = unit.opensLine && (unit.section === 'actions' || (!isSpoken && NOTED.test(unit.text)));
    if (isNoted && !isNoTask(unit)) return finding(transcript, unit, at, ownersIn(transcript, unit), unit.text) ?? [];
    return unit.section === 'actions' ? [] : (decision(unit) ?? agreedTo(transcript, unit, at) ?? []);
  });
}

/** In notes that nobody speaks in, a line that begins with such a verb is a task. */
const NOTED =
  /^(?:put|get|write|bring|call|order|book|send|print|make|ask|check|buy|move|fix|organi[sz]e|collect|prepare|update|find|schedule|arrange|invite|confirm|review|test|set up|draft|contact|e?-?mail|reply|tell|remind|renew|pay|cancel|hire|sign|reserve|translate|publish|upload|share|create|build|install|replace|repair|return|train|compare|finish|clean|measure|photograph|look (?:up|for|into)|clarify|talk to) (?!(?:and|was|were|is|are|by|from|of)\b)/iu;

const isNoTask = ({ text }: Unit): boolean =>
  UNDECIDED.test(text) || /\b(?:idea|no result|discussed|not needed)\b/iu.test(text);

/** A line under the heading "Decisions" is one. */
const written = ({ text, line, start, opensLine }: Unit): Finding | null =>
  opensLine && wordCount(text) >= 3
    ? { kind: 'decision', unit: start, line, text: capital(text.replace(/[.?!]+$/u, '')) }
    : null;

/** "Let's leave the music out", and the next one agrees. */
const agreedTo = ({ units }: Transcript, unit: Unit, at: number): Finding | null => {
  const proposed =
    /^(?:(?:ok(?:ay)?|so|then|alright|well|right),?\s+)*let'?s (?!see\b|start\b|begin\b|talk\b|wait\b|look\b|go through\b|move on\b|come back\b)/iu;
  const answer = units.slice(at + 1, at + 4).find(({ line }) => line !== unit.line);
  return proposed.test(unit.text) &&
    !unit.text.endsWith('?') &&
    wordCount(unit.text) >= 4 &&
    CONSENT.test(answer?.text ?? '')
    ? { kind: 'decision', unit: unit.start, line: unit.line, text: capital(unit.text.replace(/[.!]+$/u, '')) }
    : null;
};

function action(transcript: Transcript, cues: readonly Cue[], unit: Unit, at: number): Finding | null {
  const { people } = transcript;
  const speaker = unit.speaker ?? people.author;
  const settled = !UNSETTLED.test(unit.text);
  for (const cue of cues) {
    if (!settled && cue.evenUnsettled !== true) continue;
    const groups = cue.pattern.exec(unit.text)?.groups;
    const task = groups?.['task'];
    if (task === undefined || cue.fits?.(unit, task) === false) continue;
    const named = [groups?.['a'], groups?.['b']]
      .filter((name) => name !== undefined)
      .map((name) => ownerName(people, name));
    const owners = named.length > 0 ? named : ownersOf(transcript, cue, at, speaker);
    if (owners === null) continue;
    if (cue.asks === true && refused(transcript, at, cue, owners)) return null;
    return finding(transcript, unit, at, owners, task);
  }
  return null;
}

function ownersOf({ units, people }: Transcript, cue: Cue, at: number, speaker: string | null): string[] | null {
  if (cue.owner === 'everybody') return ['everybody'];
  if (cue.owner === 'speaker') return speaker === null ? null : [ownerName(people, speaker)];
  if (cue.owner === 'named' || cue.owner === 'nobody') return [];
  const line = units[at]?.line;
  const answering = units
    .slice(at + 1, at + 3)
    .find((other) => other.line !== line && other.speaker !== null && other.speaker !== speaker);
  return answering?.speaker ? [ownerName(people, answering.speaker)] : null;
}

/** Whether the lines that follow turn a wish down; an offer in form of a question needs a yes. */
function refused({ units }: Transcript, at: number, cue: Cue, owners: readonly string[]): boolean {
  const line = units[at]?.line;
  const answer = units
    .slice(at + 1, at + 4)
    .find((other) => other.line !== line)
    ?.text.trim();
  if (cue.owner === 'speaker' && cue.evenUnsettled === true) return answer === undefined || !CONSENT.test(answer);
  return answer !== undefined && REFUSAL.test(answer) && owners.length > 0;
}

function finding(
  transcript: Transcript,
  unit: Unit,
  at: number,
  owners: readonly string[],
  task: string,
): Finding | null {
  const { date, units, people } = transcript;
  const offset = unit.text.indexOf(task);
  const phrases = findDates(unit.text, date);
  const next = units[at + 1];
  const answers =
    next !== undefined &&
    wordCount(next.text) <= 8 &&
    next.speaker !== null &&
    owners.includes(ownerName(people, next.speaker));
  const due =
    (phrases.filter(({ start }) => start >= offset).at(-1) ?? phrases[0])?.date ??
    (answers ? findDates(next.text, date)[0]?.date : undefined) ??
    null;
  const words = withoutDate(
    task,
    phrases.filter(({ start }) => start >= offset).map(({ start }) => start - offset),
  );
  const clean = words
    .replace(/\s+(?:yeah|yes|yep|yup|sure|okay|ok|alright|no problem|will do|of course|right|please|then)\b.*$/iu, '')
    .replace(
      /,?\s+(?:whenever|as soon as|once|when|because|since|while|before the|after the|so that|otherwise|they need|they'?re|that'?s)\b.*$/iu,
      '',
    )
    .replace(/,\s*(?:would you|could you|can you|will you|and .{0,40}|but .*|so .*|which .*|it'?s .*)$/iu, '')
    .trim();
  const length = wordCount(clean);
  const pronoun = length <= 4 && /\b(?:it|that|them|this|those)\b/i.test(clean);
  if ((length < 2 && !pronoun) || length > 16) return null;
  return {
    kind: 'action',
    unit: unit.start,
    line: unit.line,
    title: taskTitle(clean, pronoun && unit.section === null ? antecedent(transcript, at) : null),
    owners: [...owners],
    due,
  };
}

/** The task up to its first date that leaves some words in front. */
function withoutDate(task: string, starts: readonly number[]): string {
  for (const start of starts) {
    const before = task
      .slice(0, start)
      .replace(/[\s,]*(?:by|on|until|till|before|for|in|at|from|say|say until)?\s*$/iu, '');
    if (before.length > 3) return before;
  }
  return task;
}

/** The noun that a pronoun most likely stands for: the last one named shortly before. */
function antecedent({ units }: Transcript, at: number): string | null {
  const noun =
    /\b(?:the|a|an|our|my|these|those|some)\s+(?!(?:same|lot|bit|way|moment|day|week|time|thing|one|other|minute|list|limit|end)\b)[\p{L}\p{N}'’-]+(?:\s+(?!(?:is|are|was|were|has|have|had|will|can|could|should|that|which|who|and|or|but|on|in|at|by|to|when|again|still|needs?|comes?|says?|looks?|gets?|went|goes|must|then|now|i|we|you|they|he|she|it)\b)[\p{L}\p{N}'’-]+){0,4}(?:\s+(?:of|from|for|with|about)\s+(?:the\s+|a\s+|our\s+)?[\p{L}\p{N}'’-]+)?/giu;
  for (let back = at - 1; back >= Math.max(0, at - 5); back -= 1) {
    const found = [...(units[back]?.text ?? '').matchAll(noun)].at(-1);
    if (found) return found[0];
  }
  return null;
}

function decision({ text, line, start }: Unit): Finding | null {
  if (!DECIDED.test(text) || UNDECIDED.test(text) || wordCount(text) < 4) return null;
  if (text.endsWith('?') && !/(?:ok(?:ay)?|agreed|fine|right|everyone)[^?]*\?$/i.test(text)) return null;
  const clean = text
    .replace(
      /^(?:(?:good|ok(?:ay)?|fine|right|then|so|agreed|decided|decision|great|perfect|alright|well|yes|no|and)[,:.!]?\s+)+/iu,
      '',
    )
    .replace(/[.?!]+$/u, '');
  return wordCount(clean) < 3 ? null : { kind: 'decision', unit: start, line, text: capital(clean) };
}
