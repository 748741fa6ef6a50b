import { createLogger, logFault } from '../../../node-core/common/index.ts';
import { loadConfig } from '../../../node-core/config/load.ts';
import { toWireError } from '../../../node-core/contract/index.ts';
import { createRuntime } from '../../../node-core/runtime.ts';
import { CoreStart, type FromCore, ToCore } from '../messages.ts';
import { createInferenceProcesses } from './inference-process.ts';
import { createKeychainClient } from './keychain-client.ts';

const { parentPort } = process;
const post = (message: FromCore): void => parentPort.postMessage(message);

/** The core in a utility process: the same runtime that `jan serve` makes, with what only Electron's main process can do asked of it. */
const run = async (): Promise<void> => {
  const start = CoreStart.parse(JSON.parse(process.argv.at(-1) ?? ''));
  const config = loadConfig({ dataDir: start.dataDir, port: start.port });
  const keychain = createKeychainClient(post);
  const inference = createInferenceProcesses(post);
  const logger = createLogger((line) => process.stderr.write(line), config.logLevel);
  const runtime = createRuntime(config, {
    logger,
    version: start.version,
    host: 'desktop',
    buildEngine: true,
    uiDir: start.uiDir,
    catalogPath: start.catalogPath,
    spawnInferenceHost: inference.start,
    ...(start.keychain ? { keychain } : {}),
  });
  const stop = async (): Promise<void> => {
    await runtime.stop();
    process.exit(0);
  };
  // A bug ends the core, in order, and main starts another. The engine's own report would quote what a user wrote.
  process.on('uncaughtException', (error) => {
    logFault(logger, 'a bug ended the core', error);
    void runtime.stop().finally(() => process.exit(1));
  });
  parentPort.on('message', ({ data, ports: [port] }) => {
    const message = ToCore.parse(data);
    switch (message.type) {
      case 'window':
        if (port) runtime.server.attach(port);
        break;
      case 'stop':
        void stop();
        break;
      case 'inference-host':
        if (port) inference.onStarted(message.id, message.pid, port);
        break;
      case 'inference-exit':
        inference.onExited(message.id, message.code);
        break;
      case 'keychain':
        keychain.onAnswer(message);
        break;
    }
  });
  await runtime.start();
  post({ type: 'ready', url: runtime.server.url });
};

run().catch((error: unknown) => {
  logFault(
    createLogger((line) => process.stderr.write(line), 'error'),
    'the core could not start',
    error,
  );
  const { code, message } = toWireError(error);
  post({ type: 'failed', code, message });
});
