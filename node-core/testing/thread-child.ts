import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Clock, silentLogger } from '../common/index.ts';
import { openStore } from '../storage/index.ts';
import { createThreads } from '../threads/index.ts';
import { dyingStore } from './dying-store.ts';
import { scriptedInference } from './scripted-inference.ts';

/** One question and its answer in a process of its own, which ends at `death`. Arguments: a file with the orders as JSON. */
const Orders = z.object({
  dir: z.string(),
  key: z.string(),
  salt: z.string(),
  answer: z.string(),
  death: z.object({ commit: z.number(), moment: z.enum(['before', 'after']) }),
});
export type ThreadOrders = z.infer<typeof Orders>;

const orders = Orders.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const database = { key: Buffer.from(orders.key, 'hex'), salt: Buffer.from(orders.salt, 'hex') };
const blobs = { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) };
const real = openStore({ dir: orders.dir, keys: { database, blobs } });
const store = dyingStore(real, orders.death);

let elapsed = 0;
/** Every look at it is a minute later, so that every piece is made durable. */
const clock: Clock = { now: () => Date.now(), monotonic: () => (elapsed += 60_000) };
const call = { signal: new AbortController().signal, actor: 'user' } as const;

const room = createThreads({
  store: () => store,
  inference: scriptedInference({ answer: () => orders.answer }),
  clock,
  logger: silentLogger,
});
await room.start();
const { id } = await room.threads.create({}, call);
const watching = await room.threads.watch({ id }, call);
await room.threads.send({ id, text: 'Hello' }, call);
for await (const event of watching)
  if (event.type === 'message' && event.message.role === 'assistant' && event.message.state === 'done') break;
await room.stop();
real.close();
