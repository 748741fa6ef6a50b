import { expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { AppError } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { scriptedPages, scriptedWriter } from '../../testing/scripted-writer.ts';
import { createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const runs = 40;

/** Even numbers, the same each time. */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) >>> 0;
  const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

it('a product launch is planned whole at a fault in a fifth of all calls, at least in 85 of 100 runs', async ({
  annotate,
}) => {
  const random = chance(3);
  let asked = 0;
  const isFaulty = () => random() < 0.2;
  const failing = (message: string) => {
    throw new AppError('TOOL_FAILED', message);
  };
  const outside = { outside: true, labels: { untrusted: true, private: false } };
  const opened = openTestStore();
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({
      builtin: false,
      answer: (request) => {
        asked += 1;
        const answer = scriptedWriter(request);
        if (!isFaulty()) return answer;
        const kind = Math.floor(random() * 4);
        if (kind === 0) throw new AppError('ENDPOINT_FAILED', 'The model server did not answer in time.');
        if (kind === 1) return request.schema ? `Of course! ${answer}` : '';
        if (kind === 2) return request.schema ? answer.slice(0, answer.length / 2) : ' ';
        return request.schema ? JSON.stringify({ nothing: '2026-02-31' }) : '';
      },
    }),
    tools: scriptedToolbox([
      scriptedTool(
        'web.search',
        () =>
          isFaulty()
            ? failing('The search engine did not answer in time.')
            : { results: scriptedPages.map(({ title, url, text }) => ({ title, url, snippet: text.slice(0, 60) })) },
        outside,
      ),
      scriptedTool(
        'web.read',
        ({ url }) =>
          isFaulty()
            ? failing('The page did not come in time.')
            : (scriptedPages.find((page) => page.url === url) ?? null),
        outside,
      ),
      scriptedTool('knowledge.search', () => ({ passages: [] }), { labels: { untrusted: false, private: true } }),
    ]),
    clock: systemClock,
    logger: silentLogger,
  });
  try {
    await agents.start();
    let whole = 0;
    let written = 0;
    let calls = 0;
    for (let turn = 0; turn < runs; turn += 1) {
      const { id } = await agents.runs.start(
        {
          skill: 'playbook',
          playbookId: 'product-launch',
          inputs: { product: 'Coffee beans by mail', launch: '2026-06-30', budget: 5_000 },
          today: '2026-05-04',
        },
        call,
      );
      for await (const event of await agents.runs.watch({ id }, call)) void event;
      const run = await agents.runs.get({ id }, call);
      const left = run.steps.filter(({ state }) => state === 'skipped');
      if (run.state === 'done' && left.length === 0) whole += 1;
      if (run.state === 'done' && left.every(({ kind }) => kind !== 'generate')) written += 1;
      calls += run.playbook?.spent.calls ?? 0;
    }
    await annotate(`${whole} of ${runs} without a step left out; ${written} of ${runs} with all that a model writes`);
    expect(whole / runs).toBeGreaterThanOrEqual(0.85);
    // Never a loop: without faults it is about twenty calls, and none is made more than three times.
    expect(calls).toBeLessThan(runs * 60);
    expect(asked).toBeLessThanOrEqual(calls);
  } finally {
    await agents.stop();
    opened.dispose();
  }
}, 120_000);
