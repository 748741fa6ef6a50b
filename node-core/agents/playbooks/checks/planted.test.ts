import { expect, it } from 'vitest';
import { z } from 'zod';
import { amount, elsewhere, fact, seeded, task, turn } from '../../../testing/planted-texts.ts';
import { rules } from '../rules/index.ts';
import { checks } from './index.ts';

type Json = z.core.util.JSONType;

const today = '2026-05-04';
const random = seeded(4);
const { below, pick, shuffled } = random;

/** What was looked at, so that no case is counted twice. */
let looked = '';
const faults = (name: string, value: Json, options: Json = {}): readonly string[] => {
  const check = checks.get(name);
  if (!check) throw new Error(`There is no check ${name}.`);
  looked = JSON.stringify([name, value, options]);
  return check.faults(value, options, { today });
};

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
  looked = JSON.stringify([sentence, source]);
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
const some = <T>(least: number, most: number, make: (index: number) => T): T[] =>
  Array.from({ length: least + below(most - least + 1) }, (_, index) => make(index));
const tasks = (least: number, most: number): string[] =>
  [...new Set(some(least + 9, most + 9, () => task(random)))].slice(0, most);
const prose = (count: number) =>
  Array.from({ length: count }, () => pick(['the', 'garden', 'well-kept', 'it’s', '3.5', 'old', 'house'])).join(' ');

/** A good artefact and the same with a fault, told by what looks at it. */
const kinds: Readonly<Record<string, () => { good: () => readonly string[]; bad: () => readonly string[] }>> = {
  quote: () => {
    const { source } = fact(random);
    const text = shuffled([source, ...some(4, 8, () => fact(random).source)]).join('\n');
    return {
      good: () => faults('quoted-from-source', dressed(source), { source: text }),
      bad: () => faults('quoted-from-source', misquoted(source), { source: text }),
    };
  },
  citation: () => {
    const count = 2 + below(30);
    const sources = Array.from({ length: count }, (_, index) => ({ number: index + 1 }));
    const { said } = fact(random);
    const cite = (number: number) =>
      pick([`${said} [${number}].`, `${said} [1, ${number}].`, `It is [so](https://a.example) [${number}]. ${said}`]);
    return {
      good: () => faults('citations-resolve', cite(1 + below(count)), { sources }),
      bad: () => faults('citations-resolve', cite(count + 1 + below(3)), { sources }),
    };
  },
  uncited: () => {
    const sources = [1, 2, 3, 4, 5];
    const min = 2 + below(3);
    const cited = (count: number) =>
      some(5, 7, (index) => `${fact(random).said}${index < count ? ` [${index + 1}]` : pick(['', '', ' [1]'])}`).join(
        ' ',
      );
    return {
      good: () => faults('citations-resolve', cited(min + below(2)), { sources, min }),
      bad: () => faults('citations-resolve', cited(1 + below(min - 1)), { sources, min }),
    };
  },
  number: () => {
    const { one, same, other, size } = amount(random);
    const { source: more } = fact(random);
    const source = `It came to ${one} in all, of 4 kinds. ${more}`;
    planted.set(size, (planted.get(size) ?? 0) + 1);
    return {
      good: () => faults('numbers-from-source', `1. It was ${pick([one, same])} then [3], in Q2.`, { source }),
      bad: () => faults('numbers-from-source', `1. It was ${other} then [3], in Q2.`, { source }),
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
    const list = tasks(3, 6);
    const again = [
      ...list,
      pick([
        (text: string) => text,
        (text: string) => `${text.toLowerCase()}.`,
        (text: string) => text.replaceAll(' ', '  '),
      ])(pick(list)),
    ];
    const of = (all: readonly string[]) => all.map((each) => ({ task: each }));
    return {
      good: () => faults('unique', of(list), { path: '*.task' }),
      bad: () => faults('unique', of(again), { path: '*.task' }),
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
    const names = shuffled(['Timeline', 'Budget', 'Risks', 'Team', 'Market', 'Audience', 'Next steps', 'Price']).slice(
      0,
      4,
    );
    const text = (list: readonly string[]) =>
      list
        .map((name) => pick([`## ${name}`, `**${name}**`, `${name}: so and so`, `### 2. ${name}`]).concat('\n\nText.'))
        .join('\n\n');
    return {
      good: () => faults('contains-sections', text(names), { sections: names }),
      bad: () => faults('contains-sections', text(names.slice(1)), { sections: names }),
    };
  },
  gap: () => {
    const text = `${task(random)}. ${fact(random).said}`;
    return {
      good: () =>
        faults(
          'no-placeholders',
          pick([
            `Call [Dana](https://a.example) by Friday. ${text}`,
            `${text} Sources are [1] and [2].`,
            `- [ ] ${text}`,
            `${text} The [sic] was his.`,
            `It is as an airline would do it: ${text}`,
          ]),
        ),
      bad: () =>
        faults(
          'no-placeholders',
          pick([
            `Dear [Your Name], ${text}`,
            `${text} Now at [insert price]!`,
            `As an AI language model I think so. ${text}`,
            `${text} Price: TBD`,
            `Lorem ipsum dolor. ${text}`,
            `I cannot help with that. ${text}`,
            `Meet us at [link]. ${text}`,
            `<insert quote> ${text}`,
          ]),
        ),
    };
  },
  empty: () => {
    const titles = tasks(2, 6);
    const without = titles.with(below(titles.length), pick(['', '  ', '—', '...', '\n', '**', '- ']));
    const of = (all: readonly string[]) => ({ items: all.map((title) => ({ title })) });
    return {
      good: () => faults('no-empty', of(titles), { path: 'items.*.title' }),
      bad: () => faults('no-empty', of(without), { path: 'items.*.title' }),
    };
  },
  count: () => {
    const [min, max] = [3 + below(3), 7 + below(3)];
    const of = (count: number) => some(count, count, () => task(random));
    return {
      good: () => faults('items', of(min + below(max - min + 1)), { min, max }),
      bad: () => faults('items', of(pick([1 + below(min - 1), max + 1 + below(5)])), { min, max }),
    };
  },
  shape: () => {
    const schema = {
      type: 'object',
      required: ['title', 'days'],
      properties: { title: { type: 'string', maxLength: 40 }, days: { type: 'integer', minimum: 1 } },
      additionalProperties: false,
    };
    const [title, days] = [task(random), 1 + below(60)];
    return {
      good: () => faults('schema', { title, days }, { schema }),
      bad: () =>
        faults(
          'schema',
          pick<Json>([
            { title },
            { title, days: -days },
            { title, days: `${days}` },
            { title, days: days + 0.5 },
            { title: prose(20), days },
            { title, days, more: days },
            [title, days],
          ]),
          { schema },
        ),
    };
  },
  statement: () => {
    const { source, said, wrong } = fact(random);
    const text = shuffled([source, fact(random).source, turn(random).source]).join(' ');
    return { good: () => factFaults(said, text), bad: () => factFaults(pick([wrong, elsewhere(random)]), text) };
  },
  opposite: () => {
    const { source, said, wrong } = turn(random);
    const text = shuffled([source, fact(random).source, fact(random).source]).join(' ');
    return { good: () => factFaults(pick([said, source]), text), bad: () => factFaults(wrong, text) };
  },
};

/** Of the numbers, how many of each size. */
const planted = new Map<string, number>();

it('catches at least 95 % of planted faults, with at most 5 % false alarms', async ({ annotate }) => {
  const rounds = 100;
  const missed: string[] = [];
  const alarms: string[] = [];
  const seen = new Set<string>();
  for (const [kind, make] of Object.entries(kinds))
    for (let done = 0, tries = 0; done < rounds; tries += 1) {
      expect(tries, `${kind} has too few different cases`).toBeLessThan(rounds * 20);
      const { good, bad } = make();
      const alarm = good();
      const right = looked;
      const found = bad();
      if (seen.has(right) || seen.has(looked)) continue;
      for (const each of [right, looked]) seen.add(each);
      done += 1;
      if (alarm.length > 0) alarms.push(`${kind}: ${alarm.join(' ')} ${right}`);
      if (found.length === 0) missed.push(`${kind}: ${looked}`);
    }
  const cases = Object.keys(kinds).length * rounds;
  expect(cases).toBe(1_600);
  expect(seen.size).toBe(cases * 2);
  expect(Math.min(...planted.values())).toBeGreaterThanOrEqual(8);
  await annotate(`${cases - missed.length} of ${cases} caught, ${alarms.length} false alarms in ${cases}`);
  expect(missed.length / cases, missed.join('\n')).toBeLessThanOrEqual(0.05);
  expect(alarms.length / cases, alarms.join('\n')).toBeLessThanOrEqual(0.05);
  // No kind hides behind the others.
  for (const kind of Object.keys(kinds))
    for (const some of [missed, alarms])
      expect(some.filter((one) => one.startsWith(`${kind}:`)).length / rounds, some.join('\n')).toBeLessThanOrEqual(
        0.2,
      );
});
