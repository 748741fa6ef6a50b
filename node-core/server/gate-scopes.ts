import { AppError, type KeyScope } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';

const forbidden = (needed: KeyScope): AppError =>
  new AppError(
    'FORBIDDEN',
    `This key may not do that: it lacks the scope "${needed}". Its owner can add it in Settings or with "jan keys update".`,
    { data: { scope: needed } },
  );

/** Answers that are kept only if asked to be, or not at all. */
const answers: ReadonlySet<string> = new Set([
  'POST /v1/chat/completions',
  'POST /v1/completions',
  'POST /v1/embeddings',
  'POST /v1/responses',
  'POST /v1/responses/input_tokens',
  'POST /v1/messages',
  'POST /v1/messages/count_tokens',
]);
const stored = ['chat', 'responses', 'conversations', 'files', 'messages'];

/** The scope that an address needs; `undefined` where any key will do. */
const scopeOfApi = (method: string, pattern: string): KeyScope | undefined => {
  if (answers.has(`${method} ${pattern}`)) return 'inference';
  if (pattern === '/metrics') return undefined;
  const family = pattern.split('/')[2] ?? '';
  if (family === 'models') return method === 'GET' ? undefined : 'models';
  return stored.includes(family) ? 'conversations' : 'inference';
};

/** @throws AppError `FORBIDDEN` */
export const requireScope = ({ scopes }: KeyHolder, needed: KeyScope): void => {
  if (!scopes.has(needed)) throw forbidden(needed);
};

/** @throws AppError `FORBIDDEN` */
export const requireApiScope = (key: KeyHolder, method: string, pattern: string): void => {
  const needed = scopeOfApi(method, pattern);
  if (needed) requireScope(key, needed);
};

/** @throws AppError `FORBIDDEN` */
export const requireModel = ({ models }: KeyHolder, modelId: string): void => {
  if (!models || models.has(modelId)) return;
  throw new AppError(
    'FORBIDDEN',
    'This key may not use that model. GET /v1/models lists those it may; its owner can add others in Settings.',
    { data: { field: 'model' } },
  );
};
