import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import type { VaultStatus } from '../../../../node-core/contract/index.ts';
import { FaultNote } from '../../components/index.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { settingsKeys } from '../settings/queries.ts';
import css from './gate.module.css';

type Way = 'stored-key' | 'passphrase' | 'recovery';

const waysOf = (vault: VaultStatus): Way[] => {
  const kinds = new Set(vault.slots.filter((slot) => slot.confirmed).map((slot) => slot.kind));
  const ways: Way[] = [];
  if (kinds.has('passphrase')) ways.push('passphrase');
  if (kinds.has('keychain') || kinds.has('key-file')) ways.push('stored-key');
  if (kinds.has('recovery')) ways.push('recovery');
  return ways;
};

const names: Readonly<Record<Way, string>> = {
  'stored-key': 'Use the stored key',
  passphrase: 'Use the passphrase',
  recovery: 'Use the recovery code',
};

/** The vault is shut: nothing of it is on the screen, and this is the way in. */
export const UnlockView = ({ vault }: { vault: VaultStatus }) => {
  const ways = waysOf(vault);
  const [way, setWay] = useState<Way>(ways[0] ?? 'passphrase');
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [acceptRollback, setAcceptRollback] = useState(false);
  const older = (error ? errorCode(error) : vault.error?.code) === 'VAULT_ROLLED_BACK';

  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const status = await api.vault.unlock(
        way === 'stored-key'
          ? { with: way, acceptRollback }
          : way === 'passphrase'
            ? { with: way, passphrase: secret, acceptRollback }
            : { with: way, code: secret, acceptRollback },
      );
      await queryClient.resetQueries({ predicate: (query) => query.queryKey[0] !== settingsKeys.vault[0] });
      queryClient.setQueryData(settingsKeys.vault, status);
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  const choose = (next: Way): void => {
    setWay(next);
    setSecret('');
    setError(null);
  };

  if (vault.state === 'damaged' || vault.state === 'missing') {
    return (
      <main className={css.gate} data-testid="view-vault-damaged">
        <div className={css.box}>
          <IconLock size={20} stroke={1.5} className={css.icon} aria-hidden />
          <h1 className={css.title}>
            {vault.state === 'damaged' ? 'The vault can’t be opened' : 'There is no vault here'}
          </h1>
          <FaultNote
            what={
              vault.state === 'damaged'
                ? 'Something in the vault’s files is not as it was written.'
                : 'The data folder holds no vault.'
            }
            error={
              vault.error ?? {
                code: 'VAULT_MISSING',
                message: 'Start Jan again; it makes a new vault where there is none.',
              }
            }
            action={{
              label: 'Look again',
              run: () => void queryClient.invalidateQueries({ queryKey: settingsKeys.vault }),
            }}
          />
        </div>
      </main>
    );
  }
  return (
    <main className={css.gate} data-testid="view-unlock">
      <form className={css.box} onSubmit={(event) => void unlock(event)}>
        <IconLock size={20} stroke={1.5} className={css.icon} aria-hidden />
        <h1 className={css.title}>The vault is locked</h1>
        <p className={css.text}>Your tasks and notes are encrypted on this disk, and the keys are not in memory.</p>
        {way === 'passphrase' ? (
          <PasswordInput
            key="passphrase"
            label="Passphrase"
            autoFocus
            autoComplete="current-password"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        ) : null}
        {way === 'recovery' ? (
          <TextInput
            key="recovery"
            label="Recovery code"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        ) : null}
        {error ? (
          <FaultNote what="It did not open." error={error} />
        ) : vault.error ? (
          <FaultNote what="It did not open by itself." error={vault.error} />
        ) : null}
        {older || acceptRollback ? (
          <Checkbox
            label="I put this older copy here myself: open it as it is"
            checked={acceptRollback}
            onChange={(event) => setAcceptRollback(event.currentTarget.checked)}
          />
        ) : null}
        <Button
          type="submit"
          fullWidth
          size="sm"
          loading={busy}
          autoFocus={way === 'stored-key'}
          disabled={way !== 'stored-key' && secret === ''}
        >
          {way === 'stored-key' ? 'Unlock with the stored key' : 'Unlock'}
        </Button>
        <div className={css.others}>
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <button key={other} type="button" className={css.other} onClick={() => choose(other)}>
                {names[other]}
              </button>
            ))}
        </div>
      </form>
    </main>
  );
};
