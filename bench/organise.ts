// How well the rules that organise notes sort three sets sorted by hand, and how long they hold the node up, with 50 and with 500 notes of 80 to
// 480 words. One line of JSON: node bench/organise.ts
import { cpus, loadavg } from 'node:os';
import { rules } from '../node-core/agents/playbooks/rules/index.ts';
import { sortingFigures } from '../node-core/testing/sorting-figures.ts';

const ROUNDS = 7;
const THEMES = 15;

/** Park & Miller, 1988: the same notes every time. */
let state = 1;
const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
/** Few words are frequent, most are rare. */
const word = (theme: number, of: number): string => {
  const at = Math.floor(of * random() ** 3);
  return `w${[theme, at % 26, Math.floor(at / 26) % 26, Math.floor(at / 676)].map((n) => String.fromCharCode(97 + n)).join('')}`;
};
const noteOf = (index: number) => {
  const theme = Math.floor(random() * THEMES);
  const words = Array.from({ length: 80 + Math.floor(random() * 400) }, () =>
    random() < 0.25 ? word(theme, 150) : word(25, 4_000),
  );
  const title = words.slice(0, 4).join(' ');
  const text = words.map((own, at) => `${own}${at % 60 === 59 ? '.\n\n' : at % 13 === 12 ? '. ' : ' '}`).join('');
  return { id: `n${index}`, title, text: `# ${title}\n\n${text}`, tags: [] };
};

const names = ['themes', 'merge-proposals', 'split-proposals', 'knowledge-graph'];
const figures = Object.fromEntries(
  [50, 500].map((count) => {
    const notes = Array.from({ length: count }, (_, index) => noteOf(index));
    const medians = names.map((name) => {
      const times = Array.from({ length: ROUNDS }, () => {
        const begun = performance.now();
        rules.get(name)?.decide({ notes }, { today: '2026-03-02' });
        return performance.now() - begun;
      }).toSorted((a, b) => a - b);
      return [name, { slowest: Math.round(times.at(-1) ?? 0), median: Math.round(times[ROUNDS >> 1] ?? 0) }];
    });
    return [count, Object.fromEntries(medians)];
  }),
);
process.stdout.write(
  `${JSON.stringify({
    bench: 'organise',
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] },
    sorted: {
      designer: sortingFigures('designer'),
      bakery: sortingFigures('bakery'),
      teacher: sortingFigures('teacher'),
    },
    ms: figures,
  })}\n`,
);
