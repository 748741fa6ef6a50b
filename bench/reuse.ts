// How much of what the playbooks that come with Jan ask of a model stands in its cache already. Of all that ask more than once with a scripted
// model server, which keeps each prompt and answer as a prefix cache does; of meetings with the built-in model on its engine. One line of JSON:
// node bench/reuse.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createAgents } from '../node-core/agents/index.ts';
import { silentLogger, systemClock } from '../node-core/common/index.ts';
import type { StartRun } from '../node-core/contract/index.ts';
import { createEndpoint } from '../node-core/inference/endpoint.ts';
import { createInference, forkHost, type Inference } from '../node-core/inference/index.ts';
import { openStore } from '../node-core/storage/index.ts';
import { annotatedMeeting, meetingNames } from '../node-core/testing/annotated-meetings.ts';
import { chaoticNotes } from '../node-core/testing/chaotic-notes.ts';
import { chatChunk, startFakeEndpoint } from '../node-core/testing/fake-endpoint.ts';
import { randomStoreKeys } from '../node-core/testing/open-test-store.ts';
import { scriptedInference } from '../node-core/testing/scripted-inference.ts';
import { scriptedTool, scriptedToolbox } from '../node-core/testing/scripted-tools.ts';
import { scriptedPages, scriptedWeb, scriptedWriter } from '../node-core/testing/scripted-writer.ts';
import { addNote } from '../node-core/workspace/index.ts';

type Inputs = Extract<StartRun, { skill: 'playbook' }>['inputs'];

/** So long are the pages that are read. */
const PAGE_CHARS = 4_000;
/** As many tokens in a row as were read or written in the run before count as seen. */
const IN_A_ROW = 8;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const store = openStore({ dir, keys: randomStoreKeys() });

/** About as a vocabulary cuts it: short words whole, long ones in parts, digits and marks alone. */
const tokensOf = (text: string): string[] => text.match(/ ?\p{L}{1,6}|[^]/gu) ?? [];

interface Read {
  readonly tokens: number;
  /** What an earlier text begins with too. */
  readonly cached: number;
  /** What was read or written before at any place: more could not be reused. */
  readonly seen: number;
}

/** Prompts and answers of one run, as an engine with room for all of them keeps them. */
const createCache = () => {
  const kept: string[][] = [];
  const known = new Set<string>();
  const windowsOf = (tokens: readonly string[]) =>
    tokens.slice(IN_A_ROW - 1).map((_, at) => tokens.slice(at, at + IN_A_ROW).join('\u0000'));
  return {
    read(text: string): Read {
      const tokens = tokensOf(text);
      const cached = kept.reduce((most, one) => {
        const end = tokens.findIndex((token, at) => token !== one[at]);
        return Math.max(most, end === -1 ? tokens.length : end);
      }, 0);
      const seen = new Set<number>();
      for (const [at, window] of windowsOf(tokens).entries())
        if (known.has(window)) for (let more = 0; more < IN_A_ROW; more += 1) seen.add(at + more);
      return { tokens: tokens.length, cached, seen: seen.size };
    },
    keep(text: string): void {
      const tokens = tokensOf(text);
      kept.push(tokens);
      for (const window of windowsOf(tokens)) known.add(window);
    },
  };
};

const sets = ['designer', 'bakery', 'teacher'] as const;
/** Longer than the scripted one, by what people wrote. */
const page = (url: unknown) => {
  const at = scriptedPages.findIndex((one) => one.url === url);
  const [found, set] = [scriptedPages[at], sets[at]];
  if (!found || !set) return null;
  const more = chaoticNotes(set).map(({ note }) => note.text.replaceAll(/\s+/gu, ' '));
  return { ...found, text: [found.text, ...more].join(' ').slice(0, PAGE_CHARS) };
};
const tools = scriptedToolbox([
  ...scriptedWeb().filter(({ name }) => name !== 'web.read'),
  scriptedTool('web.read', ({ url }) => page(url), { outside: true, labels: { untrusted: true, private: false } }),
]);

const Answer = z.object({ promptTokens: z.number(), cachedTokens: z.number() });

/** Carried out until it has ended or asks a person: what its journal says of each answer. */
const answersOf = async (inference: Pick<Inference, 'generate' | 'model' | 'slots'>, id: string, inputs: Inputs) => {
  const agents = createAgents({ store: () => store, inference, tools, clock: systemClock, logger: silentLogger });
  await agents.start();
  const start = { skill: 'playbook' as const, playbookId: id, inputs, today: '2026-05-04' };
  const { id: runId } = await agents.runs.start(start, call);
  for await (const event of await agents.runs.watch({ id: runId }, call))
    if (event.type === 'run' && event.run.state === 'waiting') break;
  const run = await agents.runs.get({ id: runId }, call);
  await agents.stop();
  if (run.error) throw new Error(`${id}: ${run.error.message}`);
  return store
    .all(store.qb.selectFrom('journal').select(['type', 'data']).where('runId', '=', runId).orderBy('seq'))
    .flatMap(({ type, data }) => (type === 'answer' ? [Answer.parse(JSON.parse(data))] : []));
};

const share = (part: number, of: number) => Number((part / of).toFixed(3));
const sum = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((total, one) => total + of(one), 0);

const Asked = z.looseObject({
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  response_format: z
    .object({ json_schema: z.object({ schema: z.record(z.string(), z.json()) }) })
    .optional()
    .transform((format) => format?.json_schema.schema),
});

/** A larger model: a server that answers as a good one would, and says what its cache had. */
const larger = async (id: string, inputs: Inputs) => {
  const cache = createCache();
  const reads: Read[] = [];
  const server = await startFakeEndpoint((response, { body }) => {
    const { messages, response_format: schema } = Asked.parse(body);
    const prompt = messages.map(({ role, content }) => `<${role}>${content}`).join('');
    const read = cache.read(`${prompt}<assistant>`);
    reads.push(read);
    const text = scriptedWriter({ input: { messages }, maxTokens: 1, ...(schema && { schema }) });
    cache.keep(`${prompt}<assistant>${text}`);
    const usage = {
      prompt_tokens: read.tokens,
      completion_tokens: tokensOf(text).length,
      prompt_tokens_details: { cached_tokens: read.cached },
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${chatChunk(text, 'stop')}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
  });
  const address = { id: 'scripted', name: 'Far', url: server.url, model: 'far', apiKey: null };
  const { generate } = createEndpoint(address, systemClock);
  try {
    const model = { ...scriptedInference({ answer: () => '', builtin: false }), generate };
    const answers = await answersOf(model, id, inputs);
    const [first, ...later] = reads;
    if (!first) throw new Error(`${id} asked nothing.`);
    const tokens = sum(answers, ({ promptTokens }) => promptTokens) - first.tokens;
    const cached = sum(answers, ({ cachedTokens }) => cachedTokens) - first.cached;
    const seen = sum(later, (read) => read.seen);
    return {
      questions: answers.length,
      promptTokens: tokens,
      cached: share(cached, tokens),
      cachedOfSeenBefore: share(Math.min(cached, seen), seen),
      readAnew: tokens - cached,
    };
  } finally {
    await server.close();
  }
};

/** Seven meetings as the built-in model is asked about them, on its engine. */
const builtIn = async () => {
  const inference = createInference({
    store: () => store,
    spawnHost: forkHost,
    runtimes: [{ kind: 'llama', idleMinutes: 0 }],
    downloads: { dir: join(dir, 'models'), modelMirror: 'http://127.0.0.1:9' },
    clock: systemClock,
    logger: silentLogger,
  });
  try {
    await inference.models.load({ id: inference.defaultModelId() }, call);
    const later: z.infer<typeof Answer>[] = [];
    for (const name of meetingNames)
      later.push(
        ...(await answersOf(inference, 'meeting-notes', { transcript: annotatedMeeting(name).text })).slice(1),
      );
    const tokens = sum(later, ({ promptTokens }) => promptTokens);
    return {
      questions: later.length,
      promptTokens: tokens,
      cached: share(
        sum(later, (one) => one.cachedTokens),
        tokens,
      ),
    };
  } finally {
    await inference.stop();
  }
};

const said = [
  'Ann: We go with the blue logo.',
  'Lee: I will book the hall by June 12.',
  "Dana: I'll call the printer tomorrow, it is urgent.",
].join('\n');
const meetings = meetingNames.map((name) => annotatedMeeting(name).text);

try {
  store.transact({ actor: 'user', label: 'Notes' }, (tx) => {
    for (const { note } of chaoticNotes('designer')) addNote({ store, tx, now: 1, runId: null }, { text: note.text });
  });
  const figures = {
    bench: 'reuse',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    load: loadavg()[0],
    largerModel: {
      'product-launch': await larger('product-launch', {
        product: 'Coffee beans by mail',
        launch: '2026-06-30',
        budget: 5_000,
      }),
      'research-and-write': await larger('research-and-write', { topic: 'coffee at home', words: 1_500 }),
      'pitch-prep': await larger('pitch-prep', {
        company: 'Balkon, a garden planner',
        figures: 'We have 1,200 customers.\nThe team are two founders.\nA place costs 9 EUR a month.',
      }),
      'meeting-notes': await larger('meeting-notes', { transcript: `${meetings[0]}\n${said}` }),
      'meeting-notes, long': await larger('meeting-notes', {
        transcript: `${[...meetings, ...meetings].join('\n')}\n${said}`,
      }),
      'organise-notes': await larger('organise-notes', { notes: 'all' }),
    },
    builtInModel: { 'meeting-notes': await builtIn() },
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
