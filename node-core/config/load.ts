import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { type Config, parseConfig } from './index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigFlags {
  readonly dataDir?: string | undefined;
  readonly port?: number | undefined;
}

/** Where the platform keeps the data of programs, unless `JAN_DATA_DIR` says otherwise. */
export const defaultDataDir = (
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string => {
  if (env['JAN_DATA_DIR']) return env['JAN_DATA_DIR'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Jan Node');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Jan Node');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'jan-node');
};

/**
 * Defaults, then `jan.config.json` in the data directory, then `JAN_…` variables, then flags.
 * @throws AppError `CONFIG_INVALID`, `NO_LOCAL_RUNTIME`
 */
export const loadConfig = (flags: ConfigFlags = {}, env: Environment = process.env): Config => {
  const dataDir = resolve(flags.dataDir ?? defaultDataDir(env));
  return parseConfig({
    ...readConfigFile(join(dataDir, 'jan.config.json')),
    ...fromEnvironment(env),
    ...defined({ port: flags.port }),
    dataDir,
  });
};

const readConfigFile = (path: string): Record<string, unknown> => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return {};
    throw new AppError('CONFIG_INVALID', `${path} can't be read. Allow this user to read it, or remove it.`, {
      cause: error,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `${path} is not valid JSON. Correct it and start again.`, { cause: error });
  }
  throw new AppError('CONFIG_INVALID', `${path} must hold one JSON object. Correct it and start again.`);
};

const fromEnvironment = (env: Environment): Record<string, unknown> =>
  defined({
    host: env['JAN_HOST'] || undefined,
    port: env['JAN_PORT'] ? Number(env['JAN_PORT']) : undefined,
    logLevel: env['JAN_LOG_LEVEL'] || undefined,
    modelMirror: env['JAN_MODEL_MIRROR'] || undefined,
    proxy: env['JAN_PROXY'] || undefined,
    allowedOrigins: env['JAN_ALLOWED_ORIGINS']
      ?.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  });

const defined = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
