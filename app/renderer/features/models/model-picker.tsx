import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Model } from '../../../../node-core/contract/index.ts';
import { AnchoredPanel, type PickItem, PickList } from '../../components/index.ts';
import { places } from './places.ts';
import { useModels } from './queries.ts';
import css from './model-picker.module.css';

interface ModelPickerProps {
  /** `null` is the default model. */
  readonly value: string | null;
  readonly onPick: (id: string | null) => void;
  readonly label: string;
  /** Whether the default model can be chosen as such: whichever it is later. */
  readonly offersDefault?: boolean;
}

/** Which model answers: the one that is asked for, else the default one. */
export const useChatModel = (id: string | null): Model | undefined => {
  const { models } = useModels();
  return models.find((model) => model.id === id) ?? models.find(({ isDefault }) => isDefault) ?? models[0];
};

/** Every model that can chat, as choices of a list. */
export const useModelItems = (value: string | null, onPick: (id: string) => void): readonly PickItem[] => {
  const { models } = useModels();
  return models
    .filter(({ kind }) => kind === 'chat')
    .map((model) => {
      const { icon: PlaceIcon, name } = places[model.place];
      return {
        id: model.id,
        label: model.name,
        icon: <PlaceIcon size={16} stroke={1.6} aria-hidden />,
        hint: model.state === 'ready' && model.source !== 'endpoint' ? 'loaded' : name,
        checked: model.id === value,
        also: `${name} ${model.description}`,
        run: () => onPick(model.id),
      };
    });
};

/** A line that says which model answers, with its place, and opens the list of the others. */
export const ModelPicker = ({ value, onPick, label, offersDefault }: ModelPickerProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const model = useChatModel(value);
  const pick = (id: string | null): void => {
    setIsOpen(false);
    onPick(id);
  };
  const items = useModelItems(value, pick);
  const PlaceIcon = model ? places[model.place].icon : null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-label={`${label}: ${model?.name ?? 'none'}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-place={model?.place}
        data-testid="model-picker"
        onClick={() => setIsOpen(true)}
      >
        {PlaceIcon ? <PlaceIcon size={16} stroke={1.6} aria-hidden /> : null}
        <span className={css.name}>{model?.name ?? 'No model'}</span>
        <IconChevronDown size={16} stroke={1.6} aria-hidden />
      </button>
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label={label} width={320} onClose={() => setIsOpen(false)}>
          <PickList
            label={label}
            placeholder="Which model?"
            items={[
              ...(offersDefault
                ? [{ id: 'default', label: 'The default model', checked: value === null, run: () => pick(null) }]
                : []),
              ...items,
            ]}
          />
        </AnchoredPanel>
      ) : null}
    </>
  );
};
