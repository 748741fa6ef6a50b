import { describe, expect, it } from 'vitest';
import { toolContext } from '../../testing/tool-context.ts';
import { textReadability } from './readability.ts';
import {
  automatedReadability,
  type Counts,
  colemanLiau,
  countsOf,
  flesch,
  fleschKincaid,
  gunningFog,
  smog,
  syllablesOf,
} from './scores.ts';

describe('formulas', () => {
  const counts: Counts = {
    sentences: 5,
    words: 100,
    letters: 480,
    syllables: 150,
    polysyllables: 12,
    complexWords: 10,
  };

  // By hand from the publications.
  it.each([
    ['Flesch', flesch, 206.835 - 20.3 - 126.9],
    ['Flesch-Kincaid', fleschKincaid, 7.8 + 17.7 - 15.59],
    ['Gunning fog', gunningFog, 12],
    ['SMOG', smog, 3.1291 + 1.043 * Math.sqrt(72)],
    ['ARI', automatedReadability, 22.608 + 10 - 21.43],
    ['Coleman-Liau', colemanLiau, 28.224 - 1.48 - 15.8],
  ])('%s', (_name, formula, expected) => {
    expect(formula(counts)).toBeCloseTo(expected, 6);
  });

  it('is 14.5 by Coleman and Liau for what their own example counts', () => {
    // 119 words, 5 sentences, 639 letters.
    expect(colemanLiau({ ...counts, words: 119, sentences: 5, letters: 639 })).toBeCloseTo(14.5, 1);
  });
});

describe('syllables', () => {
  const known: Readonly<Record<number, string>> = {
    1: 'cat the make walked strength eyes I one through 2026 friend sea',
    2: 'water table little wanted houses reading being quiet create people lion boxes creature NASA',
    3: 'beautiful banana customer area idea piano radio family video',
    4: 'experience information population variety January',
    5: 'university organisation',
  };
  const words = Object.entries(known).flatMap(([count, list]) =>
    list.split(' ').map((word): [string, number] => [word, Number(count)]),
  );

  it('are right for most words', () => {
    const wrong = words.filter(([word, count]) => syllablesOf(word) !== count);
    expect(wrong.map(([word]) => `${word} ${syllablesOf(word)}`)).toEqual([]);
  });
});

describe('counts', () => {
  it('are of words and sentences, not of marks, code and addresses', () => {
    const text =
      '# A title\n\nMr. Smith pays 3.50 dollars. See [the report](https://example.org/a.b) now!\n\n- one item\n- `code` two\n\n```\nlet x = 1;\n```\n';
    expect(countsOf(text)).toMatchObject({ words: 2 + 5 + 4 + 2 + 1 });
    expect(countsOf('It is so. Is it? Yes!')).toMatchObject({ sentences: 3, words: 6, letters: 13 });
    expect(countsOf("I don't know")).toMatchObject({ sentences: 1, words: 3 });
  });

  it('take names and endings for no complex words', () => {
    expect(countsOf('We met Alexander. Information expanded.')).toMatchObject({ polysyllables: 3, complexWords: 1 });
  });

  it('of the empty text are refused', async () => {
    await expect(textReadability.call({ text: ' \n# \n' }, toolContext(textReadability))).rejects.toMatchObject({
      code: 'TOOL_FAILED',
    });
  });
});

describe('the tool', () => {
  it('finds a text for children easier than one for lawyers, by every formula', async () => {
    const easy = 'The cat sat on the mat. It was a good cat. We like the cat a lot. It can run and jump.';
    const hard =
      'Notwithstanding any provision to the contrary contained elsewhere within this agreement, the undersigned representative acknowledges responsibility for indemnification obligations arising subsequently.';
    const [child, lawyer] = await Promise.all(
      [easy, hard].map((text) => textReadability.call({ text }, toolContext(textReadability))),
    );
    for (const grade of ['fleschKincaid', 'gunningFog', 'smog', 'automatedReadability', 'colemanLiau'])
      expect(Reflect.get(Object(lawyer), grade)).toBeGreaterThan(Reflect.get(Object(child), grade));
    expect(Reflect.get(Object(lawyer), 'flesch')).toBeLessThan(Reflect.get(Object(child), 'flesch'));
  });

  it('takes half a million characters in one go', async () => {
    const text = 'aeiou '.repeat(80_000);
    expect(await textReadability.call({ text }, toolContext(textReadability))).toMatchObject({
      counts: { words: 80_000 },
    });
  });
});
