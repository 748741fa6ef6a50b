import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rules } from './index.ts';

type Json = z.core.util.JSONType;

const today = '2026-05-04';
const decide = (name: string, input: Json): Json => {
  const rule = rules.get(name);
  if (!rule) throw new Error(`There is no rule ${name}.`);
  return rule.decide(input, { today }).value;
};

describe('schedule', () => {
  const Laid = z.object({
    steps: z.array(z.object({ due: z.iso.date(), dependsOn: z.array(z.number()), days: z.number() })),
    notices: z.array(z.string()),
  });
  const step = fc.record({
    title: fc.string({ minLength: 1, maxLength: 20 }),
    dependsOn: fc.array(fc.integer({ min: -3, max: 20 }), { maxLength: 5 }),
    days: fc.integer({ min: -2, max: 90 }),
  });
  const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

  it('keeps to dependencies, the deadline and weekdays, whatever the model wrote', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 15 }),
        fc.option(fc.integer({ min: 0, max: 300 })),
        (steps, inDays) => {
          const deadline =
            inDays === null ? null : new Date(Date.parse(today) + inDays * 86_400_000).toISOString().slice(0, 10);
          const laid = Laid.parse(decide('schedule', { steps, deadline }));
          expect(laid.steps).toHaveLength(steps.length);
          for (const [index, { due, dependsOn }] of laid.steps.entries()) {
            expect(due >= today).toBe(true);
            if (deadline !== null) expect(due <= deadline).toBe(true);
            // A weekend only where the deadline itself leaves no Monday.
            if (isWeekend(due))
              expect(deadline !== null && Date.parse(deadline) - Date.parse(due) < 2 * 86_400_000).toBe(true);
            for (const number of dependsOn) {
              expect(number >= 1 && number <= index).toBe(true);
              expect((laid.steps[number - 1]?.due ?? '') <= due).toBe(true);
            }
          }
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });

  it('puts the event on its day and what follows after it', () => {
    const steps = [
      { title: 'Test it', days: 5 },
      { title: 'Launch it', days: 1, dependsOn: [1] },
      { title: 'Look back', days: 3, dependsOn: [2] },
    ];
    const [before, event, after] = Laid.parse(
      decide('schedule', { steps, deadline: '2027-03-15', event: 'launch' }),
    ).steps;
    expect(before?.due && before.due < '2027-03-15').toBe(true);
    expect(event).toMatchObject({ due: '2027-03-15', dependsOn: [1] });
    expect(after?.due && after.due > '2027-03-15').toBe(true);
    expect(after?.dependsOn).toEqual([2]);
  });

  it('says that a deadline has passed', () => {
    expect(Laid.parse(decide('schedule', { steps: [{ title: 'A' }], deadline: '2026-01-01' })).notices).toHaveLength(1);
  });

  it('says that a deadline is on a weekend, or too near for the steps', () => {
    const steps = [
      { title: 'A', days: 5 },
      { title: 'B', days: 5, dependsOn: [1] },
    ];
    const noticesFor = (deadline: string) => Laid.parse(decide('schedule', { steps, deadline })).notices.join('\n');
    expect(noticesFor('2026-06-12')).toBe('');
    expect(noticesFor('2026-05-12')).toContain('10 working days');
    expect(noticesFor('2026-06-13')).toContain('on a weekend');
  });
});

describe('budget', () => {
  const Table = z.object({
    rows: z.array(z.object({ amount: z.number().nullable(), share: z.number() })),
    table: z.string(),
    notices: z.array(z.string()),
  });

  it('adds up to the sum to the cent, whatever the shares are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.array(fc.record({ item: fc.string({ minLength: 1 }), share: fc.integer({ min: 0, max: 100 }) }), {
          maxLength: 9,
        }),
        (cents, items) => {
          const total = cents / 100;
          const { rows } = Table.parse(decide('budget', { total, items }));
          const sum = rows.reduce((so, { amount }) => so + (amount ?? 0), 0);
          expect(Math.abs(sum - total)).toBeLessThan(0.005);
          for (const { amount } of rows) expect((amount ?? 0) >= 0).toBe(true);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });

  it('shows shares where no sum is named, and says so', () => {
    const { rows, notices, table } = Table.parse(decide('budget', {}));
    expect(rows.every(({ amount }) => amount === null)).toBe(true);
    expect(notices).toHaveLength(2);
    expect(table).toContain('| Reserve | 10 % |\n');
    expect(table).not.toContain('Amount');
  });
});

describe('sources', () => {
  const found = (urls: readonly string[]) => ({
    results: urls.map((url) => ({ title: url, url, snippet: 'What it is about.' })),
  });
  const urls = (value: Json) =>
    z
      .object({ sources: z.array(z.object({ number: z.number(), url: z.string() })) })
      .parse(value)
      .sources.map(({ url }) => url);

  it('takes each page once, those that a person named first, then in turn of the searches', () => {
    const value = decide('sources', {
      found: [
        found(['https://www.a.example/x/?utm_source=mail', 'https://b.example/']),
        null,
        found([
          'http://a.example/x#part',
          'https://c.example/?b=2&a=1',
          'ftp://d.example/',
          'https://c.example/?a=1&b=2',
        ]),
      ],
      links: 'See https://n.example/page, and b.example',
    });
    expect(urls(value)).toEqual([
      'https://n.example/page',
      'https://www.a.example/x/?utm_source=mail',
      'https://b.example/',
      'https://c.example/?b=2&a=1',
    ]);
  });

  it('says that there are none, and what to do', () => {
    expect(decide('sources', { found: null })).toMatchObject({
      sources: [],
      notices: [expect.stringContaining('set up a search engine')],
    });
  });

  it('makes do with what the search said of a page that could not be read', () => {
    const sources = [1, 2, 3].map((number) => ({
      number,
      title: `T${number}`,
      url: `https://${number}.example`,
      snippet: number === 3 ? 'Short.' : 'The search says that this page is about bees.',
    }));
    expect(
      decide('pages', { sources, pages: [{ title: 'Read', text: 'x'.repeat(9_000) }, null, null], maxChars: 500 }),
    ).toMatchObject({
      pages: [
        { number: 1, title: 'Read', isRead: true },
        { number: 2, text: sources[1]?.snippet, isRead: false },
      ],
      notices: ['1 of 2 pages could not be read; only what the search said of them is used.'],
    });
  });
});

describe('facts', () => {
  const pages = [
    {
      number: 1,
      title: 'Bees',
      url: 'https://a.example',
      text: 'Bees sleep at night in the hive. They dance to tell where the flowers are. Honey keeps for years.',
    },
  ];
  const Facts = z.object({
    facts: z.array(z.object({ claim: z.string(), source: z.number() })),
    notices: z.array(z.string()),
  });

  it('leaves out what quotes something that is not there, and says how much', () => {
    const points = [
      { claim: 'They sleep.', quote: 'bees sleep at night' },
      { claim: 'They read.', quote: 'Bees read at night in the hive.' },
    ];
    const { facts, notices } = Facts.parse(decide('facts', { topic: 'bees', pages, answers: [{ points }] }));
    expect(facts).toEqual([{ claim: 'They sleep.', source: 1 }]);
    expect(notices[0]).toContain('1 statements were left out');
  });

  it('takes the page’s own sentences where no model has read it', () => {
    const { facts } = Facts.parse(decide('facts', { topic: 'how bees dance', pages, answers: null }));
    expect(facts.map(({ claim }) => claim)).toContain('They dance to tell where the flowers are.');
  });
});

describe('an article', () => {
  const pages = [
    {
      number: 1,
      title: 'Bees',
      url: 'https://a.example',
      text: 'Bees visit 40 flowers on each flight. The hive is warm.',
    },
    { number: 2, title: 'Honey', url: 'https://b.example', text: 'Honey keeps for years in a closed jar.' },
  ];
  const sections = [
    {
      heading: 'Bees',
      text: 'Bees visit 40 flowers on a flight [1]. Bees visit 90 flowers on a flight [1].',
      facts: '',
      isDraft: true,
    },
    { heading: 'Honey', text: 'Honey keeps for years in a jar [2].', facts: '', isDraft: true },
  ];
  const check = (given: readonly Json[]) => {
    const claims = decide('claims', { sections: [...given], pages });
    return {
      claims,
      checked: z
        .object({ problems: z.array(z.json()), verdicts: z.array(z.json()), wrong: z.number() })
        .parse(decide('fact-check', { sections: [...given], claims, answers: null, pages })),
    };
  };
  const text = (value: Json) => z.object({ body: z.string(), notices: z.array(z.string()) }).parse(value);

  it('keeps no statement that its source does not support', () => {
    const { checked } = check(sections);
    expect(checked.wrong).toBe(1);
    const kept = text(
      decide('revised-article', { title: 'On bees', sections, ...checked, revisions: null, pages, words: 12 }),
    );
    expect(kept.body).toContain('40 flowers');
    expect(kept.body).not.toContain('90 flowers');
    expect(kept.notices[0]).toContain('Left out');
  });

  it('takes a revision, and checks that as well', () => {
    const { checked } = check(sections);
    const revisions = [
      '## Bees\n\nBees visit 40 flowers on each flight [1]. They visit 77 flowers at home [1]. Nobody knows why.',
    ];
    const kept = text(
      decide('revised-article', { title: 'On bees', sections, ...checked, revisions, pages, words: 20 }),
    );
    expect(kept.body).toContain('Nobody knows why.');
    expect(kept.body).not.toContain('77');
    expect(kept.body.match(/## Bees/gu)).toHaveLength(1);
  });

  it('gives a number its source, throws out one that none has, and numbers sources as they are cited', () => {
    const drafts = [
      'Honey keeps for years in a jar [2]. In a flight of bees are 40 flowers.',
      'There are 512 sorts of it.',
    ];
    const planned = [{ heading: 'One' }, { heading: 'Two' }];
    const written = z
      .object({ sections: z.array(z.json()) })
      .parse(decide('article', { sections: planned, drafts, pages }));
    const { checked } = check(written.sections);
    expect(checked.verdicts).toMatchObject([
      { sentence: 'Honey keeps for years in a jar [2].', supported: true },
      { sentence: 'In a flight of bees are 40 flowers [1].', supported: true },
      { sentence: 'There are 512 sorts of it.', supported: false, reason: 'It names a number and no source.' },
    ]);
    const kept = z.object({ body: z.string(), sources: z.array(z.json()), notices: z.array(z.string()) }).parse(
      decide('revised-article', {
        title: 'T',
        intro: 'They say 99 percent [1].',
        sections: written.sections,
        ...checked,
        revisions: null,
        pages,
        words: 15,
      }),
    );
    expect(kept.body).toBe(
      '# T\n\n## One\n\nHoney keeps for years in a jar [1]. In a flight of bees are 40 flowers [2].',
    );
    expect(kept.sources).toMatchObject([
      { number: 1, url: 'https://b.example' },
      { number: 2, url: 'https://a.example' },
    ]);
    expect(kept.notices).toEqual([
      'Left out, because its source does not say so: “There are 512 sorts of it.”',
      'Left out, because its source does not say so: “They say 99 percent [1].”',
    ]);
  });

  it('asks for a revision where it is too short or its language is at fault, and keeps one that loses no source', () => {
    const grammar = [
      { start: 31, end: 33, problem: 'is is', message: 'Twice.', kind: 'Repetition', suggestions: ['is'] },
      { start: 0, end: 4, problem: 'Bees', message: 'Unknown.', kind: 'Spelling', suggestions: [] },
      { start: 0, end: 4, problem: 'Bees', message: 'Taste.', kind: 'Style', suggestions: [] },
    ];
    const filler = 'It is said in plain words that they do so. '.repeat(4);
    const short = [
      { heading: 'Bees', text: `Bees visit flowers [1]. That it is is so. ${filler}`.trim(), facts: '', isDraft: true },
      { heading: 'Honey', text: 'Honey keeps for years [2].', facts: '', isDraft: true },
    ];
    const claims = decide('claims', { sections: short, pages });
    const judged = z
      .object({
        problems: z.array(z.looseObject({ section: z.number(), faults: z.string() })),
        verdicts: z.array(z.json()),
        language: z.array(z.json()),
      })
      .parse(decide('fact-check', { sections: short, claims, answers: null, pages, words: 80, grammar }));
    expect(judged.problems.map(({ section, faults }) => [section, faults])).toEqual([
      [0, '- “is is”: Twice. (is)'],
      [1, expect.stringMatching(/^- It has 4 words, and about 40 are wanted/u)],
    ]);
    const revise = (revisions: string[]) =>
      text(
        decide('revised-article', {
          title: 'T',
          sections: short,
          ...judged,
          problems: z.json().parse(judged.problems),
          revisions,
          pages,
          words: 80,
        }),
      );
    const lost = revise(['Bees do so.', 'Honey keeps for years.']);
    expect(lost.body).toContain('That it is is so.');
    expect(lost.notices.at(-1)).toBe('1 possible faults of language are left: “is is”: Twice. (is)');
    expect(revise(['Bees visit flowers [1]. So it is.', 'Honey keeps for years in a closed jar [2].']).body).toBe(
      '# T\n\n## Bees\n\nBees visit flowers [1]. So it is.\n\n## Honey\n\nHoney keeps for years in a closed jar [2].',
    );
  });

  it('ends with its references, in which no title is markup', () => {
    const references = [
      {
        number: 1,
        text: 'A_b [x](http://evil.example) [[y]] [Internet]. Available from: https://a.example/a_b',
        url: 'https://a.example/a_b',
      },
    ];
    const given = { body: '# T\n\nSo [1].', sources: [{ number: 1, title: 'A', url: 'https://a.example/a_b' }] };
    expect(decide('article-text', { ...given, references, flesch: 12, notices: [null, ['Short.']] })).toMatchObject({
      text: '# T\n\nSo [1].\n\n## Sources\n\n1. A\\_b [x\\](http://evil.example) \\[[y]] [Internet]. Available from: <https://a.example/a_b>\n\n## About this text\n\n- Short.\n- The text is very hard to read (Flesch 12; 60 and more is plain).\n',
    });
    expect(decide('article-text', given)).toMatchObject({
      text: '# T\n\nSo [1].\n\n## Sources\n\n1. [A](<https://a.example/a_b>)\n',
    });
  });

  it('gives facts that no section names to the nearest, and each section its share of the words', () => {
    const facts = [
      { id: 1, claim: 'Bees visit flowers.', quote: 'q', source: 1 },
      { id: 2, claim: 'Honey keeps.', quote: 'q', source: 2 },
    ];
    const value = decide('outline', {
      topic: 'bees',
      words: 1_000,
      facts,
      pages,
      outline: {
        title: 'On bees',
        sections: [
          { heading: '1. Flowers', facts: [9] },
          { heading: 'Honey in jars', facts: [] },
        ],
      },
    });
    expect(value).toMatchObject({
      title: 'On bees',
      sections: [
        { heading: 'Flowers', words: 460, sources: [1] },
        { heading: 'Honey in jars', words: 460, sources: [2] },
      ],
    });
  });
});

describe('meeting items', () => {
  const transcript =
    'Weekly, 2026-05-04\nAna: We take the red one.\nBo: I will write the report\nby Friday, I promise.\nAna: Great.';
  const Items = z.object({
    actions: z.array(
      z.looseObject({
        title: z.string(),
        line: z.number(),
        due: z.string().nullable(),
        priority: z.number(),
        remindOn: z.array(z.string()),
      }),
    ),
    notices: z.array(z.string()),
  });

  it('finds the line of a quote, the day of a phrase, and how much it presses', () => {
    const found = {
      decisions: [],
      actions: [
        { task: 'Write the report', owner: 'Bo', due: 'by Friday', quote: 'I will write the report by Friday' },
        { task: 'Fly to the moon', owner: 'Bo', due: null, quote: 'I will fly to the moon' },
      ],
    };
    const { actions, notices } = Items.parse(decide('meeting-items', { transcript, found }));
    expect(actions).toMatchObject([
      { title: 'Write the report', line: 3, due: '2026-05-08', priority: 2, remindOn: ['2026-05-07'] },
    ]);
    expect(notices).toEqual(['1 findings were left out, because what they quote was not said.']);
  });

  it('refuses what is no text', () => {
    expect(() => decide('meeting-items', { transcript: '\u0001\u0002\u0003\u0004\u0005' })).toThrow(/not text|empty/);
  });
});

describe('themes', () => {
  const subjects: Readonly<Record<string, string>> = {
    garden: 'tomatoes soil compost watering seeds greenhouse pruning mulch',
    money: 'invoice taxes savings insurance mortgage salary pension receipts',
    guitar: 'chords strings amplifier practice melody rhythm concert tuning',
    travel: 'flight passport hotel luggage museum visa train itinerary',
  };
  const notes = Object.entries(subjects).flatMap(([subject, words]) => {
    const list = words.split(' ');
    return Array.from({ length: 15 }, (_, index) => ({
      id: `${subject}-${index}`,
      title: `${list[index % 8]} ${index}`,
      text: `Remember ${list[index % 8]}, ${list[(index + 1) % 8]} and ${list[(index + 3) % 8]} for the ${subject}.`,
      tags: [],
    }));
  });
  const Themes = z.object({
    themes: z.array(
      z.looseObject({ name: z.string(), notes: z.array(z.object({ id: z.string(), title: z.string() })) }),
    ),
    alone: z.array(z.json()),
  });

  it('puts 60 mixed notes together by what they are about', () => {
    const mixed = notes.toSorted((a, b) => (a.id.split('-')[1] ?? '').localeCompare(b.id.split('-')[1] ?? ''));
    const { themes } = Themes.parse(decide('themes', { notes: mixed }));
    const placed = themes.flatMap((theme) => theme.notes);
    const pure = themes.reduce((sum, theme) => {
      const counts = Object.keys(subjects).map(
        (subject) => theme.notes.filter(({ id }) => id.startsWith(subject)).length,
      );
      return sum + Math.max(...counts);
    }, 0);
    expect(placed.length).toBeGreaterThanOrEqual(57);
    expect(pure / placed.length).toBeGreaterThanOrEqual(0.95);
    expect(new Set(themes.map(({ name }) => name)).size).toBe(themes.length);
    expect(decide('themes', { notes: mixed })).toEqual(decide('themes', { notes: mixed }));
  });

  it('has nothing to say on few notes, or on none', () => {
    for (const few of [
      [],
      notes.slice(0, 1),
      [
        { id: 'a', title: '', text: '', tags: [] },
        { id: 'b', title: '🙂', text: '…', tags: [] },
      ],
    ])
      expect(Themes.parse(decide('themes', { notes: few })).themes).toEqual([]);
    expect(decide('knowledge-graph', { notes: [] })).toMatchObject({ edges: [] });
    expect(decide('taxonomy', { themes: [], notes: [] })).toMatchObject({
      summary: '0 notes without a theme in common.',
    });
  });

  it('names a theme as the model does, unless that is no name', () => {
    const { themes } = Themes.parse(decide('themes', { notes }));
    const names = themes.map((_, index) =>
      index === 0 ? { name: 'Things that grow.' } : index === 1 ? { name: 'x'.repeat(60) } : null,
    );
    const value = z
      .object({ themes: z.array(z.object({ name: z.string(), tag: z.string() })) })
      .parse(decide('taxonomy', { themes: z.json().parse(themes), notes, names }));
    expect(value.themes[0]).toMatchObject({ name: 'Things that grow', tag: 'things-that-grow' });
    expect(value.themes[1]?.name).toBe(themes[1]?.name);
  });
});

describe('proposals', () => {
  const note = (id: string, text: string) => ({ id, title: id, text, tags: [] });
  const long = (word: string) =>
    Array.from({ length: 12 }, (_, index) => `The ${word} of ${word}${index} is ${word}.`).join(' ');

  it('merges what says the same and loses no line', () => {
    const [proposal] = z.array(z.looseObject({ ids: z.array(z.string()), text: z.string() })).parse(
      decide('merge-proposals', {
        notes: [
          note('a', '# Key\n\nIt hangs behind the blue door.\n\nAsk Tom.'),
          note('b', '# Key\n\nIt hangs behind the blue door.\n\nThe spare one is lost.'),
          note('c', 'Something else about trains.'),
        ],
      }),
    );
    expect(proposal?.ids.toSorted()).toEqual(['a', 'b']);
    for (const line of ['It hangs behind the blue door.', 'Ask Tom.', 'The spare one is lost.'])
      expect(proposal?.text.split(line)).toHaveLength(2);
  });

  it('keeps the oldest of those that it merges, one title, and of sentences that say the same the fuller', () => {
    const merged = (...texts: string[]) =>
      z.array(z.looseObject({ ids: z.array(z.string()), text: z.string() })).parse(
        decide('merge-proposals', {
          notes: texts.map((text, index) => ({ ...note(`id ${index}`, text), title: 'Key' })).toReversed(),
        }),
      );
    const [doctor] = merged(
      '# Doctor\n\nDr Weber on Tuesday at 10:30. Bring the insurance card. It does not hurt.\n\n- Ask about the knee',
      '# Doctor 2\n\nBring the insurance card and the old X-ray. Dr Weber, Tuesday at 10:30. It does hurt. It costs 40 euros.\n\n- ask about the knee\n- Ask about the back',
    );
    expect(doctor?.ids).toEqual(['id 0', 'id 1']);
    expect(doctor?.text).toBe(
      '# Doctor\n\nDr Weber on Tuesday at 10:30. Bring the insurance card and the old X-ray. It does not hurt.\n\n- Ask about the knee\n\nIt does hurt. It costs 40 euros.\n\n- Ask about the back\n',
    );
    const said = 'The recipe is in the book of Anna, under bread.';
    const linked = 'The recipe is in [[the book]] of Anna.';
    expect(merged(`# Key\n\n${said}`, `# Key\n\n${linked}`)[0]?.text).toBe(`# Key\n\n${said}\n\n${linked}\n`);
    const same = 'Crust dark and crisp, crumb even, steam for 12 minutes.';
    const [rye] = merged(
      `# Rye loaf\n\n${same}\n\n- [ ] Order the flour`,
      `# Bread: the recipe\n\n${same} Salt 2.1 %.\n\n## Where\n\n${same}\n\n- [x] Order the flour`,
    );
    expect(rye?.text).toBe(
      `# Rye loaf\n\n${same}\n\n- [ ] Order the flour\n\n## Bread: the recipe\n\nSalt 2.1 %.\n\n## Where\n\n- [x] Order the flour\n`,
    );
  });

  it('merges long notes in good time, with each line of theirs', () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `The ${word} ${index} is a line.`);
    const text = (word: string) => [...lines('first'), ...lines(word)].join('\n');
    const [proposal] = z
      .array(z.looseObject({ text: z.string() }))
      .parse(decide('merge-proposals', { notes: [note('a', text('second')), note('b', text('third'))] }));
    const there = new Set(proposal?.text.split('\n'));
    expect([...lines('first'), ...lines('second'), ...lines('third')].every((line) => there.has(line))).toBe(true);
    expect(there.size).toBeLessThanOrEqual(60_002);
  });

  it('splits a note of several subjects only', () => {
    const two = note('two', `# Trains\n\n${long('train')}\n\n# Soup\n\n${long('soup')}`);
    const one = note('one', `# Trains\n\n${long('train')}\n\n# More trains\n\n${long('train')}`);
    const short = note('short', '# A\n\nLittle.\n\n# B\n\nLittle.');
    expect(decide('split-proposals', { notes: [two, one, short] })).toMatchObject([
      { id: 'two', texts: [expect.stringMatching(/^# Trains\n/u), expect.stringMatching(/^# Soup\n/u)] },
    ]);
  });
});

describe('deck', () => {
  const evidence = () =>
    z
      .object({
        sections: z.array(z.looseObject({ id: z.string() })),
        sources: z.array(z.json()),
        notices: z.array(z.string()),
      })
      .parse(
        decide('evidence', {
          company: 'Acme, founders of tools',
          given: ['Revenue is 12,000 EUR a month.', null],
          found: [
            { passages: [{ noteId: 'n', title: 'Team', text: 'Three founders with 20 years of experience.' }] },
            null,
          ],
        }),
      );

  it('says of each number where it comes from, and of which it does not know', () => {
    const { sections, sources, notices } = evidence();
    expect(notices[0]).toMatch(/^Nothing is known for: .*Market/);
    const slides = sections.map(({ id }) =>
      id === 'financials'
        ? { headline: 'Money', bullets: ['12.000 EUR a month', 'Soon 99,000 EUR'] }
        : { headline: 'None', bullets: [] },
    );
    const value = z
      .object({
        text: z.string(),
        numbers: z.array(z.looseObject({ value: z.string(), source: z.number().nullable() })),
        notices: z.array(z.string()),
      })
      .parse(decide('deck', { company: 'Acme', sections: z.json().parse(sections), slides, sources }));
    expect(value.text).toContain('- Soon 99,000 EUR (no source)');
    expect(value.notices).toContain('No source has the numbers of: “Soon 99,000 EUR”. Check them or leave them out.');
    expect(value.text).toContain('Note: Team');
  });
});

describe('what is connected', () => {
  const searched = { name: 'Balkon', from: '2026-02-03', to: '2026-05-04' };
  const connected = {
    github: {
      repository: 'balkon/app',
      url: 'https://github.com/balkon/app',
      description: 'A planner for balconies.',
      numbers: [
        { what: 'stars', value: 1_204, url: 'https://github.com/balkon/app/stargazers' },
        { what: 'open issues', value: 7, url: 'https://github.com/balkon/app/issues' },
        { what: 'closed issues', value: 120, url: 'https://github.com/balkon/app/issues' },
        { what: 'forks', value: 0, url: 'https://github.com/balkon/app/forks' },
      ],
      latestRelease: { name: 'v2', at: '2026-04-01', url: 'https://github.com/balkon/app/releases/tag/v2' },
    },
    readme: null,
    calendar: {
      events: [
        { title: 'Demo at Migros', start: '2026-04-02T10:00:00+02:00', description: '' },
        { title: 'Call', start: '2026-04-03', description: 'about BALKON' },
        { title: 'Dentist', start: '2026-04-04', description: '' },
      ],
    },
    mail: [
      {
        from: 'Eve <eve@shop.example>',
        subject: 'Order',
        date: '2026-04-05T08:00:00Z',
        text: 'We order 300 planners from Balkon.\n> We offer 900 planners.',
      },
      null,
    ],
    slack: { messages: [] },
    notion: { pages: [{ title: 'Numbers', url: 'https://notion.so/1', text: 'Churn of customers is 2 percent.' }] },
    tasks: {
      items: [
        { kind: 'task', id: 't', title: 'Sign the pilot', text: '', status: 'done', doneAt: Date.parse('2026-03-01') },
      ],
    },
  };
  const Evidence = z.object({
    sources: z.array(z.looseObject({ number: z.number(), title: z.string(), url: z.string(), text: z.string() })),
    sections: z.array(z.looseObject({ id: z.string(), evidence: z.string() })),
    looked: z.array(z.string()),
  });

  it('becomes statements with their address or title, and nothing that was only answered to', () => {
    const { sources, sections, looked } = Evidence.parse(
      decide('evidence', { company: 'Balkon', given: [], searched, connected }),
    );
    expect(sources.map(({ title, url }) => [title, url])).toEqual([
      ['balkon/app on GitHub', 'https://github.com/balkon/app'],
      ['balkon/app on GitHub: stars', 'https://github.com/balkon/app/stargazers'],
      ['balkon/app on GitHub: open issues and closed issues', 'https://github.com/balkon/app/issues'],
      ['Calendar, 2026-02-03 to 2026-05-04', ''],
      ['Mail: Order, Eve <eve@shop.example>, 2026-04-05', ''],
      ['Notion: Numbers', 'https://notion.so/1'],
      ['Task: Sign the pilot', ''],
    ]);
    const traction = sections.find(({ id }) => id === 'traction')?.evidence ?? '';
    expect(traction).toContain('- balkon/app has 1,204 stars on GitHub, as of 2026-05-04. [2]');
    expect(traction).toContain('- 2 entries of the calendar from 2026-02-03 to 2026-05-04 are about Balkon');
    expect(traction).toContain('Done on 2026-03-01: Sign the pilot. [7]');
    expect(JSON.stringify(sources)).not.toMatch(/900|Dentist|forks/u);
    expect(looked).toEqual(['GitHub: 3', 'Calendar: 1', 'Mail: 1', 'Notion: 1', 'Tasks: 1']);
  });

  it('is given as the source of each number, also of one that a model put under another', () => {
    const { sources, sections } = Evidence.parse(
      decide('evidence', { company: 'Balkon', given: ['Ask: 250,000 EUR'], searched, connected }),
    );
    const slides = sections.map(({ id }) =>
      id === 'traction'
        ? { headline: '1,204 stars', bullets: ['1,204 stars and 120 closed issues [1]', 'Ordered by 4 shops'] }
        : { headline: 'None', bullets: [] },
    );
    const { text, numbers } = z.object({ text: z.string(), numbers: z.array(z.unknown()) }).parse(
      decide('deck', {
        company: 'Balkon',
        narrative: 'Balconies are small. Balkon asks for 250,000 EUR.',
        sections: z.json().parse(sections),
        slides,
        sources: z.json().parse(sources),
      }),
    );
    expect(text).toContain('Balconies are small. Balkon asks for 250,000 EUR. [1]');
    expect(text).toContain('# Traction: 1,204 stars [3]');
    expect(text).toContain('- 1,204 stars and 120 closed issues [1] [3] [4]');
    expect(text).toContain('- Ordered by 4 shops (no source)');
    expect(text).toContain('[balkon/app on GitHub: stars](<https://github.com/balkon/app/stargazers>)');
    expect(numbers).toContainEqual({ value: '120', slide: 'Traction', source: 4 });
    expect(numbers).toContainEqual({ value: '1,204', slide: 'Traction', source: 3 });
    expect(numbers).toContainEqual({ value: '4', slide: 'Traction', source: null });
  });

  it('lets no place crowd the others out, and takes many statements at once', () => {
    const text = Array.from(
      { length: 5_000 },
      (_, index) => `Revenue of shop ${index} grew by ${index + 10} percent.`,
    ).join('\n');
    const given = { company: 'Balkon', given: [], searched, notes: [{ id: 'n', title: 'Shops', text }] };
    const traction = (value: Json) =>
      Evidence.parse(value)
        .sections.find(({ id }) => id === 'traction')
        ?.evidence.split('\n') ?? [];
    expect(traction(decide('evidence', given))).toHaveLength(8);
    const both = traction(decide('evidence', { ...given, connected }));
    expect(both).toHaveLength(8);
    expect(both.filter((line) => !line.includes('Revenue of shop')).length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['Balkon, a planner for balconies', 'Balkon'],
    ['Bean Mail is coffee by post', 'Bean Mail'],
    ['Acme – tools', 'Acme'],
    ['  Solo ', 'Solo'],
  ])('is looked for by a name: %s', (company, name) => {
    expect(decide('pitch-search', { company })).toEqual({ name, from: '2026-02-03', to: '2026-05-04' });
  });
});

describe('texts', () => {
  it('leaves out what is not there, and lets no title of a source break its link', () => {
    const value = decide('document', {
      title: 'A\nB',
      sections: [
        { heading: 'Empty', text: null },
        { heading: 'List', text: ['one', 'two\nlines'] },
      ],
      sources: [{ number: 1, title: 'x](javascript:alert(1))', url: 'https://a.example/<b>' }],
    });
    expect(value).toBe(
      '# A B\n\n## List\n\n- one\n- two lines\n\n## Sources\n\n1. [x\\](javascript:alert(1))](<https://a.example/%3Cb%3E>)\n',
    );
  });

  it('says something only where it is so', () => {
    expect(decide('say', { unless: null, text: 'Missing.' })).toEqual({ notices: ['Missing.'] });
    expect(decide('say', { unless: 'here', text: 'Missing.' })).toEqual({ notices: [] });
  });

  it('takes each entry of a list once', () => {
    expect(decide('list', { items: ['a', 'A ', null, '', ['b', { c: 1 }], { c: 1 }] })).toEqual(['a', 'b', { c: 1 }]);
  });
});
