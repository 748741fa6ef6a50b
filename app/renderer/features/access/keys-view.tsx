import { Button } from '@mantine/core';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ApiKey } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, Pane, SkeletonRows, View, walkRows } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { queryClient } from '../../rpc/index.ts';
import { useInfo } from '../settings/queries.ts';
import { AccessTabs } from './access-tabs.tsx';
import { createKey, type KeyDraft, revokeKey, updateKey } from './actions.ts';
import { KeyForm } from './key-form.tsx';
import { KeyMade } from './key-made.tsx';
import { PairingCard } from './pairing-card.tsx';
import { accessKeys, useKeys, usePairing } from './queries.ts';
import { limitList, scopeList } from './words.ts';
import css from './access.module.css';

type Open =
  | { readonly kind: 'new' }
  | { readonly kind: 'made'; name: string; secret: string }
  | { kind: 'key'; id: string };

const Row = ({ entry, isOpen, onOpen }: { entry: ApiKey; isOpen: boolean; onOpen: () => void }) => {
  const [now] = useState(Date.now);
  const limits = limitList(entry, now);
  const isOver = entry.expiresAt !== null && entry.expiresAt <= now;
  const body = (
    <>
      <IconKey size={16} stroke={1.6} className={css.rowIcon} aria-hidden />
      <span className={css.rowText}>
        <span className={css.rowName}>
          <span className="truncate">{entry.name}</span>
          {isOver ? <span className={css.chip}>Expired</span> : null}
        </span>
        <span className={css.hint}>
          {entry.endpoint
            ? 'This app and the command line; made anew at every start'
            : [scopeList(entry.scopes), ...limits].join(' · ')}
        </span>
      </span>
      <span className={css.rowEnd}>
        <code className={css.prefix}>{entry.prefix}…</code>
        <span className={css.when}>
          {entry.endpoint ? '' : entry.lastUsedAt === null ? 'Never used' : `Used ${formatMoment(entry.lastUsedAt)}`}
        </span>
      </span>
    </>
  );
  return entry.endpoint ? (
    <div className={css.row} data-testid="key-row">
      {body}
    </div>
  ) : (
    <button type="button" className={css.row} data-row data-testid="key-row" aria-expanded={isOpen} onClick={onOpen}>
      {body}
    </button>
  );
};

export const KeysView = () => {
  const { data: keys, error } = useKeys();
  const waiting = usePairing();
  const info = useInfo();
  const [open, setOpen] = useState<Open | null>(null);
  const url = info ? `${info.url.replace(/\/$/, '')}/v1` : '';
  const shown = open?.kind === 'key' ? keys?.find(({ id }) => id === open.id) : undefined;
  const close = (): void => setOpen(null);

  const create = async (draft: KeyDraft): Promise<void> => {
    const made = await createKey(draft);
    if (made) setOpen({ kind: 'made', name: made.entry.name, secret: made.key });
  };

  return (
    <>
      <View
        title="API"
        testId="view-keys"
        context={url ? `Programs call ${url} with one of these` : ''}
        actions={
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            onClick={() => setOpen({ kind: 'new' })}
            data-testid="create-key"
          >
            Create a key
          </Button>
        }
      >
        <AccessTabs />
        {waiting.map((request) => (
          <div key={request.code} className={css.waiting}>
            <PairingCard request={request} />
          </div>
        ))}
        {error ? (
          <FaultNote
            what="The keys can't be shown."
            error={error}
            action={{
              label: 'Try again',
              run: () => void queryClient.invalidateQueries({ queryKey: accessKeys.keys }),
            }}
          />
        ) : null}
        {!keys && !error ? <SkeletonRows count={2} height={52} /> : null}
        <div className={css.rows} role="presentation" onKeyDown={walkRows}>
          {keys?.map((entry) => (
            <Row
              key={entry.id}
              entry={entry}
              isOpen={open?.kind === 'key' && open.id === entry.id}
              onOpen={() => setOpen({ kind: 'key', id: entry.id })}
            />
          ))}
        </div>
        {keys && keys.length < 2 ? (
          <p className={css.advice}>
            Give each editor, script or app a key of its own: what it may do and use is limited by its key, and taking
            the key back ends it. Programs can also ask for one by themselves; Jan then shows a code to compare.
          </p>
        ) : null}
      </View>
      {open?.kind === 'new' ? (
        <Pane key="new" title="New key" testId="key-pane" onClose={close}>
          <KeyForm submit="Create" onSubmit={create} onCancel={close} />
        </Pane>
      ) : null}
      {open?.kind === 'made' ? (
        <Pane key="made" title="New key" testId="key-pane" onClose={close}>
          <KeyMade name={open.name} secret={open.secret} url={url} onDone={close} />
        </Pane>
      ) : null}
      {shown ? (
        <Pane
          key={shown.id}
          title={shown.name}
          testId="key-pane"
          onClose={close}
          actions={
            <IconButton icon={IconTrash} label={`Revoke ${shown.name}`} onClick={() => revokeKey(shown, close)} />
          }
        >
          <p className={css.facts}>
            <code>{shown.prefix}…</code> · added {formatMoment(shown.createdAt)}
            {shown.lastUsedAt === null ? ' · never used' : ` · used ${formatMoment(shown.lastUsedAt)}`}
          </p>
          <KeyForm
            entry={shown}
            submit="Save"
            onSubmit={async (draft) => {
              if (await updateKey(shown.id, draft)) close();
            }}
            onCancel={close}
          />
        </Pane>
      ) : null}
    </>
  );
};
