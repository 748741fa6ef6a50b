import type { Logger } from '../common/index.ts';
import { errorCode, isCancellation } from '../contract/index.ts';
import { type Answered, Measured } from './protocol.ts';
import type { Residency } from './residency.ts';
import type { Supervisor } from './supervisor.ts';

/** Finds out how many threads suit a model, while nothing else is done. */
export interface Calibrator {
  measure(modelId: string): Promise<Measured>;
  /** Told whenever something came to an end. */
  whenIdle(): void;
  /** Compares what an answer took with what was measured. `beside`: answers that are being written with it. */
  onAnswer(modelId: string, answer: Answered, beside: number): void;
  stop(): void;
}

export interface CalibratorComponents {
  readonly supervisor: Pick<Supervisor, 'request'>;
  readonly residency: Pick<Residency, 'get' | 'all'>;
  readonly onMeasured: (modelId: string, measured: Measured) => void;
  readonly isIdle: () => boolean;
  readonly logger: Logger;
}

/** A model is measured once all have had nothing to do for so long. */
const CALIBRATE_AFTER_MS = 1_500;
/** Answers shorter than this say little about speed. */
const TELLING_TOKENS = 32;
/** So many answers in a row, each so many times slower or faster than measured, and the machine is not what it was. */
const DRIFT = 3;
const DRIFT_ANSWERS = 5;

export const createCalibrator = (components: CalibratorComponents): Calibrator => {
  const { supervisor, residency, logger } = components;
  /** Tokens per second as measured last, where that was here and now. */
  const fresh = new Map<string, number>();
  /** How many answers in a row were far from what was measured. */
  const strange = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;

  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };

  const measure = async (modelId: string): Promise<Measured> => {
    const measured = Measured.parse(await supervisor.request({ type: 'calibrate', model: modelId }));
    await supervisor.request({ type: 'threads', model: modelId, threads: measured.threads });
    const model = residency.get(modelId);
    if (model) model.measured = true;
    fresh.set(modelId, measured.decodeSpeed);
    strange.delete(modelId);
    components.onMeasured(modelId, measured);
    return measured;
  };

  /** An answer that is asked for meanwhile ends it; it is tried again at the next idle moment. */
  const measureQuietly = async (modelId: string) => {
    try {
      await measure(modelId);
    } catch (error) {
      if (!isCancellation(error)) logger.warn('calibration failed', { code: errorCode(error) ?? 'INTERNAL' });
    }
  };

  return {
    measure,
    whenIdle() {
      stop();
      const model = residency.all().find(({ measured, plan }) => !measured && plan.kind === 'chat');
      if (!model || !components.isIdle()) return;
      timer = setTimeout(() => void measureQuietly(model.id), CALIBRATE_AFTER_MS);
      timer.unref();
    },
    onAnswer(modelId, { outputTokens, decodeMs, draft }, beside) {
      const model = residency.get(modelId);
      const expected = fresh.get(modelId) ?? model?.plan.measured?.decodeSpeed;
      // Guessed tokens cost nothing, and others beside take their share.
      if (!model || !expected || beside > 1 || draft.accepted > 0 || outputTokens < TELLING_TOKENS) return;
      const ratio = ((outputTokens - 1) * 1_000) / Math.max(1, decodeMs) / expected;
      const count = ratio * DRIFT < 1 || ratio > DRIFT ? (strange.get(modelId) ?? 0) + 1 : 0;
      strange.set(modelId, count);
      if (count < DRIFT_ANSWERS) return;
      logger.info('a model is far from the speed that was measured; it is measured again');
      strange.delete(modelId);
      model.measured = false;
    },
    stop,
  };
};
