import { z } from 'zod';
import { Machine, Model, NodeInfo, Settings } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';

const bare = (value: unknown): unknown => {
  const model = Model.safeParse(value);
  return model.success ? { ...model.data, path: null, url: null } : value;
};

const ModelEvent = z.looseObject({ type: z.literal('model'), model: z.unknown() });
const SettingsEvent = z.looseObject({ type: z.literal('settings'), settings: Settings });

/** Where things lie on this machine and where models answer is the owner's business: what a call told, as any other key reads it. */
export const withoutPlaces = ({ actor }: KeyHolder, [part, name]: readonly string[], output: unknown): unknown => {
  if (actor === 'user') return output;
  if (part === 'system' && name === 'info') return { ...NodeInfo.parse(output), dataDir: '' };
  if (part === 'system' && name === 'settings') return { ...Settings.parse(output), traceEndpoint: null };
  if (part !== 'models') return output;
  if (name !== 'machine') return Array.isArray(output) ? output.map(bare) : bare(output);
  const machine = Machine.parse(output);
  // A compiler that fails quotes the files that it was given.
  return { ...machine, engine: { ...machine.engine, detail: null }, disk: { ...machine.disk, dir: '' } };
};

/** The same for an event of the node. */
export const eventWithoutPlaces = ({ actor }: KeyHolder, event: unknown): unknown => {
  if (actor === 'user') return event;
  const settings = SettingsEvent.safeParse(event);
  if (settings.success) return { ...settings.data, settings: { ...settings.data.settings, traceEndpoint: null } };
  const news = ModelEvent.safeParse(event);
  return news.success ? { ...news.data, model: bare(news.data.model) } : event;
};
