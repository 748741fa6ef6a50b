import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { openStore } from '../storage/index.ts';
import { dyingStore } from './dying-store.ts';
import { startOf } from './scripted-playbook.ts';
import { personally, wholeAgents, wholePlaybook } from './whole-playbook.ts';

/** The whole playbook in a process of its own, which is killed at `death`. Argument: a file with the orders as JSON. */
const Orders = z.object({
  dir: z.string(),
  key: z.string(),
  salt: z.string(),
  items: z.number(),
  death: z.object({ commit: z.number(), moment: z.enum(['before', 'after']) }),
  /** Gets a line for all that models and tools were asked for: its kind, and what it was as JSON. */
  worldFile: z.string(),
});
export type WholeOrders = z.infer<typeof Orders>;

const { dir, key, salt, items, death, worldFile } = Orders.parse(
  JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')),
);
const call = { signal: new AbortController().signal, actor: 'user' } as const;

const written = (kind: string): string[] =>
  new Proxy<string[]>([], {
    set(list, at, value) {
      if (at !== 'length') appendFileSync(worldFile, `${JSON.stringify([kind, value])}\n`);
      return Reflect.set(list, at, value);
    },
  });
const world = { asked: written('asked'), called: written('called'), sent: written('sent') };

const real = openStore({
  dir,
  keys: {
    database: { key: Buffer.from(key, 'hex'), salt: Buffer.from(salt, 'hex') },
    blobs: { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) },
  },
});
let store = real;
const agents = wholeAgents(() => store, world, items);
await agents.start();
// What a node notes at its first start comes before any run: commits are counted from the run on.
store = dyingStore(real, death);
await agents.runs.start(startOf(wholePlaybook, { goal: 'Tea by June 30' }), call);
await personally(agents, real, world);
await agents.stop();
real.close();
