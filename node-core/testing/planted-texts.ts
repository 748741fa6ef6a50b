/** What a source says, how a writer puts it, and how one gets it wrong: as many as are asked for, the same in every run. */

/** mulberry32: the same cases in every run. */
export const seeded = (seed: number) => {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
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
  return { below, pick, shuffled };
};
type Seeded = ReturnType<typeof seeded>;

const places = ['Lisbon', 'Turku', 'Graz', 'Leith', 'Malmo', 'Porto', 'Ghent', 'Arles', 'Bergen', 'Siena'];
const bodies = [
  'museum',
  'harbour',
  'library',
  'university',
  'hospital',
  'railway',
  'bakery',
  'orchard',
  'theatre',
  'mill',
];
const things = [
  'bicycles',
  'lamps',
  'maps',
  'pumps',
  'chairs',
  'looms',
  'violins',
  'barrels',
  'kites',
  'clocks',
  'boats',
  'ovens',
] as const;
const deeds = ['repaired', 'printed', 'planted', 'measured', 'restored', 'tested', 'painted', 'labelled'];

/** One thing that was done, so many times, in a year. */
export const fact = ({ below, pick }: Seeded) => {
  const [place, body, thing, deed] = [pick(places), pick(bodies), pick(things), pick(deeds)];
  const count = pick([12 + below(88), 100 + below(900), 1_000 + below(90_000)]);
  const year = 1901 + below(120);
  const other = pick([count + 1 + below(7), count * 10, count + 100]);
  const told = (number: number, when: number) =>
    `In ${when} ${number} ${thing} were ${deed} by the ${body} of ${place}.`;
  return {
    source: `The ${body} of ${place} ${deed} ${count.toLocaleString('en-GB')} ${thing} in ${year}, by hand and without help from others.`,
    said: told(count, year),
    wrong: pick([told(other, year), told(count, year + 10), told(count, year - 1)]),
  };
};

/** Of something that no fact is about. */
export const elsewhere = ({ pick }: Seeded): string =>
  `${pick(['Whales', 'Wolves', 'Comets', 'Glaciers', 'Pianists', 'Volcanoes'])} ${pick(['wander', 'tremble', 'whisper', 'drift', 'glow'])} ${pick(['across oceans', 'beneath the ice', 'over deserts', 'through forests'])} ${pick(['at midnight', 'during storms', 'every autumn', 'under moonlight'])}.`;

/** Words with their opposites, and two sentences for them. */
const turns = [
  {
    pairs: ['rose fell', 'increased decreased', 'grew shrank', 'doubled halved', 'improved worsened'],
    source: (word: string, thing: string, body: string, place: string) =>
      `In ${place} the number of ${thing} at the ${body} ${word} during the summer.`,
    said: (word: string, thing: string, body: string, place: string) =>
      `During the summer the number of ${thing} at the ${body} in ${place} ${word}.`,
  },
  {
    pairs: ['accepted rejected', 'approved vetoed', 'allowed banned', 'welcomed opposed', 'knows doesn’t_know'],
    source: (word: string, thing: string, body: string, place: string) =>
      `The council of ${place} ${word} the plan of the ${body} for new ${thing}.`,
    said: (word: string, thing: string, body: string, place: string) =>
      `The plan of the ${body} for new ${thing} is what the council of ${place} ${word}.`,
  },
  {
    pairs: [
      'safer more_dangerous',
      'faster slower',
      'cheaper more_expensive',
      'heavier lighter',
      'more_useful less_useful',
    ],
    source: (word: string, thing: string, body: string, place: string) =>
      `In ${place} the ${thing} of the ${body} are ${word} than those of the school.`,
    said: (word: string, thing: string, body: string, place: string) =>
      `The ${thing} of the ${body} in ${place} are ${word} than those of the school.`,
  },
] as const;

/** A sentence, the same in other order, and that turned round. */
export const turn = ({ pick, shuffled }: Seeded) => {
  const { pairs, source, said } = pick<(typeof turns)[number]>(turns);
  const [right = '', wrong = ''] = shuffled(
    pick<string>(pairs)
      .split(' ')
      .map((word) => word.replaceAll('_', ' ')),
  );
  const matter = [pick(things), pick(bodies), pick(places)] as const;
  return { source: source(right, ...matter), said: said(right, ...matter), wrong: said(wrong, ...matter) };
};

const words = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** An amount of any size, in two ways to write it, and another. */
export const amount = ({ below, pick }: Seeded): { one: string; same: string; other: string; size: string } => {
  const digit = 2 + below(8);
  const next = 2 + ((digit - 2 + 1 + below(7)) % 8);
  const decimal = (1 + below(98)) / 10 + (below(2) ? 0 : 10);
  const text = decimal.toFixed(1);
  const changed = (decimal + pick([1, 0.3, 2.4, 10])).toFixed(1);
  const large = 1_000 + below(900_000);
  const middle = 10 + below(980);
  const grouped = (value: number) =>
    pick([String(value), value.toLocaleString('en-GB'), value.toLocaleString('de-DE').replaceAll('.', ' ')]);
  return pick([
    () => ({
      one: `${digit} million euros`,
      same: pick([`€${digit}m`, `EUR ${digit},000,000`, `${words[digit - 2]} million euros`]),
      other: pick([`${next} million euros`, `${digit} billion euros`, `€${next} million`]),
      size: 'one digit',
    }),
    () => ({
      one: `${digit} percent`,
      same: pick([`${digit} %`, `${digit}%`, `${words[digit - 2]} per cent`]),
      other: pick([`${next} percent`, `${next}%`]),
      size: 'one digit',
    }),
    () => {
      const [unit, short] = pick([
        ['kilograms', 'kg'],
        ['hours', 'h'],
        ['kilometres', 'km'],
        ['dollars', 'USD'],
        ['hectares', 'ha'],
      ] as const);
      return {
        one: `${digit} ${unit}`,
        same: pick([`${digit} ${short}`, `${words[digit - 2]} ${unit}`]),
        other: `${next} ${pick([unit, short])}`,
        size: 'one digit',
      };
    },
    () => ({
      one: `${text} percent`,
      same: pick([`${text}%`, `${text.replace('.', ',')} %`, `${text} per cent`]),
      other: `${changed} percent`,
      size: 'decimal',
    }),
    () => ({
      one: `${text} million`,
      same: pick([`${text}m`, Math.round(decimal * 1_000_000).toLocaleString('en-GB')]),
      other: pick([`${changed} million`, `${text} billion`]),
      size: 'decimal',
    }),
    () => ({ one: text, same: text.replace('.', ','), other: changed, size: 'decimal' }),
    () => ({ one: String(middle), same: `${middle}`, other: String(middle + 1 + below(9)), size: 'up to 999' }),
    () => ({
      one: grouped(large),
      same: grouped(large),
      other: grouped(large + 10 + below(500)),
      size: '1,000 and up',
    }),
  ])();
};

/** Something to do. */
export const task = ({ pick }: Seeded): string =>
  `${pick(['Book', 'Order', 'Check', 'Move', 'Sell', 'Clean', 'Paint', 'Insure'])} the ${pick(things)} ${pick(['for', 'of', 'near'])} the ${pick(bodies)}`;
