import { describe, expect, it } from 'vitest';
import { figuresIn, figuresOfCited, knownIn } from './figures.ts';

const written = (text: string): string[] => figuresIn(text).map((figure) => figure.written);
const missing = (text: string, ...sources: string[]): string[] => {
  const known = knownIn(sources);
  return figuresOfCited(text).flatMap((figure) => (known.has(figure) ? [] : [figure.written]));
};

describe('numbers that a source has to bear out', () => {
  it.each([
    ['Profit was 8 million euros.', ['8 million euros']],
    ['It fell to 2.4 percent, or 3,5 %.', ['2.4 percent', '3,5 %']],
    ['It costs €5 or USD 7, weighs 4 kg and takes 3-4 days.', ['€5', 'USD 7', '4 kg', '3', '4 days']],
    [
      'A 3-year plan for 5m people, ten thousand shops and two percent.',
      ['3-year', '5m', 'ten thousand', 'two percent'],
    ],
    ['In mid-2024 the F-16 flew.', ['2024']],
    ['Since the 1990s, on 12 May 1937, at 9:30.', ['1990', '12', '1937', '30']],
    ['2.1 million came.', ['2.1 million']],
    ['Version 2.4 follows 2.3.1 and v1.9.', ['2.4', '2.3.1', '1.9']],
    ['Ein Plan mit 3 Millionen Euro und 5 Prozent in 6 Wochen.', ['3 Millionen Euro', '5 Prozent', '6 Wochen']],
  ])('%s', (text, figures) => {
    expect(written(text)).toEqual(figures);
  });

  it.each([
    'There are 3 reasons, 2 of them new, and 1 exception.',
    '1. First\n2) Second\n12. Twelfth\n- 4. Fourth\n## 2.1 Heading\n### 11 Another',
    'It is so [3] and [12, 14–16].',
    'In Q3 a B2B firm sold 3D printers with 5G and COVID-19 tests of type A4 around the clock, 24/7.',
    'He was 1st, she 2nd, in the 21st century.',
    'See [the page](https://a.example/2024/77) or https://a.example/p?id=99.',
    'See Figure 4.2, section 2.1, step 12 and page 40.',
    'Half of them waited a month, one day, two weeks, or some days.',
    'Two people and seven countries.',
    '- [ ] Write to 3 banks',
  ])('none: %s', (text) => {
    expect(written(text)).toEqual([]);
  });
});

describe('a number is missing', () => {
  it.each([
    ['Profit was 8 million euros.', 'A profit of 3 million euros with 8 shops and 8 percent more staff.'],
    ['It fell to 2.4 percent.', 'It fell to 4.2 percent.'],
    ['It grew by 9.5 percent.', 'It grew by 5.9 percent.'],
    ['It has 5 million users.', 'It has four million users in 5 countries.'],
    ['It has 5 million users.', 'It has 5,200 users.'],
    ['It takes 4 weeks.', 'It takes 4 days and six weeks of rest.'],
    ['It takes eight weeks.', 'It takes six weeks.'],
    ['It costs $5.', 'It costs 5 euros.'],
    ['It weighs 9 kg.', 'It weighs 7 kg.'],
    ['About 8 million came.', 'There came 5.9 million.'],
    ['More than 60 percent agreed.', 'Of them 54 percent agreed.'],
    ['It was closed in 1989.', 'It was closed in 1998.'],
    ['Update to 2.4.1.', 'Update to 2.4.0.'],
    ['A third of 12 percent.', 'A tenth of them.'],
  ])('%s | %s', (text, source) => {
    expect(missing(text, source)).toHaveLength(1);
  });

  it.each([
    ['Profit was 3 million euros.', 'Profit: €3m'],
    ['Profit was 3.4 million euros.', '| Profit (EUR million) | 3.4 |'],
    ['It made EUR 3,400,000.', 'It made 3.4 million euros.'],
    ['Revenue went up to 5 million euros, from 3 million.', 'Revenue rose from 3 to 5 million euros.'],
    ['It grew by 4%.', 'It grew by four percent.'],
    ['It grew by 4 percent.', '| Growth in percent | 4 |'],
    ['It grew by 50 percent.', 'It grew by half.'],
    ['It grew by about 6 percent.', 'It grew by 5.9 percent.'],
    ['More than 2,000 came.', 'There came 2,400.'],
    ['It takes 90 minutes.', 'It takes 1.5 hours.'],
    ['It takes 2 years, or 14 days.', 'It takes 24 months, or two weeks.'],
    ['It takes 1 week.', 'It takes a week.'],
    ['It is a 5-year plan.', 'The plan is for five years.'],
    ['The 5 m wall.', 'A wall of 5 metres.'],
    ['It has 5m users.', 'It has 5 million users.'],
    ['Half a million came, 500,000 in all.', 'Half a million came.'],
    ['On 30 June 2026, at 9.30 pm.', 'Due 2026-06-30, at 9:30 pm'],
    ['On 30 June 2026.', 'Am 30.06.2026'],
    ['There are 1,250.', 'Es sind 1.250.'],
    ['There are 2400 at 20 degrees.', 'There are 2 400 at 20 °C.'],
    ['It cost 12.', 'It cost EUR 12.'],
    ['The version 2.4 is out.', 'v2.4 is out.'],
    ['It opened in 2020 310 days later.', 'It opened in 2020, 310 days later.'],
  ])('not: %s | %s', (text, source) => {
    expect(missing(text, source)).toEqual([]);
  });
});

it('reads a hostile page as fast as any', () => {
  // Tried in every way, the first takes minutes and the second ten seconds.
  for (const piece of ['\n \n* ', '](', 'A-', '1.', "1'", '5 million ', 'half of a '])
    expect(figuresIn(`${piece.repeat(50_000)} 7.5`).length).toBeGreaterThan(0);
});

it('reads a book in the time of a page', () => {
  const source =
    'In 2020 the 3 mills of A-12 made 4.5 million tonnes, a third more than in the year before, for EUR 12 each. '.repeat(
      2_000,
    );
  expect(missing('They made 4.5 million tonnes, not 7 million tonnes.', source, `${'1 '.repeat(50_000)}`)).toEqual([
    '7 million tonnes',
  ]);
  expect(missing(`${'9'.repeat(50_000)} ${'A-'.repeat(20_000)}`, 'x')).toHaveLength(1);
});
