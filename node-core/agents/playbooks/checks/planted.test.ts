import { expect, it } from 'vitest';
import { z } from 'zod';
import { rules } from '../rules/index.ts';
import { checks } from './index.ts';

type Json = z.core.util.JSONType;

const today = '2026-05-04';
const faults = (name: string, value: Json, options: Json = {}): readonly string[] => {
  const check = checks.get(name);
  if (!check) throw new Error(`There is no check ${name}.`);
  return check.faults(value, options, { today });
};

/** mulberry32: the same cases in every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};
const next = random(4);
const below = (count: number) => Math.floor(next() * count);
const pick = <T>(list: readonly T[]): T => {
  const found = list[below(list.length)];
  if (found === undefined) throw new Error('Nothing to pick from.');
  return found;
};
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** What a source says, how a writer puts it, and how one gets it wrong. */
const known = [
  [
    'The bridge was opened on 12 May 1937 after four years of work.',
    'After four years of work the bridge opened in May 1937.',
    'After four years of work the bridge opened in May 1947.',
  ],
  [
    'Heat pumps use about a third of the energy of gas boilers.',
    'A heat pump needs about a third of the energy that a gas boiler uses.',
    'Solar roofs pay back their price to most families within seven winters.',
  ],
  [
    'The survey asked 2,400 people in eleven countries.',
    'In eleven countries 2400 people were asked for the survey.',
    'In eleven countries 4200 people were asked for the survey.',
  ],
  [
    'Revenue rose from 3.4 million to 5.1 million euros.',
    'Revenue went up to 5.1 million euros, from 3.4 million.',
    'Revenue went up to 51 million euros, from 3.4 million.',
  ],
  [
    'Bees find their way by the position of the sun.',
    'The position of the sun tells bees their way.',
    'Whales sing to each other across whole oceans at night.',
  ],
  [
    'Half of the tested bicycles had faulty brakes.',
    'Brakes were faulty on half of the bicycles that were tested.',
    'Electric scooters are banned from pavements in most cities.',
  ],
  [
    'The museum had 310,000 visitors last year, a tenth more than before.',
    'Last year 310,000 visitors came to the museum, a tenth more.',
    'Last year 130,000 visitors came to the museum, a tenth more.',
  ],
  [
    'Rye needs less water than wheat and grows on poor soil.',
    'On poor soil rye grows, and it needs less water than wheat.',
    'Tomatoes ripen fastest beside a wall that faces the south.',
  ],
  [
    'The train takes 95 minutes between the two cities.',
    'Between the two cities the train takes 95 minutes.',
    'Between the two cities the train takes 59 minutes.',
  ],
  [
    'Most patients slept better after two weeks without coffee.',
    'After two weeks without coffee most patients had better sleep.',
    'Cold baths before breakfast make the heart of runners stronger.',
  ],
] as const;

const dressed = (quote: string): string =>
  pick([
    (text: string) => text,
    (text: string) => `“${text}”`,
    (text: string) => text.toUpperCase(),
    (text: string) => text.replaceAll(' ', '  '),
    (text: string) => text.replace(/\.$/u, ''),
    (text: string) => `${text.split(' ').slice(0, 4).join(' ')} … ${text.split(' ').slice(-3).join(' ')}`,
  ])(quote);

/** One word of it is another. */
const misquoted = (quote: string): string => {
  const words = quote.split(' ');
  const at = 1 + below(words.length - 2);
  return words
    .map((word, index) => (index === at ? pick(['never', 'purple', 'seventeen', 'elsewhere']) : word))
    .join(' ');
};

const factFaults = (sentence: string, source: string): readonly string[] => {
  const rule = rules.get('fact-check');
  const pages = [
    {
      number: 1,
      title: 'A source',
      url: 'https://a.example',
      text: `${source} It says more about other things as well.`,
    },
  ];
  const sections = [{ heading: 'Part', text: `${sentence} [1]`, facts: '', isDraft: true }];
  const claims = [{ section: 0, sentence: `${sentence} [1]`, sources: [1], evidence: source }];
  const { value } = rule?.decide({ sections, claims, answers: null, pages }, { today }) ?? {};
  return z
    .object({ verdicts: z.array(z.object({ supported: z.boolean(), reason: z.string() })) })
    .parse(value)
    .verdicts.flatMap(({ supported, reason }) => (supported ? [] : [reason]));
};

const day = (offset: number): string => new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
const schedule = () => {
  let at = 1;
  return Array.from({ length: 4 + below(6) }, (_, index) => ({
    title: `Step ${index}`,
    due: day((at += below(4))),
    dependsOn: index === 0 ? [] : [1 + below(index)],
  }));
};
const shares = () => {
  const parts = Array.from({ length: 4 + below(3) }, () => 1 + below(15));
  const last = 100 - parts.reduce((sum, part) => sum + part, 0);
  return [...parts, last].map((share, index) => ({ item: `Item ${index}`, share }));
};
const tasks = [
  'Book the hall',
  'Call the printer',
  'Send the offer',
  'Fix the login',
  'Order the chairs',
  'Ask the lawyer',
];
const prose = (count: number) =>
  Array.from({ length: count }, () => pick(['the', 'garden', 'well-kept', 'it’s', '3.5', 'old', 'house'])).join(' ');

/** With one word it says the opposite. */
const turned = [
  ['Rye needs less water than wheat and grows on poor soil.', 'Rye needs more water than wheat on poor soil.'],
  ['Half of the tested bicycles had faulty brakes.', 'Half of the tested bicycles had no faulty brakes.'],
  ['Prices of coffee beans rose in the last quarter.', 'Prices of coffee beans fell in the last quarter.'],
  ['The new engine is faster than the old one on hills.', 'The new engine is slower than the old one on hills.'],
  ['The committee did not accept the plan of the mayor.', 'The committee did accept the plan of the mayor.'],
  ['Sales increased in every shop of the chain.', 'Sales decreased in every shop of the chain.'],
] as const;

/** A good artefact and the same with a fault, told by what looks at it. */
const kinds: Readonly<Record<string, () => { good: () => readonly string[]; bad: () => readonly string[] }>> = {
  quote: () => {
    const [source] = pick(known);
    const text = shuffled(known)
      .map(([sentence]) => sentence)
      .join('\n');
    return {
      good: () => faults('quoted-from-source', dressed(source), { source: text }),
      bad: () => faults('quoted-from-source', misquoted(source), { source: text }),
    };
  },
  citation: () => {
    const count = 2 + below(6);
    const sources = Array.from({ length: count }, (_, index) => ({ number: index + 1 }));
    const cite = (number: number) =>
      pick([
        `It is so [${number}].`,
        `It is so [1, ${number}].`,
        `It is [so](https://a.example) [${number}], in 2024.`,
      ]);
    return {
      good: () => faults('citations-resolve', cite(1 + below(count)), { sources }),
      bad: () => faults('citations-resolve', cite(count + 1 + below(3)), { sources }),
    };
  },
  uncited: () => ({
    good: () => faults('citations-resolve', 'One [1]. Two [2].', { sources: [1, 2, 3], min: 2 }),
    bad: () =>
      faults('citations-resolve', pick(['One [1]. Two.', 'None at all.', 'One [1] and again [1].']), {
        sources: [1, 2, 3],
        min: 2,
      }),
  }),
  number: () => {
    const value = 1_000 + below(900_000);
    const other = value + 10 + below(500);
    const write = (number: number) =>
      pick([String(number), number.toLocaleString('en-GB'), number.toLocaleString('de-DE').replaceAll('.', ' ')]);
    const source = `There were ${write(value)} of them, and 12 more.`;
    return {
      good: () => faults('numbers-from-source', `We count ${write(value)} now [3].`, { source }),
      bad: () => faults('numbers-from-source', `We count ${write(other)} now [3].`, { source }),
    };
  },
  'date order': () => {
    const steps = schedule();
    const at = 1 + below(steps.length - 1);
    const broken = steps.map((step, index) =>
      index === at ? { ...step, due: day(0), dependsOn: [1] } : index === 0 ? { ...step, due: day(9) } : step,
    );
    return {
      good: () => faults('dates-in-order', steps, { by: day(60) }),
      bad: () => faults('dates-in-order', broken, { by: day(60) }),
    };
  },
  date: () => {
    const steps = schedule();
    const wrong = pick([day(-3), day(90), '2026-02-30', 'next Friday']);
    const broken = steps.map((step, index) => (index === steps.length - 1 ? { ...step, due: wrong } : step));
    return {
      good: () => faults('dates-in-order', { steps }, { path: 'steps', by: day(60) }),
      bad: () => faults('dates-in-order', { steps: broken }, { path: 'steps', by: day(60) }),
    };
  },
  sum: () => {
    const items = shares();
    const broken = items.map((item, index) => (index === 0 ? { ...item, share: item.share + pick([-1, 1, 7]) } : item));
    return {
      good: () => faults('sums', { items }, { path: 'items.*.share', to: 100 }),
      bad: () => faults('sums', { items: broken }, { path: 'items.*.share', to: 100 }),
    };
  },
  twice: () => {
    const list = shuffled(tasks).slice(0, 4);
    const again = [
      ...list,
      pick([
        (text: string) => text,
        (text: string) => `${text.toLowerCase()}.`,
        (text: string) => text.replaceAll(' ', '  '),
      ])(pick(list)),
    ];
    return {
      good: () =>
        faults(
          'unique',
          list.map((task) => ({ task })),
          { path: '*.task' },
        ),
      bad: () =>
        faults(
          'unique',
          again.map((task) => ({ task })),
          { path: '*.task' },
        ),
    };
  },
  length: () => {
    const [min, max] = [40 + below(20), 90 + below(20)];
    return {
      good: () => faults('words', prose(min + below(max - min)), { min, max }),
      bad: () => faults('words', prose(pick([min - 1 - below(20), max + 1 + below(40)])), { min, max }),
    };
  },
  section: () => {
    const names = shuffled(['Timeline', 'Budget', 'Risks', 'Team']);
    const text = (list: readonly string[]) =>
      list
        .map((name) => pick([`## ${name}`, `**${name}**`, `${name}: so and so`, `### 2. ${name}`]).concat('\n\nText.'))
        .join('\n\n');
    return {
      good: () => faults('contains-sections', text(names), { sections: names }),
      bad: () => faults('contains-sections', text(names.slice(1)), { sections: names }),
    };
  },
  gap: () => ({
    good: () =>
      faults(
        'no-placeholders',
        pick([
          'Call [Dana](https://a.example) by Friday.',
          'Sources are [1] and [2].',
          '- [ ] Write to the bank',
          'The [sic] was his.',
          'It is as an airline would do it.',
        ]),
      ),
    bad: () =>
      faults(
        'no-placeholders',
        pick([
          'Dear [Your Name],',
          'Now at [insert price]!',
          'As an AI language model I think so.',
          'Price: TBD',
          'Lorem ipsum dolor',
          'I cannot help with that.',
          'Meet us at [link].',
        ]),
      ),
  }),
  empty: () => ({
    good: () => faults('no-empty', { items: [{ title: 'A' }, { title: '7' }] }, { path: 'items.*.title' }),
    bad: () =>
      faults(
        'no-empty',
        { items: [{ title: 'A' }, { title: pick(['', '  ', '—', '...']) }] },
        { path: 'items.*.title' },
      ),
  }),
  count: () => ({
    good: () =>
      faults(
        'items',
        Array.from({ length: 3 + below(3) }, () => 'x'),
        { min: 3, max: 5 },
      ),
    bad: () =>
      faults(
        'items',
        Array.from({ length: pick([0, 1, 2, 6, 9]) }, () => 'x'),
        { min: 3, max: 5 },
      ),
  }),
  shape: () => {
    const schema = {
      type: 'object',
      required: ['title', 'days'],
      properties: { title: { type: 'string', maxLength: 20 }, days: { type: 'integer', minimum: 1 } },
      additionalProperties: false,
    };
    return {
      good: () => faults('schema', { title: pick(tasks), days: 1 + below(9) }, { schema }),
      bad: () =>
        faults(
          'schema',
          pick<Json>([
            { title: 'x' },
            { title: 'x', days: 0 },
            { title: 'x', days: '3' },
            { title: prose(20), days: 2 },
            { title: 'x', days: 1, more: 1 },
          ]),
          { schema },
        ),
    };
  },
  statement: () => {
    const [source, said, wrong] = pick(known);
    return { good: () => factFaults(said, source), bad: () => factFaults(wrong, source) };
  },
  opposite: () => {
    const [source, wrong] = pick(turned);
    const text = `${source} ${pick(known)[0]} ${pick(known)[0]}`;
    return {
      good: () => factFaults(pick([source, source.replace(/\.$/u, ', it is said.')]), text),
      bad: () => factFaults(wrong, text),
    };
  },
};

it('catches at least 95 % of planted faults, with at most 5 % false alarms', () => {
  const rounds = 60;
  const missed: string[] = [];
  const alarms: string[] = [];
  for (const [kind, make] of Object.entries(kinds))
    for (let round = 0; round < rounds; round += 1) {
      const { good, bad } = make();
      const alarm = good();
      if (alarm.length > 0) alarms.push(`${kind}: ${alarm.join(' ')}`);
      if (bad().length === 0) missed.push(kind);
    }
  const cases = Object.keys(kinds).length * rounds;
  expect(cases).toBe(960);
  expect(missed.length / cases, missed.join('\n')).toBeLessThanOrEqual(0.05);
  expect(alarms.length / cases, alarms.join('\n')).toBeLessThanOrEqual(0.05);
  // No kind hides behind the others.
  for (const kind of Object.keys(kinds)) {
    expect(missed.filter((one) => one === kind).length / rounds, `missed ${kind}`).toBeLessThanOrEqual(0.2);
    expect(alarms.filter((one) => one.startsWith(`${kind}:`)).length / rounds, alarms.join('\n')).toBeLessThanOrEqual(
      0.2,
    );
  }
});
