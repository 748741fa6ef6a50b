import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Backend, loadFailure } from './backend.ts';
import { findProcessor, libraryAddon } from '../native/place.ts';
import { isAddon } from './llama.ts';

/** llama.cpp needs whole pages of tokens. */
const PAGE = 256;

/** What does not load is passed over in silence. */
const isLoaded = (folder: string): boolean =>
  existsSync('/proc/self/maps') && readFileSync('/proc/self/maps', 'utf8').includes(`${folder}/`);

/**
 * The library's addon without the library around it, for processors alone. The library's own 600 modules, its trial run of the addon in a process
 * of its own, and its second reading of the model file take a second and 25 MB; a process that may crash without harm needs no trial. Null where
 * there is no addon for this. `processor`: the folder with the arithmetic, where one was compiled for this machine.
 */
export const openAddonBackend = async (processor: string | null = findProcessor()): Promise<Backend | null> => {
  const path = libraryAddon();
  if (path === null) return null;
  const addon: unknown = createRequire(import.meta.url)(path);
  if (!isAddon(addon)) return null;
  addon.markLoaded();
  addon.setLogger(() => undefined);
  addon.setLoggerLogLevel(0);
  addon.loadBackends();
  if (processor !== null) addon.loadBackends(processor);
  if (processor === null || !isLoaded(processor)) addon.loadBackends(dirname(path));
  await addon.init();
  return {
    bindings: addon,
    cores: Math.floor(addon.getMathCores()),
    devices: () => Promise.resolve({ gpu: null }),
    async openModel(order, onProgress, signal) {
      signal.throwIfAborted();
      const raw = new addon.AddonModel(order.path, {
        addonExports: addon,
        gpuLayers: 0,
        useMmap: true,
        checkTensors: false,
        hasLoadAbortSignal: true,
        onLoadProgress: onProgress,
      });
      const onAbort = () => raw.abortActiveModelLoad();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        if (!(await raw.init())) throw loadFailure();
      } catch (cause) {
        signal.throwIfAborted();
        throw loadFailure(cause);
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
      if (signal.aborted) await raw.dispose();
      signal.throwIfAborted();
      return {
        raw,
        offload: null,
        async openContext({ contextLength, sequences, flashAttention, embeddings, ...rest }) {
          const context = new addon.AddonContext(raw, {
            ...rest,
            contextSize: Math.ceil(contextLength / PAGE) * PAGE * sequences,
            sequences,
            flashAttention,
            ...(embeddings ? { embeddings } : {}),
          });
          try {
            if (!(await context.init())) throw loadFailure();
          } catch (cause) {
            throw loadFailure(cause);
          }
          return { raw: context, dispose: () => context.dispose() };
        },
        dispose: () => raw.dispose(),
      };
    },
  };
};
