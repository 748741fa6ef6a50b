import { expect, it } from 'vitest';
import { silentLogger } from '../common/index.ts';
import { createCalibrator } from './calibrator.ts';
import type { Answered } from './protocol.ts';
import type { LoadedModel } from './residency.ts';

const SPEED = 100;
const setUp = () => {
  const model: LoadedModel = {
    id: 'm',
    plan: {
      name: 'm',
      path: '/m.gguf',
      kind: 'chat',
      identity: 'm',
      architecture: 'llama',
      vocabularySize: 10,
      chatTemplate: null,
      slidingWindow: 0,
      contextLength: 512,
      sequences: 2,
      batchSize: 128,
      flashAttention: true,
      gpu: false,
      memory: 1,
      measured: { threads: { decode: 1, prefill: 1 }, decodeSpeed: SPEED },
    },
    offload: null,
    memory: 1,
    measured: true,
    answering: 1,
    busy: 1,
    usedAt: 0,
  };
  const calibrator = createCalibrator({
    supervisor: { request: () => Promise.reject(new Error('nothing is measured here')) },
    residency: { get: () => model, all: () => [model] },
    onMeasured: () => undefined,
    isIdle: () => false,
    logger: silentLogger,
  });
  return { model, calibrator };
};
/** An answer of so many tokens per second. */
const answer = (speed: number, rest: Partial<Answered> = {}): Answered => ({
  finishReason: 'stop',
  stopSequence: null,
  promptTokens: 1,
  cachedTokens: 0,
  outputTokens: 65,
  reasoningTokens: 0,
  draft: { proposed: 0, accepted: 0 },
  firstTokenMs: 1,
  decodeMs: 64_000 / speed,
  droppedMessages: 0,
  ...rest,
});

it.each([SPEED / 4, SPEED * 4])(
  'a model is measured again once it keeps answering at %d instead of 100 tokens a second',
  (speed) => {
    const { model, calibrator } = setUp();
    for (let count = 0; count < 4; count += 1) calibrator.onAnswer('m', answer(speed), 1);
    expect(model.measured).toBe(true);
    calibrator.onAnswer('m', answer(speed), 1);
    expect(model.measured).toBe(false);
  },
);

it('what says nothing about the machine does not count', () => {
  const { model, calibrator } = setUp();
  for (let count = 0; count < 20; count += 1) {
    calibrator.onAnswer('m', answer(SPEED / 2), 1);
    calibrator.onAnswer('m', answer(SPEED / 4), 2);
    calibrator.onAnswer('m', answer(SPEED * 4, { draft: { proposed: 40, accepted: 30 } }), 1);
    calibrator.onAnswer('m', answer(SPEED / 4, { outputTokens: 8, decodeMs: 280 }), 1);
  }
  expect(model.measured).toBe(true);
});

it('one answer at the old speed, and counting begins anew', () => {
  const { model, calibrator } = setUp();
  for (let count = 0; count < 20; count += 1) calibrator.onAnswer('m', answer(count % 5 === 4 ? SPEED : SPEED / 5), 1);
  expect(model.measured).toBe(true);
});
