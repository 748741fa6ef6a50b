// Runs the benchmarks one after the other, a line of JSON each: `npm run bench`, or `npm run bench -- start plan` for some of them.
// With --record the lines become the table in docs/performance.md.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const benches = [
  'start',
  'storage',
  'inference',
  'api',
  'plan',
  'agents',
  'calls',
  'reuse',
  'research',
  'schemas',
  'organise',
  'meetings',
  'ui',
] as const;
const page = join(import.meta.dirname, '..', 'docs', 'performance.md');
const marks = ['<!-- figures: written by npm run bench -- --record -->', '<!-- end of figures -->'] as const;

const Figures = z.looseObject({ bench: z.string(), date: z.string() });
type Figures = z.infer<typeof Figures>;

const run = (name: string): Promise<Figures> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    child.once('close', (code) => {
      const line = text.trim().split('\n').at(-1) ?? '';
      if (code === 0) resolve(Figures.parse(JSON.parse(line)));
      else reject(new Error(`bench/${name}.ts ended with ${code}`));
    });
  });

const section = ({ bench, ...figures }: Figures): string =>
  `### ${bench}\n\n\`\`\`json\n${JSON.stringify(figures, null, 2)}\n\`\`\`\n`;

const record = (all: readonly Figures[]): void => {
  const text = readFileSync(page, 'utf8');
  const [head, rest = ''] = text.split(marks[0]);
  const [old = '', tail = ''] = rest.split(marks[1]);
  const kept = new Map(
    old.split(/^(?=### )/m).flatMap((part) => {
      const name = /^### (\S+)/.exec(part)?.[1];
      return name ? [[name, part.trimEnd()] as const] : [];
    }),
  );
  for (const figures of all) kept.set(figures.bench, section(figures).trimEnd());
  writeFileSync(page, `${head}${marks[0]}\n\n${[...kept.values()].join('\n\n')}\n\n${marks[1]}${tail}`);
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const results: Figures[] = [];
for (const name of benches.filter((bench) => wanted.length === 0 || wanted.includes(bench))) {
  const figures = await run(name);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  results.push(figures);
}
if (process.argv.includes('--record')) record(results);
