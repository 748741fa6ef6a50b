import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSetting } from '../storage/index.ts';
import { temporaryDirectory } from '../testing/test-vault.ts';
import { createVault, type Vault } from '../vault/index.ts';
import { readPreferences, writePreferences } from './settings.ts';

const place = temporaryDirectory();
let vault: Vault;

beforeAll(async () => {
  vault = createVault({ dir: place.dir });
  await vault.start();
});

afterAll(async () => {
  await vault.stop();
  place.dispose();
});

it('one value of another version costs none of the others, least of all the automatic lock', () => {
  const store = vault.store();
  writeSetting(store, 'preferences', { theme: 'neon', autoLockMinutes: 5, fontScale: 2 });
  expect(readPreferences(store)).toEqual({
    theme: 'system',
    noteFont: 'sans',
    weekStart: 'monday',
    requestLog: true,
    learnFacts: true,
    traceEndpoint: null,
    traceContent: false,
    autoLockMinutes: 5,
    allowRemote: false,
    fallbackModelId: null,
  });
  writePreferences(store, { noteFont: 'serif' });
  expect(readPreferences(store)).toMatchObject({ noteFont: 'serif', autoLockMinutes: 5 });
});

it.each(['ftp://127.0.0.1', 'http://me:secret@127.0.0.1:4318', 'nowhere'])('%s is no address of a collector', (url) => {
  writeSetting(vault.store(), 'preferences', { traceEndpoint: url });
  expect(readPreferences(vault.store()).traceEndpoint).toBeNull();
  writePreferences(vault.store(), { traceEndpoint: 'http://127.0.0.1:4318' });
  expect(readPreferences(vault.store()).traceEndpoint).toBe('http://127.0.0.1:4318');
});

it('content goes to no other address than the one it was switched on for', () => {
  const store = vault.store();
  const at = (endpoint: string | null) => ({ traceEndpoint: endpoint });
  writePreferences(store, at('http://127.0.0.1:4318'));
  writePreferences(store, { traceContent: true });
  writePreferences(store, { ...at('http://127.0.0.1:4318'), theme: 'dark' });
  expect(readPreferences(store).traceContent).toBe(true);
  writePreferences(store, at('https://collector.example'));
  expect(readPreferences(store)).toMatchObject({ traceEndpoint: 'https://collector.example', traceContent: false });
  writePreferences(store, { ...at('http://127.0.0.1:4318'), traceContent: true });
  expect(readPreferences(store).traceContent).toBe(true);
  writePreferences(store, at(null));
  expect(readPreferences(store).traceContent).toBe(false);
});
