import { z } from 'zod';
import { type Clock, type Disposable, logFault, type Logger, newId, type Startable } from '../../common/index.ts';
import { AppError, type ContractHandlers, errorCode, type Profile, ProfileFact } from '../../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../../storage/index.ts';
import { newestOperation } from '../operations.ts';
import { observe } from './learn.ts';

/** So many different tasks have to say the same. */
const enough = 3;
const mostEvidence = 500;
const learningSetting = 'learning';
/** More is likely to be changed at once. Milliseconds. */
const pause = 1_000;

/** What was seen until now; `learned`: what became a fact once, and does not again after a person removed or changed it. */
const Learning = z.object({
  seen: z.number().int(),
  evidence: z.array(z.object({ key: z.string(), taskIds: z.array(z.string()) })),
  learned: z.array(z.string()),
});
type Learning = z.infer<typeof Learning>;

/** Who writes and plans for the person. Not those who ask the web, or judge: what they say would carry it along. */
const informed: ReadonlySet<string> = new Set(['planner', 'writer', 'organiser']);
const mostTold = 20;

export interface FactsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  /** The one switch: off, nothing is learned or used. */
  readonly isOn: () => boolean;
  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID` */
  readonly playbook: (id: string) => { readonly name: string };
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What agents know of the person: what they were told, and what they learned from what the person does with their work. */
export interface Facts extends Startable {
  /** Learns from what was done since the last time. */
  look(): void;
  /** The profile with what it is to know of the person, which is private; the same one where there is nothing. */
  told(profile: Profile): Profile;
  readonly handlers: ContractHandlers['facts'];
}

const SourceOf = ProfileFact.shape.source;

export const createFacts = ({ store, isOn, playbook, clock, logger }: FactsComponents): Facts => {
  let timer: NodeJS.Timeout | undefined;
  let subscription: Disposable | undefined;

  const list = (): ProfileFact[] =>
    store()
      .all(store().qb.selectFrom('fact').selectAll().orderBy('createdAt').orderBy('id'))
      .map(({ source, ...fact }) => ({ ...fact, source: SourceOf.parse(JSON.parse(source)) }));

  const put = (fact: ProfileFact): void => {
    const { id, text, createdAt } = fact;
    const source = JSON.stringify(fact.source);
    store().write((tx) =>
      tx.run(
        store()
          .qb.insertInto('fact')
          .values({ id, text, source, createdAt })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ text, source })),
      ),
    );
  };

  const playbookName = (id: string): string => {
    try {
      return playbook(id).name;
    } catch (error) {
      // Its tasks outlive it.
      if (errorCode(error) !== 'NOT_FOUND' && errorCode(error) !== 'PLAYBOOK_INVALID') throw error;
      return id;
    }
  };

  const look = (): void => {
    const head = newestOperation(store());
    const stored = readSetting(store(), learningSetting);
    const before = Learning.catch({ seen: head, evidence: [], learned: [] }).parse(stored);
    if (stored !== undefined && before.seen === head) return;
    if (!isOn()) return writeSetting(store(), learningSetting, { ...before, seen: head } satisfies Learning);
    const evidence = new Map(before.evidence.map(({ key, taskIds }) => [key, new Set(taskIds)]));
    const learned = new Set(before.learned);
    const facts: ProfileFact[] = [];
    for (const { key, text, taskId, title, against } of observe(store(), before.seen, playbookName)) {
      if (against !== undefined) evidence.delete(against);
      if (learned.has(key)) continue;
      const tasks = (evidence.get(key) ?? new Set()).add(taskId);
      // The newest is last, so that the oldest goes first.
      evidence.delete(key);
      evidence.set(key, tasks);
      if (tasks.size < enough) continue;
      evidence.delete(key);
      learned.add(key);
      facts.push({ id: newId(), text, source: { kind: 'task', id: taskId, title }, createdAt: clock.now() });
    }
    for (const fact of facts) put(fact);
    const kept = [...evidence].slice(-mostEvidence).map(([key, tasks]) => ({ key, taskIds: [...tasks] }));
    writeSetting(store(), learningSetting, { seen: head, evidence: kept, learned: [...learned] } satisfies Learning);
  };

  const lookNow = (): void => {
    try {
      look();
    } catch (error) {
      const code = errorCode(error);
      // Locked meanwhile, or a full disk: what was not seen is seen the next time.
      if (code !== 'VAULT_LOCKED' && !code?.startsWith('STORAGE_')) logFault(logger, 'learning failed', error);
    }
  };

  const lookSoon = (): void => {
    // What is done while the switch is off is passed over before it can be on again.
    if (!isOn()) return lookNow();
    timer ??= setTimeout(() => {
      timer = undefined;
      lookNow();
    }, pause).unref();
  };

  const one = (text: string): string => text.replace(/\s+/gu, ' ').trim();

  return {
    look,
    told(profile) {
      if (!informed.has(profile.id) || !isOn()) return profile;
      const facts = list().slice(-mostTold);
      if (facts.length === 0) return profile;
      return {
        ...profile,
        system: `${profile.system}\nThe person you work for:\n${facts.map(({ text }) => `- ${text}`).join('\n')}`.slice(
          0,
          8_000,
        ),
      };
    },
    async start() {
      subscription ??= store().onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'task')) lookSoon();
      });
      lookSoon();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      subscription?.dispose();
      subscription = undefined;
    },
    handlers: {
      list,
      save({ id, text: given }) {
        const text = one(given);
        if (text === '') throw new AppError('BAD_REQUEST', 'There is nothing to remember. Write it in one sentence.');
        const before = id === undefined ? undefined : list().find((fact) => fact.id === id);
        if (id !== undefined && !before)
          throw new AppError('NOT_FOUND', 'This is not remembered any more. Reload the list.');
        const fact: ProfileFact = {
          id: id ?? newId(),
          text,
          source: { kind: 'person', id: null, title: '' },
          createdAt: before?.createdAt ?? clock.now(),
        };
        put(fact);
        return fact;
      },
      remove({ id }) {
        store().write((tx) => tx.run(store().qb.deleteFrom('fact').where('id', '=', id)));
      },
    },
  };
};
