import { setImmediate } from 'node:timers/promises';
import { AppError, CancellationError, type Model } from '../contract/index.ts';
import type { GenerateRequest, Inference } from '../inference/index.ts';
import { plainResult } from './plain-result.ts';

export interface Script {
  /** The whole answer to a request; may throw what a model would. */
  readonly answer: (request: GenerateRequest) => string | Promise<string>;
  /** Told of every answer that was given whole. */
  readonly onDidAnswer?: (request: GenerateRequest) => void;
  readonly builtin?: boolean;
}

/** The far peer of the agents: a model that says what a test wants it to, in pieces and stoppable like a real one. */
export const scriptedInference = ({
  answer,
  onDidAnswer,
  builtin = true,
}: Script): Pick<Inference, 'generate' | 'model'> => {
  const model = (id = 'scripted'): Model => {
    if (!id.startsWith('scripted'))
      throw new AppError('MODEL_NOT_FOUND', 'There is no such model. Choose another under Models.');
    return {
      id,
      name: 'Scripted',
      source: 'builtin',
      place: 'this-machine',
      description: '',
      license: null,
      size: null,
      contextLength: null,
      path: null,
      url: null,
      state: 'ready',
      progress: null,
      error: null,
      isDefault: true,
      calibration: null,
      builtin,
      kind: 'chat',
      quantization: null,
      pinned: false,
      memory: null,
      offload: null,
    };
  };
  return {
    model,
    async generate(request) {
      const text = await answer(request);
      const pieces = text.match(/[^]{1,12}/gu) ?? [];
      for (const piece of pieces) {
        await setImmediate();
        if (request.signal?.aborted) throw new CancellationError();
        request.onText?.(piece);
      }
      onDidAnswer?.(request);
      return plainResult(text, { outputTokens: pieces.length, modelId: model(request.modelId).id });
    },
  };
};
