import { Button, Switch } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { AnchoredPanel, type PickItem, PickList } from '../../components/index.ts';
import { places } from '../models/places.ts';
import { useModels } from '../models/queries.ts';
import { updateSettings, useSettings } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

const Fallback = ({ value }: { value: string | null }) => {
  const { models } = useModels();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = models.find(({ id }) => id === value);
  const pick = (fallbackModelId: string | null): void => {
    setIsOpen(false);
    void updateSettings({ fallbackModelId });
  };
  const items: readonly PickItem[] = models
    .filter(({ kind, builtin }) => kind === 'chat' && !builtin)
    .map((model) => ({
      id: model.id,
      label: model.name,
      hint: places[model.place].name,
      checked: model.id === value,
      run: () => pick(model.id),
    }));
  return (
    <>
      <Button
        ref={button}
        variant="default"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        rightSection={<IconChevronDown size={16} stroke={1.6} aria-hidden />}
        data-testid="fallback-model"
        onClick={() => setIsOpen(true)}
      >
        {chosen?.name ?? 'None'}
      </Button>
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label="Fallback model" width={300} onClose={() => setIsOpen(false)}>
          <PickList
            label="Fallback model"
            placeholder="Which model?"
            items={[{ id: 'none', label: 'None', checked: value === null, run: () => pick(null) }, ...items]}
          />
        </AnchoredPanel>
      ) : null}
    </>
  );
};

/** Whether prompts may leave this machine at all, and who helps out where a local model fails. */
export const RemoteSection = () => {
  const settings = useSettings();
  const isAllowed = settings?.allowRemote ?? false;
  return (
    <Section title="Other computers" text="Whether a prompt may leave this machine.">
      <div className={css.row}>
        <div className={css.rowText}>
          <span id="allow-remote">Allow models on other computers</span>
          <span className={css.hint} id="allow-remote-hint">
            {isAllowed
              ? 'A model with a remote address gets the prompt and all that belongs to it.'
              : 'Switched off: a model with a remote address is refused, whoever asks for it.'}
          </span>
        </div>
        <Switch
          size="sm"
          aria-labelledby="allow-remote"
          aria-describedby="allow-remote-hint"
          checked={isAllowed}
          disabled={!settings}
          onChange={(event) => void updateSettings({ allowRemote: event.currentTarget.checked })}
        />
      </div>
      {isAllowed ? (
        <div className={css.row}>
          <div className={css.rowText}>
            <span>Fallback model</span>
            <span className={css.hint}>Answers where the chosen local model fails or is not there.</span>
          </div>
          <Fallback value={settings?.fallbackModelId ?? null} />
        </div>
      ) : null}
    </Section>
  );
};
