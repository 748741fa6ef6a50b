import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { createLogger } from '../common/index.ts';
import type { Config } from '../config/index.ts';
import { AppError, type VaultStatus } from '../contract/index.ts';
import { createRuntime } from '../runtime.ts';
import { createSecrets } from './secrets.ts';
import type { NodeClient, Session, SessionOptions } from './session.ts';
import { version } from './version.ts';

/**
 * Opens the vault in this process, without a server, and speaks the contract to it over a port, as a window would: the same checks,
 * the same errors.
 */
export const openDirect = async (config: Config, { model = false }: SessionOptions): Promise<Session> => {
  const runtime = createRuntime(config, {
    logger: createLogger((line) => process.stderr.write(line), config.logLevel === 'info' ? 'warn' : config.logLevel),
    version,
    host: 'server',
    uiDir: '',
    serve: false,
    background: model,
  });
  await runtime.start();
  const { port1: near, port2: far } = new MessageChannel();
  runtime.server.attach(far);
  const client = createORPCClient<NodeClient>(new RPCLink({ port: near }));
  near.start();
  const session: Session = {
    client,
    async close() {
      near.close();
      await runtime.stop();
    },
  };
  try {
    await unlock(client, await client.vault.status());
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
};

const unlock = async (client: NodeClient, { state, slots, error }: VaultStatus): Promise<void> => {
  if (state === 'open') return;
  const hasPassphrase = slots.some(({ kind }) => kind === 'passphrase');
  if (state === 'damaged' || !hasPassphrase) {
    throw Object.assign(
      new Error(
        error?.message ?? 'The vault is locked and this machine keeps no key to it. Open it in the desktop app.',
      ),
      { code: error?.code ?? 'VAULT_LOCKED' },
    );
  }
  if (!process.env['JAN_PASSPHRASE'] && !process.stdin.isTTY) {
    throw new AppError(
      'VAULT_LOCKED',
      'The vault is locked. Put its passphrase into JAN_PASSPHRASE, or run this in a terminal and type it.',
    );
  }
  const secrets = createSecrets();
  await client.vault.unlock({ with: 'passphrase', passphrase: await secrets.ask('Passphrase', 'JAN_PASSPHRASE') });
  secrets.close();
};
