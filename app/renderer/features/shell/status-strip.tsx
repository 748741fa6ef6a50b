import { Tooltip } from '@mantine/core';
import { IconCpu, IconDownload, IconHelpCircle, IconLock, IconLockOpen } from '@tabler/icons-react';
import type { Model } from '../../../../node-core/contract/index.ts';
import type { Place } from './types.ts';
import { Spinner } from '../../components/index.ts';
import { formatDuration, formatSpeed, plural } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { useNextPlace } from '../models/next-place.ts';
import { places } from '../models/places.ts';
import { useDefaultModel, useDownloads, useInference, useModels } from '../models/queries.ts';
import { isActive, useRuns } from '../runs/queries.ts';
import { stopRun } from '../runs/actions.ts';
import { useTicking } from '../runs/use-ticking.ts';
import { useVault } from '../settings/queries.ts';
import { useUi } from '../../ui-store.ts';
import css from './status-strip.module.css';

export const placeName = (place: Place): string => places[place].name;

const RunningNow = () => {
  const { runs } = useRuns();
  const waiting = runs.filter(({ state }) => state === 'waiting');
  const active = runs.filter((run) => isActive(run) && run.state !== 'waiting');
  const [first] = active;
  const now = useTicking(first !== undefined);
  const asks = waiting[0] ? (
    <a
      className={css.item}
      href={hrefOf(waiting.length > 1 ? { view: 'runs' } : { view: 'run', id: waiting[0].id })}
      data-tone="waiting"
      data-testid="strip-waiting"
    >
      <IconHelpCircle size={16} stroke={1.5} aria-hidden />
      <span className={css.words}>
        {waiting.length > 1 ? `${plural(waiting.length, 'run')} wait for you` : 'A run waits for you'}
      </span>
      <span className={css.figure} aria-hidden>
        {waiting.length}
      </span>
    </a>
  ) : null;
  if (!first) return asks;
  return (
    <>
      {asks}
      <span className={css.item} data-testid="strip-run">
        <span className={css.agent}>
          <Spinner size={12} />
        </span>
        <a
          className={css.link}
          href={hrefOf(active.length > 1 ? { view: 'runs' } : { view: 'run', id: first.id })}
          title={active.map(({ title }) => title).join('\n')}
        >
          {active.length > 1
            ? plural(active.length, 'run')
            : first.skill === 'plan'
              ? 'Planning'
              : first.skill === 'extract'
                ? 'Reading a transcript'
                : first.title}
        </a>
        {active.length === 1 ? (
          <>
            <span className="tabular">{formatDuration(now - (first.startedAt ?? first.createdAt))}</span>
            <button type="button" className={css.stop} onClick={() => void stopRun(first.id)}>
              Stop
            </button>
          </>
        ) : null}
      </span>
    </>
  );
};

/** Who gives the next answer: the model of the chat or the playground that is open, else the default one. */
const useNextModel = (): Model | undefined => {
  const here = useUi((state) => state.modelHere);
  const { models } = useModels();
  const byDefault = useDefaultModel();
  return models.find(({ id }) => id === here) ?? byDefault;
};

const ModelNow = () => {
  const model = useNextModel();
  const status = useInference();
  if (!model) {
    return (
      <a className={css.item} href={hrefOf({ view: 'models' })} data-testid="strip-model" data-tone="failed">
        <IconCpu size={16} stroke={1.5} aria-hidden />
        No model
      </a>
    );
  }
  const speed =
    status?.speed && status.loadedModel === model.id
      ? formatSpeed(status.speed)
      : model.calibration
        ? formatSpeed(model.calibration.decodeSpeed)
        : '';
  const state =
    status?.host === 'failed'
      ? 'not running'
      : status?.host === 'restarting'
        ? 'restarting…'
        : model.state === 'loading'
          ? `loading ${Math.round((model.progress ?? 0) * 100)} %`
          : model.state === 'failed'
            ? model.source === 'endpoint'
              ? 'did not answer'
              : 'failed to load'
            : model.state === 'ready'
              ? speed || 'ready'
              : model.source === 'endpoint'
                ? ''
                : 'loads on first use';
  return (
    <a
      className={css.item}
      href={hrefOf({ view: 'models' })}
      data-testid="strip-model"
      data-tone={status?.host === 'failed' || model.state === 'failed' ? 'failed' : undefined}
    >
      <IconCpu size={16} stroke={1.5} aria-hidden />
      <span className={css.modelName}>{model.name}</span>
      <span className={`tabular ${css.words}`}>{state}</span>
    </a>
  );
};

/** Models on their way, all of them as one figure. */
const DownloadsNow = () => {
  const underway = useDownloads().filter(
    ({ state }) => state === 'running' || state === 'queued' || state === 'verifying',
  );
  const [first] = underway;
  if (!first) return null;
  const total = underway.reduce((sum, one) => sum + (one.total ?? 0), 0);
  const received = underway.reduce((sum, one) => sum + (one.total === null ? 0 : one.received), 0);
  return (
    <a className={css.item} href={hrefOf({ view: 'models' })} data-testid="strip-download">
      <IconDownload size={16} stroke={1.5} aria-hidden />
      <span className={css.modelName}>{underway.length > 1 ? plural(underway.length, 'download') : first.name}</span>
      <span className="tabular">{total > 0 ? `${Math.floor((received / total) * 100)} %` : ''}</span>
    </a>
  );
};

/** Quiet facts: the vault, the model, what runs, and where the next answer is computed. */
export const StatusStrip = () => {
  const { vault } = useVault();
  const model = useNextModel();
  const isOpen = vault?.state === 'open';
  const place = useNextPlace(model);
  const PlaceIcon = place?.icon;
  return (
    <footer className={css.strip} aria-label="Status" data-testid="status-strip">
      <a className={css.item} href={hrefOf({ view: 'settings' })} data-testid="strip-vault">
        {isOpen ? <IconLockOpen size={16} stroke={1.5} aria-hidden /> : <IconLock size={16} stroke={1.5} aria-hidden />}
        <span className={css.words}>{isOpen ? 'Vault open' : 'Vault locked'}</span>
      </a>
      <ModelNow />
      <RunningNow />
      <DownloadsNow />
      {model && place && PlaceIcon ? (
        <Tooltip label={place.says} position="top-end">
          <a
            className={css.place}
            href={hrefOf({ view: 'models' })}
            data-place={place.mayLeave ? 'remote' : model.place}
            data-testid="strip-place"
          >
            <PlaceIcon size={16} stroke={1.5} aria-hidden />
            <span>
              <span className={css.words}>Next answer: </span>
              <strong>{place.name}</strong>
            </span>
          </a>
        </Tooltip>
      ) : null}
    </footer>
  );
};
