import { type Agents, createAgents } from '../agents/index.ts';
import { silentLogger, systemClock } from '../common/index.ts';
import type { RunDetail } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import type { Tool } from '../tools/index.ts';
import { openTestStore } from './open-test-store.ts';
import { type Script, scriptedInference } from './scripted-inference.ts';
import { scriptedToolbox } from './scripted-tools.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

/** Agents over a real store, with a scripted model and scripted tools. */
export interface TestAgents {
  readonly store: Store;
  start(script: Script, tools?: Tool[]): Promise<Agents>;
  /** Stops all that were started. */
  dispose(): Promise<void>;
}

export const openTestAgents = (): TestAgents => {
  const { store, dispose } = openTestStore();
  const started: Agents[] = [];
  return {
    store,
    async start(script, tools = []) {
      const agents = createAgents({
        store: () => store,
        inference: scriptedInference(script),
        tools: scriptedToolbox(tools),
        clock: systemClock,
        logger: silentLogger,
      });
      started.push(agents);
      await agents.start();
      return agents;
    },
    async dispose() {
      await Promise.all(started.map((agents) => agents.stop()));
      dispose();
    },
  };
};

/** The run once it has ended, or waits for a person. */
export const settledRun = async (agents: Agents, id: string): Promise<RunDetail> => {
  for await (const event of await agents.runs.watch({ id }, call))
    if ((event.type === 'run' || event.type === 'snapshot') && event.run.state === 'waiting') break;
  return agents.runs.get({ id }, call);
};
