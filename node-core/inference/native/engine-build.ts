import { Emitter, type Event, type Logger, type Startable } from '../../common/index.ts';
import type { Machine } from '../../contract/index.ts';
import { compileAddon } from './compile.ts';
import { compileProcessor } from './compile-processor.ts';
import { addonName, builtDir, findAddon, findProcessor } from './place.ts';

/** Which variant of the engine there is for this machine, and the one build of the faster one that a clone makes in the background. */
export interface EngineBuild extends Startable {
  readonly state: Machine['engine'];
  readonly onDidChange: Event<Machine['engine']>;
}

export interface EngineBuildComponents {
  /** A small model to check a build with. */
  readonly model: string;
  readonly logger: Logger;
  /** Milliseconds after the start: the first page and the first answer come before it. */
  readonly delayMs?: number;
}

const DELAY_MS = 20_000;

export const createEngineBuild = ({ model, logger, delayMs = DELAY_MS }: EngineBuildComponents): EngineBuild => {
  const changes = new Emitter<Machine['engine']>();
  const stop = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();
  let state: Machine['engine'] = findAddon()
    ? { variant: 'threaded', build: 'ready', detail: null }
    : { variant: 'prebuilt', build: 'none', detail: null };

  const change = (next: Machine['engine']) => {
    state = next;
    changes.fire(next);
  };

  const buildAddon = async (): Promise<void> => {
    change({ variant: 'prebuilt', build: 'building', detail: null });
    const compiled = await compileAddon({ dir: builtDir, model, signal: stop.signal });
    if (stop.signal.aborted) return;
    if (compiled.outcome === 'ready') change({ variant: 'threaded', build: 'ready', detail: null });
    else {
      const detail = compiled.outcome === 'failed' ? compiled.detail : null;
      change({ variant: 'prebuilt', build: compiled.outcome, detail });
    }
  };

  const build = async (): Promise<void> => {
    try {
      // The addon alone is most of the gain, and is there in seconds; the arithmetic takes longer and changes nothing that is shown.
      if (state.variant === 'prebuilt') await buildAddon();
      if (state.variant === 'prebuilt' || stop.signal.aborted || findProcessor()) return;
      const compiled = await compileProcessor({ dir: builtDir, model, signal: stop.signal });
      if (compiled.outcome === 'failed' && !stop.signal.aborted)
        logger.warn('the arithmetic could not be built', { error: compiled.detail });
    } catch (error) {
      logger.warn('the engine could not be built', { error: error instanceof Error ? error.message : 'unknown' });
      if (state.variant === 'prebuilt')
        change({ variant: 'prebuilt', build: 'failed', detail: 'its folder could not be written' });
    }
  };

  return {
    get state() {
      return state;
    },
    onDidChange: changes.event,
    async start() {
      if ((state.variant === 'threaded' && findProcessor()) || addonName() === null) return;
      timer = setTimeout(() => {
        work = build();
      }, delayMs);
      timer.unref();
    },
    async stop() {
      if (timer) clearTimeout(timer);
      stop.abort();
      await work;
    },
  };
};
