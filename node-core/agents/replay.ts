import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../common/index.ts';
import { errorCode, type RunDetail } from '../contract/index.ts';
import type { Assignment } from './book.ts';
import { extract } from './extract.ts';
import type { JournalEntry, JournalRow } from './journal.ts';
import { plan } from './plan.ts';
import { createSteps } from './steps.ts';
import { createWatchers } from './watch.ts';

class JournalEnds extends Error {}

const ends = (): never => {
  throw new JournalEnds();
};

/** A run of a skill again from its journal alone: where it would say something else. Its changes are taken as they are recorded. */
export const replaySkill = async (
  run: RunDetail,
  rows: readonly JournalRow[],
  { input, ...known }: Assignment,
): Promise<string[]> => {
  const applied = new Set(
    rows.flatMap(({ entry }) => (entry.type === 'step' && entry.kind === 'apply' ? [entry.index] : [])),
  );
  const isApplied = (entry: JournalEntry) => 'index' in entry && applied.has(entry.index);
  const said: JournalEntry[] = [];
  const steps = createSteps(
    {
      book: {
        rows: () => rows.filter(({ entry }) => entry.type === 'answer' || isApplied(entry)),
        append: (_, entries) => {
          said.push(...entries);
          return run;
        },
        appendIn: ends,
        get: () => run,
      },
      watchers: createWatchers(),
      inference: { generate: () => Promise.reject(new JournalEnds()) },
      store: ends,
      clock: systemClock,
    },
    { runId: run.id, title: run.title, modelId: run.modelId, signal: new AbortController().signal },
  );
  const ended = rows.map(({ entry }) => entry).find((entry) => entry.type === 'ended');
  const differences: string[] = [];
  try {
    const result =
      input.skill === 'plan'
        ? await plan(steps, { ...known, input })
        : input.skill === 'extract'
          ? await extract(steps, { ...known, input })
          : ends();
    if (ended?.state === 'done' && !isDeepStrictEqual(plain(result), plain(ended.result)))
      differences.push('The result would be another.');
  } catch (error) {
    if (!(error instanceof JournalEnds) && (ended?.state !== 'failed' || errorCode(error) !== ended.error?.code))
      throw error;
    if (error instanceof JournalEnds && ended?.state === 'done')
      differences.push('The run would go on after the end of the journal.');
  }
  const recorded = rows
    .map(({ entry }) => entry)
    .filter((entry) => (entry.type === 'step' || entry.type === 'step-done') && !isApplied(entry));
  for (const [at, entry] of recorded.entries())
    if (!isDeepStrictEqual(plain(entry), plain(said[at])))
      differences.push(`Entry ${at}: the journal says ${shown(entry)}, now it would be ${shown(said[at])}.`);
  return differences;
};

const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

const shown = (entry: JournalEntry | undefined): string => (entry ? JSON.stringify(entry).slice(0, 300) : 'nothing');
