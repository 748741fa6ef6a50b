import type { Config } from '../config/index.ts';
import { AppError, type Slot, type VaultStatus } from '../contract/index.ts';
import { createVault } from '../vault/index.ts';
import { type Output, paint, table } from './output.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { openRunning, openSession, type Session } from './session.ts';

const slotNames: Readonly<Record<Slot['kind'], string>> = {
  keychain: 'keychain of this system',
  'key-file': 'key file on this machine',
  passphrase: 'passphrase',
  recovery: 'recovery code',
};

/** Of the running node; without one, of the files. */
export const vaultStatus = async (config: Config, output: Output): Promise<void> => {
  const running = await openRunning(config);
  const status = running ? await running.client.vault.status() : createVault({ dir: config.dataDir }).status();
  await running?.close();
  if (output.json) return output.printJson({ ...status, running: running !== undefined });
  output.print(`Vault: ${paint('bold', status.state)}${running ? '' : ' (no node is running)'}`);
  if (status.error) output.print(status.error.message);
  if (status.slots.length === 0) return;
  output.print('Opened by:');
  output.print(
    table(
      status.slots.map(({ id, kind, confirmed }) => ['', slotNames[kind], confirmed ? '' : 'not confirmed yet', id]),
    ),
  );
};

export const lockVault = async (config: Config, output: Output): Promise<void> => {
  await withRunning(
    config,
    async ({ client }) => report(output, await client.vault.lock()),
    () => {
      output.note('No node is running here, so nothing holds the keys of this vault.');
      report(output, createVault({ dir: config.dataDir }).status());
    },
  );
};

export const unlockVault = async (
  config: Config,
  output: Output,
  { withRecovery, acceptRollback }: { withRecovery: boolean; acceptRollback: boolean },
): Promise<void> => {
  await withRunning(
    config,
    async ({ client }) => {
      const { slots, state } = await client.vault.status();
      if (state === 'open') return report(output, await client.vault.status());
      const stored = slots.some(({ kind }) => kind === 'keychain' || kind === 'key-file');
      if (stored && !withRecovery)
        return report(output, await client.vault.unlock({ with: 'stored-key', acceptRollback }));
      const secret = await withSecrets(async (secrets) =>
        withRecovery
          ? ({ with: 'recovery', code: await secrets.ask('Recovery code', 'JAN_RECOVERY_CODE') } as const)
          : ({ with: 'passphrase', passphrase: await secrets.ask('Passphrase', 'JAN_PASSPHRASE') } as const),
      );
      report(output, await client.vault.unlock({ ...secret, acceptRollback }));
    },
    () => {
      throw new AppError(
        'NOT_FOUND',
        'No node is running here. Start one with "jan serve"; other commands ask for the passphrase themselves.',
      );
    },
  );
};

/** Sets the first passphrase, or replaces it after asking for the present one. */
export const setPassphrase = async (config: Config, output: Output): Promise<void> => {
  const session = await openSession(config);
  try {
    const { slots } = await session.client.vault.status();
    const status = await withSecrets(async (secrets) => {
      const exists = slots.some(({ kind }) => kind === 'passphrase');
      const current = exists ? await secrets.ask('Present passphrase', 'JAN_PASSPHRASE') : undefined;
      const next = await secrets.ask('New passphrase', 'JAN_NEW_PASSPHRASE');
      if (
        process.stdin.isTTY &&
        !process.env['JAN_NEW_PASSPHRASE'] &&
        (await secrets.ask('The same again', '')) !== next
      ) {
        throw new AppError('BAD_REQUEST', 'The two are not the same. Nothing was changed; try again.');
      }
      return current === undefined
        ? session.client.vault.addPassphrase({ passphrase: next })
        : session.client.vault.changePassphrase({ current, next });
    });
    report(output, status);
  } finally {
    await session.close();
  }
};

/** Shows a code once and has it typed back, so that it is known to be kept. */
export const makeRecovery = async (config: Config, output: Output): Promise<void> => {
  const session = await openSession(config);
  try {
    const { slotId, code } = await session.client.vault.createRecovery();
    if (output.json) output.printJson({ code });
    else output.print(`Write this down and keep it apart from this machine:\n\n  ${code}\n`);
    const status = await withSecrets(async (secrets) => {
      const typed = await secrets.ask('Type it back', 'JAN_RECOVERY_CODE');
      return session.client.vault.confirmRecovery({ slotId, code: typed });
    });
    report(output, status);
  } finally {
    await session.close();
  }
};

export const removeSlot = async (config: Config, output: Output, slotId: string): Promise<void> => {
  const session = await openSession(config);
  try {
    report(output, await session.client.vault.removeSlot({ slotId }));
  } finally {
    await session.close();
  }
};

/** What stock SQLCipher 4 needs to read the database: no lock-in. Works beside a running node. */
export const printRawKey = async (config: Config, output: Output, withRecovery: boolean): Promise<void> => {
  const vault = createVault({ dir: config.dataDir });
  const hasPassphrase = vault.status().slots.some(({ kind }) => kind === 'passphrase');
  const secret = await withSecrets(async (secrets) => {
    if (withRecovery)
      return { with: 'recovery', code: await secrets.ask('Recovery code', 'JAN_RECOVERY_CODE') } as const;
    if (hasPassphrase)
      return { with: 'passphrase', passphrase: await secrets.ask('Passphrase', 'JAN_PASSPHRASE') } as const;
    return { with: 'stored-key' } as const;
  });
  const raw = await vault.exportRawKey(secret);
  if (output.json) return output.printJson(raw);
  output.print(
    table([
      ['Database', raw.database],
      ['Key', raw.key],
      ['Salt', raw.salt],
    ]),
  );
  output.print(`\nIn sqlcipher 4:\n\n  ${raw.pragma}`);
  output.note('\nWhoever has this key can read the whole vault.');
};

const withRunning = async (
  config: Config,
  work: (session: Session) => Promise<void>,
  otherwise: () => void,
): Promise<void> => {
  const running = await openRunning(config);
  if (!running) return otherwise();
  try {
    await work(running);
  } finally {
    await running.close();
  }
};

const withSecrets = async <T>(work: (secrets: Secrets) => Promise<T>): Promise<T> => {
  const secrets = createSecrets();
  try {
    return await work(secrets);
  } finally {
    secrets.close();
  }
};

const report = (output: Output, status: VaultStatus): void => {
  if (output.json) return output.printJson(status);
  output.print(
    `Vault: ${status.state}. Opened by: ${status.slots.map(({ kind }) => slotNames[kind]).join(', ') || 'nothing yet'}.`,
  );
};
