import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';

let space: ReturnType<typeof openTestWorkspace>;
beforeEach(() => {
  space = openTestWorkspace();
});
afterEach(() => space.dispose());

const names = async (archived = false) => (await space.projects.list({ archived }, userCall)).map(({ name }) => name);
const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('projects', () => {
  test('are listed in their order with open and done counts', async () => {
    const one = await space.projects.create(
      { name: ' One ', dueDate: '2026-06-30', color: 'red', view: 'board' },
      userCall,
    );
    const two = await space.projects.create({ name: 'Two' }, userCall);
    expect(one).toMatchObject({ name: 'One', dueDate: '2026-06-30', color: 'red', view: 'board' });
    const task = await space.tasks.create({ title: 'a', projectId: one.id }, userCall);
    await space.tasks.create({ title: 'b', projectId: one.id }, userCall);
    const gone = await space.tasks.create({ title: 'c', projectId: one.id }, userCall);
    await space.tasks.complete({ id: task.id }, userCall);
    await space.tasks.remove({ ids: [gone.id] }, userCall);
    expect(await space.projects.list({}, userCall)).toMatchObject([
      { name: 'One', openCount: 1, doneCount: 1 },
      { name: 'Two', openCount: 0, doneCount: 0 },
    ]);
    await space.projects.update({ id: two.id, patch: { position: 1 } }, userCall);
    expect(await names()).toEqual(['Two', 'One']);
    await expect(async () => space.projects.create({ name: 'x', dueDate: '2026-02-30' }, userCall)).rejects.toThrow(
      refusal('BAD_REQUEST', 'no day'),
    );
  });

  test('put aside are out of the list, and come back', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    await space.projects.update({ id: project.id, patch: { archived: true } }, userCall);
    expect([await names(), await names(true)]).toEqual([[], ['P']]);
    await space.projects.update({ id: project.id, patch: { archived: false } }, userCall);
    expect([await names(), await names(true)]).toEqual([['P'], []]);
    expect((await space.history.list({}, userCall)).map(({ label }) => label)).toEqual([
      'Unarchive project “P”',
      'Archive project “P”',
      'Add project “P”',
    ]);
  });

  test('take what is in them to the trash and bring back just that, as one step each', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const section = await space.projects.createSection({ projectId: project.id, name: 'S' }, userCall);
    const task = await space.tasks.create({ title: 't', sectionId: section.id }, userCall);
    const early = await space.tasks.create({ title: 'early', projectId: project.id }, userCall);
    const note = await space.notes.create({ text: '# N', projectId: project.id }, userCall);
    await space.tasks.remove({ ids: [early.id] }, userCall);
    space.clock.advance(1_000);
    await space.projects.remove({ id: project.id }, userCall);
    const seen = async () => [
      await names(),
      (await space.tasks.list({ view: 'all' }, userCall)).map(({ title }) => title),
      (await space.notes.list({}, userCall)).map(({ title }) => title),
      (await space.projects.sections({ id: project.id }, userCall)).map(({ name }) => name),
      (await space.search({ query: 't N P early' }, userCall)).length,
    ];
    expect(await seen()).toEqual([[], [], [], [], 0]);
    await expect(async () => space.tasks.create({ title: 'x', projectId: project.id }, userCall)).rejects.toThrow(
      refusal('CONFLICT', 'Restore it first'),
    );
    await space.projects.restore({ id: project.id }, userCall);
    expect(await seen()).toEqual([['P'], ['t'], ['N'], ['S'], 0]);
    expect((await space.tasks.get({ id: task.id }, userCall)).sectionId).toBe(section.id);
    await space.history.undo({}, userCall);
    await space.history.undo({}, userCall);
    expect(await seen()).toEqual([['P'], ['t'], ['N'], ['S'], 0]);
    expect((await space.notes.get({ id: note.id }, userCall)).deletedAt).toBeNull();
  });
});

describe('sections', () => {
  test('are renamed, ordered and removed; their tasks stay in the project', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const [a, b] = [
      await space.projects.createSection({ projectId: project.id, name: 'A' }, userCall),
      await space.projects.createSection({ projectId: project.id, name: 'B' }, userCall),
    ];
    const task = await space.tasks.create({ title: 't', sectionId: a.id }, userCall);
    await space.projects.updateSection({ id: b.id, position: 0, name: 'First' }, userCall);
    const sections = async () => (await space.projects.sections({ id: project.id }, userCall)).map(({ name }) => name);
    expect(await sections()).toEqual(['First', 'A']);
    await space.projects.removeSection({ id: a.id }, userCall);
    expect(await sections()).toEqual(['First']);
    expect(await space.tasks.get({ id: task.id }, userCall)).toMatchObject({ projectId: project.id, sectionId: null });
    await space.history.undo({}, userCall);
    expect(await space.tasks.get({ id: task.id }, userCall)).toMatchObject({ sectionId: a.id });
    expect((await space.history.list({ limit: 1 }, userCall))[0]?.label).toBe('Delete section “A”');
  });
});
