import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { Playbook, PlaybookResult, StartRun } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedAnswer } from '../../testing/scripted-answers.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook } from '../../testing/scripted-playbook.ts';
import { scriptedToolbox } from '../../testing/scripted-tools.ts';
import { scriptedWeb, scriptedWriter } from '../../testing/scripted-writer.ts';
import { builtInTools } from '../../tools/all.ts';
import { addNote } from '../../workspace/index.ts';
import { type Agents, createAgents } from '../index.ts';
import { shippedPlaybooks } from '../shipped.ts';
import { changes, checks, rules } from './index.ts';
import { withoutSteps } from './leave-out.ts';
import { readPlaybook } from './read.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const known = { rules, changes, checks, tool: (name: string) => builtInTools.find((tool) => tool.name === name) };
const shipped = shippedPlaybooks().flatMap((text) => readPlaybook(text, known).playbook ?? []);
const shippedOf = (id: string): Playbook => {
  const playbook = shipped.find((one) => one.id === id);
  if (!playbook) throw new Error(`There is no ${id}.`);
  return playbook;
};
const idsOf = (playbook: Playbook | null): string[] => playbook?.steps.map(({ id }) => id) ?? [];

describe('a playbook without a step', () => {
  const step = (id: string, more: object = {}) => ({ id, kind: 'ask' as const, title: id, prompt: 'p', ...more });

  it('is there where the step is optional, has another in its place, or serves nobody', () => {
    const playbook = scriptedPlaybook({
      steps: [
        step('needed'),
        step('spare', { optional: true }),
        step('first'),
        step('second'),
        step('last', { prompt: '{{ steps.needed }} {{ steps.spare }} {{ steps.first ?? steps.second }}' }),
        step('alone'),
      ],
      result: [{ title: 'Last', value: 'steps.last' }],
    });
    expect(withoutSteps(playbook, ['needed'])).toBeNull();
    expect(withoutSteps(playbook, ['second'])).toMatchObject({
      steps: [{}, {}, {}, { prompt: '{{ steps.needed }} {{ steps.spare }} {{ steps.first }}' }, {}],
    });
    expect(withoutSteps(playbook, ['first', 'second'])).toBeNull();
    expect(withoutSteps(playbook, ['spare', 'first', 'alone'])?.steps.at(-1)).toMatchObject({
      id: 'last',
      prompt: '{{ steps.needed }}  {{ steps.second }}',
    });
    expect(withoutSteps(playbook, ['last'])).toBeNull();
  });

  it('takes with it what would be nothing, and what served only it', () => {
    const playbook = scriptedPlaybook({
      steps: [
        step('queries'),
        step('found', { each: 'steps.queries', optional: true }),
        step('parts', { each: 'steps.found', optional: true }),
        step('text', { prompt: 'of {{ steps.parts }}', needs: ['found'] }),
        step('shown', { when: 'steps.found' }),
        { id: 'keep', kind: 'change', title: 'Keep', change: 'note', with: { text: '{{ steps.text }}' } },
      ],
      result: [
        { title: 'Text', value: 'steps.text' },
        { title: 'Found', value: 'steps.found' },
      ],
    });
    expect(withoutSteps(playbook, ['found'])).toMatchObject({
      steps: [{ id: 'text', prompt: 'of ', needs: [] }, { id: 'keep' }],
      result: [{ title: 'Text' }],
    });
  });

  it('has no budget, no announcement or no research where a launch is to be without', () => {
    const launch = shippedOf('product-launch');
    const left = (...ids: string[]) => {
      const rest = idsOf(withoutSteps(launch, ids));
      return idsOf(launch).filter((id) => !rest.includes(id));
    };
    expect(left('shares', 'budget')).toEqual(['shares', 'budget']);
    // The pages that a person names are read without a search, too.
    expect(left('search')).toEqual(['queries', 'usual-queries', 'search']);
    expect(left('draft')).toEqual(['draft', 'announcement', 'no-announcement', 'announcement-note']);
    expect(left('search', 'sources')).toEqual([
      'queries',
      'usual-queries',
      'search',
      'sources',
      'read',
      'pages',
      'digest',
      'facts',
      'research',
      'research-note',
    ]);
    // Nothing is asked for, or reached, that nobody takes.
    const alone = withoutSteps(launch, ['search', 'sources']);
    expect(alone?.inputs.map(({ id }) => id)).toEqual(['product', 'launch', 'budget']);
    expect(alone).toMatchObject({ tools: [], egress: [] });
    expect(withoutSteps(launch, ['search'])?.tools).toEqual(['web.read']);
    expect(withoutSteps(launch, ['timeline'])).toBeNull();
    expect(withoutSteps(launch, ['project'])).toBeNull();
  });
});

const inputs: Readonly<Record<string, Extract<StartRun, { skill: 'playbook' }>['inputs']>> = {
  'plan-goal': { goal: 'Renovate the bathroom by July 31' },
  'product-launch': { product: 'a coffee subscription with fresh beans', launch: '2026-06-30', budget: 5000 },
  'meeting-notes': { transcript: 'Dana: We go with the blue logo.\nLee: I will book the hall by June 12.\n' },
  'research-and-write': { topic: 'coffee at home', words: 300 },
  'organise-notes': {},
  'pitch-prep': { company: 'Bean Mail sells fresh beans', figures: '1,200 customers pay 14 EUR a month.' },
};

describe('every shipped playbook without any step that it can be without', () => {
  let opened: ReturnType<typeof openTestStore>;
  let agents: Agents;
  beforeEach(() => {
    opened = openTestStore();
  });
  afterEach(async () => {
    await agents.stop();
    opened.dispose();
  });

  const ended = async (playbook: Playbook): Promise<PlaybookResult> => {
    const { id } = await agents.runs.start(
      {
        skill: 'playbook',
        playbookId: playbook.id,
        edited: playbook,
        inputs: inputs[playbook.id] ?? {},
        today: '2026-05-04',
      },
      call,
    );
    for await (const event of await agents.runs.watch({ id }, call)) {
      if ((event.type !== 'snapshot' && event.type !== 'run') || event.run.state !== 'waiting') continue;
      for (const question of (await agents.runs.get({ id }, call)).playbook?.questions ?? [])
        await agents.runs.answer({ id, questionId: question.id, answer: { type: 'choose', taken: [0] } }, call);
    }
    const { state, error, result } = await agents.runs.get({ id }, call);
    expect({ state, error }).toEqual({ state: 'done', error: null });
    if (result?.skill !== 'playbook') throw new Error('A playbook has a result of its own.');
    return result;
  };

  const cases = shipped.flatMap((playbook) =>
    [true, false].map((builtin): [string, boolean, Playbook] => [playbook.id, builtin, playbook]),
  );
  it.each(cases)('%s ends well (built-in model: %s)', async (_id, builtin, playbook) => {
    agents = createAgents({
      store: () => opened.store,
      inference: scriptedInference({
        answer: (request) => ('prompt' in request.input ? scriptedAnswer(request) : scriptedWriter(request)),
        builtin,
      }),
      tools: scriptedToolbox(scriptedWeb()),
      clock: systemClock,
      logger: silentLogger,
    });
    await agents.start();
    opened.store.transact({ actor: 'user', label: 'Notes' }, (tx) => {
      for (const text of ['# Beans\n\nRoast on Monday.', '# Beans again\n\nRoast on Monday.', '# Tea\n\nSteep it.'])
        addNote({ store: opened.store, tx, now: 1, runId: null }, { text });
    });
    const without = playbook.steps.flatMap(({ id }) => withoutSteps(playbook, [id]) ?? []);
    expect(without.length).toBeGreaterThan(0);
    for (const one of without) {
      const { lines } = await ended(one);
      expect(lines).toHaveLength(one.result.length);
    }
  });
});
