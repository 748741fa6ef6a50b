import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../storage/index.ts';
import type { Death } from '../../testing/dying-store.ts';
import { startOf } from '../../testing/scripted-playbook.ts';
import { endOf, incoming, personally, wholeAgents, wholePlaybook, type World } from '../../testing/whole-playbook.ts';
import type { WholeOrders } from '../../testing/whole-playbook-child.ts';

const child = fileURLToPath(new URL('../../testing/whole-playbook-child.ts', import.meta.url));
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const items = 6;
const Line = z.tuple([z.enum(['asked', 'called', 'sent']), z.string()]);

/** Carried out in a process that is killed there, and to its end in this one. */
const carriedOut = async (death: Death) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-kill-'));
  const [key, salt] = [randomBytes(32), randomBytes(16)];
  const worldFile = join(dir, 'world');
  const orders: WholeOrders = { dir, key: key.toString('hex'), salt: salt.toString('hex'), items, death, worldFile };
  writeFileSync(join(dir, 'orders.json'), JSON.stringify(orders));
  const process_ = spawn(process.execPath, [child, join(dir, 'orders.json')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = await once(process_, 'exit');
  if (signal === null && code !== 0) throw new Error(`The child ended with ${code}.`);
  const lines = existsSync(worldFile) ? readFileSync(worldFile, 'utf8').trim().split('\n') : [];
  const before = lines.map((line) => Line.parse(JSON.parse(line)));
  const after: World = {
    asked: [],
    called: [],
    sent: before.flatMap(([kind, what]) => (kind === 'sent' ? [what] : [])),
  };
  const blobs = { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) };
  const store = openStore({ dir, keys: { database: { key, salt }, blobs } });
  try {
    const known = incoming(store);
    const agents = wholeAgents(() => store, after, items);
    await agents.start();
    if ((await agents.runs.list({}, call)).length === 0)
      await agents.runs.start(startOf(wholePlaybook, { goal: 'Tea by June 30' }), call);
    const id = (await personally(agents, store, after)) ?? '';
    const run = await agents.runs.get({ id }, call);
    const replay = await agents.runs.replay({ id }, call);
    await agents.stop();
    return { killed: signal === 'SIGKILL', run, replay, known, end: incoming(store), after, state: endOf(store) };
  } finally {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Of the boundaries, at which the process itself is killed; at all of them it is simulated (`crash.compliance.test.ts`). */
const every = 8;

it('ends as if nothing had happened where its process was killed (SIGKILL)', async () => {
  const whole = await carriedOut({ commit: Number.MAX_SAFE_INTEGER, moment: 'after' });
  expect(whole).toMatchObject({ killed: false, run: { state: 'done', error: null }, after: { asked: [], called: [] } });
  let kills = 0;
  for (let commit = 1, isOver = false; !isOver; commit += every) {
    for (const moment of ['before', 'after'] as const) {
      const { killed, run, replay, known, end, after, state } = await carriedOut({ commit, moment });
      const where = `${moment} commit ${commit}`;
      if (killed) kills += 1;
      else isOver = true;
      expect(run, where).toMatchObject({ state: 'done', error: null });
      expect(state, where).toEqual(whole.state);
      expect(replay, where).toEqual({ identical: true, differences: [] });
      expect(after.asked.length, where).toBe(end.answers - known.answers);
      expect(after.called.length, where).toBe(end.ends - known.ends);
      expect(end.answers, where).toBe(whole.end.answers);
      expect(end.ends + end.happened, where).toBe(whole.end.ends);
      expect(after.sent.toSorted(), where).toEqual(['test.local', 'test.send']);
    }
  }
  expect(kills).toBeGreaterThanOrEqual(10);
}, 600_000);
