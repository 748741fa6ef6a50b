import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import type { RunDetail } from '../contract/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { scriptedInference } from '../testing/scripted-inference.ts';
import { scriptedPlaybook } from '../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../testing/scripted-tools.ts';
import { addNote, saveNote } from '../workspace/index.ts';
import { type Agents, createAgents } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const playbook = scriptedPlaybook({
  inputs: [
    { id: 'notes', title: 'Notes', type: 'notes' },
    { id: 'text', title: 'Text', type: 'long-text' },
  ],
  tools: ['test.look'],
  steps: [
    { id: 'look', kind: 'tool', title: 'Look', tool: 'test.look', with: { of: '{{ inputs.text }}' } },
    { id: 'write', kind: 'ask', title: 'Write', prompt: '{{ inputs.notes.0.text }} {{ steps.look.found }}' },
  ],
  result: [{ title: 'Text', value: 'steps.write' }],
});

let opened: ReturnType<typeof openTestStore>;
let agents: Agents;
let asked: { readonly modelId: string | undefined; readonly prompt: string }[];
beforeEach(async () => {
  opened = openTestStore();
  asked = [];
  agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({
      answer: ({ modelId, input }) => {
        asked.push({ modelId, prompt: JSON.stringify(input) });
        return 'Written.';
      },
    }),
    tools: scriptedToolbox([scriptedTool('test.look', () => ({ found: 'facts' }))]),
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
});
afterEach(async () => {
  await agents.stop();
  opened.dispose();
});

const settled = async (id: string): Promise<RunDetail> => {
  for await (const event of await agents.runs.watch({ id }, call)) {
    const run = event.type === 'snapshot' || event.type === 'run' ? event.run : undefined;
    if (run && run.endedAt !== null) break;
  }
  return agents.runs.get({ id }, call);
};
const change = <T>(work: (change: Parameters<typeof addNote>[0]) => T): T =>
  opened.store.transact({ actor: 'user', label: 'x' }, (tx) => work({ store: opened.store, tx, now: 1, runId: null }));

it('starts the plan that it began with, on notes as they are now, by the same models, and what others wrote stays that', async () => {
  const note = change((given) => addNote(given, { text: 'Before' }));
  const first = await agents.runs.start(
    {
      skill: 'playbook',
      playbookId: playbook.id,
      edited: playbook,
      inputs: { notes: [note.id], text: 'from elsewhere' },
      untrusted: ['text'],
      models: { write: 'scripted-2' },
    },
    call,
  );
  const before = await settled(first.id);
  change((given) => saveNote(given, note.id, 'After', note.revision, 'user'));
  const again = await agents.runs.again({ id: first.id }, call);
  const after = await settled(again.id);
  expect(after).toMatchObject({ state: 'done', playbook: { playbook, inputs: { notes: [{ text: 'After' }] } } });
  expect(asked.map(({ modelId }) => modelId)).toEqual(['scripted-2', 'scripted-2']);
  expect(asked[1]?.prompt).toContain('After');
  const labels = (run: RunDetail) => run.playbook?.calls[0]?.argumentLabels;
  expect(labels(after)?.['of']).toMatchObject({ untrusted: true });
  expect(labels(after)).toEqual(labels(before));
});

it('plans a goal again, which has no task to complete any more', async () => {
  const first = await agents.runs.start({ skill: 'plan', goal: 'Paint the fence' }, call);
  await settled(first.id);
  const again = await agents.runs.again({ id: first.id }, call);
  expect(again).toMatchObject({ title: first.title, taskId: null });
  await settled(again.id);
});
