import { AppError } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';

/** Vectors of texts by a model of this machine. */
export interface Embedder {
  readonly model: string;
  /** Of length 1, one per text. @throws AppError */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}

/** So many vectors are kept in memory; a text that is asked for again is not read again. */
const KEPT = 5_000;
/** What a model reads of a text: with more of it a processor alone takes too long. */
const READ_CHARS = 600;

/** The way to the embedding model of this machine. */
export interface Embedders {
  /** The one that is installed here, the one that is loaded first; null without one. No endpoint is asked: it would be sent notes. */
  find(signal: AbortSignal): Promise<Embedder | null>;
  /** Drops what was read, as at the lock of the vault. */
  forget(): void;
}

export const createEmbedders = (inference: Pick<Inference, 'embed' | 'models'>): Embedders => {
  const vectors = new Map<string, Float32Array>();
  return {
    async find(signal) {
      const models = await inference.models.list(undefined, { signal, actor: 'user' });
      const local = models.filter(
        ({ kind, path, state }) => kind === 'embedding' && path !== null && state !== 'failed',
      );
      const model = local.find(({ state }) => state === 'ready') ?? local[0];
      if (!model) return null;
      const keyOf = (text: string) => `${model.id}\n${text}`;
      return {
        model: model.name,
        async embed(texts, until) {
          const keys = texts.map((text) => keyOf(text.slice(0, READ_CHARS)));
          const found = new Map(keys.map((key) => [key, vectors.get(key)]));
          const missing = [...found].flatMap(([key, vector]) => (vector ? [] : [key]));
          if (missing.length > 0) {
            const inputs = missing.map((key) => key.slice(keyOf('').length));
            const made = await inference.embed({ modelId: model.id, inputs, signal: until });
            for (const [index, key] of missing.entries()) found.set(key, made.vectors[index]);
            if (vectors.size + missing.length > KEPT) vectors.clear();
            for (const [key, vector] of found) if (vector) vectors.set(key, vector);
          }
          return keys.map((key) => {
            const vector = found.get(key);
            if (!vector) throw new AppError('INTERNAL', 'The embedding model gave no vector for a text.');
            return vector;
          });
        },
      };
    },
    forget: () => vectors.clear(),
  };
};

const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

/** Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods", 2009. */
const K = 60;

/** What is best by words, ordered by words and meaning together. */
export const reranked = async <P extends { readonly title: string; readonly heading: string; readonly text: string }>(
  passages: readonly P[],
  query: string,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<P[]> => {
  const texts = passages.map(({ title, heading, text }) =>
    [title, heading, text].filter((part) => part !== '').join('\n'),
  );
  const [question, ...vectors] = await embedder.embed([query, ...texts], signal);
  if (!question) return [...passages];
  const byMeaning = vectors
    .map((vector, index) => ({ index, score: dot(question, vector) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ index }) => index);
  const rank = new Map(byMeaning.map((index, at) => [index, at]));
  return passages
    .map((passage, index) => ({
      passage,
      score: 1 / (K + index) + 1 / (K + (rank.get(index) ?? passages.length)),
    }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ passage }) => passage);
};
