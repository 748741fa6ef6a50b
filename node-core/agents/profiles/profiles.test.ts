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

it('passes over one that it can not read, and names those there are for one that is missing', () => {
  opened.store.write((tx) =>
    tx.run(opened.store.qb.insertInto('profile').values({ id: 'writer', data: '{"id":"writer"}' })),
  );
  expect(profiles.profileOf('writer').name).toBe('Writer');
  expect(() => profiles.profileOf('wizard')).toThrow(/no agent "wizard".*planner, researcher/);
});
