import { afterEach, expect, it } from 'vitest';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

it('a chat template that calls itself costs nobody but who asked through it', async () => {
  const chatTemplate = '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}{{ messages[0].content }}';
  room = createTestInference({ builtin: { chatTemplate, contextLength: 2_048 } });
  const { inference } = room;
  const begun = Promise.withResolvers<void>();
  const beside = inference.generate({
    input: { prompt: 'Hello' },
    maxTokens: 200,
    logitBias: { 2: -100 },
    onText: () => begun.resolve(),
  });
  await begun.promise;
  const asked = { input: { messages: [{ role: 'user', content: 'Hello' }] }, maxTokens: 8 } as const;
  await expect(inference.generate(asked)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('calls itself'),
  });
  expect((await beside).outputTokens).toBe(200);
  expect(room.hosts).toHaveLength(1);
});
