import { afterEach, beforeEach, expect, it } from 'vitest';
import { Profile } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createProfiles, type Profiles } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let opened: ReturnType<typeof openTestStore>;
let profiles: Profiles;

beforeEach(() => {
  opened = openTestStore();
  profiles = createProfiles({ store: () => opened.store });
});
afterEach(() => opened.dispose());

const ids = async () => (await profiles.handlers.list(undefined, call)).map(({ id }) => id);

it('ships five, each with a prompt that a small model can keep to', async () => {
  expect(await ids()).toEqual(['planner', 'researcher', 'writer', 'organiser', 'reviewer']);
  for (const id of await ids()) {
    const profile = profiles.profileOf(id);
    expect(Profile.parse(profile)).toEqual(profile);
    expect(profile.system.length).toBeLessThan(500);
  }
});

it('keeps what a person changed and made', async () => {
  const writer = { ...profiles.profileOf('writer'), modelId: 'large', temperature: 1 };
  const lawyer = { ...writer, id: 'lawyer', name: 'Lawyer' };
  await profiles.handlers.save(writer, call);
  await profiles.handlers.save(lawyer, call);
  await profiles.handlers.save({ ...lawyer, name: 'Counsel' }, call);
  const again = createProfiles({ store: () => opened.store });
  expect(again.profileOf('writer')).toEqual(writer);
  expect(again.profileOf('lawyer').name).toBe('Counsel');
  expect(await ids()).toEqual(['planner', 'researcher', 'writer', 'organiser', 'reviewer', 'lawyer']);
});

it('takes an own one away, and what was changed of a shipped one back', async () => {
  const writer = profiles.profileOf('writer');
  await profiles.handlers.save({ ...writer, temperature: 1 }, call);
  await profiles.handlers.save({ ...writer, id: 'lawyer' }, call);
  const origins = async () =>
    (await profiles.handlers.list(undefined, call)).map(({ id, origin }) => `${id} ${origin}`).slice(2);
  expect(await origins()).toEqual(['writer changed', 'organiser shipped', 'reviewer shipped', 'lawyer own']);
  await profiles.handlers.remove({ id: 'writer' }, call);
  await profiles.handlers.remove({ id: 'lawyer' }, call);
  expect(await origins()).toEqual(['writer shipped', 'organiser shipped', 'reviewer shipped']);
  expect(profiles.profileOf('writer')).toEqual(writer);
  expect(() => profiles.handlers.remove({ id: 'lawyer' }, call)).toThrow(/no agent "lawyer"/);
});

it('gives nobody the name that stands for whoever fits', () => {
  for (const id of ['me', 'agent'])
    expect(() => profiles.handlers.save({ ...profiles.profileOf('writer'), id }, call)).toThrow(/another name/);
});

it('passes over one that it can not read, and names those there are for one that is missing', () => {
  opened.store.write((tx) =>
    tx.run(opened.store.qb.insertInto('profile').values({ id: 'writer', data: '{"id":"writer"}' })),
  );
  expect(profiles.profileOf('writer').name).toBe('Writer');
  expect(() => profiles.profileOf('wizard')).toThrow(/no agent "wizard".*planner, researcher/);
});
