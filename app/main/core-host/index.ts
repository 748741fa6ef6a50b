import { createLogger } from '../../../node-core/common/index.ts';
import { loadConfig } from '../../../node-core/config/load.ts';
import { toWireError } from '../../../node-core/contract/index.ts';
import { createRuntime, type Runtime } from '../../../node-core/runtime.ts';
import { CoreStart, type FromCore, ToCore } from '../messages.ts';

const { parentPort } = process;
const post = (message: FromCore): void => parentPort.postMessage(message);
const start = CoreStart.parse(JSON.parse(process.argv.at(-1) ?? ''));

const begin = (): Runtime => {
  const config = loadConfig({ dataDir: start.dataDir, port: start.port });
  const logger = createLogger((line) => process.stderr.write(line), config.logLevel);
  return createRuntime(config, { logger, version: start.version, host: 'desktop', uiDir: start.uiDir });
};

const run = async (): Promise<void> => {
  const runtime = begin();
  const stop = async (): Promise<void> => {
    await runtime.stop();
    process.exit(0);
  };
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
      case 'inference-exit':
      case 'keychain':
        break;
    }
  });
  await runtime.start();
  post({ type: 'ready', url: runtime.server.url });
};

run().catch((error: unknown) => {
  const { code, message } = toWireError(error);
  post({ type: 'failed', code, message });
});
