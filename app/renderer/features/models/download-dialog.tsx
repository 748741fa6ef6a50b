import { Button, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CatalogEntry } from '../../../../node-core/contract/index.ts';
import { CopyButton, FaultNote, useFocusInside } from '../../components/index.ts';
import { formatCount, formatSize } from '../../days.ts';
import { startDownload } from './actions.ts';
import { sizeText } from './library.ts';
import { useMachine } from './queries.ts';
import css from './library.module.css';

/** What comes, under which licence, and whether there is room: before a byte is fetched. */
export const DownloadDialog = ({
  entry,
  row,
  onClose,
}: {
  entry: CatalogEntry;
  /** What it is about: the button that opened it goes when the download begins. */
  row: HTMLElement;
  onClose: () => void;
}) => {
  const box = useRef<HTMLDivElement>(null);
  useFocusInside(box, { anchor: row });
  const { machine } = useMachine();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { license, fit } = entry;
  const size = entry.size ?? entry.estimatedSize;
  const isFull = machine !== undefined && size > machine.disk.free;
  const start = async (): Promise<void> => {
    setBusy(true);
    const fault = await startDownload(entry.id);
    setBusy(false);
    if (fault === null) onClose();
    else setError(fault);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Download ${entry.name}?`}
      size={480}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div ref={box} data-testid="download-dialog">
        <p className={css.dialogText}>{entry.description}</p>
        <dl className={css.dialogFacts}>
          <div>
            <dt>Licence</dt>
            <dd>
              {license.name}
              {license.url ? (
                <span className={css.address}>
                  <code>{license.url}</code>
                  <CopyButton text={() => license.url ?? ''} label="Copy the address of the licence" />
                </span>
              ) : null}
            </dd>
          </div>
          <div>
            <dt>From</dt>
            <dd>
              <code>{entry.repository}</code>
            </dd>
          </div>
          <div>
            <dt>Download</dt>
            <dd>
              {sizeText(entry)}
              {machine ? `; ${formatSize(machine.disk.free)} are free on the disk` : ''}
            </dd>
          </div>
          <div>
            <dt>Memory</dt>
            <dd data-verdict={fit.verdict}>{fit.reason}</dd>
          </div>
          <div>
            <dt>Reads</dt>
            <dd>up to {formatCount(entry.contextLength)} tokens</dd>
          </div>
        </dl>
        {isFull ? (
          <FaultNote
            what="There is no room for it on the disk."
            error={{
              code: 'STORAGE_FULL',
              message: `It needs ${formatSize(size)}. Remove a model that you no longer use, or make room otherwise.`,
            }}
          />
        ) : null}
        {error ? <FaultNote what="The download did not start." error={error} /> : null}
        <p className={css.dialogNote}>
          With the download you accept the licence of its author. Nothing but the request for the file leaves this
          machine.
        </p>
        <div className={css.dialogRow}>
          <Button
            variant="default"
            onClick={onClose}
            {...(fit.verdict === 'wont-fit' ? { 'data-autofocus': true } : {})}
          >
            Not now
          </Button>
          <Button
            loading={busy}
            disabled={isFull}
            onClick={() => void start()}
            {...(fit.verdict === 'wont-fit' ? {} : { 'data-autofocus': true })}
          >
            {fit.verdict === 'wont-fit' ? 'Accept and download anyway' : 'Accept and download'}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
