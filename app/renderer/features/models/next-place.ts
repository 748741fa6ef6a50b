import type { Icon } from '@tabler/icons-react';
import type { Model } from '../../../../node-core/contract/index.ts';
import { useSettings } from '../settings/queries.ts';
import { places } from './places.ts';
import { useModels } from './queries.ts';

interface NextPlace {
  readonly name: string;
  readonly says: string;
  readonly icon: Icon;
  /** Whether the prompt may leave this machine. */
  readonly mayLeave: boolean;
}

/** Where this model's next answer is computed, and where else if that fails: a fallback elsewhere is never a surprise. */
export const useNextPlace = (model: Model | undefined): NextPlace | undefined => {
  const settings = useSettings();
  const { models } = useModels();
  if (!model) return undefined;
  const place = { ...places[model.place], mayLeave: model.place === 'remote' };
  if (!settings?.allowRemote || model.place !== 'this-machine') return place;
  const fallback = models.find(({ id }) => id === settings.fallbackModelId && id !== model.id);
  if (!fallback || fallback.place === 'this-machine') return place;
  const mayLeave = fallback.place === 'remote';
  return {
    ...place,
    mayLeave,
    name: mayLeave ? 'this machine, else remote' : place.name,
    says: `The next answer is computed on this machine; if that fails, by “${fallback.name}”${mayLeave ? ' on another one: the prompt is sent there then' : ''}.`,
  };
};
