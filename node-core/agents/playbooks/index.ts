import type { Clock } from '../../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  type Playbook,
  type PlaybookEntry,
  type PlaybookFault,
} from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Store } from '../../storage/index.ts';
import type { Toolbox } from '../../tools/index.ts';
import { shippedPlaybooks } from '../shipped.ts';
import { changes } from './changes/index.ts';
import { checks } from './checks/index.ts';
import { createCompose } from './compose.ts';
import { faultsOf, type Known, needsOf } from './faults.ts';
import { partsOf } from './parts.ts';
import { type ReadPlaybook, readPlaybook } from './read.ts';
import { rules } from './rules/index.ts';
import { withVersion } from './versions.ts';

export { changes } from './changes/index.ts';
export { checks } from './checks/index.ts';
export { rules } from './rules/index.ts';

export interface PlaybooksComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  readonly tools: Pick<Toolbox, 'find' | 'list'>;
  readonly inference: Pick<Inference, 'generate' | 'model'>;
  readonly clock: Clock;
}

/** Playbooks that come with Jan, and those of a person, which go before them. */
export interface Playbooks {
  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID` (says what is wrong) */
  find(id: string): Playbook;
  /** One that was edited for a run. @throws AppError `PLAYBOOK_INVALID` */
  check(playbook: Playbook): void;
  /** Those whose shape is right. */
  entries(): PlaybookEntry[];
  readonly handlers: ContractHandlers['playbooks'];
}

interface Kept {
  readonly text: string;
  readonly updatedAt: number | null;
  readonly read: ReadPlaybook;
}

export const createPlaybooks = ({ store, tools, inference, clock }: PlaybooksComponents): Playbooks => {
  const known: Known = { rules, changes, checks, tool: (name) => tools.find(name) };
  const read = (text: string) => readPlaybook(text, known);

  let shipped: readonly Kept[] | undefined;

  const kept = (): Map<string, Kept> => {
    // Read once: no more of them come while the node runs, and nobody's own words are in them.
    shipped ??= shippedPlaybooks().map((text) => ({ text, updatedAt: null, read: read(text) }));
    const found = new Map(shipped.map((one) => [one.read.playbook?.id ?? '', one]));
    for (const { id, text, updatedAt } of store().all(store().qb.selectFrom('playbook').selectAll().orderBy('id')))
      found.set(id, { text, updatedAt, read: read(text) });
    return found;
  };

  const existing = (id: string): Kept & { readonly playbook: Playbook } => {
    const found = kept().get(id);
    if (!found)
      throw new AppError(
        'NOT_FOUND',
        `There is no playbook "${id}". "jan playbooks list" and the Agents page name them.`,
      );
    const { playbook, faults } = found.read;
    if (!playbook) throw invalid(faults);
    return { ...found, playbook };
  };

  const entries = (): PlaybookEntry[] =>
    [...kept().values()].flatMap(({ read: { playbook }, updatedAt }) =>
      playbook ? [entryOf(playbook, updatedAt)] : [],
    );

  const whole = (): Playbook[] =>
    [...kept().values()].flatMap(({ read: { playbook, faults } }) =>
      playbook && faults.length === 0 ? [playbook] : [],
    );

  return {
    find(id) {
      const {
        playbook,
        read: { faults },
      } = existing(id);
      if (faults.length > 0) throw invalid(faults);
      return playbook;
    },
    check(playbook) {
      const faults = faultsOf(playbook, known);
      if (faults.length > 0)
        throw invalid(faults.map(({ message, path }) => ({ message, path: [...path], line: null })));
    },
    entries,
    handlers: {
      list: entries,
      get({ id }) {
        const { playbook, text, updatedAt } = existing(id);
        return { entry: entryOf(playbook, updatedAt), playbook, text };
      },
      check({ text }) {
        const { playbook, faults } = read(text);
        return { entry: playbook && entryOf(playbook, null, 'own'), faults: [...faults] };
      },
      parts: () => partsOf({ ...known, tools: tools.list() }),
      save({ text: given, basedOn }) {
        const { playbook, faults } = read(given);
        if (!playbook || faults.length > 0) throw invalid(faults);
        const { id } = playbook;
        return store().write((tx) => {
          const before = tx.first(store().qb.selectFrom('playbook').selectAll().where('id', '=', id));
          if (basedOn !== undefined && basedOn !== (before?.updatedAt ?? null)) throw changedSince(playbook, before);
          const last = before && read(before.text).playbook?.version;
          const isNew = last !== undefined && before?.text !== given && playbook.version <= last;
          const version = isNew ? last + 1 : playbook.version;
          const text = isNew ? withVersion(given, version) : given;
          // Two changes within a millisecond are two.
          const updatedAt = Math.max(clock.now(), (before?.updatedAt ?? 0) + 1);
          tx.run(
            store()
              .qb.insertInto('playbook')
              .values({ id, text, updatedAt })
              .onConflict((conflict) => conflict.column('id').doUpdateSet({ text, updatedAt })),
          );
          return entryOf({ ...playbook, version }, updatedAt);
        });
      },
      remove({ id }) {
        const gone = store().write((tx) => {
          const row = tx.first(store().qb.selectFrom('playbook').select('id').where('id', '=', id));
          tx.run(store().qb.deleteFrom('playbook').where('id', '=', id));
          return row !== undefined;
        });
        if (!gone)
          throw new AppError(
            kept().has(id) ? 'CONFLICT' : 'NOT_FOUND',
            kept().has(id)
              ? `"${id}" comes with Jan and stays. Keep one of your own with the same id in its place.`
              : `There is no playbook "${id}". Reload the list.`,
          );
      },
      compose: createCompose({ whole, known, inference, clock }),
    },
  };
};

const invalid = (faults: readonly PlaybookFault[]): AppError => {
  const said = faults.slice(0, 5).map(({ message, line }) => (line === null ? message : `Line ${line}: ${message}`));
  const more = faults.length > said.length ? ` And ${faults.length - said.length} more.` : '';
  return new AppError('PLAYBOOK_INVALID', `This playbook can't be used. ${said.join(' ')}${more}`, {
    data: { faults },
  });
};

const changedSince = ({ id, name }: Playbook, now: { readonly updatedAt: number } | undefined): AppError =>
  new AppError(
    'CONFLICT',
    now
      ? `A playbook “${name}” (${id}) was kept meanwhile, and is not the one that you began with. Take that one, replace it, or keep yours under another id.`
      : `“${name}” was deleted meanwhile. Keep yours as a new one, or leave it.`,
    { data: { updatedAt: now?.updatedAt ?? null } },
  );

const entryOf = (
  playbook: Playbook,
  updatedAt: number | null,
  origin: PlaybookEntry['origin'] = updatedAt === null ? 'shipped' : 'own',
): PlaybookEntry => {
  const { id, name, description, version, inputs, tools, steps } = playbook;
  return {
    id,
    name,
    description,
    version,
    origin,
    inputs,
    tools,
    graph: steps.map((step) => ({ id: step.id, title: step.title, kind: step.kind, needs: tryNeeds(step) })),
    updatedAt,
  };
};

/** A step with a bad expression is shown with what else it names. */
const tryNeeds = (step: Playbook['steps'][number]): string[] => {
  try {
    return needsOf(step);
  } catch {
    return step.needs;
  }
};
