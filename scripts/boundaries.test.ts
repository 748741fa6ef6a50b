import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { outsideCore, packageOwners, rooms } from './rooms.ts';

const root = join(import.meta.dirname, '..');
const tsconfigOf = (room: string): string =>
  room === 'node-core/runtime.ts' ? 'node-core/tsconfig.json' : `${room}/tsconfig.json`;
const References = z.object({ references: z.array(z.object({ path: z.string() })).optional() });

/** Rooms that TypeScript lets a room see: those that it references, and those that they do. */
const visibleTo = (room: string, seen = new Set<string>()): Set<string> => {
  const config = tsconfigOf(room);
  const { references = [] } = References.parse(JSON.parse(readFileSync(join(root, config), 'utf8')));
  for (const { path } of references) {
    const folder = relative(root, join(root, dirname(config), path));
    const next = folder === 'node-core' ? 'node-core/runtime.ts' : folder;
    if (seen.has(next)) continue;
    seen.add(next);
    visibleTo(next, seen);
  }
  return seen;
};

interface Planted {
  readonly file: string;
  readonly lint: boolean;
  readonly types: boolean;
  readonly what: string;
}

const entryOf = (room: string): string => (room.endsWith('.ts') ? room : `${room}/index.ts`);
const importOf = (from: string, target: string): string => {
  const path = relative(from, join(entryOf(target)));
  return path.startsWith('.') ? path : `./${path}`;
};
const everyRoom = [...rooms.map((room) => room.path), 'node-core/runtime.ts'];

/** One file per rule, each with one import that the rule is there to refuse. */
const violations = (): { planted: Planted; text: string }[] =>
  rooms.flatMap((room) => {
    const plant = (name: string, what: string, specifier: string, types: boolean) => ({
      planted: { file: `${room.path}/planted-${name.replaceAll(/[^a-z]+/g, '-')}.ts`, lint: true, types, what },
      text: `import * as planted from '${specifier}';\nexport const used: unknown = planted;\n`,
    });
    const visible = visibleTo(room.path);
    const foreignRooms = everyRoom
      .filter(
        (other) => other !== room.path && !other.startsWith(`${room.path}/`) && !room.path.startsWith(`${other}/`),
      )
      .filter((other) => !room.imports.includes(other))
      .map((other) => plant(other, `${room.path} importing ${other}`, importOf(room.path, other), !visible.has(other)));
    const outside = (room.path.startsWith('node-core/') ? outsideCore : (['network', 'ee'] as const)).map((other) => {
      const target = other === 'app' ? 'app/outside' : other;
      return plant(`outside-${other}`, `${room.path} importing ${other}`, importOf(room.path, target), true);
    });
    const packages = [...Object.keys(packageOwners), 'react']
      .filter((name) => room.packages !== 'any' && !room.packages.includes(name))
      .map((name) => plant(`package-${name}`, `${room.path} importing the package ${name}`, name, false));
    const node = room.node ? [] : [plant('node', `${room.path} importing node:fs`, 'node:fs', true)];
    return [...foreignRooms, ...outside, ...packages, ...node];
  });

/** What the rooms are allowed, in the same form: it must pass, or the rules refuse everything. */
const permitted = (): { file: string; text: string }[] =>
  rooms.flatMap((room) =>
    room.imports.map((other) => ({
      file: `${room.path}/permitted-${other.replaceAll(/[^a-z]+/g, '-')}.ts`,
      text: `import * as permitted from '${importOf(room.path, other)}';\nexport const used: unknown = permitted;\n`,
    })),
  );

/** Code that the rules of the house refuse wherever it stands. */
const houseRules: Readonly<Record<string, string>> = {
  'typescript(no-explicit-any)': 'export const loose = (value: any): string => String(value);\n',
  'typescript(no-non-null-assertion)': 'export const sure = (list: string[]): string => list[0]!;\n',
  'typescript(no-floating-promises)':
    'const later = async (): Promise<void> => {};\nexport const forget = (): void => {\n  later();\n};\n',
  'typescript(no-misused-promises)':
    'const later = async (): Promise<boolean> => true;\nexport const wrong = (): number => (later() ? 1 : 0);\n',
  'typescript(switch-exhaustiveness-check)':
    "export const name = (kind: 'a' | 'b'): string => {\n  switch (kind) {\n    case 'a':\n      return 'first';\n  }\n  return 'unnamed';\n};\n",
  'import(no-default-export)': 'const thing = 1;\nexport default thing;\n',
  'eslint(no-console)': "console.log('said');\nexport const said = true;\n",
};

const LintReport = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

describe('boundaries', () => {
  let scratch = '';
  let lintFound: { code: string; filename: string }[] = [];
  let typesFound = new Map<string, string>();
  const planted = violations();
  const allowed = permitted();

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    writeFileSync(join(scratch, file), text);
  };

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'jan-boundaries-'));
    for (const file of ['package.json', 'tsconfig.base.json', 'oxlint.config.ts', 'scripts/rooms.ts']) {
      mkdirSync(dirname(join(scratch, file)), { recursive: true });
      cpSync(join(root, file), join(scratch, file));
    }
    symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
    for (const room of everyRoom) {
      write(entryOf(room), `export const name = '${room}';\n`);
      write(tsconfigOf(room), readFileSync(join(root, tsconfigOf(room)), 'utf8'));
    }
    for (const stranger of ['app/outside', 'network', 'ee'])
      write(`${stranger}/index.ts`, `export const name = '${stranger}';\n`);
    cpSync(join(root, 'node-core/common/globals.d.ts'), join(scratch, 'node-core/common/globals.d.ts'));
    const built = rooms.map((room) => ({ path: `./${room.path}` }));
    write('tsconfig.json', JSON.stringify({ files: [], references: built }));
    for (const { planted: one, text } of planted) if (one.types) write(one.file, text);
    for (const { file, text } of allowed) write(file, text);
    for (const [index, text] of Object.values(houseRules).entries())
      write(`node-core/config/house-rule-${index}.ts`, text);
    write('node-core/config/cycle-a.ts', "import { b } from './cycle-b.ts';\nexport const a = (): number => b();\n");
    write('node-core/config/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = (): number => a();\n");

    const run = (program: string[], args: string[]) =>
      spawnSync(process.execPath, [join(root, 'node_modules', ...program), ...args], {
        cwd: scratch,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
    const types = run(['typescript', 'bin', 'tsc'], ['-b', '--builders', '1', '--pretty', 'false']).stdout;
    // Only now: one file that imports a package brings that package's ambient types to its whole room.
    for (const { planted: one, text } of planted) write(one.file, text);
    lintFound = LintReport.parse(JSON.parse(run(['oxlint', 'bin', 'oxlint'], ['--format=json']).stdout)).diagnostics;
    typesFound = new Map(
      types.split('\n').flatMap((line) => {
        const [, file, message] = /^([^(]+)\(\d+,\d+\): (.*)$/.exec(line) ?? [];
        return file && message ? [[file, message] as const] : [];
      }),
    );
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const lintOf = (file: string): string[] =>
    lintFound.filter(({ filename }) => filename === file).map(({ code }) => code);

  test.each(planted.map(({ planted: one }) => [one.what, one] as const))('lint refuses %s', (_what, { file }) => {
    expect(lintOf(file)).toContain('eslint(no-restricted-imports)');
  });

  test.each(planted.filter(({ planted: one }) => one.types).map(({ planted: one }) => [one.what, one] as const))(
    'the type checker refuses %s',
    (_what, { file }) => {
      expect(typesFound.get(file)).toMatch(/^error TS(6307|2591|2307|2580|6059)/);
    },
  );

  test.each(allowed.map(({ file }) => [file]))('what is allowed passes both: %s', (file) => {
    expect(lintOf(file)).toEqual([]);
    expect(typesFound.get(file)).toBeUndefined();
  });

  test.each(Object.keys(houseRules).map((code, index) => [code, `node-core/config/house-rule-${index}.ts`] as const))(
    'lint knows the rule of the house %s',
    (code, file) => {
      expect(lintOf(file)).toContain(code);
    },
  );

  test('lint sees a cycle', () => {
    expect(lintFound.some(({ code, filename }) => code === 'import(no-cycle)' && filename.includes('cycle-'))).toBe(
      true,
    );
  });

  test('TypeScript shows a room nothing that the table of rooms does not', () => {
    for (const room of rooms) {
      const reachable = new Set(room.imports.flatMap((path) => [path, ...visibleTo(path)]));
      for (const seen of visibleTo(room.path)) expect(reachable, `${room.path} sees ${seen}`).toContain(seen);
    }
  });
});
