import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { AppError, contract, KeyScope } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';
import { mayHear, requireRpcScope } from './rpc-scopes.ts';

const unlimited = { requestsPerMinute: null, tokensPerDay: null, tokensPerMonth: null, tokensInAll: null };
const holder = (scopes: readonly KeyScope[], more: Partial<KeyHolder> = {}): KeyHolder => ({
  keyId: 'key',
  actor: 'api',
  scopes: new Set(scopes),
  models: null,
  limits: unlimited,
  ...more,
});

const pathsOf = (node: unknown, path: readonly string[] = []): string[] => {
  if (isContractProcedure(node)) return [path.join('.')];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => pathsOf(child, [...path, name]));
};
const all = pathsOf(contract);

const opens = (who: KeyHolder): string[] =>
  all.filter((path) => {
    try {
      requireRpcScope(who, path.split('.'));
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'FORBIDDEN') return false;
      throw error;
    }
  });

const forAnyKey = [
  'system.info',
  'system.events',
  'system.settings',
  'vault.status',
  'models.list',
  'models.status',
  'models.machine',
  'models.catalog',
  'models.downloads',
];
const parts = (...names: string[]) => all.filter((path) => names.includes(path.split('.')[0] ?? ''));

describe('the contract over a socket', () => {
  it('is closed to a key that may ask models, but for what any key reads', () => {
    expect(opens(holder(['inference'])).toSorted()).toEqual(forAnyKey.toSorted());
  });

  it('opens no more to a key than its scope', () => {
    const only = (scope: KeyScope) => opens(holder([scope])).filter((path) => !forAnyKey.includes(path));
    const asking = ['threads.send', 'threads.regenerate'];
    expect(only('conversations')).toEqual(parts('threads').filter((path) => !asking.includes(path)));
    expect(only('models')).toEqual(parts('models').filter((path) => !forAnyKey.includes(path)));
    expect(only('workspace').toSorted()).toEqual(
      [
        'vault.lock',
        'vault.unlock',
        ...parts('tasks', 'quickAdd', 'projects', 'notes', 'tags', 'search', 'history'),
        ...['list', 'get', 'start', 'cancel', 'undo', 'watch', 'replay', 'trace'].map((name) => `runs.${name}`),
        ...['list', 'get', 'check', 'compose'].map((name) => `playbooks.${name}`),
        'profiles.list',
        'facts.list',
      ].toSorted(),
    );
  });

  it('is never open to a key for what gives power: keys, pairing, settings, ways into the vault, what others asked, /v1 as a person, what agents are told, may use and have approved', () => {
    const powers = [
      'system.updateSettings',
      ...all.filter(
        (path) => path.startsWith('vault.') && !['vault.status', 'vault.lock', 'vault.unlock'].includes(path),
      ),
      ...parts('keys', 'pairing', 'usage', 'requests', 'api', 'schedules', 'tools', 'calls'),
      ...['runs.answer', 'runs.fork', 'runs.again', 'playbooks.save', 'playbooks.remove', 'playbooks.parts'],
      ...['profiles.save', 'profiles.remove', 'facts.save', 'facts.remove'],
    ];
    const open = opens(holder(KeyScope.options));
    expect(all.filter((path) => !open.includes(path)).toSorted()).toEqual(powers.toSorted());
    expect(opens({ ...holder([]), actor: 'user' })).toEqual(all);
  });

  it('tells a key the news of what it may read, and nothing of a kind that is not known', () => {
    const hears = (who: KeyHolder) =>
      ['settings', 'model', 'workspace', 'run', 'thread', 'keys', 'pairing', 'constructor', 'new'].filter((type) =>
        mayHear(who, { type }),
      );
    expect(hears(holder(['inference']))).toEqual(['settings', 'model']);
    expect(hears(holder(['workspace']))).toEqual(['settings', 'model', 'workspace', 'run']);
    expect(hears(holder(KeyScope.options))).toEqual(['settings', 'model', 'workspace', 'run', 'thread']);
    expect(hears({ ...holder([]), actor: 'user' })).toHaveLength(9);
  });

  it('is closed where a new part, or a name of every object, is asked for', () => {
    for (const path of [[], ['new'], ['new', 'list'], ['constructor'], ['__proto__', 'x'], ['toString', 'list']])
      expect(() => requireRpcScope(holder(KeyScope.options), path), path.join('.')).toThrow(AppError);
  });

  it.each([
    ['a budget', { limits: { ...unlimited, tokensInAll: 1_000 } }],
    ['a rate', { limits: { ...unlimited, requestsPerMinute: 1 } }],
    ['models of its own', { models: new Set(['tiny']) }],
  ])('makes no model write for a key with %s, which would count for nobody', (_name, more) => {
    const open = opens(holder(KeyScope.options, more));
    expect(opens(holder(KeyScope.options)).filter((path) => !open.includes(path))).toEqual([
      'runs.start',
      'playbooks.compose',
      'threads.send',
      'threads.regenerate',
    ]);
  });
});
