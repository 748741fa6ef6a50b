import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../common/index.ts';
import { type FakeEndpoint, startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import type { RoutingPolicy } from './routing.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
let server: FakeEndpoint | undefined;
afterEach(async () => {
  await room?.dispose();
  await server?.close();
  [room, server] = [undefined, undefined];
});

const nothing: RoutingPolicy = { allowRemote: false, fallbackModelId: null };
const ask = { input: { prompt: 'x' }, maxTokens: 4 } as const;
/** A room with a server on this machine and one elsewhere, under a policy that the test changes. */
const open = async () => {
  server = await startFakeEndpoint((response) => streamChat(response, ['hello']));
  const allowed = { policy: nothing };
  const logged: string[] = [];
  room = createTestInference({
    policy: () => allowed.policy,
    logger: createLogger((line) => logged.push(line), 'debug'),
    runtimes: [
      { kind: 'llama', idleMinutes: 0 },
      { kind: 'openai-compatible', name: 'near', url: server.url, model: 'm' },
      // Reserved for documentation (RFC 5737): nobody is there.
      { kind: 'openai-compatible', name: 'far', url: 'http://192.0.2.1:9/v1', model: 'm' },
    ],
  });
  const broken = room.writeModel('broken.gguf');
  const { id } = await room.inference.models.addFile({ path: broken }, call);
  return { ...room, allowed, logged, broken, brokenId: id };
};

describe('routing', () => {
  it('sends nothing elsewhere unless that is allowed, and says what to do', async () => {
    const { inference } = await open();
    const refused = {
      code: 'REMOTE_NOT_ALLOWED',
      message: expect.stringMatching(/Allow models on other computers under Settings/u),
    };
    await expect(inference.generate({ ...ask, modelId: 'far' })).rejects.toMatchObject(refused);
    await expect(inference.embed({ inputs: ['x'], modelId: 'far' })).rejects.toMatchObject(refused);
  });

  it('counts a server on this machine as here', async () => {
    const { inference } = await open();
    expect(await inference.generate({ ...ask, modelId: 'near' })).toMatchObject({
      text: 'hello',
      modelId: 'near',
      place: 'local-endpoint',
    });
  });

  it('lets the fallback answer where the chosen model fails, and says so', async () => {
    const { inference, allowed, logged, brokenId, broken } = await open();
    rmSync(broken);
    await expect(inference.generate({ ...ask, modelId: brokenId })).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    allowed.policy = { allowRemote: false, fallbackModelId: 'near' };
    await expect(inference.generate({ ...ask, modelId: brokenId })).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    expect(server?.requests.filter(({ path }) => path.endsWith('completions'))).toEqual([]);
    allowed.policy = { allowRemote: true, fallbackModelId: 'near' };
    expect(await inference.generate({ ...ask, modelId: brokenId })).toMatchObject({
      text: 'hello',
      modelId: 'near',
      place: 'local-endpoint',
    });
    const told = logged.filter((line) => line.includes('fallback'));
    expect(told).toHaveLength(1);
    // The id of a model is made of a file's name, or of what a person called a server.
    expect(told.join('')).not.toMatch(/broken|near/u);
    const asked = server?.requests.length;
    await expect(
      inference.generate({ ...ask, modelId: brokenId, models: new Set([brokenId, 'far']) }),
    ).rejects.toMatchObject({ code: 'MODEL_FILE_INVALID' });
    expect(server?.requests.length).toBe(asked);
  });

  it('says why the chosen model failed where the fallback can not answer either', async () => {
    const { inference, allowed, brokenId, broken } = await open();
    rmSync(broken);
    allowed.policy = { allowRemote: true, fallbackModelId: 'gone' };
    await expect(inference.generate({ ...ask, modelId: brokenId })).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    allowed.policy = { allowRemote: true, fallbackModelId: 'near' };
    const grammar = { ...ask, modelId: brokenId, grammar: 'root ::= "a"' };
    await expect(inference.generate(grammar)).rejects.toMatchObject({ code: 'MODEL_FILE_INVALID' });
  });

  it('does not begin an answer a second time', async () => {
    const { inference, allowed, hosts } = await open();
    allowed.policy = { allowRemote: true, fallbackModelId: 'near' };
    const asked = inference.generate({
      input: { prompt: 'x' },
      maxTokens: 400,
      onText: () => hosts.at(-1)?.kill(),
    });
    await expect(asked).rejects.toMatchObject({ code: 'INFERENCE_CRASHED' });
  });

  it('keeps a fault of the request to the model it was for', async () => {
    const { inference, allowed } = await open();
    allowed.policy = { allowRemote: true, fallbackModelId: 'near' };
    const asked = inference.generate({ ...ask, input: { prompt: 'x '.repeat(4_000) } });
    await expect(asked).rejects.toMatchObject({ code: 'CONTEXT_OVERFLOW' });
  });
});
