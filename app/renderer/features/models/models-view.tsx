import { Button, Menu } from '@mantine/core';
import {
  IconCloud,
  IconCpu,
  IconDeviceDesktop,
  IconGauge,
  IconServer,
  IconStar,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Model } from '../../../../node-core/contract/index.ts';
import { FaultNote, MenuButton, SkeletonRows, Spinner, View } from '../../components/index.ts';
import { formatCount, formatMoment, formatSize, plural } from '../../days.ts';
import { queryClient } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { calibrateModel, loadModel, makeDefault, refreshModels, removeModel, unloadModel } from './actions.ts';
import { AddModel } from './add-model.tsx';
import { modelKeys, useInference, useModels } from './queries.ts';
import css from './models-view.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const places: Readonly<Record<Model['place'], readonly [Icon, string]>> = {
  'this-machine': [IconDeviceDesktop, 'On this machine'],
  'local-endpoint': [IconServer, 'Another program on this machine'],
  remote: [IconCloud, 'Remote: prompts leave this machine'],
};

const stateWords: Readonly<Record<Model['state'], string>> = {
  unloaded: 'Not loaded',
  loading: 'Loading',
  ready: 'Ready',
  failed: 'Failed',
};

const speedOf = (value: number): string => `${value >= 100 ? formatCount(Math.round(value)) : value.toFixed(1)} tok/s`;

const Card = ({ model }: { model: Model }) => {
  const [busy, setBusy] = useState<'load' | 'measure' | null>(null);
  const [PlaceIcon, placeText] = places[model.place];
  const isLocal = model.source !== 'endpoint';
  const during = async (what: 'load' | 'measure', work: Promise<void>): Promise<void> => {
    setBusy(what);
    await work;
    setBusy(null);
  };
  const facts = [
    model.size === null ? '' : formatSize(model.size),
    model.contextLength === null ? '' : `${formatCount(model.contextLength)} tokens of context`,
    model.license ? `licence: ${model.license}` : '',
  ].filter((fact) => fact !== '');
  return (
    <article
      className={css.card}
      data-testid="model-card"
      data-default={model.isDefault || undefined}
      aria-label={model.name}
    >
      <header className={css.head}>
        <IconCpu size={20} stroke={1.5} className={css.icon} aria-hidden />
        <div className={css.names}>
          <h2 className={css.name}>
            {model.name}
            {model.isDefault ? <span className={css.chip}>Used for new runs</span> : null}
          </h2>
          <p className={css.facts}>{facts.join(' · ')}</p>
        </div>
        {isLocal ? (
          model.state === 'ready' ? (
            <Button variant="default" onClick={() => void unloadModel(model.id)}>
              Unload
            </Button>
          ) : (
            <Button
              variant="default"
              loading={busy === 'load' && model.state !== 'loading'}
              disabled={model.state === 'loading'}
              onClick={() => void during('load', loadModel(model.id))}
            >
              {model.state === 'failed' ? 'Load again' : 'Load'}
            </Button>
          )
        ) : null}
        <MenuButton label={`Menu of ${model.name}`} width={240}>
          <Menu.Item
            leftSection={glyph(IconStar)}
            disabled={model.isDefault}
            onClick={() => void makeDefault(model.id)}
          >
            Use for new runs
          </Menu.Item>
          {isLocal ? (
            <Menu.Item leftSection={glyph(IconGauge)} onClick={() => void during('measure', calibrateModel(model.id))}>
              Measure the speed again
            </Menu.Item>
          ) : null}
          {model.builtin ? null : (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={glyph(IconTrash)}
                onClick={() =>
                  confirm({
                    title: `Remove “${model.name}”?`,
                    text: isLocal
                      ? 'It leaves this list. The file stays where it is.'
                      : 'It leaves this list, and its key is forgotten.',
                    action: 'Remove',
                    danger: true,
                    run: () => removeModel(model.id),
                  })
                }
              >
                Remove from the list…
              </Menu.Item>
            </>
          )}
        </MenuButton>
      </header>
      {isLocal ? (
        <p className={css.about}>
          {model.builtin
            ? 'Small, English, made for two things: planning a goal into tasks, and reading decisions and actions out of a transcript. It is ready the second the app starts. For open writing, add a larger model below.'
            : model.description}
        </p>
      ) : null}
      <dl className={css.table}>
        <div>
          <dt>State</dt>
          <dd data-state={model.state}>
            {model.state === 'loading' ? <Spinner size={12} /> : null}
            {!isLocal && model.state === 'unloaded' ? 'Asked when it is needed' : stateWords[model.state]}
            {model.state === 'loading' && model.progress !== null ? ` ${Math.round(model.progress * 100)} %` : ''}
          </dd>
        </div>
        <div>
          <dt>Computes</dt>
          <dd data-place={model.place}>
            <PlaceIcon size={16} stroke={1.5} aria-hidden />
            {placeText}
          </dd>
        </div>
        {isLocal ? (
          <div>
            <dt>Speed</dt>
            <dd>
              {busy === 'measure' ? (
                <>
                  <Spinner size={12} />
                  Measuring…
                </>
              ) : model.calibration ? (
                <span title={`Measured ${formatMoment(model.calibration.measuredAt)}`}>
                  {speedOf(model.calibration.decodeSpeed)} writing, {speedOf(model.calibration.prefillSpeed)} reading,{' '}
                  {plural(model.calibration.decodeThreads, 'thread')}
                </span>
              ) : (
                'Measured when it is first loaded'
              )}
            </dd>
          </div>
        ) : null}
        {model.path && !model.builtin ? (
          <div>
            <dt>File</dt>
            <dd className={css.path}>{model.path}</dd>
          </div>
        ) : null}
        {isLocal ? null : (
          <div>
            <dt>Model</dt>
            <dd className={css.path}>{model.description}</dd>
          </div>
        )}
        {model.url ? (
          <div>
            <dt>Address</dt>
            <dd className={css.path}>{model.url}</dd>
          </div>
        ) : null}
      </dl>
      {model.state === 'loading' ? (
        <div
          className={css.progress}
          role="progressbar"
          aria-label={`Loading ${model.name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round((model.progress ?? 0) * 100)}
        >
          <span style={{ width: `${(model.progress ?? 0) * 100}%` }} />
        </div>
      ) : null}
      {model.error ? (
        <FaultNote
          what="This model can't be used now."
          error={{ code: 'MODEL_LOAD_FAILED', message: model.error }}
          {...(isLocal ? { action: { label: 'Load again', run: () => void loadModel(model.id) } } : {})}
        />
      ) : null}
    </article>
  );
};

export const ModelsView = () => {
  const { models, pending, error } = useModels();
  const status = useInference();
  return (
    <View title="Models" testId="view-models" context="What answers, how fast, and where it is computed">
      {status?.host === 'failed' ? (
        <FaultNote
          what="The model process stopped too often and was not started again."
          error={{
            code: 'INFERENCE_CRASHED',
            message: status.error ?? 'Load a model to start it once more; if it stops again, try a smaller one.',
          }}
        />
      ) : null}
      {pending ? <SkeletonRows count={3} height={120} /> : null}
      {error ? (
        <FaultNote
          what="The models can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: modelKeys.list }) }}
        />
      ) : null}
      {models.map((model) => (
        <Card key={model.id} model={model} />
      ))}
      {pending ? null : <AddModel onAdded={() => void refreshModels()} />}
    </View>
  );
};
