import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { createAgents } from '../agents/index.ts';
import { silentLogger, systemClock } from '../common/index.ts';
import { StartRun } from '../contract/index.ts';
import { openStore } from '../storage/index.ts';
import { dyingStore } from './dying-store.ts';
import { scriptedAnswer } from './scripted-answers.ts';
import { scriptedInference } from './scripted-inference.ts';
import { scriptedTool, scriptedToolbox } from './scripted-tools.ts';

/** One run in a process of its own, which ends at `death`. Arguments: a file with the orders as JSON. */
const Orders = z.object({
  dir: z.string(),
  key: z.string(),
  salt: z.string(),
  request: StartRun,
  cancelAfterAnswers: z.number().nullable(),
  death: z.object({ commit: z.number(), moment: z.enum(['before', 'after']) }),
  /** Gets one line for each answer that the model gave whole. */
  answersFile: z.string(),
});
export type Orders = z.infer<typeof Orders>;

const orders = Orders.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const database = { key: Buffer.from(orders.key, 'hex'), salt: Buffer.from(orders.salt, 'hex') };
const blobs = { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) };
const real = openStore({ dir: orders.dir, keys: { database, blobs } });
const dying = dyingStore(real, orders.death);
// What a node notes at its first start comes before any run: commits are counted from the run on.
let store = real;

let answers = 0;
const agents = createAgents({
  store: () => store,
  inference: scriptedInference({
    answer: scriptedAnswer,
    onDidAnswer: ({ input }) => {
      answers += 1;
      appendFileSync(orders.answersFile, `${JSON.stringify(input)}\n`);
      if (answers === orders.cancelAfterAnswers) void agents.runs.cancel({ id: run.id }, call);
    },
  }),
  tools: scriptedToolbox([
    scriptedTool('test.look', (input) => {
      appendFileSync(orders.answersFile, `called ${JSON.stringify(input)}\n`);
      return { found: `facts on ${JSON.stringify(input)}` };
    }),
  ]),
  clock: systemClock,
  logger: silentLogger,
});
const call = { signal: new AbortController().signal, actor: 'user' } as const;

await agents.start();
store = dying;
const run = await agents.runs.start(orders.request, call);
for await (const event of await agents.runs.watch({ id: run.id }, call)) void event;
await agents.stop();
real.close();
