import { setTimeout } from 'node:timers/promises';
import { errorCode } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult, Inference } from '../inference/index.ts';

/** Milliseconds until a question is put again to a model whose queue is full. */
const busyPause = 500;

/**
 * An answer for a run: it waits while the model's queue is full, since nobody waits for a run as they wait for a chat, and asks once more
 * where the inference host crashed. `onAgain`: the answer begins anew.
 */
export const generatePatiently = async (
  inference: Pick<Inference, 'generate'>,
  request: GenerateRequest & { readonly signal: AbortSignal },
  onAgain: () => void,
): Promise<GenerateResult> => {
  for (let crashes = 0; ; ) {
    try {
      return await inference.generate(request);
    } catch (error) {
      const code = errorCode(error);
      if (request.signal.aborted) throw error;
      if (code === 'INFERENCE_BUSY') {
        await setTimeout(busyPause, undefined, { signal: request.signal });
      } else if (code === 'INFERENCE_CRASHED' && crashes === 0) {
        crashes += 1;
        onAgain();
      } else {
        throw error;
      }
    }
  }
};
