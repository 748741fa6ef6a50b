import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toolContext } from '../../testing/tool-context.ts';
import { textCitations } from './citations.ts';
import { references } from './references.ts';
import { Numbered, type Source } from './source.ts';

const textOf = (source: Source): string | undefined => references([source]).references[0]?.text;

const paper: Source = {
  type: 'article-journal',
  title: 'On wind',
  author: [{ family: 'Doe', given: 'Jane Mary' }, 'Jan van der Berg', 'NASA'],
  issued: { 'date-parts': [[2020, 3, 1]] },
  'container-title': 'Nature',
  volume: 12,
  issue: '3',
  page: '4-5',
  DOI: 'https://doi.org/10.1000/182',
};
const page: Source = {
  title: 'A page?',
  url: 'https://example.org/x?utm_source=mail',
  byline: 'By Ada Lin, Bob Smith and the Agency',
  published: '2026-01-02T10:00:00Z',
  accessed: '2026-11-20',
  site: 'A Site',
};

describe('a reference', () => {
  it.each([
    ['a paper', paper, 'Doe JM, van der Berg J, NASA. On wind. Nature. 2020 Mar 1;12(3):4-5. doi:10.1000/182'],
    [
      'a page as it was read',
      page,
      'Lin A, Smith B, the Agency. A page? [Internet]. A Site; 2026 Jan 2 [cited 2026 Nov 20]. Available from: https://example.org/x?utm_source=mail',
    ],
    [
      'a page without anything',
      { title: 'T', url: 'https://example.org/', byline: null, site: null },
      'T [Internet]. Available from: https://example.org/',
    ],
    [
      'a book',
      { type: 'book', title: 'Wind', author: ['Ada Lin'], publisher: 'Press', issued: '1999' },
      'Lin A. Wind. Press; 1999.',
    ],
    ['a title alone', { title: 'Only a title' }, 'Only a title.'],
    ['a date in words', { title: 'T', published: 'last spring' }, 'T. last spring.'],
    ['a type that is none', { title: 'T', type: 'made-up', issued: '2020-05' }, 'T. 2020 May.'],
    ['an address that is none', { title: 'T', url: 'javascript:alert(1)' }, 'T.'],
    [
      'an organisation',
      { title: 'T', author: [{ literal: 'World Health Organization' }] },
      'World Health Organization. T.',
    ],
    [
      'many authors',
      { title: 'T', author: Array.from({ length: 9 }, (_, index) => `Ada L${index}`) },
      'L0 A, L1 A, L2 A, L3 A, L4 A, L5 A, et al. T.',
    ],
  ])('of %s', (_name, source, text) => {
    expect(textOf(source)).toBe(text);
  });

  it('of what looks like something to look up is not looked up', () => {
    expect(textOf({ title: '10.1000/182', DOI: '10.1000/182', URL: 'https://doi.org/10.1000/182' })).toBe(
      '10.1000/182 [Internet]. doi:10.1000/182',
    );
  });
});

describe('numbers', () => {
  it('are in the order given, and one for the same page', async () => {
    const sources = [
      page,
      paper,
      { title: 'Again', url: 'https://www.example.org/x#part' },
      paper,
      { title: 'Other', url: 'https://example.org/y' },
    ];
    const {
      markdown,
      numbers,
      references: list,
    } = Numbered.extend({ markdown: z.string() }).parse(
      await textCitations.call({ sources }, toolContext(textCitations)),
    );
    expect(numbers).toEqual([1, 2, 1, 2, 3]);
    expect(list.map(({ number, url }) => [number, url])).toEqual([
      [1, page.url],
      [2, null],
      [3, 'https://example.org/y'],
    ]);
    expect(markdown.split('\n').map((line) => line.slice(0, 5))).toEqual(['1. Li', '2. Do', '3. Ot']);
  });
});
