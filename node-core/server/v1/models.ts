import { AppError, errorCode, type Model } from '../../contract/index.ts';
import { requireModel } from '../gate-scopes.ts';
import type { Engine } from './engine.ts';
import { badField } from './input.ts';
import type { Route } from './route.ts';

/** The model a request names. @throws AppError `MODEL_NOT_FOUND`, and `BAD_REQUEST` where it is of another kind */
export const findModel = (inference: Pick<Engine, 'model'>, id: string, kind?: Model['kind']): Model => {
  const model = lookUp(inference, id);
  if (kind === undefined || model.kind === kind) return model;
  throw badField(
    'model',
    kind === 'chat' ? 'it makes embeddings and writes no text' : 'it writes text and makes no embeddings',
  );
};

const lookUp = (inference: Pick<Engine, 'model'>, id: string): Model => {
  try {
    return inference.model(id);
  } catch (error) {
    if (errorCode(error) !== 'MODEL_NOT_FOUND') throw error;
    throw new AppError(
      'MODEL_NOT_FOUND',
      `There is no model "${id.slice(0, 200)}". GET /v1/models lists what there is.`,
      { cause: error },
    );
  }
};

/** OpenAI's fields, Anthropic's, and ours. */
const describe = (model: Model) => ({
  id: model.id,
  object: 'model',
  type: 'model',
  created: 0,
  created_at: '1970-01-01T00:00:00Z',
  display_name: model.name,
  owned_by: model.builtin ? 'jan' : model.source,
  kind: model.kind,
  place: model.place,
  state: model.state,
  context_length: model.contextLength,
  quantization: model.quantization,
  capabilities: model.kind === 'chat' ? ['completion', 'chat', 'tools', 'json_schema'] : ['embeddings'],
});

export const modelRoutes = (inference: Engine): readonly Route[] => [
  {
    method: 'GET',
    pattern: '/v1/models',
    async handle({ signal, key }) {
      const models = await inference.models.list(undefined, { signal, actor: key.actor });
      const data = models.filter(({ id }) => !key.models || key.models.has(id)).map(describe);
      return {
        json: {
          object: 'list',
          data,
          has_more: false,
          first_id: data[0]?.id ?? null,
          last_id: data.at(-1)?.id ?? null,
        },
      };
    },
  },
  {
    method: 'GET',
    pattern: '/v1/models/:id',
    async handle({ params: { id = '' }, key }) {
      const model = findModel(inference, id);
      requireModel(key, model.id);
      return { json: describe(model) };
    },
  },
  {
    method: 'DELETE',
    pattern: '/v1/models/:id',
    handle({ params: { id = '' } }) {
      findModel(inference, id);
      throw new AppError(
        'FORBIDDEN',
        'Models are removed by a person: under Models in Jan, or with "jan models remove".',
      );
    },
  },
];
