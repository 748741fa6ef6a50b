import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { createLogger } from '../common/index.ts';
import { loadConfig } from '../config/load.ts';
import { createRuntime } from '../runtime.ts';

const program = new Command('jan');
program
  .command('serve')
  .option('--data <dir>')
  .option('--port <number>', 'port', Number)
  .action(async (options: { data?: string; port?: number }) => {
    const config = loadConfig({ dataDir: options.data, port: options.port });
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    const runtime = createRuntime(config, { logger: createLogger((line) => process.stderr.write(line), config.logLevel), version: '0.1.0', host: 'server', uiDir: join(import.meta.dirname, '..', '..', 'dist', 'renderer') });
    await runtime.start();
    process.stdout.write(`Jan is ready: ${runtime.server.url}\n`);
    const stop = () => void runtime.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
await program.parseAsync();
