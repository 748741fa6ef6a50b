import { type AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Agents, createAgents } from '../agents/index.ts';
import { silentLogger, systemClock } from '../common/index.ts';
import type { ContractHandlers } from '../contract/index.ts';
import type { GenerateRequest } from '../inference/index.ts';
import { createAccess } from '../server/access.ts';
import { createHttpServer } from '../server/http.ts';
import type { StoredCompletions } from '../server/v1/chat.ts';
import type { Engine } from '../server/v1/engine.ts';
import { createV1, type V1 } from '../server/v1/index.ts';
import { createKept } from '../server/v1/kept.ts';
import { createThreads, type Threads } from '../threads/index.ts';
import type { Tool } from '../tools/index.ts';
import { openTestStore } from './open-test-store.ts';
import { scriptedInference, type Script } from './scripted-inference.ts';
import { scriptedToolbox } from './scripted-tools.ts';

export interface ScriptedApi {
  /** Up to and including `/v1`. */
  readonly url: string;
  readonly apiKey: string;
  readonly v1: V1;
  readonly threads: Threads;
  readonly agents: Agents;
  readonly keys: ContractHandlers['keys'];
  /** What the model was asked, in order. */
  readonly asked: readonly GenerateRequest[];
  close(): Promise<void>;
}

export interface ScriptedApiOptions extends Partial<Omit<Engine, 'generate' | 'model'>> {
  readonly answer: Script['answer'];
  /** In place of pieces of `answer`. */
  readonly generate?: Engine['generate'];
  readonly stored?: StoredCompletions;
  /** What playbooks may call. */
  readonly tools?: Tool[];
}

const unasked = (): never => {
  throw new Error('The script has no answer to this.');
};

/** The API on a real socket, over a model that says what a test wants it to. */
export const startScriptedApi = async (options: ScriptedApiOptions): Promise<ScriptedApi> => {
  const asked: GenerateRequest[] = [];
  const scripted = scriptedInference({ answer: options.answer });
  const api = await startApi(
    {
      embed: unasked,
      countPrompt: unasked,
      tokenize: unasked,
      detokenize: unasked,
      metrics: unasked,
      models: { list: () => [scripted.model()] },
      ...options,
      model: scripted.model,
      generate(request) {
        asked.push(request);
        return (options.generate ?? scripted.generate)(request);
      },
    },
    options.stored,
    options.tools,
  );
  return { ...api, asked };
};

/** The API alone on a real socket, with a store of its own. A request without a key is the person's. */
export const startApi = async (
  engine: Engine,
  stored?: StoredCompletions,
  tools: Tool[] = [],
): Promise<Omit<ScriptedApi, 'asked'>> => {
  const { store, dispose } = openTestStore();
  let closed = false;
  const access = createAccess({
    openStore: () => (closed ? undefined : store),
    store: () => store,
    clock: systemClock,
    logger: silentLogger,
    announced: true,
  });
  const { keys, gate } = access;
  const threads = createThreads({ store: () => store, inference: engine, clock: systemClock, logger: silentLogger });
  const agents = createAgents({
    store: () => store,
    inference: { ...engine, slots: () => 4 },
    tools: scriptedToolbox(tools),
    clock: systemClock,
    logger: silentLogger,
  });
  const kept = createKept({
    agents,
    threads,
    inference: engine,
    store: () => store,
    version: '0.0.0',
    clock: systemClock,
    logger: silentLogger,
  });
  const v1 = createV1({
    agents,
    inference: engine,
    gate,
    authorize: ({ headers: { authorization } }) =>
      keys.authenticate(authorization?.replace('Bearer ', '')) ?? keys.person,
    person: () => keys.person,
    store: () => store,
    stored: stored ?? kept.stored,
    routes: kept.routes,
    clock: systemClock,
    logger: silentLogger,
  });
  const server = createHttpServer(
    (request, response) => void v1.handle(request, response, new URL(request.url ?? '/', 'http://jan')),
  );
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port }: Pick<AddressInfo, 'port'> = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey: keys.endpointKey,
    v1,
    threads,
    agents,
    keys: access.handlers.keys,
    async close() {
      await agents.stop();
      await threads.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      access.onLock();
      closed = true;
      access.dispose();
      dispose();
    },
  };
};
