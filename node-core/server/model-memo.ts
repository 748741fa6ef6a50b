import type { Inference } from '../inference/index.ts';

/** The same models, where what a model is like is looked up once until something about the models changes: every request asks. */
export const rememberModels = <T extends Pick<Inference, 'model' | 'onDidChangeModels'>>(inference: T): T => {
  const known = new Map<string, ReturnType<Inference['model']>>();
  inference.onDidChangeModels(() => known.clear());
  return {
    ...inference,
    model(id) {
      if (id === undefined) return inference.model();
      const model = known.get(id) ?? inference.model(id);
      known.set(id, model);
      return model;
    },
  };
};
