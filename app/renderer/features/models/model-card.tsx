import { Button, Menu } from '@mantine/core';
import {
  IconCpu,
  IconGauge,
  IconPin,
  IconPinnedOff,
  IconStar,
  IconTrash,
  IconVector,
  type Icon,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../../../node-core/contract/index.ts';
import { FaultNote, MenuButton, Spinner } from '../../components/index.ts';
import { formatMoment, formatSize, formatSpeed, plural } from '../../days.ts';
import { confirm } from '../../ui-store.ts';
import { beginChat } from '../chat/actions.ts';
import { calibrateModel, loadModel, makeDefault, pinModel, removeModel, unloadModel } from './actions.ts';
import { DraftSelect } from './draft-select.tsx';
import { contextText } from './library.ts';
import { places } from './places.ts';
import { PriceForm } from './price-form.tsx';
import css from './models-view.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const computes: Readonly<Record<Model['place'], string>> = {
  'this-machine': 'On this machine',
  'local-endpoint': 'Another program on this machine',
  remote: 'Remote: prompts leave this machine',
};

const stateWords: Readonly<Record<Model['state'], string>> = {
  unloaded: 'Not loaded',
  loading: 'Loading',
  ready: 'Ready',
  failed: 'Failed',
};

const confirmRemoval = ({ id, name, source }: Model, deleteFile: boolean): void =>
  confirm({
    title: deleteFile ? `Delete “${name}” from the disk?` : `Remove “${name}”?`,
    text: deleteFile
      ? 'The file is deleted and its room is free again. To have the model back it must be downloaded once more.'
      : source === 'endpoint'
        ? 'It leaves this list, and its key is forgotten.'
        : 'It leaves this list. The file stays where it is.',
    action: deleteFile ? 'Delete the file' : 'Remove',
    danger: true,
    run: () => removeModel(id, deleteFile),
  });

const Fact = ({
  term,
  children,
  ...data
}: {
  term: string;
  children: ReactNode;
  'data-state'?: string;
  'data-place'?: string;
}) => (
  <div>
    <dt>{term}</dt>
    <dd {...data}>{children}</dd>
  </div>
);

const memoryText = ({ memory, state, offload }: Model): string | null => {
  if (memory === null) return null;
  const layers = offload ? `, ${offload.layers} of ${plural(offload.of, 'layer')} on the graphics card` : '';
  return state === 'ready' ? `${formatSize(memory)} taken${layers}` : `Takes about ${formatSize(memory)} while loaded`;
};

const about = (model: Model): string =>
  model.builtin
    ? 'Small, English, made for two things: planning a goal into tasks, and reading decisions and actions out of a transcript. It is ready the second the app starts. For chat and open writing, get a larger model from the library.'
    : model.description;

/** A model that is here: how it does, what it takes, and what can be done with it. */
export const ModelCard = ({ model }: { model: Model }) => {
  const [busy, setBusy] = useState<'load' | 'measure' | null>(null);
  const PlaceIcon = places[model.place].icon;
  const isLocal = model.source !== 'endpoint';
  const isChat = model.kind === 'chat';
  const during = async (what: 'load' | 'measure', work: Promise<void>): Promise<void> => {
    setBusy(what);
    await work;
    setBusy(null);
  };
  const memory = memoryText(model);
  const facts = [
    isChat ? '' : 'embedding',
    model.size === null ? '' : formatSize(model.size),
    model.quantization ?? '',
    model.contextLength === null ? '' : `${contextText(model.contextLength)} context`,
    model.license ? `licence: ${model.license}` : '',
  ].filter((fact) => fact !== '');
  const isLoading = model.state === 'loading';
  const progress = Math.round((model.progress ?? 0) * 100);
  return (
    <article
      className={css.card}
      data-testid="model-card"
      data-model-id={model.id}
      data-default={model.isDefault || undefined}
      aria-label={model.name}
    >
      <header className={css.head}>
        <span className={css.icon}>
          {isChat ? <IconCpu size={20} stroke={1.5} aria-hidden /> : <IconVector size={20} stroke={1.5} aria-hidden />}
        </span>
        <div className={css.names}>
          <h3 className={css.name}>
            {model.name}
            {model.isDefault ? <span className={css.chip}>Default</span> : null}
            {model.pinned ? (
              <span className={css.chip} data-tone="plain">
                Stays loaded
              </span>
            ) : null}
          </h3>
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
              loading={busy === 'load' && !isLoading}
              disabled={isLoading}
              onClick={() => void during('load', loadModel(model.id))}
            >
              {model.state === 'failed' ? 'Load again' : 'Load'}
            </Button>
          )
        ) : null}
        {isChat && !model.builtin ? <Button onClick={() => beginChat(model.id)}>Chat</Button> : null}
        <MenuButton label={`Menu of ${model.name}`} width={240}>
          {isChat ? (
            <Menu.Item
              leftSection={glyph(IconStar)}
              disabled={model.isDefault}
              onClick={() => void makeDefault(model.id)}
            >
              Make it the default
            </Menu.Item>
          ) : null}
          {isLocal ? (
            <>
              <Menu.Item
                leftSection={glyph(model.pinned ? IconPinnedOff : IconPin)}
                onClick={() => void pinModel(model.id, !model.pinned)}
              >
                {model.pinned ? 'May make room for others' : 'Keep it in memory'}
              </Menu.Item>
              <Menu.Item
                leftSection={glyph(IconGauge)}
                onClick={() => void during('measure', calibrateModel(model.id))}
              >
                Measure the speed again
              </Menu.Item>
            </>
          ) : null}
          {model.builtin ? null : (
            <>
              <Menu.Divider />
              {model.source === 'download' ? (
                <Menu.Item leftSection={glyph(IconTrash)} onClick={() => confirmRemoval(model, true)}>
                  Delete the file…
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={glyph(IconTrash)} onClick={() => confirmRemoval(model, false)}>
                  Remove from the list…
                </Menu.Item>
              )}
            </>
          )}
        </MenuButton>
      </header>
      {isLocal ? <p className={css.about}>{about(model)}</p> : null}
      <dl className={css.table}>
        <Fact term="State" data-state={model.state}>
          {isLoading ? <Spinner size={12} /> : null}
          {!isLocal && model.state === 'unloaded' ? 'Asked when it is needed' : stateWords[model.state]}
          {isLoading && model.progress !== null ? ` ${progress} %` : ''}
        </Fact>
        <Fact term="Computes" data-place={model.place}>
          <PlaceIcon size={16} stroke={1.5} aria-hidden />
          {computes[model.place]}
        </Fact>
        {isLocal ? (
          <Fact term="Speed">
            {busy === 'measure' ? (
              <>
                <Spinner size={12} />
                Measuring…
              </>
            ) : model.calibration ? (
              <span title={`Measured ${formatMoment(model.calibration.measuredAt)}`}>
                {formatSpeed(model.calibration.decodeSpeed)} writing, {formatSpeed(model.calibration.prefillSpeed)}{' '}
                reading, {plural(model.calibration.decodeThreads, 'thread')}
              </span>
            ) : model.state === 'ready' ? (
              'Not measured yet'
            ) : (
              'Measured when it is first loaded'
            )}
          </Fact>
        ) : null}
        {memory ? <Fact term="Memory">{memory}</Fact> : null}
        {model.draft && (model.draft.candidates.length > 0 || model.draft.choice !== 'auto') ? (
          <Fact term="Guesses">
            <DraftSelect id={model.id} draft={model.draft} />
            {model.draft.note}
          </Fact>
        ) : null}
        {model.path && !model.builtin ? (
          <Fact term="File">
            <span className={css.path}>{model.path}</span>
          </Fact>
        ) : null}
        {isLocal ? null : (
          <Fact term="Model">
            <span className={css.path}>{model.description}</span>
          </Fact>
        )}
        {isLocal ? null : (
          <Fact term="Price">
            <PriceForm id={model.id} price={model.price} />
          </Fact>
        )}
        {model.url ? (
          <Fact term="Address">
            <span className={css.path}>{model.url}</span>
          </Fact>
        ) : null}
      </dl>
      {isLoading ? (
        <div
          className={css.progress}
          role="progressbar"
          aria-label={`Loading ${model.name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={progress}
        >
          <span style={{ width: `${progress}%` }} />
        </div>
      ) : null}
      {model.error ? (
        <div className={css.fault}>
          <FaultNote
            what="This model can't be used now."
            error={{ code: 'MODEL_LOAD_FAILED', message: model.error }}
            {...(isLocal ? { action: { label: 'Load again', run: () => void loadModel(model.id) } } : {})}
          />
        </div>
      ) : null}
    </article>
  );
};
