import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { FaultNote, IconButton, SkeletonRows } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { confirm, showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { settingsKeys, useInfo } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: settingsKeys.keys });

const revoke = async (id: string): Promise<void> => {
  try {
    await api.keys.revoke({ id });
  } catch (error) {
    showFault(error, 'The key was not revoked.');
  }
  await refresh();
};

/** Keys with which other programs on this machine use the API. */
export const KeysSection = () => {
  const { data: keys, error } = useQuery({
    queryKey: settingsKeys.keys,
    queryFn: ({ signal }) => api.keys.list(undefined, { signal }),
  });
  const info = useInfo();
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const { key, entry } = await api.keys.create({ name: name.trim() });
      setMade({ name: entry.name, key });
      setName('');
    } catch (fault) {
      showFault(fault, 'The key was not made.');
    }
    setBusy(false);
    await refresh();
  };

  const copy = (key: string): void => {
    navigator.clipboard.writeText(key).then(
      () => showToast({ tone: 'plain', text: 'The key is on the clipboard.' }),
      () => showToast({ tone: 'plain', text: 'Select the key and copy it by hand: the browser refused.' }),
    );
  };

  return (
    <Section
      title="API keys"
      text={
        info
          ? `Programs that speak the OpenAI API reach Jan at ${info.url.replace(/\/$/, '')}/v1 with one of these.`
          : undefined
      }
    >
      {error ? <FaultNote what="The keys can't be shown." error={error} /> : null}
      {keys ? (
        keys.map((key) => (
          <div key={key.id} className={css.row} data-testid="key-row">
            <IconKey size={16} stroke={1.6} aria-hidden />
            <div className={css.rowText}>
              <span>{key.name}</span>
              <span className={css.hint}>
                <span className={css.mono}>{key.prefix}…</span>
                {key.endpoint
                  ? ' · made anew at every start, for this app and the command line'
                  : ` · added ${formatMoment(key.createdAt)}`}
                {key.lastUsedAt ? ` · used ${formatMoment(key.lastUsedAt)}` : ''}
              </span>
            </div>
            {key.endpoint ? null : (
              <IconButton
                icon={IconTrash}
                label={`Revoke ${key.name}`}
                onClick={() =>
                  confirm({
                    title: `Revoke “${key.name}”?`,
                    text: 'Programs that use it are refused from now on.',
                    action: 'Revoke',
                    danger: true,
                    run: () => revoke(key.id),
                  })
                }
              />
            )}
          </div>
        ))
      ) : error ? null : (
        <SkeletonRows count={1} height={44} />
      )}
      {made ? (
        <div className={css.form}>
          <p>The key of “{made.name}”. It is shown only now.</p>
          <div className={css.code} data-testid="new-key">
            {made.key}
          </div>
          <div className={css.buttons}>
            <Button onClick={() => copy(made.key)}>Copy</Button>
            <Button variant="subtle" color="gray" onClick={() => setMade(null)}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <form className={css.buttons} onSubmit={(event) => void create(event)}>
          <TextInput
            autoComplete="off"
            size="xs"
            aria-label="Name of the new key"
            placeholder="Name, such as “editor”"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
          />
          <Button type="submit" variant="default" loading={busy} disabled={name.trim() === ''}>
            Create a key
          </Button>
        </form>
      )}
    </Section>
  );
};
