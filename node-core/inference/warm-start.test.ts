import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const phrase = 'the blue heron lands at dawn';
const prompt = `${phrase}. ${'A long beginning that is worth keeping. '.repeat(8)}`;
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

const open = () => {
  room = createTestInference({ promptStates: 1_000_000_000 });
  return room;
};
const ask = (inference: TestInference['inference'], text: string) =>
  inference.generate({ input: { prompt: text }, maxTokens: 12 });
const files = ({ dir }: TestInference) => readdirSync(join(dir, 'prompts')).filter((name) => name.endsWith('.state'));
const kept = (test: TestInference, count = 1) =>
  vi.waitFor(() => expect(files(test)).toHaveLength(count), { timeout: 20_000, interval: 20 });

describe('a prompt that was read before a restart', () => {
  it('is not read again, and the answer is the same', async () => {
    const test = open();
    const first = await ask(test.inference, prompt);
    expect(first.cachedTokens).toBe(0);
    await kept(test);
    await test.inference.stop();
    const again = await ask(test.again(), prompt);
    expect(again.cachedTokens).toBe(again.promptTokens - 1);
    expect(again.text).toBe(first.text);
  });

  it('is of use to the other engine, too', async () => {
    const test = open();
    vi.stubEnv('JAN_ENGINE_ADDON', 'none');
    const plain = test.again();
    const first = await ask(plain, prompt);
    vi.unstubAllEnvs();
    await kept(test);
    await plain.stop();
    const again = await ask(test.inference, prompt);
    expect(again.cachedTokens).toBe(again.promptTokens - 1);
    expect(again.text).toBe(first.text);
  });

  it('serves another that begins alike', async () => {
    const test = open();
    await ask(test.inference, prompt);
    await kept(test);
    await test.inference.stop();
    const fresh = createTestInference();
    const other = `${prompt.slice(0, 330)}and then something else`;
    const expected = (await ask(fresh.inference, other)).text;
    await fresh.dispose();
    const again = await ask(test.again(), other);
    expect(again.cachedTokens).toBeGreaterThan(320);
    expect(again.cachedTokens).toBeLessThan(340);
    expect(again.text).toBe(expected);
  });

  it('lies on disk as nothing that can be read', async () => {
    const test = open();
    await ask(test.inference, prompt);
    await kept(test);
    const tokens = Buffer.from(Uint32Array.from(await test.inference.tokenize(phrase)).buffer);
    for (const name of readdirSync(test.dir, { recursive: true, encoding: 'utf8' })) {
      if (name === 'prompts' || name === 'models') continue;
      const bytes = readFileSync(join(test.dir, name));
      expect(bytes.includes(phrase)).toBe(false);
      expect(bytes.includes(tokens)).toBe(false);
    }
  });

  it.each(['flipped', 'cut'])('is read anew where what was kept is %s', async (damage) => {
    const test = open();
    const first = await ask(test.inference, prompt);
    await kept(test);
    await test.inference.stop();
    const [name = ''] = files(test);
    const path = join(test.dir, 'prompts', name);
    const bytes = readFileSync(path);
    if (damage === 'cut') truncateSync(path, bytes.length - 100);
    else {
      bytes[bytes.length - 50] = (bytes[bytes.length - 50] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    }
    const again = test.again();
    const second = await ask(again, prompt);
    expect(second.cachedTokens).toBe(0);
    expect(second.text).toBe(first.text);
    expect(files(test)).not.toContain(name);
  });

  it('means nothing to another model', async () => {
    const test = open();
    await ask(test.inference, prompt);
    await kept(test);
    const path = test.writeModel('other.gguf', { seed: 9 });
    const { id } = await test.inference.models.addFile({ path }, call);
    const other = await test.inference.generate({ modelId: id, input: { prompt }, maxTokens: 4 });
    expect(other.cachedTokens).toBe(0);
    await kept(test, 2);
  });

  it('is kept when another takes its place, before the machine comes to rest', async () => {
    const test = createTestInference({ promptStates: 1_000_000_000, builtin: { contextLength: 4_096 } });
    room = test;
    const long = (word: string) => `${word} `.repeat(Math.floor(2_000 / (word.length + 1)));
    // One after the other without a pause: there are fewer sequences than prompts.
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
    for (const word of words) await ask(test.inference, long(word));
    await kept(test, words.length);
    await test.inference.stop();
    const again = test.again();
    for (const word of words) expect((await ask(again, long(word))).cachedTokens).toBeGreaterThan(1_900);
  });
});
