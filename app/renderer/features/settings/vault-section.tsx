import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import {
  IconFileText,
  IconKey,
  IconLifebuoy,
  IconLock,
  IconShieldLock,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { VaultStatus } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, SkeletonRows } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { confirm, showToast } from '../../ui-store.ts';
import { lockVault } from '../vault/lock.ts';
import { showFault } from '../tasks/actions.ts';
import { settingsKeys, updateSettings, useSettings, useVault } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

type Slot = VaultStatus['slots'][number];

const slotWords: Readonly<Record<Slot['kind'], readonly [string, string, Icon]>> = {
  keychain: ['This computer’s keychain', 'Opens by itself for your account on this computer.', IconShieldLock],
  'key-file': [
    'Key file',
    'Opens by itself where the file is. Whoever reads the file can open the vault.',
    IconFileText,
  ],
  passphrase: ['Passphrase', 'Opens with what you type.', IconKey],
  recovery: ['Recovery code', 'Opens with the code you keep on paper.', IconLifebuoy],
};

const took = (status: VaultStatus, text: string): void => {
  queryClient.setQueryData(settingsKeys.vault, status);
  showToast({ tone: 'plain', text });
};

const removeSlot = async (slotId: string): Promise<void> => {
  try {
    took(await api.vault.removeSlot({ slotId }), 'That way into the vault is gone.');
  } catch (error) {
    showFault(error, 'It was not removed.');
  }
};

const SlotRow = ({ slot, isLast }: { slot: Slot; isLast: boolean }) => {
  const [name, hint, Glyph] = slotWords[slot.kind];
  return (
    <div className={css.row} data-testid="slot-row">
      <Glyph size={16} stroke={1.6} aria-hidden />
      <div className={css.rowText}>
        <span>{name}</span>
        <span className={css.hint}>
          {slot.confirmed ? hint : 'Not confirmed yet: it can’t open the vault.'} Added {formatMoment(slot.createdAt)}.
        </span>
      </div>
      <IconButton
        icon={IconTrash}
        label={isLast ? 'The last way in can’t be removed' : `Remove: ${name}`}
        disabled={isLast}
        onClick={() =>
          confirm({
            title: `Remove “${name}”?`,
            text: 'The vault no longer opens this way. The others stay.',
            action: 'Remove',
            danger: true,
            run: () => removeSlot(slot.id),
          })
        }
      />
    </div>
  );
};

const PassphraseForm = ({ change, onDone }: { change: boolean; onDone: () => void }) => {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const differs = again !== '' && again !== next;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (change) took(await api.vault.changePassphrase({ current, next }), 'The passphrase is changed.');
      else took(await api.vault.addPassphrase({ passphrase: next }), 'The passphrase opens the vault from now on.');
      onDone();
    } catch (fault) {
      setError(fault);
      setBusy(false);
    }
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      {change ? (
        <PasswordInput
          label="Current passphrase"
          value={current}
          autoComplete="current-password"
          data-autofocus
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      ) : null}
      <PasswordInput
        label={change ? 'New passphrase' : 'Passphrase'}
        description="At least 8 characters. A few random words are easier to keep than symbols. It can’t be reset."
        value={next}
        autoComplete="new-password"
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <PasswordInput
        label="Once more"
        value={again}
        autoComplete="new-password"
        error={differs ? 'The two differ.' : null}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      {error ? <FaultNote what="The passphrase was not set." error={error} /> : null}
      <div className={css.buttons}>
        <Button type="submit" loading={busy} disabled={next.length < 8 || again !== next || (change && current === '')}>
          {change ? 'Change' : 'Add'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
};

const RecoveryForm = ({ onDone }: { onDone: () => void }) => {
  const [made, setMade] = useState<{ slotId: string; code: string } | null>(null);
  const [typed, setTyped] = useState('');
  const [isHidden, setIsHidden] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      setMade(await api.vault.createRecovery());
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!made) return;
    setBusy(true);
    setError(null);
    try {
      took(
        await api.vault.confirmRecovery({ slotId: made.slotId, code: typed }),
        'The recovery code opens the vault from now on.',
      );
      onDone();
    } catch (fault) {
      setError(fault);
      setBusy(false);
    }
  };
  return (
    <form className={css.form} onSubmit={(event) => void check(event)}>
      {made === null ? (
        <>
          <p>
            The code opens the vault if everything else is lost. It is shown once: write it on paper, then type it back.
          </p>
          {error ? <FaultNote what="The code was not made." error={error} /> : null}
          <div className={css.buttons}>
            <Button loading={busy} onClick={() => void create()}>
              Show the code
            </Button>
            <Button variant="subtle" color="gray" onClick={onDone}>
              Cancel
            </Button>
          </div>
        </>
      ) : (
        <>
          {isHidden ? (
            <p>Type it from your paper.</p>
          ) : (
            <div className={css.code} data-testid="recovery-code">
              {made.code}
            </div>
          )}
          {isHidden ? (
            <TextInput
              label="The code"
              value={typed}
              autoComplete="off"
              spellCheck={false}
              autoFocus
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          ) : null}
          {error ? <FaultNote what="That is not the code." error={error} /> : null}
          <div className={css.buttons}>
            {isHidden ? (
              <Button type="submit" loading={busy} disabled={typed.trim() === ''}>
                Confirm
              </Button>
            ) : (
              <Button onClick={() => setIsHidden(true)}>I wrote it down</Button>
            )}
            {isHidden ? (
              <Button variant="subtle" color="gray" onClick={() => setIsHidden(false)}>
                Show it again
              </Button>
            ) : null}
          </div>
        </>
      )}
    </form>
  );
};

const lockTimes = [
  [0, 'Never'],
  [5, '5 min'],
  [15, '15 min'],
  [60, '1 h'],
  [240, '4 h'],
] as const;

export const VaultSection = () => {
  const { vault, error } = useVault();
  const settings = useSettings();
  const [form, setForm] = useState<'passphrase' | 'recovery' | null>(null);
  const hasPassphrase = vault?.slots.some((slot) => slot.kind === 'passphrase') ?? false;
  const usable = vault?.slots.filter((slot) => slot.confirmed).length ?? 0;
  return (
    <Section title="Vault" text="Everything you write is encrypted on this disk. These are the ways to open it.">
      {error ? <FaultNote what="The vault’s state can’t be shown." error={error} /> : null}
      {vault ? (
        vault.slots.map((slot) => <SlotRow key={slot.id} slot={slot} isLast={slot.confirmed && usable < 2} />)
      ) : (
        <SkeletonRows count={2} height={44} />
      )}
      {form === 'passphrase' ? <PassphraseForm change={hasPassphrase} onDone={() => setForm(null)} /> : null}
      {form === 'recovery' ? <RecoveryForm onDone={() => setForm(null)} /> : null}
      {form === null ? (
        <div className={css.buttons}>
          <Button variant="default" onClick={() => setForm('passphrase')}>
            {hasPassphrase ? 'Change the passphrase' : 'Add a passphrase'}
          </Button>
          <Button variant="default" onClick={() => setForm('recovery')}>
            New recovery code
          </Button>
          <Button variant="default" leftSection={<IconLock size={16} stroke={1.6} aria-hidden />} onClick={lockVault}>
            Lock now
          </Button>
        </div>
      ) : null}
      {hasPassphrase ? (
        <div className={css.row}>
          <div className={css.rowText}>
            <span>Lock by itself</span>
            <span className={css.hint}>After so long without a key or a press.</span>
          </div>
          <SegmentedControl
            size="xs"
            aria-label="Lock by itself"
            value={String(settings?.autoLockMinutes ?? 0)}
            onChange={(minutes) => void updateSettings({ autoLockMinutes: Number(minutes) })}
            data={lockTimes.map(([minutes, label]) => ({ value: String(minutes), label }))}
          />
        </div>
      ) : null}
    </Section>
  );
};
