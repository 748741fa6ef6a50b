import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../common/index.ts';
import { openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';
import { addNote } from './index.ts';
import { readQuery } from './search.ts';

let space: ReturnType<typeof openTestWorkspace>;
beforeEach(() => {
  space = openTestWorkspace();
});
afterEach(() => space.dispose());

const find = async (query: string, limit?: number) => space.search({ query, ...(limit ? { limit } : {}) }, userCall);
const titles = async (query: string) => (await find(query)).map(({ title }) => title);
const note = async (text: string) => space.notes.create({ text }, userCall);

describe('search', () => {
  test('finds tasks, notes and projects together', async () => {
    const project = await space.projects.create({ name: 'Launch', notes: 'of the rocket' }, userCall);
    const task = await space.tasks.create(
      { title: 'Buy rocket fuel', notes: 'kerosene', tags: ['space'], owner: 'Anna' },
      userCall,
    );
    const paper = await note('# Plan\n\nThe rocket flies at dawn.');
    const hits = await find('rocket');
    expect(hits.map(({ kind, id }) => ({ kind, id }))).toEqual(
      expect.arrayContaining([
        { kind: 'project', id: project.id },
        { kind: 'task', id: task.id },
        { kind: 'note', id: paper.id },
      ]),
    );
    expect(hits).toHaveLength(3);
    expect(await titles('kerosene')).toEqual(['Buy rocket fuel']);
    expect(await titles('anna')).toEqual(['Buy rocket fuel']);
  });

  test('ranks a title above a mention', async () => {
    await note('# Diary\n\nbudget budget budget and more words about the budget');
    await note('# Budget\n\nnumbers');
    expect(await titles('budget')).toEqual(['Budget', 'Diary']);
  });

  test('takes the last word for a beginning, and only the last', async () => {
    await note('# Marketing launch');
    expect(await titles('marketing lau')).toEqual(['Marketing launch']);
    expect(await titles('lau')).toEqual(['Marketing launch']);
    await note('# Mark launches');
    expect(await titles('mark launch')).toEqual(['Mark launches']);
    expect(await titles('mark launch ')).toEqual(['Mark launches']);
  });

  test('needs every word, and a phrase in its order', async () => {
    await note('# A\n\npress release of the year');
    await note('# B\n\nrelease the press');
    expect((await titles('press release')).toSorted()).toEqual(['A', 'B']);
    expect(await titles('"press release"')).toEqual(['A']);
    expect(await titles('“press release” year')).toEqual(['A']);
    expect(await titles('"press rel')).toEqual(expect.arrayContaining(['A', 'B']));
    expect(await titles('press absent')).toEqual([]);
  });

  test('narrows to tags', async () => {
    await note('# A #work\n\nplan');
    await space.tasks.create({ title: 'plan B', tags: ['work'] }, userCall);
    await note('# C #home\n\nplan');
    expect((await titles('plan #work')).toSorted()).toEqual(['A #work', 'plan B']);
    expect((await titles('#WORK')).toSorted()).toEqual(['A #work', 'plan B']);
    expect(await titles('#work #home')).toEqual([]);
    expect(await titles('#none')).toEqual([]);
  });

  test('marks what matched', async () => {
    await note(`# Title\n\n${'lorem '.repeat(50)}the needle here${' ipsum'.repeat(50)}`);
    const [hit] = await find('needl');
    expect(hit?.excerpt).toContain('the \u0002needle\u0003 here');
    expect(hit?.excerpt.length).toBeLessThan(200);
  });

  test('does not mind accents and letter case', async () => {
    await note('# Café Größe');
    expect(await titles('CAFE')).toEqual(['Café Größe']);
    expect(await titles('grosse')).toEqual([]);
    expect(await titles('größe')).toEqual(['Café Größe']);
  });

  test('finds Chinese, Japanese and Thai inside of a run, and parts of words where nothing else fits', async () => {
    await note('# 会議メモ\n\n来週の会議で予算を決める');
    await note('# 予算\n\n案');
    expect((await titles('予算')).toSorted()).toEqual(['予算', '会議メモ'].toSorted());
    expect((await find('会議で'))[0]?.excerpt).toContain('\u0002会議で\u0003');
    await note('# ไทย\n\nฉันรักภาษาไทยมาก');
    expect(await titles('ภาษาไทย')).toEqual(['ไทย']);
    await note('# Donaudampfschiff');
    expect(await titles('dampf')).toEqual(['Donaudampfschiff']);
    expect(await titles('100%_')).toEqual([]);
  });

  test('follows every change, and forgets what is in the trash', async () => {
    const task = await space.tasks.create({ title: 'alpha' }, userCall);
    await space.tasks.update({ id: task.id, patch: { title: 'beta' } }, userCall);
    expect([await titles('alpha'), await titles('beta')]).toEqual([[], ['beta']]);
    await space.tasks.remove({ ids: [task.id] }, userCall);
    expect(await titles('beta')).toEqual([]);
    await space.history.undo({}, userCall);
    expect(await titles('beta')).toEqual(['beta']);
    await space.history.undo({}, userCall);
    expect([await titles('alpha'), await titles('beta')]).toEqual([['alpha'], []]);
  });

  test('of very many matches shows those in titles first, and stays quick', async () => {
    const runId = newId();
    space.store.transact({ actor: 'agent', label: 'Many', runId }, (tx) => {
      const change = { store: space.store, tx, now: space.clock.now(), runId };
      addNote(change, { text: '# Common ground' });
      for (let index = 0; index < 4_200; index += 1) addNote(change, { text: `# Note ${index}\n\nsomething common` });
    });
    const hits = await find('comm');
    expect(hits).toHaveLength(30);
    expect(hits[0]?.title).toBe('Common ground');
    expect(hits[1]).toMatchObject({ title: 'Note 4199', excerpt: expect.stringContaining('\u0002common\u0003') });
    expect(await titles('common ground')).toEqual(['Common ground']);
  });

  test('gives no more than asked for', async () => {
    for (let index = 0; index < 40; index += 1) await space.tasks.create({ title: `same ${index}` }, userCall);
    expect(await find('same')).toHaveLength(30);
    expect(await find('same', 5)).toHaveLength(5);
  });
});

test.each([
  ['launch plan', '"launch" "plan"*'],
  ['launch plan ', '"launch" "plan"*'],
  ['launch plan.', '"launch" "plan"'],
  ['press r', '"press"'],
  ['r', '"r"'],
  ['"press release" now', '"press release" "now"*'],
  ['a "b c', '"a" "b"'],
  ['a OR b AND NOT c', '"a" "OR" "b" "AND" "NOT"'],
  ['title:x body:y* ^z NEAR(a b)', '"title" "x" "body" "y" "z" "NEAR" "a" "b"'],
  ['""', ''],
  ["'; drop table task; --", '"drop" "table" "task"'],
])('%j is asked as %j', (query, match) => {
  expect(readQuery(query).match).toBe(match);
});

test('any text is a query that fails nowhere', async () => {
  await note('# Seed "quoted" (text) * ^ col:on -minus AND OR NOT NEAR 会議 #tag');
  const syntax = fc.constantFrom(
    '"',
    '*',
    '(',
    ')',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'NEAR/2',
    ':',
    '^',
    '-',
    '+',
    '{',
    '}',
    'title',
    '#tag',
    '#',
    "'",
    ';',
    '--',
    '\0',
    '\ud800',
    '%',
    '_',
    '\\',
    '会議',
    'e\u0301',
    '\u0301',
    '🎉',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join(' ')),
        fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join('')),
        fc.string({ unit: 'binary', maxLength: 60 }),
      ),
      async (query) => {
        expect(Array.isArray(await find(query.slice(0, 1_000)))).toBe(true);
      },
    ),
    { numRuns: 1_500 },
  );
});
