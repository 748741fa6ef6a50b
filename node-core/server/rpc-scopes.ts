import { z } from 'zod';
import { AppError, type KeyScope, type NodeEvent } from '../contract/index.ts';
import { requireScope } from './gate-scopes.ts';
import type { KeyHolder } from './keys.ts';

/** What a part of the contract needs: a scope, any key, or a person. */
type Need = KeyScope | 'any' | 'person';

const reads: ReadonlySet<string> = new Set(['list', 'status', 'machine', 'catalog', 'downloads']);

const needs: Readonly<Record<string, (name: string) => Need>> = {
  system: (name) => (name === 'updateSettings' ? 'person' : 'any'),
  // Whoever could add a way to open the vault would keep a way in after its key was revoked.
  vault: (name) => (name === 'status' ? 'any' : ['lock', 'unlock'].includes(name) ? 'workspace' : 'person'),
  tasks: () => 'workspace',
  quickAdd: () => 'workspace',
  projects: () => 'workspace',
  notes: () => 'workspace',
  tags: () => 'workspace',
  search: () => 'workspace',
  history: () => 'workspace',
  // Whoever could answer for a person, or change what a step says, would approve itself.
  runs: (name) => (['answer', 'fork', 'again'].includes(name) ? 'person' : 'workspace'),
  // Its parts name the tools that there are, those of servers among them.
  playbooks: (name) => (['save', 'remove', 'parts'].includes(name) ? 'person' : 'workspace'),
  profiles: (name) => (name === 'list' ? 'workspace' : 'person'),
  // What is learned stands in what models are told. Schedules, tools and calls are not listed: they name folders, addresses and accounts, and what was sent where.
  facts: (name) => (name === 'list' ? 'workspace' : 'person'),
  models: (name) => (reads.has(name) ? 'any' : 'models'),
  threads: () => 'conversations',
};

/** What makes a model write for a long time after the call. */
const asksModels: ReadonlySet<string> = new Set([
  'threads.send',
  'threads.regenerate',
  'runs.start',
  'playbooks.compose',
]);

/** What is asked over RPC, or by a run, is counted as Jan's own: limits are kept under `/v1` alone. @throws AppError `FORBIDDEN` */
export const requireNoLimits = ({ limits, models }: KeyHolder): void => {
  if (models === null && Object.values(limits).every((limit) => limit === null)) return;
  throw new AppError(
    'FORBIDDEN',
    'This key has limits, or models that it may use, and those count for requests to /v1. Ask models there, for example with POST /v1/responses.',
  );
};

const personOnly = () =>
  new AppError(
    'FORBIDDEN',
    'A key made for another program may not manage keys, settings or ways to open the vault, nor see what others asked, nor approve what agents do or change what they are told. Use the desktop app, "jan", or the key in endpoint.json.',
  );

/** What is not listed is for a person alone. @throws AppError `FORBIDDEN` */
export const requireRpcScope = (holder: KeyHolder, [part = '', name = '']: readonly string[]): void => {
  if (holder.actor === 'user') return;
  const need = (Object.hasOwn(needs, part) ? needs[part]?.(name) : undefined) ?? 'person';
  if (need === 'any') return;
  if (need === 'person') throw personOnly();
  requireScope(holder, need);
  if (!asksModels.has(`${part}.${name}`)) return;
  if (part === 'threads') requireScope(holder, 'inference');
  requireNoLimits(holder);
};

const heardWith: Readonly<Record<NodeEvent['type'], Need>> = {
  hello: 'any',
  vault: 'any',
  settings: 'any',
  inference: 'any',
  model: 'any',
  models: 'any',
  download: 'any',
  workspace: 'workspace',
  run: 'workspace',
  reminder: 'workspace',
  thread: 'conversations',
  pairing: 'person',
  keys: 'person',
};

const heard: ReadonlyMap<string, Need> = new Map(Object.entries(heardWith));
/** Of an event that may name thousands of things, for many connections. */
const Typed = z.object({ type: z.string() });

/** Whether an event of the node is news for the holder of a key. */
export const mayHear = ({ actor, scopes }: KeyHolder, event: unknown): boolean => {
  if (actor === 'user') return true;
  const need = heard.get(Typed.parse(event).type) ?? 'person';
  return need === 'any' || (need !== 'person' && scopes.has(need));
};
