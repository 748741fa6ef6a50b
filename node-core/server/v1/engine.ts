import type { Inference } from '../../inference/index.ts';

/** What the API asks of the inference room. */
export interface Engine
  extends Pick<Inference, 'generate' | 'model' | 'embed' | 'countPrompt' | 'tokenize' | 'detokenize' | 'metrics'> {
  readonly models: Pick<Inference['models'], 'list'>;
}
