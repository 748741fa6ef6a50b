import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountsNotSetUp, scriptedTool } from '../../testing/scripted-tools.ts';
import { scriptedPages, scriptedWriter } from '../../testing/scripted-writer.ts';
import { openTestAgents, type TestAgents } from '../../testing/test-agents.ts';
import type { Agents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const outside = { outside: true, labels: { untrusted: true, private: false } };
const goal =
  'Launch our coffee subscription by June 30, no budget; look for prices in Austria, and write a press release';

let opened: TestAgents;
let agents: Agents;
let searched: unknown[];

beforeEach(async () => {
  opened = openTestAgents();
  searched = [];
  agents = await opened.start(
    {
      builtin: false,
      answer: (request) => {
        const text = JSON.stringify(request.input);
        const say = (value: object) => JSON.stringify(value);
        if (text.includes('do not want?'))
          return say({ leaveOut: ['shares', 'budget'].map((step) => ({ step, words: 'no budget' })) });
        if (text.includes('look for something more?'))
          return say({ searches: [{ query: 'coffee prices Austria', words: 'look for prices in Austria' }] });
        if (text.includes('a further text'))
          return say({
            texts: [
              { title: 'Press release', about: 'the launch', from: ['Timeline'], words: 'write a press release' },
            ],
          });
        if (text.includes('Write “Press release”')) return 'Fresh beans from June 30.';
        return text.includes('You fill in a form') ? say({ product: 'coffee subscription' }) : scriptedWriter(request);
      },
    },
    [
      scriptedTool(
        'web.search',
        ({ query }) => {
          searched.push(query);
          return { results: scriptedPages.map(({ title, url }) => ({ title, url, snippet: '' })) };
        },
        outside,
      ),
      scriptedTool('web.read', ({ url }) => scriptedPages.find((page) => page.url === url) ?? null, outside),
      ...['knowledge.search', 'text.grammar', 'text.readability'].map((name) => scriptedTool(name, () => null)),
      ...accountsNotSetUp(),
    ],
  );
});
afterEach(() => opened.dispose());

it('a plan that was fitted to a goal is carried out as it is shown, and replayed', async () => {
  const { playbook, inputs, changes } = await agents.playbooks.compose({ goal, typed: true }, call);
  expect(changes).toHaveLength(3);
  const { id } = await agents.runs.start(
    { skill: 'playbook', playbookId: playbook.id, edited: playbook, inputs, today: '2026-05-04' },
    call,
  );
  for await (const event of await agents.runs.watch({ id }, call))
    if (event.type === 'run' && event.run.endedAt !== null) break;
  const { state, error, result } = await agents.runs.get({ id }, call);
  expect({ state, error }).toEqual({ state: 'done', error: null });
  if (result?.skill !== 'playbook') throw new Error('A playbook has a result of its own.');
  expect(result.lines.map(({ title }) => title)).toEqual([
    'Project',
    'Timeline',
    'Announcement',
    'Market',
    'Press release',
  ]);
  expect(result.lines.at(-1)?.value).toBe('Fresh beans from June 30.');
  expect(searched).toHaveLength(4);
  expect(searched).toContain('coffee prices Austria');
  const notes = result.noteIds.flatMap((noteId) => opened.store.get('note', noteId) ?? []);
  expect(notes.find(({ title }) => title === 'Press release')).toMatchObject({
    projectId: result.projectIds[0],
    tags: ['draft'],
    text: expect.stringContaining('Fresh beans from June 30.'),
  });
  expect((await agents.runs.replay({ id }, call)).differences).toEqual([]);
});
