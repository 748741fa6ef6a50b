import { z } from 'zod';
import { createAgents } from '../agents/index.ts';
import { silentLogger, systemClock } from '../common/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import { annotatedMeeting, type Expected, type meetingNames } from './annotated-meetings.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const Item = z.object({
  line: z.number(),
  quote: z.string(),
  title: z.string().optional(),
  text: z.string().optional(),
  owner: z.string().nullish(),
  due: z.string().nullish(),
  priority: z.number().optional(),
  remindOn: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
});
type Item = z.infer<typeof Item>;

/** What the playbook makes of a meeting, held on 4 May 2026. Throws what the run failed with. */
export const readMeeting = async (
  store: Store,
  inference: Pick<Inference, 'generate' | 'model' | 'slots'>,
  text: string,
) => {
  const agents = createAgents({ store: () => store, inference, clock: systemClock, logger: silentLogger });
  await agents.start();
  const inputs = { transcript: text, name: 'Meeting' };
  const { id } = await agents.runs.start(
    { skill: 'playbook', playbookId: 'meeting-notes', inputs, today: '2026-05-04' },
    call,
  );
  for await (const event of await agents.runs.watch({ id }, call)) void event;
  const run = await agents.runs.get({ id }, call);
  await agents.stop();
  if (run.error) throw new Error(`${run.error.code}: ${run.error.message}`);
  const result = run.result?.skill === 'playbook' ? run.result : null;
  const listed = (title: string) => z.array(Item).parse(result?.lines.find((line) => line.title === title)?.value);
  const tasks = (result?.taskIds ?? []).flatMap((taskId) => store.get('task', taskId) ?? []);
  const notes = (result?.noteIds ?? []).flatMap((noteId) => store.get('note', noteId) ?? []);
  return { actions: listed('Action items'), decisions: listed('Decisions'), tasks, notes };
};

/** Said within three lines of it, in most of its words. */
const isOf = ({ line, words }: Expected, item: Item): boolean => {
  const said = `${item.title ?? item.text} ${item.quote}`.toLowerCase();
  const shared = words.filter((word) => said.includes(word.toLowerCase().slice(0, 5)));
  return Math.abs(line - item.line) <= 3 && shared.length >= words.length * 0.6;
};

/** Each expected one with what was found of it. */
const matched = (expected: readonly Expected[], found: readonly Item[]) => {
  const left = [...found];
  return expected.flatMap((one) => {
    const at = left.findIndex((item) => isOf(one, item));
    const [item] = at < 0 ? [] : left.splice(at, 1);
    return item ? [{ one, item }] : [];
  });
};

const f1 = (right: number, found: number, wanted: number): number => (2 * right) / Math.max(1, found + wanted);

/** The same as a person took out of meetings: counts, and the F1 of actions and of decisions. */
export const meetingFigures = async (
  names: readonly (typeof meetingNames)[number][],
  read: (
    text: string,
    expected: readonly Expected[],
  ) => Promise<{ actions: readonly Item[]; decisions: readonly Item[] }>,
) => {
  const sum = { wanted: 0, found: 0, right: 0, owners: 0, days: 0, decided: 0, decisions: 0, settled: 0 };
  for (const name of names) {
    const { text, expected } = annotatedMeeting(name);
    const { actions, decisions } = await read(text, expected);
    const wanted = expected.filter(({ kind }) => kind === 'action');
    const pairs = matched(wanted, actions);
    const settled = matched(
      expected.filter(({ kind }) => kind === 'decision'),
      decisions,
    );
    sum.wanted += wanted.length;
    sum.found += actions.length;
    sum.right += pairs.length;
    sum.owners += pairs.filter(({ one, item }) => one.owner === (item.owner ?? null)).length;
    sum.days += pairs.filter(({ one, item }) => one.due === (item.due ?? null)).length;
    sum.decided += expected.length - wanted.length;
    sum.decisions += decisions.length;
    sum.settled += settled.length;
  }
  return {
    ...sum,
    actionsF1: f1(sum.right, sum.found, sum.wanted),
    decisionsF1: f1(sum.settled, sum.decisions, sum.decided),
  };
};
