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
  readonly supervisor: Supervisor;
  readonly residency: Residency;
  readonly onMeasured: (modelId: string, measured: Measured) => void;
  readonly isIdle: () => boolean;
  readonly logger: Logger;
}

/** A model is measured once all have had nothing to do for so long. */
const CALIBRATE_AFTER_MS = 1_500;
/** Answers shorter than this say little about speed. */
const TELLING_TOKENS = 32;
/** So many answers in a row, each so many times slower than measured, and the machine is not what it was. */
const DRIFT = 3;
const DRIFT_ANSWERS = 5;

export const createCalibrator = (components: CalibratorComponents): Calibrator => {
  const { supervisor, residency, logger } = components;
  /** Tokens per second as measured, and how many answers in a row were far slower. */
  const kept = new Map<string, { readonly speed: number; slow: number }>();
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
    kept.set(modelId, { speed: measured.decodeSpeed, slow: 0 });
    components.onMeasured(modelId, measured);
    return measured;
  };

  /** An answer that is asked for meanwhile ends it; it is tried again at the next idle moment. */
  const measureQuietly = async (modelId: string) => {
    try {
      await measure(modelId);
    } catch (error) {
      if (!isCancellation(error))
        logger.warn('calibration failed', { model: modelId, code: errorCode(error) ?? 'INTERNAL' });
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
    onAnswer(modelId, { outputTokens, decodeMs }, beside) {
      const known = kept.get(modelId);
      if (!known || beside > 1 || outputTokens < TELLING_TOKENS || decodeMs <= 0) return;
      const speed = ((outputTokens - 1) * 1_000) / decodeMs;
      known.slow = speed * DRIFT < known.speed ? known.slow + 1 : 0;
      const model = residency.get(modelId);
      if (known.slow < DRIFT_ANSWERS || !model) return;
      logger.info('a model is far slower than measured; it is measured again', { model: modelId });
      known.slow = 0;
      model.measured = false;
    },
    stop,
  };
};
