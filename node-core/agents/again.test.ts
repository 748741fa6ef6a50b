import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunDetail } from '../contract/index.ts';
import { scriptedPlaybook } from '../testing/scripted-playbook.ts';
import { scriptedTool } from '../testing/scripted-tools.ts';
import { openTestAgents, settledRun, type TestAgents } from '../testing/test-agents.ts';
import { addNote, saveNote } from '../workspace/index.ts';
import type { Agents } from './index.ts';

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

let opened: TestAgents;
let agents: Agents;
let asked: { readonly modelId: string | undefined; readonly prompt: string }[];
beforeEach(async () => {
  opened = openTestAgents();
  asked = [];
  agents = await opened.start(
    {
      answer: ({ modelId, input }) => {
        asked.push({ modelId, prompt: JSON.stringify(input) });
        return 'Written.';
      },
    },
    [scriptedTool('test.look', () => ({ found: 'facts' }))],
  );
});
afterEach(() => opened.dispose());

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
  const before = await settledRun(agents, first.id);
  change((given) => saveNote(given, note.id, 'After', note.revision, 'user'));
  const again = await agents.runs.again({ id: first.id }, call);
  const after = await settledRun(agents, again.id);
  expect(after).toMatchObject({ state: 'done', playbook: { playbook, inputs: { notes: [{ text: 'After' }] } } });
  expect(asked.map(({ modelId }) => modelId)).toEqual(['scripted-2', 'scripted-2']);
  expect(asked[1]?.prompt).toContain('After');
  const labels = (run: RunDetail) => run.playbook?.calls[0]?.argumentLabels;
  expect(labels(after)?.['of']).toMatchObject({ untrusted: true });
  expect(labels(after)).toEqual(labels(before));
});

it('plans a goal again, which has no task to complete any more', async () => {
  const first = await agents.runs.start({ skill: 'plan', goal: 'Paint the fence' }, call);
  await settledRun(agents, first.id);
  const again = await agents.runs.again({ id: first.id }, call);
  expect(again).toMatchObject({ title: first.title, taskId: null });
  await settledRun(agents, again.id);
});
