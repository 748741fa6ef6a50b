import type { z } from 'zod';
import { type Clock, Emitter, type Event, type Logger } from '../common/index.ts';
import { AppError, errorCode, isCancellation, type Model, type ModelState } from '../contract/index.ts';
import { tooLarge } from './load-plan.ts';
import { makeRoom, type Room } from './memory-budget.ts';
import type { HostOrder } from './open-orders.ts';
import { Devices, Loaded, type Threads, type ToHost } from './protocol.ts';
import type { Supervisor } from './supervisor.ts';

type LoadOrder = Extract<ToHost, { type: 'load' }>;

/** How to open a model; made anew for every load. */
export interface LoadPlan {
  readonly name: string;
  readonly path: string;
  readonly kind: Model['kind'];
  /** Changes with the content of the file. */
  readonly identity: string;
  readonly architecture: string;
  readonly vocabularySize: number;
  readonly chatTemplate: string | null;
  readonly toolTemplate?: string;
  /** Tokens that some layers look back; 0 where all see everything. */
  readonly slidingWindow: number;
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  /** On a processor; a graphics card always has it. */
  readonly flashAttention: boolean;
  /** Whether it may lie on a graphics card. */
  readonly gpu: boolean;
  /** Bytes that it takes. */
  readonly memory: number;
  /** A small model that is loaded beside it to guess ahead; its memory is part of the above. */
  readonly draft?: { readonly id: string; readonly order: NonNullable<LoadOrder['draft']> };
  /** What suits it here, and the tokens it writes a second with that; null until it was measured. */
  readonly measured: { readonly threads: Threads; readonly decodeSpeed: number } | null;
}

export interface EngineModelState {
  readonly state: z.infer<typeof ModelState>;
  readonly progress: number | null;
  readonly error: string | null;
  /** Bytes, while it is loaded. */
  readonly memory: number | null;
  readonly offload: Model['offload'];
  /** Id of the model that guesses ahead for it; null where one was to and could not be loaded. */
  readonly draft?: string | null;
}

/** A model that can answer now. */
export interface LoadedModel {
  readonly id: string;
  readonly plan: LoadPlan;
  readonly offload: Model['offload'];
  /** Bytes of this machine's own memory. */
  readonly memory: number;
  measured: boolean;
  /** What it does now: answers, and anything. */
  answering: number;
  busy: number;
  usedAt: number;
}

/** What can be done about a model that is asked for: load it now, or wait until others come to rest. */
export type Admission =
  | { readonly kind: 'load'; readonly evict: readonly string[]; readonly plan: LoadPlan }
  | { readonly kind: 'wait'; readonly evict: readonly string[] };

export interface LoadCounts {
  count: number;
  failed: number;
  evicted: number;
  seconds: number;
}

/** Which models the host process has in memory. Loads and unloads one at a time; the caller sees to that by {@link Residency.changing}. */
export interface Residency {
  get(id: string): LoadedModel | undefined;
  all(): LoadedModel[];
  /** The model that is being loaded or unloaded. */
  readonly changing: string | null;
  /** @throws AppError `MODEL_TOO_LARGE`, and what planning throws */
  admit(id: string): Admission;
  load(id: string, admission: Extract<Admission, { kind: 'load' }>, signal: AbortSignal): Promise<void>;
  unload(id: string): Promise<void>;
  /** Forgets why the last load failed. */
  forget(id: string): void;
  fail(id: string, error: unknown): void;
  state(id: string): EngineModelState;
  /** Why no card is used although one was looked for; null where one is used or none was looked for. */
  readonly graphicsFault: string | null;
  /** Whether the running host has a card. */
  readonly graphics: boolean;
  readonly counts: Readonly<LoadCounts>;
  readonly onDidChange: Event<string>;
}

export interface ResidencyComponents {
  readonly supervisor: Supervisor;
  /** @throws AppError where the model can't be opened: `MODEL_NOT_FOUND`, `MODEL_FILE_INVALID` */
  readonly plan: (modelId: string, options: { readonly graphics: boolean; readonly memory: number }) => LoadPlan;
  readonly isPinned: (modelId: string) => boolean;
  /** Bytes that could still be had, and all there are for models. */
  readonly memory: () => { readonly available: number; readonly capacity: number };
  /** What a host has to know before its first model. */
  readonly introduce: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const UNMEASURED: Threads = { decode: 1, prefill: 1 };
const unloaded: EngineModelState = { state: 'unloaded', progress: null, error: null, memory: null, offload: null };

const crashedLoading = (cause: unknown) =>
  new AppError(
    'MODEL_LOAD_FAILED',
    'The model process ended while it loaded this model: the file is damaged, or memory ran out. Download it again, or choose a smaller one.',
    { cause },
  );

export const createResidency = (components: ResidencyComponents): Residency => {
  const { supervisor, isPinned, clock, logger } = components;
  const changes = new Emitter<string>();
  const models = new Map<string, LoadedModel>();
  const states = new Map<string, EngineModelState>();
  const counts: LoadCounts = { count: 0, failed: 0, evicted: 0, seconds: 0 };
  let changing: string | null = null;
  /** Whether the running host was opened for a card; null where none has a model yet. */
  let hostGpu: boolean | null = null;
  let graphicsFault: string | null = null;

  const setState = (id: string, next: EngineModelState) => {
    states.set(id, next);
    changes.fire(id);
  };

  supervisor.onDidExit(() => {
    const lost = [...models.keys()];
    models.clear();
    hostGpu = null;
    for (const id of lost) setState(id, unloaded);
  });

  const residents = () =>
    [...models.values()].map(({ id, memory, busy, usedAt }) => ({
      id,
      memory,
      usedAt,
      busy: busy > 0,
      pinned: isPinned(id),
    }));

  /** A process keeps the compute backends it was opened with: another one is needed, and all its models with it. */
  const needsOtherHost = (plan: LoadPlan) => plan.gpu && hostGpu === false;

  const roomFor = (plan: LoadPlan): Room => {
    if (needsOtherHost(plan)) {
      const all = residents();
      return { kind: all.some(({ busy }) => busy) ? 'wait' : 'ready', evict: all.map(({ id }) => id) };
    }
    // What lies on a card is not taken from this machine's own memory.
    return plan.gpu ? { kind: 'ready', evict: [] } : makeRoom(plan.memory, free(), residents());
  };

  /** The system counts mapped weights as free; what is loaded is taken off the whole as well. */
  const free = (): number => {
    const { available, capacity } = components.memory();
    const taken = [...models.values()].reduce((sum, { memory }) => sum + memory, 0);
    return Math.max(0, Math.min(available, capacity - taken));
  };

  const obtainable = (): number => {
    const { available, capacity } = components.memory();
    const kept = residents().filter(({ pinned }) => pinned);
    const given = residents().filter(({ pinned }) => !pinned);
    const sum = (list: readonly { memory: number }[]) => list.reduce((total, { memory }) => total + memory, 0);
    return Math.max(0, Math.min(available + sum(given), capacity - sum(kept)));
  };

  const pinnedAway = (plan: LoadPlan, ids: readonly string[]) =>
    new AppError(
      'MODEL_TOO_LARGE',
      `"${plan.name}" does not fit beside the models that are pinned (${ids.join(', ')}). Unpin one of them under Models, then try again.`,
      { data: { needed: plan.memory, available: free(), pinned: ids } },
    );

  /** From the first moment on nothing more is asked of them. */
  const unload = async (ids: readonly string[]) => {
    const gone = ids.filter((id) => models.delete(id));
    for (const id of gone) {
      try {
        if (supervisor.state === 'ready') await supervisor.request({ type: 'unload', model: id });
      } finally {
        // A host that ends meanwhile has unloaded it too.
        setState(id, unloaded);
      }
    }
  };

  const open = async (id: string, plan: LoadPlan, signal: AbortSignal): Promise<Loaded> => {
    await supervisor.ensure();
    const gpu = hostGpu === true || plan.gpu;
    if (hostGpu === null) await components.introduce();
    hostGpu = gpu;
    let shown = 0;
    const onProgress = (value: number) => {
      if (value - shown < 0.02) return;
      shown = value;
      setState(id, { ...unloaded, state: 'loading', progress: Math.min(1, value) });
    };
    const { name: _name, memory: _memory, measured, draft, ...wanted } = plan;
    const order: HostOrder = {
      ...wanted,
      type: 'load',
      model: id,
      gpu,
      offload: plan.gpu,
      threads: measured?.threads ?? UNMEASURED,
      ...(draft ? { draft: draft.order } : {}),
    };
    try {
      return Loaded.parse(await supervisor.request(order, { onProgress, signal }));
    } catch (error) {
      // The host may have been done before it heard of the end.
      if (isCancellation(error) && supervisor.state === 'ready')
        await supervisor.request({ type: 'unload', model: id }).catch(() => undefined);
      throw errorCode(error) === 'INFERENCE_CRASHED' ? crashedLoading(error) : error;
    }
  };

  /** A card that is filled by others is emptied of them, as far as they are idle. */
  const clearCard = async (plan: LoadPlan) => {
    const { gpu } = Devices.parse(await supervisor.request({ type: 'devices', gpu: true }));
    const onCard = residents().filter(({ id }) => models.get(id)?.offload);
    const room = makeRoom(plan.memory, gpu?.memory.free ?? 0, onCard);
    if (room.kind !== 'ready') return;
    await unload(room.evict);
    counts.evicted += room.evict.length;
  };

  /** A graphics card whose driver fails is done without from then on, and that is told. */
  const openSomehow = async (id: string, plan: LoadPlan, signal: AbortSignal): Promise<[LoadPlan, Loaded]> => {
    if (!plan.gpu) return [plan, await open(id, plan, signal)];
    try {
      if (hostGpu === true) await clearCard(plan);
      const loaded = await open(id, plan, signal);
      graphicsFault = loaded.offload
        ? null
        : 'A graphics card is present, but llama.cpp found no driver it can use. Install the card’s current driver, then start Jan again.';
      if (graphicsFault) logger.warn('the graphics card is not used');
      return [plan, loaded];
    } catch (error) {
      if (errorCode(error) !== 'MODEL_LOAD_FAILED') throw error;
      logger.warn('loading with the graphics card failed; the processor takes over');
      graphicsFault =
        'Loading a model with the graphics card failed, so the processor computes. Update the card’s driver, or choose a smaller model, then start Jan again.';
      await supervisor.stop();
      const without = components.plan(id, { graphics: false, memory: obtainable() });
      return [without, await open(id, without, signal)];
    }
  };

  return {
    get: (id) => models.get(id),
    all: () => [...models.values()],
    get changing() {
      return changing;
    },
    admit(id) {
      const plan = components.plan(id, { graphics: graphicsFault === null, memory: obtainable() });
      const room = roomFor(plan);
      switch (room.kind) {
        case 'ready':
          return { kind: 'load', evict: room.evict, plan };
        case 'wait':
          return { kind: 'wait', evict: room.evict };
        case 'pinned':
          throw pinnedAway(plan, room.ids);
        case 'never':
          throw tooLarge(plan.name, plan.memory, obtainable());
      }
    },
    async load(id, { plan, evict }, signal) {
      changing = id;
      const begun = clock.monotonic();
      setState(id, { ...unloaded, state: 'loading', progress: 0 });
      try {
        const other = needsOtherHost(plan);
        await unload(evict);
        if (other) await supervisor.stop();
        counts.evicted += evict.length;
        signal.throwIfAborted();
        const [used, { offload, drafts = false }] = await openSomehow(id, plan, signal);
        const onCard = offload ? offload.layers / Math.max(1, offload.of) : 0;
        const memory = Math.round(used.memory * (1 - onCard));
        models.set(id, {
          id,
          plan: used,
          offload,
          memory,
          measured: used.measured !== null,
          answering: 0,
          busy: 0,
          usedAt: clock.monotonic(),
        });
        counts.count += 1;
        counts.seconds += (clock.monotonic() - begun) / 1_000;
        const draft = used.draft ? { draft: drafts ? used.draft.id : null } : {};
        setState(id, { state: 'ready', progress: null, error: null, memory, offload, ...draft });
      } catch (error) {
        counts.failed += isCancellation(error) ? 0 : 1;
        this.fail(id, error);
        throw error;
      } finally {
        changing = null;
      }
    },
    async unload(id) {
      changing = id;
      try {
        await unload([id]);
      } finally {
        changing = null;
      }
    },
    forget(id) {
      if (models.has(id) || changing === id) return;
      states.delete(id);
      changes.fire(id);
    },
    fail(id, error) {
      const told = error instanceof AppError ? error.message : 'It could not be loaded. The log has the details.';
      setState(id, isCancellation(error) ? unloaded : { ...unloaded, state: 'failed', error: told });
    },
    state: (id) => states.get(id) ?? unloaded,
    get graphicsFault() {
      return graphicsFault;
    },
    get graphics() {
      return hostGpu === true && graphicsFault === null;
    },
    counts,
    onDidChange: changes.event,
  };
};
