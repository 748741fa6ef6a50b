import type { Logger } from '../common/index.ts';
import { AppError, errorCode, isCancellation, type Model } from '../contract/index.ts';

/** What a person allows. */
export interface RoutingPolicy {
  /** Whether anything may be sent to a model elsewhere. A server on this machine is not elsewhere. */
  readonly allowRemote: boolean;
  /** The model that answers where the chosen one on this machine fails; only with `allowRemote`. */
  readonly fallbackModelId: string | null;
}

export interface RoutingComponents {
  readonly policy: () => RoutingPolicy;
  /** @throws AppError `MODEL_NOT_FOUND` */
  readonly model: (id: string) => Pick<Model, 'name' | 'place'>;
  readonly logger: Logger;
}

export interface Routing {
  /** @throws AppError `REMOTE_NOT_ALLOWED` for a model elsewhere where nothing may be sent there */
  require(modelId: string): void;
  /**
   * Runs `work` with the model, and with the fallback where that model failed before anything of the answer was there: `began` tells.
   * The result says which model it was. A fallback that is none of `models` stays out of it.
   */
  run<T>(
    modelId: string,
    work: (modelId: string) => Promise<T>,
    began: () => boolean,
    models?: ReadonlySet<string> | null,
  ): Promise<T>;
}

/** Failures of a model on this machine that say nothing against the request. */
const failures: ReadonlySet<string | undefined> = new Set([
  'MODEL_FILE_INVALID',
  'MODEL_LOAD_FAILED',
  'MODEL_TOO_LARGE',
  'INFERENCE_CRASHED',
  'INFERENCE_UNAVAILABLE',
]);

export const createRouting = ({ policy, model, logger }: RoutingComponents): Routing => {
  const requireAllowed = (modelId: string): void => {
    const { name, place } = model(modelId);
    if (place !== 'remote' || policy().allowRemote) return;
    throw new AppError(
      'REMOTE_NOT_ALLOWED',
      `"${name}" is not on this machine, and nothing may be sent elsewhere. Allow models on other computers under Settings, or choose a model on this machine.`,
      { data: { modelId } },
    );
  };

  const fallbackFor = (modelId: string): string | null => {
    const { allowRemote, fallbackModelId } = policy();
    if (!allowRemote || fallbackModelId === null || fallbackModelId === modelId) return null;
    return model(modelId).place === 'this-machine' ? fallbackModelId : null;
  };

  return {
    require: requireAllowed,
    async run(modelId, work, began, models = null) {
      requireAllowed(modelId);
      try {
        return await work(modelId);
      } catch (error) {
        if (began() || !failures.has(errorCode(error))) throw error;
        const fallback = fallbackFor(modelId);
        if (fallback === null || models?.has(fallback) === false) throw error;
        logger.warn('a model failed; the fallback answers', { code: errorCode(error) });
        try {
          return await work(fallback);
        } catch (second) {
          // Someone who asked for the first model is helped by why that one failed.
          if (isCancellation(second)) throw second;
          logger.warn('the fallback failed, too', { code: errorCode(second) ?? 'INTERNAL' });
          throw error;
        }
      }
    },
  };
};
