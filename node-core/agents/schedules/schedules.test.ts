import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { AppError, type PlaybookInput, type Schedule } from '../../contract/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { updateTask } from '../../workspace/index.ts';
import { createSchedules, type Schedules, type SchedulesComponents } from './index.ts';

const minute = 60_000;
const input = (id: string, type: PlaybookInput['type']): PlaybookInput => ({
  id,
  title: id,
  hint: '',
  type,
  choices: [],
  required: false,
});

let space: ReturnType<typeof openTestWorkspace>;
let schedules: Schedules;
let started: { readonly request: Parameters<SchedulesComponents['startRun']>[0]; readonly runId: string }[];
let locked: boolean;
let inputs: PlaybookInput[];
let refuse: ((runId: string) => void) | undefined;
let folder: string;
/** Of the runs that are made. */
let state: 'running' | 'done';

const store = () => {
  if (locked) throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  return space.store;
};

/** As the run's book does it: a second run with the same id is refused by its primary key. */
const startRun: SchedulesComponents['startRun'] = (request, runId) => {
  refuse?.(runId);
  space.store.write((tx) =>
    tx.run(
      space.store.qb.insertInto('run').values({
        id: runId,
        skill: 'playbook',
        title: request.playbookId,
        input: '',
        options: '{}',
        state,
        taskId: null,
        modelId: 'm',
        place: 'this-machine',
        createdAt: space.clock.now(),
        startedAt: null,
        endedAt: space.clock.now(),
        promptTokens: 0,
        outputTokens: 0,
        error: null,
        result: null,
        undoneAt: null,
        playbookId: request.playbookId,
      }),
    ),
  );
  started.push({ request, runId });
};

/** The oldest so many have ended. */
const end = (count: number) =>
  space.store.write((tx) =>
    tx.run(
      space.store.qb
        .updateTable('run')
        .set({ state: 'done' })
        .where(
          'id',
          'in',
          started.slice(0, count).map(({ runId }) => runId),
        ),
    ),
  );

const made = (): Schedules =>
  createSchedules({
    store,
    playbook: (id) => {
      if (id === 'gone') throw new AppError('NOT_FOUND', 'There is no playbook "gone".');
      return { inputs };
    },
    startRun,
    clock: space.clock,
    logger: silentLogger,
  });

beforeEach(() => {
  space = openTestWorkspace(createTestClock('2026-06-03T10:00:00Z'));
  started = [];
  locked = false;
  refuse = undefined;
  state = 'done';
  inputs = [];
  folder = mkdtempSync(join(tmpdir(), 'jan-drop-'));
  schedules = made();
});
afterEach(async () => {
  await schedules.stop();
  space.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const save = async (trigger: Schedule['trigger'], more: Partial<Pick<Schedule, 'id' | 'enabled' | 'inputs'>> = {}) =>
  schedules.handlers.save({ playbookId: 'brief', inputs: {}, enabled: true, ...more, trigger }, userCall);
const daily = (cron = '0 9 * * *', timeZone = 'UTC') => save({ on: 'time', cron, timeZone });
const lookAt = async (iso: string) => {
  space.clock.set(iso);
  await schedules.look();
};
const occurrences = async () =>
  (await schedules.handlers.list(undefined, userCall)).flatMap((schedule) =>
    schedule.occurrences.map(
      ({ at, missed }) => `${new Date(at).toISOString().slice(0, 16)}${missed ? ' missed' : ''}`,
    ),
  );
const texts = () => started.flatMap(({ request }) => Object.values(request.inputs));

describe('a time', () => {
  it('fires at its time, once, and says when it is next', async () => {
    expect((await daily()).nextAt).toBe(Date.parse('2026-06-04T09:00:00Z'));
    await lookAt('2026-06-04T08:59:59.999Z');
    expect(started).toHaveLength(0);
    await lookAt('2026-06-04T09:00:00Z');
    await lookAt('2026-06-04T09:00:00Z');
    await lookAt('2026-06-04T09:30:00Z');
    expect(started).toHaveLength(1);
    const [schedule] = await schedules.handlers.list(undefined, userCall);
    expect(schedule).toMatchObject({
      nextAt: Date.parse('2026-06-05T09:00:00Z'),
      occurrences: [{ at: Date.parse('2026-06-04T09:00:00Z'), runId: started[0]?.runId, missed: null }],
    });
  });

  it('after a long sleep is caught up with once, and what was missed is written down', async () => {
    await daily('0 * * * *');
    await lookAt('2026-06-04T03:30:00Z');
    expect(started).toHaveLength(1);
    const seen = await occurrences();
    expect(seen).toHaveLength(17);
    expect(seen[0]).toBe('2026-06-04T03:00');
    expect(seen.slice(1).every((line) => line.endsWith('missed'))).toBe(true);
  });

  it('is not caught up with where that is too late', async () => {
    await daily();
    await lookAt('2026-06-04T16:00:00Z');
    expect(started).toHaveLength(0);
    expect(await occurrences()).toEqual(['2026-06-04T09:00 missed']);
    await lookAt('2026-06-05T14:59:00Z');
    expect(started).toHaveLength(1);
  });

  it('each minute, through a year of sleep, makes one run and no storm of rows', async () => {
    await daily('* * * * *');
    await lookAt('2027-06-03T10:00:00Z');
    expect(started).toHaveLength(1);
    const rows = space.store.all(space.store.qb.selectFrom('occurrence').select('key'));
    expect(rows).toHaveLength(501);
    expect(rows.some(({ key }) => key.startsWith('before '))).toBe(true);
  });

  it('where the clock goes forward an hour fires after the gap, where it goes back once', async () => {
    await daily('30 2 * * *', 'Europe/Berlin');
    for (const day of ['2026-10-24', '2026-10-25', '2026-10-26'])
      for (let at = Date.parse(`${day}T00:00:00Z`); at < Date.parse(`${day}T03:00:00Z`); at += 10 * minute)
        await lookAt(new Date(at).toISOString());
    expect((await occurrences()).filter((line) => !line.endsWith('missed'))).toEqual([
      '2026-10-26T01:30',
      '2026-10-25T00:30',
      '2026-10-24T00:30',
    ]);
    for (let at = Date.parse('2027-03-28T00:00:00Z'); at < Date.parse('2027-03-28T03:00:00Z'); at += 10 * minute)
      await lookAt(new Date(at).toISOString());
    expect((await occurrences())[0]).toBe('2027-03-28T01:00');
    expect((await occurrences()).filter((line) => line.startsWith('2027-03-28'))).toHaveLength(1);
  });

  it('is not repeated by a clock that goes back, nor lost to one that was ahead', async () => {
    await daily();
    await lookAt('2026-06-04T09:00:00Z');
    await lookAt('2026-06-04T08:00:00Z');
    await lookAt('2026-06-04T09:00:30Z');
    expect(started).toHaveLength(1);
    await lookAt('2026-06-20T18:00:00Z');
    expect(started).toHaveLength(1);
    await lookAt('2026-06-05T08:00:00Z');
    await lookAt('2026-06-05T09:00:00Z');
    expect(started).toHaveLength(2);
  });

  it('that came while the vault was locked fires after the unlock', async () => {
    await schedules.start();
    await daily();
    await schedules.stop();
    locked = true;
    space.clock.set('2026-06-04T09:10:00Z');
    await schedules.start();
    await schedules.look();
    expect(started).toHaveLength(0);
    locked = false;
    await schedules.start();
    await schedules.look();
    expect(started).toHaveLength(1);
  });

  it('is not started twice where the node died before the run was made', async () => {
    await daily();
    refuse = () => {
      throw new Error('the node dies here');
    };
    await expect(lookAt('2026-06-04T09:00:00Z')).rejects.toThrow('dies here');
    const [row] = space.store.all(space.store.qb.selectFrom('occurrence').selectAll());
    refuse = undefined;
    schedules = made();
    await lookAt('2026-06-04T10:00:00Z');
    await lookAt('2026-06-04T11:00:00Z');
    expect(started.map(({ runId }) => runId)).toEqual([row?.runId]);
  });

  it('whose run can not begin is missed, and waits where the disk is full', async () => {
    await daily();
    refuse = () => {
      throw new AppError('STORAGE_FULL', 'The disk is full.');
    };
    await lookAt('2026-06-04T09:00:00Z');
    refuse = () => {
      throw new AppError('MODEL_NOT_FOUND', 'There is no such model.');
    };
    expect(await occurrences()).toEqual(['2026-06-04T09:00']);
    await lookAt('2026-06-04T09:01:00Z');
    expect(await occurrences()).toEqual(['2026-06-04T09:00 missed']);
  });

  it.each([
    ['9 o’clock', 'UTC', /five fields/],
    ['0 0 9 * * *', 'UTC', /five fields/],
    ['0 9 31 2 *', 'UTC', /never comes/],
    ['0 9 * * *', 'Moon/Base', /no time zone/],
  ])('%s in %s is refused', async (cron, timeZone, message) => {
    await expect(daily(cron, timeZone)).rejects.toThrow(message);
  });

  it('is off and gone when a person says so', async () => {
    const { id } = await daily();
    expect((await save({ on: 'time', cron: '0 9 * * *', timeZone: 'UTC' }, { id, enabled: false })).nextAt).toBeNull();
    await lookAt('2026-06-04T09:00:00Z');
    await schedules.handlers.remove({ id }, userCall);
    await lookAt('2026-06-05T09:00:00Z');
    expect(started).toHaveLength(0);
    expect(await schedules.handlers.list(undefined, userCall)).toEqual([]);
  });
});

describe('a change', () => {
  beforeEach(() => {
    inputs = [input('goal', 'text')];
  });

  it('starts a run for each task that is made, with its title; what a run makes starts none', async () => {
    await space.tasks.create({ title: 'Before' }, userCall);
    await save({ on: 'task-created', tag: 'plan' });
    await space.tasks.create({ title: 'Other' }, userCall);
    await space.tasks.create({ title: 'Trip', notes: 'to Rome', tags: ['plan'] }, userCall);
    space.store.transact({ actor: 'agent', label: 'run', runId: 'r' }, (tx) =>
      space.workspace.addTask(tx, { title: 'By a run', tags: ['plan'] }, 'r'),
    );
    await schedules.look();
    await schedules.look();
    expect(texts()).toEqual(['Trip']);
  });

  it('starts a run when a task gets the tag, again when it gets it again', async () => {
    await save({ on: 'task-tagged', tag: 'plan' });
    const task = await space.tasks.create({ title: 'Trip' }, userCall);
    const tag = async (tags: string[]) => {
      await space.tasks.update({ id: task.id, patch: { tags } }, userCall);
      await schedules.look();
    };
    for (const tags of [['plan'], ['plan', 'x'], ['x'], ['x', 'plan']]) await tag(tags);
    expect(started).toHaveLength(2);
    space.store.transact({ actor: 'agent', label: 'run', runId: 'r' }, (tx) =>
      updateTask({ store: space.store, tx, now: space.clock.now(), runId: 'r' }, task.id, { tags: [] }),
    );
    space.store.transact({ actor: 'agent', label: 'run', runId: 'r' }, (tx) =>
      updateTask({ store: space.store, tx, now: space.clock.now(), runId: 'r' }, task.id, { tags: ['plan'] }),
    );
    await schedules.look();
    expect(started).toHaveLength(2);
  });

  it.each(['Road Trip', '#road-trip', ' road trip '])(
    'of the tag “%s”, however it is written, starts a run',
    async (tag) => {
      expect(await save({ on: 'task-created', tag })).toMatchObject({ trigger: { tag: 'road-trip' } });
      await save({ on: 'task-tagged', tag });
      await save({ on: 'note-saved', tag });
      const task = await space.tasks.create({ title: 'Made', tags: ['Road Trip'] }, userCall);
      const other = await space.tasks.create({ title: 'Tagged' }, userCall);
      await space.tasks.update({ id: other.id, patch: { tags: ['road-trip'] } }, userCall);
      await space.notes.create({ text: '# Saved\n#Road-Trip' }, userCall);
      space.clock.advance(minute);
      await schedules.look();
      expect(texts().toSorted()).toEqual(['Made', 'Saved', 'Tagged', task.title].toSorted());
    },
  );

  it('of a tag that an earlier version kept as it was typed starts a run; what is no tag is refused', async () => {
    const { id } = await save({ on: 'task-created', tag: 'plan' });
    space.store.write((tx) =>
      tx.run(
        space.store.qb
          .updateTable('schedule')
          .set({ trigger: JSON.stringify({ on: 'task-created', tag: '#Plan ' }) })
          .where('id', '=', id),
      ),
    );
    await space.tasks.create({ title: 'Trip', tags: ['plan'] }, userCall);
    await schedules.look();
    expect(texts()).toEqual(['Trip']);
    await expect(save({ on: 'task-tagged', tag: ' # ' })).rejects.toThrow(/no name of a tag/);
  });

  it('of a note that was saved before there was the schedule starts none of it, whatever else watches notes', async () => {
    await save({ on: 'note-saved', tag: null });
    const note = await space.notes.create({ text: '# Before' }, userCall);
    const { id } = await save({ on: 'note-saved', tag: null });
    space.clock.advance(minute);
    await schedules.look();
    const fired = async () =>
      (await schedules.handlers.list(undefined, userCall)).find((one) => one.id === id)?.occurrences.length;
    expect(started).toHaveLength(1);
    expect(await fired()).toBe(0);
    await space.notes.save({ id: note.id, text: '# Before, and after', revision: note.revision }, userCall);
    space.clock.advance(minute);
    await schedules.look();
    expect(started).toHaveLength(3);
    expect(await fired()).toBe(1);
  });

  it('of a note counts when it has rested, once for all that was typed', async () => {
    inputs = [input('minutes', 'note')];
    await save({ on: 'note-saved', tag: 'meeting' });
    let note = await space.notes.create({ text: '# Talk\n#meeting' }, userCall);
    for (const word of ['a', 'b', 'c']) {
      space.clock.advance(10_000);
      await schedules.look();
      note = await space.notes.save({ id: note.id, text: `${note.text} ${word}`, revision: note.revision }, userCall);
    }
    await space.notes.create({ text: 'no tag' }, userCall);
    await schedules.look();
    expect(started).toHaveLength(0);
    space.clock.advance(minute);
    await schedules.look();
    await schedules.look();
    expect(started.map(({ request }) => request.inputs)).toEqual([{ minutes: note.id }]);
    space.clock.advance(minute);
    await space.notes.save({ id: note.id, text: `${note.text} d`, revision: note.revision }, userCall);
    space.clock.advance(minute);
    await schedules.look();
    expect(started).toHaveLength(2);
  });

  it('that came while another program had the vault open is seen at the start', async () => {
    await save({ on: 'task-created', tag: null });
    await schedules.look();
    await space.tasks.create({ title: 'From the command line' }, userCall);
    schedules = made();
    await schedules.start();
    await schedules.look();
    expect(texts()).toEqual(['From the command line']);
  });

  it('wakes it by itself', async () => {
    await schedules.start();
    await save({ on: 'task-created', tag: null });
    const began = Promise.withResolvers<void>();
    refuse = () => began.resolve();
    await space.tasks.create({ title: 'Now' }, userCall);
    await began.promise;
    await schedules.look();
    expect(texts()).toEqual(['Now']);
  });

  it('of very many things at once starts no storm: they wait for their turn, while it is on', async () => {
    state = 'running';
    const trigger = { on: 'task-created', tag: null } as const;
    const { id } = await save(trigger);
    for (let index = 0; index < 50; index += 1) await space.tasks.create({ title: `Task ${index}` }, userCall);
    await schedules.look();
    await schedules.look();
    expect(started).toHaveLength(20);
    const [schedule] = await schedules.handlers.list(undefined, userCall);
    expect(schedule).toMatchObject({ waiting: 30, crowdedOut: 0 });
    expect(schedule?.occurrences.filter(({ runId }) => runId === null)).toHaveLength(30);
    await save(trigger, { id, enabled: false });
    end(5);
    await schedules.look();
    expect(started).toHaveLength(20);
    await save(trigger, { id });
    schedules = made();
    await schedules.look();
    expect(started).toHaveLength(25);
    end(25);
    await schedules.look();
    end(50);
    await schedules.look();
    expect(texts().toSorted()).toEqual(Array.from({ length: 50 }, (_, index) => `Task ${index}`).toSorted());
    expect(await schedules.handlers.list(undefined, userCall)).toMatchObject([{ waiting: 0 }]);
  });

  it('beyond a thousand that wait is missed, which is told for a week', async () => {
    refuse = () => {
      throw new AppError('STORAGE_FULL', 'The disk is full.');
    };
    await save({ on: 'task-created', tag: null });
    space.store.transact({ actor: 'user', label: 'Import' }, (tx) => {
      for (let index = 0; index < 1_003; index += 1) space.workspace.addTask(tx, { title: `Task ${index}` }, null);
    });
    await schedules.look();
    expect(await schedules.handlers.list(undefined, userCall)).toMatchObject([{ waiting: 1_000, crowdedOut: 3 }]);
    space.clock.advance(8 * 24 * 60 * minute);
    expect(await schedules.handlers.list(undefined, userCall)).toMatchObject([{ waiting: 1_000, crowdedOut: 0 }]);
  });
});

describe('a task that is due', () => {
  const local = (iso: string) => new Date(iso).toISOString();

  beforeEach(() => {
    inputs = [input('task', 'task')];
  });

  it('fires at its time; on its day where it has none, as soon as somebody is there', async () => {
    space.clock.set(local('2026-06-03T10:00:00'));
    await space.tasks.create({ title: 'Overdue', dueDate: '2026-06-01' }, userCall);
    await save({ on: 'task-due' });
    const timed = await space.tasks.create({ title: 'At nine', dueDate: '2026-06-04', dueTime: '09:00' }, userCall);
    const whole = await space.tasks.create({ title: 'That day', dueDate: '2026-06-05' }, userCall);
    await lookAt(local('2026-06-04T08:59:00'));
    expect(started).toHaveLength(0);
    await lookAt(local('2026-06-04T09:00:00'));
    expect(texts()).toEqual([timed.id]);
    await lookAt(local('2026-06-05T22:00:00'));
    await lookAt(local('2026-06-05T22:01:00'));
    expect(texts()).toEqual([timed.id, whole.id]);
  });

  it('while nobody looked fires like all others of up to six hours ago, each once', async () => {
    await save({ on: 'task-due' });
    const due = async (dueTime: string) =>
      (await space.tasks.create({ title: dueTime, dueDate: '2026-06-04', dueTime }, userCall)).id;
    await due('03:59');
    const ids = [await due('04:02'), await due('09:52'), await due('09:54'), await due('09:56')];
    await lookAt(local('2026-06-04T10:01:00'));
    await lookAt(local('2026-06-04T10:02:00'));
    expect(texts()).toEqual(ids);
    expect((await occurrences()).filter((line) => line.endsWith('missed'))).toHaveLength(1);
  });

  it('that is put off is due again; one that is done or that a run made is not', async () => {
    space.clock.set(local('2026-06-03T10:00:00'));
    await save({ on: 'task-due' });
    const late = await space.tasks.create({ title: 'Put off', dueDate: '2026-06-04' }, userCall);
    const done = await space.tasks.create({ title: 'Done', dueDate: '2026-06-04' }, userCall);
    await space.tasks.complete({ id: done.id }, userCall);
    space.store.transact({ actor: 'agent', label: 'run', runId: 'r' }, (tx) =>
      space.workspace.addTask(tx, { title: 'By a run', dueDate: '2026-06-04' }, 'r'),
    );
    await lookAt(local('2026-06-04T08:00:00'));
    await space.tasks.update({ id: late.id, patch: { dueDate: '2026-06-06' } }, userCall);
    await lookAt(local('2026-06-06T08:00:00'));
    expect(texts()).toEqual([late.id, late.id]);
  });
});

describe('a file that is dropped', () => {
  const drop = (name: string, text: string | Uint8Array, age = 0) => {
    writeFileSync(join(folder, name), text);
    const seconds = 1_780_000_000 + age;
    utimesSync(join(folder, name), seconds, seconds);
  };
  const rest = async () => {
    await schedules.look();
    space.clock.advance(3_000);
    await schedules.look();
  };

  beforeEach(async () => {
    inputs = [input('text', 'long-text')];
    drop('there.txt', 'it was there');
    await schedules.start();
    await save({ on: 'file-dropped', folder });
  });

  it('starts a run with its text as what others wrote, once, also after a restart', async () => {
    drop('new.txt', 'words of somebody');
    await rest();
    await rest();
    expect(started.map(({ request }) => request)).toEqual([
      {
        skill: 'playbook',
        playbookId: 'brief',
        inputs: { text: 'words of somebody' },
        untrusted: ['text'],
        kept: ['text'],
      },
    ]);
    await schedules.stop();
    drop('meanwhile.txt', 'while it was off');
    schedules = made();
    await schedules.start();
    await rest();
    expect(texts()).toEqual(['words of somebody', 'while it was off']);
  });

  it('among fifty others gets its run, also after a restart, and once', async () => {
    state = 'running';
    for (let index = 0; index < 50; index += 1) drop(`${index}.txt`, `words ${index}`);
    await rest();
    expect(started).toHaveLength(20);
    for (let index = 0; index < 50; index += 1) rmSync(join(folder, `${index}.txt`));
    await schedules.stop();
    schedules = made();
    await schedules.start();
    for (const ended of [20, 40, 50]) {
      end(ended);
      await rest();
    }
    expect(texts().toSorted()).toEqual(Array.from({ length: 50 }, (_, index) => `words ${index}`).toSorted());
  });

  it('waits until it is whole', async () => {
    drop('slow.txt', 'half');
    await schedules.look();
    space.clock.advance(2_000);
    drop('slow.txt', 'half and half', 1);
    await schedules.look();
    space.clock.advance(2_000);
    await schedules.look();
    expect(started).toHaveLength(0);
    space.clock.advance(1_000);
    await schedules.look();
    expect(texts()).toEqual(['half and half']);
  });

  it('is missed where it is no text or too long; folders and what is unfinished are left alone', async () => {
    drop('picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]));
    drop('long.txt', 'x'.repeat(2_000_001));
    drop('.hidden', 'h');
    drop('film.mkv.part', 'p');
    mkdirSync(join(folder, 'inner'));
    await rest();
    expect(started).toHaveLength(0);
    expect((await occurrences()).map((line) => line.slice(-6))).toEqual(['missed', 'missed']);
  });

  it('into a folder that is gone changes nothing, and works when it is back', async () => {
    rmSync(folder, { recursive: true });
    await rest();
    mkdirSync(folder);
    drop('back.txt', 'here again');
    await rest();
    expect(texts()).toEqual(['here again']);
  });

  it('needs a folder that is there', async () => {
    await expect(save({ on: 'file-dropped', folder: join(folder, 'none') })).rejects.toThrow(/not there/);
    await expect(save({ on: 'file-dropped', folder: 'relative' })).rejects.toThrow(/whole path/);
  });
});

describe('inputs', () => {
  it('that the schedule fills in stay; what happened fills the first that is free', async () => {
    inputs = [input('goal', 'text'), input('notes', 'notes'), input('tone', 'text')];
    await save({ on: 'task-created', tag: null }, { inputs: { goal: 'mine' } });
    await space.tasks.create({ title: 'Task' }, userCall);
    await schedules.look();
    expect(started[0]?.request.inputs).toEqual({ goal: 'mine', tone: 'Task' });
  });

  it('that are lines get a title, and long ones the whole text; only the title of one’s own task is no secret', async () => {
    inputs = [input('tone', 'text'), { ...input('topic', 'text'), required: true }, input('about', 'long-text')];
    const { id } = await save({ on: 'task-created', tag: null });
    const create = (runId: string | null) =>
      space.store.transact({ actor: 'user', label: 'New task' }, (tx) =>
        space.workspace.addTask(tx, { title: 'Trip', notes: 'to Anna' }, runId),
      );
    create(null);
    await schedules.look();
    create('r');
    await schedules.look();
    await save({ on: 'note-saved', tag: null }, { id });
    await space.notes.create({ text: '# Herons\n\nSeen by Anna' }, userCall);
    space.clock.advance(minute);
    await schedules.look();
    inputs = [input('topic', 'text')];
    await space.notes.create({ text: '# Storks\n\nSeen by Anna' }, userCall);
    space.clock.advance(minute);
    await schedules.look();
    expect(started.map(({ request: { inputs: filled, untrusted, kept } }) => ({ filled, untrusted, kept }))).toEqual([
      { filled: { topic: 'Trip', about: 'Trip\n\nto Anna' }, untrusted: [], kept: ['about'] },
      {
        filled: { topic: 'Trip', about: 'Trip\n\nto Anna' },
        untrusted: ['about', 'topic'],
        kept: ['about', 'topic'],
      },
      { filled: { topic: 'Herons', about: '# Herons\n\nSeen by Anna' }, untrusted: [], kept: ['about', 'topic'] },
      { filled: { topic: 'Storks' }, untrusted: [], kept: ['topic'] },
    ]);
  });

  it('belong to a playbook that there is', async () => {
    await expect(
      schedules.handlers.save({ playbookId: 'gone', inputs: {}, enabled: true, trigger: { on: 'task-due' } }, userCall),
    ).rejects.toThrow(/no playbook/);
  });
});
