/**
 * Which room may import which: the one table behind the lint rules (oxlint.config.ts), the TypeScript project
 * references (each room's tsconfig.json) and the test that plants a violation of each.
 */
export interface Room {
  readonly path: string;
  /** Paths of the rooms that it may import, itself aside. */
  readonly imports: readonly string[];
  /** Packages it may import; `'any'` where the room's own tsconfig is the only limit. */
  readonly packages: readonly string[] | 'any';
  /** Whether `node:` modules may be imported. */
  readonly node: boolean;
}

const core = (name: string): string => `node-core/${name}`;
const everyCoreRoom = [
  'agents',
  'common',
  'config',
  'contract',
  'inference',
  'storage',
  'threads',
  'tools',
  'vault',
  'workspace',
].map(core);

export const rooms: readonly Room[] = [
  { path: core('common'), imports: [], packages: [], node: false },
  { path: core('contract'), imports: [], packages: ['zod', '@orpc/contract'], node: false },
  { path: core('config'), imports: ['contract', 'common'].map(core), packages: ['zod'], node: true },
  {
    path: core('storage'),
    imports: ['contract', 'common', 'config'].map(core),
    packages: ['better-sqlite3-multiple-ciphers', 'kysely', 'zod'],
    node: true,
  },
  {
    path: core('vault'),
    imports: ['contract', 'common', 'config', 'storage'].map(core),
    packages: ['@node-rs/argon2', 'zod'],
    node: true,
  },
  {
    path: core('inference'),
    imports: ['contract', 'common', 'config', 'storage'].map(core),
    packages: ['node-llama-cpp', 'zod', 'node-api-headers'],
    node: true,
  },
  {
    path: core('workspace'),
    imports: ['contract', 'common', 'storage'].map(core),
    packages: ['chrono-node', 'kysely', 'rrule-temporal', 'zod'],
    node: true,
  },
  {
    path: core('agents'),
    imports: ['contract', 'common', 'config', 'storage', 'workspace', 'inference', 'tools'].map(core),
    packages: ['chrono-node', 'croner', 'kysely', 'zod', 'yaml'],
    node: true,
  },
  {
    path: core('tools'),
    imports: ['contract', 'common', 'config', 'storage', 'threads', 'workspace', 'inference'].map(core),
    packages: [
      '@citation-js/core',
      '@jitl/quickjs-wasmfile-release-sync',
      '@modelcontextprotocol/client',
      '@mozilla/readability',
      '@octokit/core',
      'harper.js',
      'ical.js',
      'imapflow',
      'kysely',
      'linkedom',
      'nodemailer',
      'playwright-core',
      'postal-mime',
      'pyodide',
      'quickjs-emscripten-core',
      'rrule-temporal',
      'tsdav',
      'turndown',
      'zod',
    ],
    node: true,
  },
  {
    path: core('threads'),
    imports: ['contract', 'common', 'storage', 'inference'].map(core),
    packages: ['kysely', 'zod'],
    node: true,
  },
  {
    path: core('server'),
    imports: everyCoreRoom,
    packages: [
      '@modelcontextprotocol/sdk',
      '@orpc/contract',
      '@orpc/server',
      '@orpc/standard-server-peer',
      'kysely',
      'ws',
      'zod',
    ],
    node: true,
  },
  {
    path: core('cli'),
    imports: [...everyCoreRoom, core('server'), core('runtime.ts')],
    packages: ['@orpc/client', '@orpc/contract', 'commander', 'ws', 'zod'],
    node: true,
  },
  { path: 'app/renderer', imports: [core('contract')], packages: 'any', node: false },
  { path: 'app/preload', imports: [], packages: ['electron'], node: false },
  { path: 'app/main', imports: [core('contract')], packages: ['electron', 'zod', 'vite'], node: true },
  {
    path: 'app/main/core-host',
    imports: ['app/main', ...everyCoreRoom, core('runtime.ts')],
    packages: ['electron'],
    node: true,
  },
  { path: 'app/main/inference-host', imports: [core('inference')], packages: ['electron'], node: true },
];

/** Where a folder of node-core outside the table lies (the composition root, fixtures): open to core, closed to the outside. */
export const outsideCore = ['app', 'network', 'ee'] as const;

/** Packages that belong to one room each, wherever else an import is open. */
export const packageOwners: Readonly<Record<string, readonly string[]>> = {
  electron: ['app/main', 'app/preload', 'e2e'],
  'node-llama-cpp': [core('inference')],
  'node-api-headers': [core('inference')],
  'better-sqlite3-multiple-ciphers': [core('storage'), core('vault')],
  '@orpc/client': ['app/renderer/rpc', core('cli'), core('server'), 'e2e', 'bench'],
};
