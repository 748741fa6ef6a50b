import { Button } from '@mantine/core';
import type { Download } from '../../../../node-core/contract/index.ts';
import { FaultNote } from '../../components/index.ts';
import { formatDuration, formatSize } from '../../days.ts';
import { cancelDownload, pauseDownload, resumeDownload } from './actions.ts';
import css from './library.module.css';

/** `1.2 GB of 2.5 GB · 12 MB/s · 2 min 05 s left`: what a person wants to know of a download. */
const progressText = ({ state, received, total, speed }: Download): string => {
  const sizes = total === null ? formatSize(received) : `${formatSize(received)} of ${formatSize(total)}`;
  if (state === 'queued') return `Waits for its turn · ${sizes}`;
  if (state === 'paused') return `Paused · ${sizes}`;
  if (state === 'verifying') return 'Checking the file';
  if (state === 'failed') return sizes;
  const left = total !== null && speed ? formatDuration(((total - received) / speed) * 1_000) : null;
  return [sizes, ...(speed ? [`${formatSize(speed)}/s`] : []), ...(left === null ? [] : [`${left} left`])].join(' · ');
};

/** A model on its way: how far, how fast, and what can be done about it. */
export const DownloadProgress = ({ download, name }: { download: Download; name: string }) => {
  const { id, state, received, total, error } = download;
  const share = total ? Math.min(1, received / total) : null;
  const percent = share === null ? undefined : Math.floor(share * 100);
  const cancel = (
    <Button variant="subtle" color="gray" onClick={() => cancelDownload(id, name)}>
      Cancel
    </Button>
  );
  if (state === 'failed')
    return (
      <div className={css.progress} data-testid="download" data-state={state}>
        <FaultNote
          what={`The download stopped${percent === undefined ? '' : ` at ${percent} %`}.`}
          error={error ?? { code: 'DOWNLOAD_FAILED', message: 'Try again.' }}
          action={{ label: 'Try again', run: () => void resumeDownload(id) }}
        >
          {cancel}
        </FaultNote>
      </div>
    );
  return (
    <div className={css.progress} data-testid="download" data-state={state}>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={`Download of ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-state={state}
      >
        <span style={{ width: `${(share ?? 0) * 100}%` }} />
      </div>
      <div className={css.progressRow}>
        <span className={css.progressText}>{progressText(download)}</span>
        {state === 'verifying' ? null : (
          // One button, so that the focus stays on it.
          <Button variant="default" onClick={() => void (state === 'paused' ? resumeDownload(id) : pauseDownload(id))}>
            {state === 'paused' ? 'Go on' : 'Pause'}
          </Button>
        )}
        {cancel}
      </div>
    </div>
  );
};
