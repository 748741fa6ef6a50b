import { Emitter, type Event, type Logger, type Startable } from '../../common/index.ts';
import type { Machine } from '../../contract/index.ts';
import { type Compiled, compileAddon, type CompileOptions } from './compile.ts';
import { compileProcessor } from './compile-processor.ts';
import { type Compiler, findCompiler } from './compiler.ts';
import { buildKey, forgetFailure, lastFailure, noteFailure } from './failures.ts';
import { addonName, builtDir, findAddon, findProcessor } from './place.ts';
import { clearUnfinished } from './unfinished.ts';

/** Which variant of the engine there is for this machine, and the one build of the faster one that a clone makes in the background. */
export interface EngineBuild extends Startable {
  readonly state: Machine['engine'];
  readonly onDidChange: Event<Machine['engine']>;
}

export interface EngineBuildComponents {
  /** A small model to check a build with. */
  readonly model: string;
  readonly logger: Logger;
  /** Where builds go. */
  readonly dir?: string;
  /** Milliseconds after the start: the first page and the first answer come before it. */
  readonly delayMs?: number;
}

const DELAY_MS = 20_000;

export const createEngineBuild = (components: EngineBuildComponents): EngineBuild => {
  const { model, logger, dir = builtDir, delayMs = DELAY_MS } = components;
  const changes = new Emitter<Machine['engine']>();
  const stop = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();
  let state: Machine['engine'] = findAddon(dir)
    ? { variant: 'threaded', build: 'ready', detail: null }
    : { variant: 'prebuilt', build: 'none', detail: null };

  const change = (next: Machine['engine']) => {
    state = next;
    changes.fire(next);
  };

  const unlessItFailed = async (
    what: 'addon' | 'processor',
    compiler: Compiler,
    compile: (options: CompileOptions) => Promise<Compiled>,
  ): Promise<Compiled> => {
    const key = buildKey(compiler);
    const detail = lastFailure(dir, what, key);
    if (detail !== null) return { outcome: 'failed', detail };
    const compiled = await compile({ dir, model, signal: stop.signal });
    if (stop.signal.aborted) return compiled;
    if (compiled.outcome === 'failed') {
      noteFailure(dir, what, key, compiled.detail);
      logger.warn('the engine could not be built', { what, error: compiled.detail });
    } else forgetFailure(dir, what);
    return compiled;
  };

  const buildAddon = async (compiler: Compiler): Promise<void> => {
    change({ variant: 'prebuilt', build: 'building', detail: null });
    const compiled = await unlessItFailed('addon', compiler, compileAddon);
    if (stop.signal.aborted) return;
    if (compiled.outcome === 'ready') change({ variant: 'threaded', build: 'ready', detail: null });
    else {
      const detail = compiled.outcome === 'failed' ? compiled.detail : null;
      change({ variant: 'prebuilt', build: compiled.outcome, detail });
    }
  };

  const build = async (): Promise<void> => {
    try {
      clearUnfinished(dir);
      const compiler = await findCompiler(stop.signal);
      if (stop.signal.aborted) return;
      if (compiler === null) {
        if (state.variant === 'prebuilt') change({ variant: 'prebuilt', build: 'no-compiler', detail: null });
        return;
      }
      // The addon alone is most of the gain, and is there in seconds; the arithmetic takes longer and changes nothing that is shown.
      if (state.variant === 'prebuilt') await buildAddon(compiler);
      if (state.variant === 'prebuilt' || stop.signal.aborted || findProcessor(dir)) return;
      await unlessItFailed('processor', compiler, compileProcessor);
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
      if ((state.variant === 'threaded' && findProcessor(dir)) || addonName() === null) return;
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
