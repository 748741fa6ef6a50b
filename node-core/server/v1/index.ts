import type { IncomingMessage } from 'node:http';
import type { Agents } from '../../agents/index.ts';
import type { Clock, Logger } from '../../common/index.ts';
import type { ContractHandlers } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import type { Gate } from '../gate.ts';
import type { KeyHolder } from '../keys.ts';
import { createApiCall } from './call.ts';
import { chatRoutes, type StoredCompletions } from './chat.ts';
import { completionRoutes } from './completions.ts';
import { createCounters } from './counters.ts';
import { createDispatch } from './dispatch.ts';
import { embeddingRoutes } from './embeddings.ts';
import type { Engine } from './engine.ts';
import { fileRoutes } from './files.ts';
import { messageRoutes } from './messages.ts';
import { metricRoutes } from './metrics.ts';
import { modelRoutes } from './models.ts';
import { type AnswerOverHttp, createOverHttp } from './over-http.ts';
import type { Route } from './route.ts';
import { tokenRoutes } from './tokens.ts';

export interface V1Components {
  readonly agents: Pick<Agents, 'counters'>;
  readonly inference: Engine;
  readonly gate: Gate;
  /** @throws AppError `UNAUTHORIZED` */
  readonly authorize: (request: IncomingMessage) => KeyHolder;
  /** Who sits at a window of this node. */
  readonly person: () => KeyHolder;
  /** The open vault's. @throws AppError `VAULT_LOCKED` */
  readonly store: () => Store;
  readonly stored: StoredCompletions;
  /** Addresses of other rooms. */
  readonly routes: readonly Route[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The API that other programs speak; see `docs/api.md`. */
export interface V1 {
  /** Whether an address is the API's. */
  answers(path: string): boolean;
  readonly handle: AnswerOverHttp;
  readonly call: ContractHandlers['api']['call'];
}

export const createV1 = (components: V1Components): V1 => {
  const { agents, inference, gate, authorize, person, store, stored, clock, logger } = components;
  const counters = createCounters();
  const dispatch = createDispatch({
    routes: [
      ...modelRoutes(inference),
      ...chatRoutes({ inference, clock, stored }),
      ...completionRoutes({ inference, clock }),
      ...messageRoutes(inference),
      ...embeddingRoutes(inference),
      ...tokenRoutes(inference),
      ...fileRoutes({ store, clock }),
      ...metricRoutes(inference, counters, agents),
      ...components.routes,
    ],
    gate,
    requireOpen: () => void store(),
    counters,
    clock,
    logger,
  });
  return {
    answers: (path) => path === '/v1' || path.startsWith('/v1/') || path === '/metrics',
    handle: createOverHttp({ dispatch, authorize }),
    call: createApiCall(dispatch, person),
  };
};
