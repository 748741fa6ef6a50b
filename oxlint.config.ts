import { defineConfig, type OxlintOverride } from 'oxlint';
import manifest from './package.json' with { type: 'json' };
import { outsideCore, packageOwners, type Room, rooms } from './scripts/rooms.ts';

interface Pattern {
  regex: string;
  message: string;
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const coreRooms = rooms.map((room) => room.path).filter((path) => path.startsWith('node-core/'));
const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
const everyRoom = [...rooms.map((room) => room.path), 'node-core/testing', 'node-core/runtime.ts'];

/** Matches a relative import of the room `path` from anywhere in the room `from`; parents that both share may be left out. */
const reaching = (path: string, from: string): string => {
  const names = path.split('/');
  const fromNames = from.split('/');
  const shared = names.findIndex((name, index) => name !== fromNames[index]);
  const optional = names.slice(0, shared).reduce((inner, name) => `(${inner}${escape(name)}\\/)?`, '');
  return `^(\\.\\.\\/)+${optional}${names.slice(shared).map(escape).join('\\/')}(\\/|$)`;
};

const closed = (path: string, from: string): Pattern => ({
  regex: path.includes('/') ? reaching(path, from) : String.raw`^(\.\.\/)+${escape(path)}\/`,
  message: `${from} may not import ${path}; see "Who may import whom" in docs/architecture.md.`,
});

/** Every dependency that the room does not name: the rule engine has no look-around, so the list is spelt out. */
const strangers = (room: Room): Pattern[] => {
  const { packages } = room;
  if (packages === 'any') return [];
  return dependencies
    .filter((name) => !packages.includes(name))
    .map((name) => ({
      regex: `^${escape(name)}($|\\/)`,
      message: `${room.path} may import only ${packages.join(', ') || 'itself'}.`,
    }));
};

const owned = (from: string): Pattern[] =>
  Object.entries(packageOwners)
    .filter(([, owners]) => !owners.some((owner) => from === owner || from.startsWith(`${owner}/`)))
    .map(([name, owners]) => ({
      regex: `^${escape(name)}($|\\/)`,
      message: `${name} belongs to ${owners.join(' and ')}.`,
    }));

const tests = ['**/*.test.ts', '**/*.test.tsx'];
const restrict = (patterns: Pattern[]): NonNullable<OxlintOverride['rules']> => ({
  'no-restricted-imports': ['error', { patterns }],
});

const roomRules = rooms.map((room) => {
  const shut = everyRoom.filter(
    (path) => path !== room.path && !room.path.startsWith(`${path}/`) && !room.imports.includes(path),
  );
  const inCore = room.path.startsWith('node-core/');
  const outside = inCore ? outsideCore : ['network', 'ee'];
  return {
    files: [`${room.path}/**/*.ts`, `${room.path}/**/*.tsx`],
    excludeFiles: [
      ...tests,
      ...rooms.filter((inner) => inner.path.startsWith(`${room.path}/`)).map((inner) => `${inner.path}/**`),
    ],
    rules: restrict([
      ...shut.map((path) => closed(path, room.path)),
      ...outside.map((path) => closed(path, room.path)),
      ...strangers(room),
      ...(room.packages === 'any' ? owned(room.path) : []),
      ...(room.node ? [] : [{ regex: '^node:', message: `${room.path} runs where node: modules do not exist.` }]),
    ]),
  };
});

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node', 'react', 'jsx-a11y', 'vitest'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: ['dist', '.cache', 'node_modules', 'resources/**/*.py', '**/test-results'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unnecessary-condition': 'off',
    'typescript/restrict-template-expressions': 'off',
    'typescript/unbound-method': 'off',
    // Code points are what is meant where a string is spread.
    'typescript/no-misused-spread': 'off',
    // It can't tell an array of strings from one of numbers where the type is inferred from a chain.
    'typescript/require-array-sort-compare': 'off',
    'typescript/no-meaningless-void-operator': 'off',
    'typescript/consistent-type-imports': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/no-require-imports': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'import/no-duplicates': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-console': 'error',
    'no-eval': 'error',
    'no-control-regex': 'off',
    'no-useless-escape': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/prefer-string-starts-ends-with': 'off',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-param-reassign': 'off',
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/no-abusive-eslint-disable': 'error',
    'react/rules-of-hooks': 'off',
    // Vitest's own `expect` is also called by shared assertions that take the value from a fixture.
    'vitest/expect-expect': 'off',
    'vitest/valid-title': 'off',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
    'vitest/require-mock-type-parameters': 'off',
    'jest/no-conditional-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'jest/valid-expect': 'off',
    'jsx-a11y/no-autofocus': 'off',
    // A row of a virtual list can't be a <tr>, nor our check mark an <input>.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'react/incompatible-library': 'off',
    // Rules of a compiler that is not used here.
    'react/set-state-in-effect': 'off',
    'react/purity': 'off',
    'react/refs': 'off',
    'react/immutability': 'off',
    // What scrolls by itself must be in reach of the keyboard.
    'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region', 'tabpanel'] }],
    // Files are dropped on what is no control.
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
  },
  overrides: [
    {
      files: ['node-core/**/*.ts', 'app/**/*.ts', 'app/**/*.tsx', 'bench/**/*.ts', 'scripts/**/*.ts'],
      rules: restrict(owned('elsewhere')),
    },
    {
      files: ['node-core/**/*.test.ts', 'node-core/testing/**', 'node-core/*.ts'],
      rules: restrict([
        ...outsideCore.map((path) => closed(path, 'node-core')),
        ...owned('node-core/inference').filter(({ regex }) => regex.startsWith('^electron')),
      ]),
    },
    ...roomRules,
    {
      files: ['app/renderer/**'],
      rules: { 'react/rules-of-hooks': 'error', 'react/exhaustive-deps': 'error', 'react/no-danger': 'error' },
    },
    {
      files: ['app/renderer/rpc/**'],
      rules: restrict([
        ...coreRooms.filter((path) => path !== 'node-core/contract').map((path) => closed(path, 'app/renderer')),
        ...owned('app/renderer/rpc'),
      ]),
    },
    { files: ['node-core/cli/**', 'scripts/**', 'bench/**', 'e2e/**', 'resources/**'], rules: { 'no-console': 'off' } },
    // Playwright reads what a fixture needs from this pattern, also where it is nothing.
    { files: ['e2e/fixtures/**'], rules: { 'no-empty-pattern': 'off' } },
    {
      files: ['*.config.ts', 'e2e/*.config.ts'],
      rules: { 'import/no-default-export': 'off', 'no-restricted-imports': 'off' },
    },
  ],
});
