import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { PlaybookResult, StartRun } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedToolbox } from '../../testing/scripted-tools.ts';
import { scriptedWeb } from '../../testing/scripted-writer.ts';
import { builtInInference } from '../../testing/test-inference.ts';
import { addNote } from '../../workspace/index.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
let inference: Inference;
let agents: Agents;

beforeAll(async () => {
  opened = openTestStore();
  const store = () => opened.store;
  inference = builtInInference(store, join(opened.dir, 'models'));
  const tools = scriptedToolbox(scriptedWeb());
  agents = createAgents({ store, inference, tools, clock: systemClock, logger: silentLogger });
  await agents.start();
});
afterAll(async () => {
  await agents.stop();
  await inference.stop();
  opened.dispose();
});

/** To its end; of what is proposed, all is taken. */
const run = async (
  playbookId: string,
  inputs: Extract<StartRun, { skill: 'playbook' }>['inputs'],
): Promise<PlaybookResult> => {
  const { id } = await agents.runs.start({ skill: 'playbook', playbookId, inputs, today: '2026-05-04' }, call);
  for await (const event of await agents.runs.watch({ id }, call)) {
    const questions = event.type === 'playbook' ? (event.playbook.questions ?? []) : [];
    for (const question of questions)
      if (question.type === 'choose')
        await agents.runs.answer(
          { id, questionId: question.id, answer: { type: 'choose', taken: question.items.map((_, at) => at) } },
          call,
        );
  }
  const { state, error, result } = await agents.runs.get({ id }, call);
  expect(error).toBeNull();
  expect(state).toBe('done');
  expect((await agents.runs.replay({ id }, call)).differences).toEqual([]);
  if (result?.skill !== 'playbook') throw new Error('A playbook has a result of its own.');
  return result;
};
const titles = ({ taskIds }: PlaybookResult) => taskIds.flatMap((id) => opened.store.get('task', id)?.title ?? []);

it('plans a launch with the model that comes with Jan', async () => {
  const result = await run('product-launch', {
    product: 'a coffee subscription with fresh beans',
    launch: '2026-06-30',
  });
  expect(titles(result).length).toBeGreaterThanOrEqual(5);
  expect(titles(result).some((title) => /coffee/iu.test(title))).toBe(true);
  expect(result.notices.join('\n')).toContain('There is no announcement');
  expect(result.notices.join('\n')).not.toContain('“Break the launch into steps”');
});

it.each(['a bike light', 'a lamp', 'Balkon'])('knows the launch of %s for one', async (product) => {
  const result = await run('product-launch', { product, launch: '2026-08-31' });
  expect(titles(result).join('\n')).toMatch(/price/iu);
  expect(titles(result).join('\n')).toMatch(/press/iu);
});

it('finds with it in a meeting what no rule finds', async () => {
  const transcript = [
    'Priya: are we all here?',
    'Dom: the courier app dies on Android 11 when you open a long route.',
    "Hanna: I'll test it on the old devices until Thursday.",
    'Priya: Lukas, can you phone the depot tomorrow?',
    'Lukas: sure, will do.',
    'Priya: then we stop supporting Android 9, agreed.',
  ].join('\n');
  const result = await run('meeting-notes', { transcript, date: '2026-05-04' });
  expect(titles(result).join('\n')).toMatch(/depot/u);
  expect(titles(result).join('\n')).toMatch(/test/iu);
});

it('does what code can of the other three, and says what is missing', async () => {
  const research = await run('research-and-write', { topic: 'coffee at home' });
  expect(research.notices.join('\n')).toContain('No section could be written by the model');
  opened.store.transact({ actor: 'user', label: 'Notes' }, (tx) => {
    for (let index = 0; index < 50; index += 1)
      addNote(
        { store: opened.store, tx, now: 1, runId: null },
        {
          text:
            index % 2 === 0
              ? `# Garden ${index}\n\nTomatoes need compost and soil ${index}.`
              : `# Guitar ${index}\n\nPractice chords and strings ${index}.`,
        },
      );
  });
  const notes = await run('organise-notes', {});
  expect(notes.noteIds.length).toBeGreaterThan(40);
  const pitch = await run('pitch-prep', {
    company: 'Bean Mail',
    figures: 'We have 1,200 customers.\nThe team are two founders.',
  });
  expect(pitch.notices.join('\n')).toContain('There is no narrative');
});
