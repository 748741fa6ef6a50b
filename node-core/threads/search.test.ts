import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ThreadRow } from './rows.ts';
import { systemClock } from '../common/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { createThreadBook, type NewItem, type ThreadBook } from './book.ts';
import { searchThreads } from './search.ts';

let opened: ReturnType<typeof openTestStore>;
let book: ThreadBook;
beforeEach(() => {
  opened = openTestStore();
  book = createThreadBook({ store: () => opened.store, clock: systemClock });
});
afterEach(() => opened.dispose());

const say = (role: NewItem['role'], text: string): NewItem => ({ type: 'message', role, text });
const chat = (title: string, items: readonly NewItem[] = [], more: Partial<ThreadRow> = {}) => {
  const { id } = book.create({ title, ...more });
  return { id, messages: book.append(id, null, items).map((item) => item.id) };
};
const find = (query: string, limit = 10) => searchThreads(opened.store, query, limit);

test('a chat is found once, by the newest message that has all the words, those called so first', () => {
  const said = chat('Trips', [
    say('user', 'When does the ferry to Calais leave?'),
    say('assistant', 'The Calais ferry leaves at noon.'),
    say('user', 'Thanks.'),
  ]);
  const titled = chat('Calais ferry');
  expect(find('calais fer').map(({ id }) => id)).toEqual([titled.id, said.id]);
  expect(find('calais fer')[0]).toMatchObject({ kind: 'chat', title: 'Calais ferry', excerpt: '' });
  expect(find('calais fer')[0]).not.toHaveProperty('messageId');
  expect(find('calais fer')[1]).toMatchObject({
    messageId: said.messages[1],
    excerpt: 'The \u0002Calais\u0003 ferry leaves at noon.',
  });
  expect(find('noon thanks')).toEqual([]);
  expect(find('calais', 1)).toHaveLength(1);
});

test('the trash, what programs said, instructions and tags are not found', () => {
  const { id } = chat('One', [say('system', 'Speak of whales.'), say('user', 'Hello whale')]);
  chat('Two', [say('user', 'A whale')], { origin: 'api' });
  const gone = chat('Three whales', [say('user', 'A whale')]);
  book.update(gone.id, { deletedAt: 1 });
  expect(find('whale').map((hit) => hit.id)).toEqual([id]);
  expect(find('speak whales')).toEqual([]);
  expect(find('#work whale')).toEqual([]);
});

test('any text is a query', () => {
  chat('A', [say('user', 'plain')]);
  for (const query of ['', ' ', '"', '*', '%', '_', "' or 1", 'NEAR(', 'a AND', '\0', '#', '\ud800'])
    expect(find(query).every(({ title }) => title === 'A')).toBe(true);
});

test('the place is shown where it stands, whatever its case and marks, in the beginning of a word first', () => {
  chat('A', [say('assistant', `${'é '.repeat(100)}a restart, then START of the Café ${'word '.repeat(100)}`)]);
  expect(find('start')[0]?.excerpt).toContain('\u0002START\u0003');
  const [{ excerpt } = { excerpt: '' }] = find('cafe');
  expect(excerpt).toContain('the \u0002Café\u0003 word');
  expect(excerpt).toMatch(/^….*…$/);
});
