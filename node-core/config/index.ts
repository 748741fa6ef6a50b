import { z } from 'zod';
import { AppError } from '../contract/errors.ts';

/** The embedded llama.cpp, or any OpenAI-compatible endpoint on this machine or elsewhere. */
const Runtime = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('llama'),
    /** Unload an idle model after this many minutes; 0 keeps it. */ idleMinutes: z.number().int().min(0).default(0),
  }),
  z.object({
    kind: z.literal('openai-compatible'),
    name: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }),
    model: z.string().min(1),
    apiKey: z.string().optional(),
  }),
]);
export type RuntimeConfig = z.infer<typeof Runtime>;

const Config = z.object({
  dataDir: z.string().min(1),
  host: z.enum(['127.0.0.1', '::1']).default('127.0.0.1'),
  /** 0 takes a free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Origins besides our own that may call the API from a browser. Other schemes have the origin `null`, as has any sandboxed page. */
  allowedOrigins: z.array(z.url({ protocol: /^https?$/ })).default([]),
  runtimes: z.array(Runtime).default([{ kind: 'llama', idleMinutes: 0 }]),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Where models are fetched from, in place of the hub: what follows is `/owner/name/resolve/revision/file`. */
  modelMirror: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/[?#]/.test(url), 'an address without ? and #')
    .default('https://huggingface.co'),
  /** For downloads; without it `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` count. */
  proxy: z.url({ protocol: /^https?$/ }).optional(),
});
export type Config = z.infer<typeof Config>;
export type DownloadConfig = Pick<Config, 'modelMirror' | 'proxy'>;
export type ConfigInput = z.input<typeof Config>;

/** True where answers from `url` are computed on this machine. */
export const isLoopback = (url: string): boolean => {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
};

/**
 * Parses a configuration once, at the seam.
 * @throws AppError `CONFIG_INVALID` naming the setting; `NO_LOCAL_RUNTIME` where nothing could answer offline.
 */
export const parseConfig = (input: unknown): Config => {
  const parsed = Config.safeParse(input);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const where = first?.path.join('.') || 'configuration';
    throw new AppError(
      'CONFIG_INVALID',
      `The setting "${where}" is not usable: ${first?.message ?? 'invalid'}. Correct it in jan.config.json and start again.`,
    );
  }
  const local = parsed.data.runtimes.some((runtime) => runtime.kind === 'llama' || isLoopback(runtime.url));
  if (!local) {
    throw new AppError(
      'NO_LOCAL_RUNTIME',
      'Jan needs at least one model runtime on this machine. Add {"kind": "llama"} to "runtimes" in jan.config.json (or remove "runtimes" to get the default), or add an endpoint on 127.0.0.1.',
    );
  }
  return parsed.data;
};
