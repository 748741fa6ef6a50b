import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AppError, errorCode, type Playbook } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { type Death, dyingStore } from '../../testing/dying-store.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { startOf } from '../../testing/scripted-playbook.ts';
import { endOf, incoming, personally, wholeAgents, wholePlaybook, type World } from '../../testing/whole-playbook.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const carriedOut = async (playbook: Playbook, items: number, death: Death | null) => {
  const opened = openTestStore({ parent });
  const before: World = { asked: [], called: [], sent: [] };
  const after: World = { asked: [], called: [], sent: before.sent };
  const died = Promise.withResolvers<'died'>();
  let isDead = false;
  let commits = 0;
  const locked = () => new AppError('VAULT_LOCKED', 'The node is dead.');
  const counting: Store = {
    ...opened.store,
    write: (work) => {
      commits += 1;
      return opened.store.write(work);
    },
    transact: (meta, work) => {
      commits += 1;
      return opened.store.transact(meta, work);
    },
  };
  const mortal = dyingStore(counting, death ?? { commit: Number.MAX_SAFE_INTEGER, moment: 'after' }, () => {
    isDead = true;
    died.resolve('died');
    throw locked();
  });
  const living = (store: Store) => () => {
    if (isDead) throw locked();
    return store;
  };
  try {
    const first = wholeAgents(living(mortal), before, items);
    await first.start();
    const work = (async () => {
      await first.runs.start(startOf(playbook, { goal: 'Tea by June 30' }), call);
      await personally(first, opened.store, before);
      return 'ended' as const;
    })().catch((error: unknown) => {
      if (errorCode(error) !== 'VAULT_LOCKED') throw error;
      return died.promise;
    });
    const outcome = await Promise.race([work, died.promise]);
    await first.stop();
    const known = incoming(opened.store);
    const second = wholeAgents(() => opened.store, after, items);
    await second.start();
    if ((await second.runs.list({}, call)).length === 0)
      await second.runs.start(startOf(playbook, { goal: 'Tea by June 30' }), call);
    const id = (await personally(second, opened.store, after)) ?? '';
    const replay = await second.runs.replay({ id }, call);
    const run = await second.runs.get({ id }, call);
    await second.stop();
    const end = incoming(opened.store);
    return { outcome, commits, state: endOf(opened.store), run, replay, known, end, before, after };
  } finally {
    opened.dispose();
  }
};

/** No process dies here, so that memory is as good as a disk, and hundreds of runs take no minutes. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Items of its lists: the more, the more boundaries. */
const sizes = [4, 8, 12, 16, 20];

describe('a run of a playbook that is killed', () => {
  let total = 0;

  it.each(sizes)(
    'at any boundary of its journal ends as if nothing had happened: %i items',
    async (items) => {
      const whole = await carriedOut(wholePlaybook, items, null);
      expect(whole.run).toMatchObject({ state: 'done', error: null });
      expect(whole.replay).toEqual({ identical: true, differences: [] });
      expect(whole.after).toMatchObject({ asked: [], called: [] });
      let boundaries = 0;
      for (let commit = 1; ; commit += 1) {
        let isOver = false;
        for (const moment of ['before', 'after'] as const) {
          const { outcome, state, run, replay, known, end, before, after } = await carriedOut(wholePlaybook, items, {
            commit,
            moment,
          });
          const where = `${moment} commit ${commit}`;
          if (outcome === 'ended') isOver = true;
          else boundaries += 1;
          expect(run, where).toMatchObject({ state: 'done', error: null });
          expect(state, where).toEqual(whole.state);
          expect(replay, where).toEqual({ identical: true, differences: [] });
          // What had come in did not come in again, and what was asked for afterwards was asked for once.
          expect(after.asked.length, where).toBe(end.answers - known.answers);
          expect(after.called.length, where).toBe(end.ends - known.ends);
          // And the journal has it once, as where nothing happened.
          expect(end.answers, where).toBe(whole.end.answers);
          expect(end.ends + end.happened, where).toBe(whole.end.ends);
          expect(before.sent.toSorted(), where).toEqual(['test.local', 'test.send']);
        }
        if (isOver) break;
      }
      expect(boundaries).toBeGreaterThan(40);
      total += boundaries;
    },
    600_000,
  );

  it('was killed at 500 of them', () => {
    expect(total).toBeGreaterThanOrEqual(500);
  });
});
