import { cueFindings } from './cues.ts';
import { deadlineIn } from './dates.ts';
import type { Finding } from './extract.ts';
import { isNobodys, isTold, isTurnedDown, ownersIn } from './tells.ts';
import type { Transcript } from './transcript.ts';
import type { ActionItem, Decision, Extraction } from './types.ts';
import { PASSES } from './window.ts';

/** Of PASSES judgements of the model, how many make a finding that no cue supports. One is enough for a task: its span has to pass the rules as well. Tuned on generated meetings and the development set. */
const VOTES = { action: 1, decision: 2 } as const;

const STOP = new Set(
  'the a an to of in on for with and or at it that this them him her his their our my your up out from by about so as be is will we i'.split(
    ' ',
  ),
);

const contentWords = (title: string): Set<string> =>
  new Set(
    (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .filter((word) => !STOP.has(word))
      .map((word) => word.replace(/(?:ing|ed|es|s)$/u, '')),
  );

function sameTask(a: string, b: string): boolean {
  const [left, right] = [contentWords(a), contentWords(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  const smaller = Math.min(left.size, right.size);
  return smaller > 0 && shared / smaller >= (smaller <= 2 ? 1 : 0.6);
}

/**
 * Of what was found in one unit, the version that most passes agree on. A cue of the sentence's build counts as much as enough passes,
 * but where the model has words of its own for it, those are taken.
 */
function settle(findings: readonly Finding[], cues: readonly Finding[]): Finding[] {
  const settled: Finding[] = [];
  const units = new Set([...findings, ...cues].map(({ unit }) => unit));
  for (const unit of units) {
    const cue = cues.find((other) => other.unit === unit);
    const votes = findings.filter((finding) => finding.unit === unit);
    const actions = votes.filter(({ kind }) => kind === 'action');
    const decisions = votes.filter(({ kind }) => kind === 'decision');
    const kind = cue?.kind ?? (actions.length >= decisions.length ? 'action' : 'decision');
    const winners = kind === 'action' ? actions : decisions;
    if (cue === undefined && winners.length < VOTES[kind]) continue;
    if (winners.length === 0 && cue !== undefined) settled.push(cue);
    const versions = [...Map.groupBy(winners, (finding) => JSON.stringify(finding)).values()].sort(
      (a, b) => b.length - a.length,
    );
    for (const [index, version] of versions.entries())
      if (index === 0 || version.length > PASSES / 2) settled.push(...version.slice(0, 1));
  }
  return settled.sort((a, b) => a.line - b.line || (a.unit ?? 0) - (b.unit ?? 0));
}

/** What a sentence says for itself: the day by which it has to be done, that nobody has it yet, or, in a list of tasks, who has it. */
const corrected = (transcript: Transcript, finding: Finding): Finding => {
  const unit = transcript.units.find(({ start }) => start === finding.unit);
  if (finding.kind !== 'action' || !unit) return finding;
  const due = deadlineIn(unit.text, transcript.date) ?? finding.due;
  if (isNobodys(unit.text)) return { ...finding, due, owners: [] };
  const isListed = unit.section === 'actions' && unit.speaker === null;
  return { ...finding, due, owners: isListed ? ownersIn(transcript, unit) : finding.owners };
};

const TAKES_ON = /\b(?:i'?ll|i will|i can) (?:do|take care of|handle) (?:it|that|this)\b/iu;
/** So many sentences back is what "it" stands for. */
const REACH = 4;

/** "I'll do that tonight" is no task of its own: it says who does the one before, and when. */
const takenOn = (transcript: Transcript, before: readonly Finding[], finding: Finding): readonly Finding[] => {
  const placeOf = ({ unit }: Finding): number => transcript.units.findIndex(({ start }) => start === unit);
  const at = placeOf(finding);
  const last = before.at(-1);
  const isMeant =
    finding.kind === 'action' &&
    last?.kind === 'action' &&
    at >= 0 &&
    at - placeOf(last) <= REACH &&
    TAKES_ON.test(transcript.units[at]?.text ?? '') &&
    (last.owners.length === 0 || last.owners.some((owner) => finding.owners.includes(owner)));
  if (!isMeant) return [...before, finding];
  const owners = last.owners.length > 0 ? last.owners : finding.owners;
  return [...before.slice(0, -1), { ...last, owners, due: last.due ?? finding.due }];
};

const GREETING =
  /^(?:guten (?:morgen|tag|abend)|good (?:morning|afternoon|evening)|hallo|moin|hello|servus|see you|bye|tschüss)\b/iu;

/** Whether the lines around a finding speak against it. */
const holds = (transcript: Transcript, finding: Finding): boolean => {
  if (!fitsSection(transcript, finding)) return false;
  if (finding.kind === 'action') return !GREETING.test(finding.title) && !isTurnedDown(transcript, finding.unit);
  const unit = transcript.units.find(({ start }) => start === finding.unit);
  return !unit || unit.section === 'decisions' || !isTold(unit.text);
};

/** What the heading above a line says that it is counts more than what the model took it for. */
const fitsSection = (transcript: Transcript, finding: Finding): boolean => {
  const section = transcript.units.find(({ start }) => start === finding.unit)?.section ?? null;
  return section === null || section === (finding.kind === 'action' ? 'actions' : 'decisions');
};

/** A meeting is put together anew after each window; what its sentences tell by themselves stays the same. */
const cuesOf = new WeakMap<Transcript, readonly Finding[]>();
const cuesIn = (transcript: Transcript): readonly Finding[] => {
  const cues = cuesOf.get(transcript) ?? cueFindings(transcript);
  cuesOf.set(transcript, cues);
  return cues;
};

/** What the built-in model found in the windows of a meeting, put to the vote together with what the sentences' build tells. */
export const mergeFindings = (transcript: Transcript, findings: readonly Finding[]): Extraction =>
  joinFindings(
    transcript,
    settle(
      findings.filter((finding) => holds(transcript, finding)),
      cuesIn(transcript),
    )
      .map((finding) => corrected(transcript, finding))
      .reduce<readonly Finding[]>((before, finding) => takenOn(transcript, before, finding), []),
  );

/** One entry per task: a request, its acceptance and the recap are the same thing said three times. */
export function joinFindings(transcript: Transcript, findings: readonly Finding[]): Extraction {
  const actions: ActionItem[] = [];
  const decisions: Decision[] = [];
  for (const finding of findings) {
    if (finding.kind === 'decision') {
      if (!decisions.some((other) => sameTask(other.text, finding.text)))
        decisions.push({ text: finding.text, line: finding.line });
      continue;
    }
    const owner = finding.owners.length === 0 ? null : finding.owners.join(' and ');
    const twin = actions.find(
      (other) =>
        (other.owner === owner || other.owner === null || owner === null || other.line === finding.line) &&
        sameTask(other.title, finding.title),
    );
    if (twin === undefined) {
      actions.push({ title: finding.title, owner, due: finding.due, line: finding.line });
      continue;
    }
    if (twin.owner === null || (twin.due === null && finding.due !== null)) twin.owner = owner ?? twin.owner;
    twin.due ??= finding.due;
    if (contentWords(finding.title).size > contentWords(twin.title).size + 1) twin.title = finding.title;
  }
  return { decisions, actions, notices: transcript.notices };
}
