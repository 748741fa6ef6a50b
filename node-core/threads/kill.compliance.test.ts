import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import type { ThreadMessage } from '../contract/index.ts';
import { openStore } from '../storage/index.ts';
import { scriptedInference } from '../testing/scripted-inference.ts';
import type { ThreadOrders } from '../testing/thread-child.ts';
import { createThreads } from './index.ts';

const child = fileURLToPath(new URL('../testing/thread-child.ts', import.meta.url));
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const answer = 'One word after the other, and then the end.';

/** Kills a node in the middle of an answer and starts it again: what is there then. */
const killedAt = async (
  commit: number,
): Promise<{ killed: boolean; messages: ThreadMessage[]; after: ThreadMessage[] }> => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-kill-'));
  const database = { key: randomBytes(32), salt: randomBytes(16) };
  const orders: ThreadOrders = {
    dir,
    key: database.key.toString('hex'),
    salt: database.salt.toString('hex'),
    answer,
    death: { commit, moment: 'after' },
  };
  const file = join(dir, 'orders.json');
  writeFileSync(file, JSON.stringify(orders));
  const process_ = spawn(process.execPath, [child, file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = await once(process_, 'exit');
  if (signal === null && code !== 0) throw new Error(`The child ended with ${code}.`);

  const blobs = { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) };
  const store = openStore({ dir, keys: { database, blobs } });
  const room = createThreads({
    store: () => store,
    inference: scriptedInference({ answer: () => answer }),
    clock: systemClock,
    logger: silentLogger,
  });
  try {
    await room.start();
    const [thread] = await room.threads.list({}, call);
    const id = thread?.id ?? '';
    const { messages } = await room.threads.get({ id }, call);
    const [question] = messages;
    if (question) {
      const watching = await room.threads.watch({ id }, call);
      const again = await room.threads.regenerate({ messageId: question.id }, call);
      for await (const event of watching)
        if (event.type === 'message' && event.message.id === again.id && event.message.state === 'done') break;
    }
    return { killed: signal === 'SIGKILL', messages, after: (await room.threads.get({ id }, call)).messages };
  } finally {
    await room.stop();
    store.close();
    rmSync(dir, { recursive: true });
  }
};

it('an answer killed at any commit keeps what was durable, says so, and can be asked for again', async () => {
  const kept: string[] = [];
  for (let commit = 1; ; commit += 1) {
    const { killed, messages, after } = await killedAt(commit);
    if (!killed) break;
    if (commit === 1) {
      expect(messages).toEqual([]);
      continue;
    }
    expect(messages).toMatchObject([{ role: 'user', text: 'Hello', state: 'done' }, { role: 'assistant' }]);
    const [, cut] = messages;
    const text = cut?.text ?? '';
    if (text === answer && cut?.state === 'done') expect(cut.error).toBeNull();
    else expect(cut).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } });
    expect(answer.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThanOrEqual(kept.at(-1)?.length ?? 0);
    kept.push(text);
    expect(after.at(-1)).toMatchObject({ state: 'done', text: answer });
  }
  // Nothing yet, then a piece more with each commit, then all of it.
  expect(kept[0]).toBe('');
  expect(new Set(kept).size).toBeGreaterThan(3);
  expect(kept.at(-1)).toBe(answer);
}, 120_000);
