import { setImmediate } from 'node:timers/promises';
import { AppError, CancellationError, type Model } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult, Inference } from '../inference/index.ts';
import { plainResult } from './plain-result.ts';

export interface Script {
  /** The whole answer to a request, or its text alone; may throw what a model would. */
  readonly answer: (
    request: GenerateRequest,
  ) => string | Partial<GenerateResult> | Promise<string | Partial<GenerateResult>>;
  /** Told of every answer that was given whole. */
  readonly onDidAnswer?: (request: GenerateRequest) => void;
  readonly builtin?: boolean;
  /** Default: 4. */
  readonly slots?: () => number;
  readonly price?: Model['price'];
}

/** The far peer of the agents: a model that says what a test wants it to, in pieces and stoppable like a real one. */
export const scriptedInference = ({
  answer,
  onDidAnswer,
  builtin = true,
  slots = () => 4,
  price = null,
}: Script): Pick<Inference, 'generate' | 'model' | 'slots'> => {
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
      draft: null,
      offload: null,
      price,
    };
  };
  return {
    model,
    slots,
    async generate(request) {
      const given = await answer(request);
      const told: Partial<GenerateResult> = typeof given === 'string' ? { text: given } : given;
      const { text = '', reasoning = '', toolCalls = [] } = told;
      const breathe = async (): Promise<void> => {
        await setImmediate();
        if (request.signal?.aborted) throw new CancellationError();
      };
      for (const piece of inPieces(reasoning)) {
        await breathe();
        request.onPart?.({ type: 'reasoning', text: piece });
      }
      for (const piece of inPieces(text)) {
        await breathe();
        request.onText?.(piece);
        request.onPart?.({ type: 'text', text: piece });
      }
      for (const [index, call] of toolCalls.entries()) {
        await breathe();
        request.onPart?.({ type: 'tool-call', index, id: call.id, name: call.name });
        for (const delta of inPieces(call.arguments)) request.onPart?.({ type: 'tool-arguments', index, delta });
      }
      onDidAnswer?.(request);
      return plainResult(text, {
        outputTokens: inPieces(text).length,
        modelId: model(request.modelId).id,
        ...(toolCalls.length > 0 ? { finishReason: 'tool-calls' } : {}),
        ...told,
      });
    },
  };
};

const inPieces = (text: string): string[] => text.match(/[^]{1,12}/gu) ?? [];
