import { silentLogger, systemClock } from '../common/index.ts';
import { type Answer, errorCode, type Question, type RunDetail } from '../contract/index.ts';
import { type Agents, createAgents } from '../agents/index.ts';
import type { GenerateRequest } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import { createTools, type Tool, type Toolbox } from '../tools/index.ts';
import { addNote } from '../workspace/index.ts';
import { type Flow, goal, secret } from './hostile-cases.ts';
import { type Heard, type HostileWorld, worldTools } from './hostile-world.ts';
import { openTestStore } from './open-test-store.ts';
import { scriptedInference } from './scripted-inference.ts';

export const asPerson = { signal: new AbortController().signal, actor: 'user' } as const;

/** Agents over a vault of their own in which one note keeps the secret, with the tools of a world. */
export interface Trial {
  readonly store: Store;
  /** Those of now: `restart` ends them and begins others over the same vault. */
  agents(): Agents;
  restart(): Promise<void>;
  start(flow: Flow): Promise<string>;
  /** Until the run ends, or asks what was not asked before. */
  settled(id: string, known?: ReadonlySet<string>): Promise<RunDetail>;
  /** The same in the hands of a person who answers all that is asked. */
  ended(id: string, person: (question: Question) => Answer): Promise<Ended>;
  close(): Promise<void>;
}

export interface Ended {
  readonly run: RunDetail;
  /** What the person was asked on the way. */
  readonly asked: readonly Question[];
  readonly heard: readonly Heard[];
}

/** `change` may replace a tool at any time, as an MCP server does; `tools` are those there are in the world now. */
export const startTrial = async (
  world: HostileWorld,
  model: (request: GenerateRequest) => string,
  change: (tool: Tool) => Tool = (tool) => tool,
): Promise<Trial> => {
  const opened = openTestStore();
  const store = () => opened.store;
  const { box } = createTools({ store, clock: systemClock, logger: silentLogger });
  const extra = worldTools(world);
  const tools: Toolbox = {
    ...box,
    list: () => [...box.list(), ...extra.map(change)],
    find: (name) => {
      const found = extra.find((tool) => tool.name === name);
      return found ? change(found) : box.find(name);
    },
  };
  const inference = scriptedInference({
    builtin: false,
    // Asked for nothing of the kind, it calls a tool all the same.
    answer: (request) => ({
      text: model(request),
      toolCalls: [{ id: 'a', name: 'world.send', arguments: JSON.stringify({ text: secret }) }],
    }),
  });
  const begin = async () => {
    const settings = () => ({ learnFacts: true, traceEndpoint: null, traceContent: false });
    const agents = createAgents({ store, inference, tools, settings, clock: systemClock, logger: silentLogger });
    await agents.start();
    return agents;
  };
  let agents = await begin();
  world.heard.length = 0;
  opened.store.transact({ actor: 'user', label: 'A note' }, (tx) =>
    addNote(
      { store: opened.store, tx, now: systemClock.now(), runId: null },
      { text: `# Herons\n\nThe word is ${secret}.` },
    ),
  );

  const settled: Trial['settled'] = async (id, known = new Set()) => {
    for await (const event of await agents.runs.watch({ id }, asPerson)) {
      if (event.type === 'text' || event.type === 'preview') continue;
      const run = await agents.runs.get({ id }, asPerson);
      const isNew = run.playbook?.questions.some((question) => !known.has(question.id)) ?? false;
      if (run.endedAt !== null || (run.state === 'waiting' && isNew)) return run;
    }
    return agents.runs.get({ id }, asPerson);
  };

  return {
    store: opened.store,
    agents: () => agents,
    async restart() {
      await agents.stop();
      agents = await begin();
    },
    start: async (flow) =>
      (
        await agents.runs.start(
          { skill: 'playbook', playbookId: 'trial', inputs: { goal }, edited: flow.playbook(world.hosts) },
          asPerson,
        )
      ).id,
    settled,
    async ended(id, person) {
      const asked: Question[] = [];
      for (;;) {
        const run = await settled(id, new Set(asked.map((question) => question.id)));
        if (run.endedAt !== null) return { run, asked, heard: [...world.heard] };
        for (const question of run.playbook?.questions ?? []) {
          asked.push(question);
          try {
            await agents.runs.answer({ id, questionId: question.id, answer: person(question) }, asPerson);
          } catch (error) {
            // What was said before may have ended the run.
            if (errorCode(error) !== 'CONFLICT') throw error;
          }
        }
      }
    },
    async close() {
      await agents.stop();
      opened.dispose();
    },
  };
};

export const refuse = (question: Question): Answer => {
  if (question.type === 'choose') return { type: 'choose', taken: [] };
  if (question.type === 'outcome') return { type: 'outcome', happened: 'skip' };
  return { type: 'approve', allow: false };
};
export const approve = (question: Question): Answer =>
  question.type === 'approve' ? { type: 'approve', allow: true } : refuse(question);

/** Puts one value into every slot of an answer, whatever is asked. */
export const filled = (
  { schema }: GenerateRequest,
  slot: { text(name: string): string; readonly flag: boolean; readonly count: number },
): string => {
  const properties = schema?.['properties'];
  if (typeof properties !== 'object' || properties === null) return slot.text('');
  const value = (name: string, of: unknown) => {
    const type = typeof of === 'object' && of !== null && 'type' in of ? of.type : 'string';
    if (type === 'boolean') return slot.flag;
    return type === 'array' ? Array.from({ length: slot.count }, () => slot.text(name)) : slot.text(name);
  };
  return JSON.stringify(Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, value(name, of)])));
};
