import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../common/index.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

describe('the machine', () => {
  it('is described, and without a card no process is started to look for one', async () => {
    room = createTestInference({ mayHaveGraphicsCard: () => false });
    const machine = await room.inference.models.machine(undefined, call);
    expect(machine).toMatchObject({
      cpu: cpus()[0]?.model.trim(),
      memory: { total: totalmem() },
      gpu: null,
      gpuReason: expect.stringContaining('no graphics card'),
      disk: { dir: join(room.dir, 'models'), used: 0 },
    });
    expect(machine.disk.free).toBeGreaterThan(0);
    expect(room.hosts).toHaveLength(0);
    writeFileSync(join(room.dir, 'models', 'one.gguf'), Buffer.alloc(10_000));
    expect((await room.inference.models.machine(undefined, call)).disk.used).toBeGreaterThanOrEqual(10_000);
  });

  // No machine that builds this has a card; what is seen here is the way back to the processor, and that it is told.
  it('says so where a card seems to be there and the processor computes', async () => {
    const lines: string[] = [];
    room = createTestInference({
      mayHaveGraphicsCard: () => true,
      logger: createLogger((line) => lines.push(line), 'debug'),
    });
    const { inference, hosts } = room;
    expect(await inference.models.machine(undefined, call)).toMatchObject({
      gpu: null,
      gpuReason: expect.stringContaining('driver'),
    });
    expect(hosts).toHaveLength(1);
    const builtin = await inference.generate({ input: { prompt: 'x' }, maxTokens: 2 });
    expect(builtin.outputTokens).toBe(2);
    const { id } = await inference.models.addFile({ path: room.writeModel('card.gguf', { pooling: 1 }) }, call);
    const chat = await inference.models.addFile({ path: room.writeModel('chat.gguf') }, call);
    const answer = await inference.generate({ modelId: chat.id, input: { prompt: 'x' }, maxTokens: 2 });
    expect(answer.outputTokens).toBe(2);
    expect(inference.model(chat.id)).toMatchObject({ state: 'ready', offload: null });
    expect(lines.join('')).toContain('graphics card');
    expect((await inference.models.machine(undefined, call)).gpuReason).toContain('driver');
    // The built-in model and one for embeddings live in the same process now.
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 2 })).text).toBe(builtin.text);
    expect((await inference.embed({ modelId: id, inputs: ['x'] })).vectors[0]).toHaveLength(64);
    expect(hosts).toHaveLength(3);
  }, 120_000);
});
