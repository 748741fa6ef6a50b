import type { GeneratePart, GenerateRequest, GenerateResult } from '../../inference/index.ts';
import type { Engine } from './engine.ts';
import { pushed } from './pushed.ts';
import type { ApiRequest } from './route.ts';

/** A piece of one of several answers, or one of them whole; `index` counts the requests. */
export type Written =
  | { readonly index: number; readonly part: GeneratePart }
  | { readonly index: number; readonly result: GenerateResult };

/** One request to the engine, but for what the API's request says: who asks, and until when. */
export type Asked = Omit<GenerateRequest, 'signal' | 'onText' | 'onPart' | 'asker' | 'models'>;

/** Whose request it is, and what may answer it. */
const ownerOf = ({ keyId, models }: ApiRequest['key']) => ({ asker: keyId, models });

/** All answers, whole. Where one fails, the others end too. */
export const answered = async (
  inference: Pick<Engine, 'generate'>,
  { signal, key }: Pick<ApiRequest, 'signal' | 'key'>,
  requests: readonly Asked[],
): Promise<GenerateResult[]> => {
  const controller = new AbortController();
  const either = AbortSignal.any([signal, controller.signal]);
  try {
    return await Promise.all(
      requests.map((request) => inference.generate({ ...request, ...ownerOf(key), signal: either })),
    );
  } finally {
    controller.abort();
  }
};

/** All answers as they are written, side by side. What they wait for is left out. */
export const written = (
  inference: Pick<Engine, 'generate'>,
  { signal, key }: Pick<ApiRequest, 'signal' | 'key'>,
  requests: readonly Asked[],
): AsyncGenerator<Written, void> =>
  pushed<Written>(async (push, either) => {
    await Promise.all(
      requests.map(async (request, index) => {
        const onPart = (part: GeneratePart) => {
          if (part.type !== 'progress') push({ index, part }, sizeOf(part));
        };
        push({ index, result: await inference.generate({ ...request, ...ownerOf(key), signal: either, onPart }) }, 0);
      }),
    );
  }, signal);

/** What a part takes while it waits to be read, about. */
const sizeOf = (part: GeneratePart): number => {
  switch (part.type) {
    case 'text':
      return 100 + part.text.length + (part.logprobs ?? []).reduce((sum, { top }) => sum + 100 * (1 + top.length), 0);
    case 'reasoning':
      return 100 + part.text.length;
    case 'tool-arguments':
      return 100 + part.delta.length;
    case 'tool-call':
    case 'progress':
      return 100;
  }
};
