import { join } from 'node:path';
import { createLogger, logFault } from '../common/index.ts';
import type { Config } from '../config/index.ts';
import { createRuntime } from '../runtime.ts';
import type { Output } from './output.ts';
import { version } from './version.ts';

/** A node that stops when it is told to; a second signal does not wait. */
export const serve = async (config: Config, output: Output): Promise<void> => {
  const logger = createLogger((line) => process.stderr.write(line), config.logLevel);
  const runtime = createRuntime(config, {
    logger,
    version,
    host: 'server',
    buildEngine: true,
    uiDir: join(import.meta.dirname, '..', '..', 'dist', 'renderer'),
  });
  let stoppingSince: number | undefined;
  const stop = () => {
    // One Ctrl-C arrives twice below npm: from the terminal, and handed on by npm.
    if (stoppingSince !== undefined && performance.now() - stoppingSince > 1_000) process.exit(1);
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    // A node that could not end in order is killed by nobody's patience: what was acknowledged is on disk already.
    void runtime.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', stop);
  // A bug ends the node, in order. The engine's own report would quote what a user wrote.
  process.on('uncaughtException', (error) => {
    logFault(logger, 'a bug ended the node', error);
    void runtime.stop().finally(() => process.exit(1));
  });
  await runtime.start();
  const { url } = runtime.server;
  if (output.json) output.printJson({ ready: url });
  else output.print(`Jan is ready: ${url}`);
  // The link signs a browser in; it belongs on the screen of the person who started it and nowhere else.
  if (process.stdout.isTTY && !output.json)
    output.print(
      `Sign in:      ${runtime.server.signInUrl()}\n              (once, within ten minutes; "jan sign-in" prints another)`,
    );
};
