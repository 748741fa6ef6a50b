import { z } from 'zod';
import { Machine, Model, NodeInfo } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';

const bare = (value: unknown): unknown => {
  const model = Model.safeParse(value);
  return model.success ? { ...model.data, path: null, url: null } : value;
};

const ModelEvent = z.looseObject({ type: z.literal('model'), model: z.unknown() });

/** Where things lie on this machine and where models answer is the owner's business: what a call told, as any other key reads it. */
export const withoutPlaces = ({ actor }: KeyHolder, [part, name]: readonly string[], output: unknown): unknown => {
  if (actor === 'user') return output;
  if (part === 'system' && name === 'info') return { ...NodeInfo.parse(output), dataDir: '' };
  if (part !== 'models') return output;
  if (name !== 'machine') return Array.isArray(output) ? output.map(bare) : bare(output);
  const machine = Machine.parse(output);
  // A compiler that fails quotes the files that it was given.
  return { ...machine, engine: { ...machine.engine, detail: null }, disk: { ...machine.disk, dir: '' } };
};

/** The same for an event of the node. */
export const eventWithoutPlaces = ({ actor }: KeyHolder, event: unknown): unknown => {
  if (actor === 'user') return event;
  const news = ModelEvent.safeParse(event);
  return news.success ? { ...news.data, model: bare(news.data.model) } : event;
};
