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
import { type ReadPlaybook, readPlaybook } from './read.ts';
import { rules } from './rules/index.ts';

export { changes } from './changes/index.ts';
export { checks } from './checks/index.ts';
export { rules } from './rules/index.ts';

export interface PlaybooksComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  readonly tools: Pick<Toolbox, 'find'>;
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

  const kept = (): Map<string, Kept> => {
    const found = new Map<string, Kept>();
    for (const text of shippedPlaybooks()) {
      const shipped = { text, updatedAt: null, read: read(text) };
      found.set(shipped.read.playbook?.id ?? '', shipped);
    }
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
      save({ text }) {
        const { playbook, faults } = read(text);
        if (!playbook || faults.length > 0) throw invalid(faults);
        const updatedAt = clock.now();
        store().write((tx) =>
          tx.run(
            store()
              .qb.insertInto('playbook')
              .values({ id: playbook.id, text, updatedAt })
              .onConflict((conflict) => conflict.column('id').doUpdateSet({ text, updatedAt })),
          ),
        );
        return entryOf(playbook, updatedAt);
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
