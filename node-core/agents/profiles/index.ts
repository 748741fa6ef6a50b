import { AppError, type ContractHandlers, Profile } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { shippedProfiles } from './shipped.ts';

/** Who does a step. A shipped profile can be changed and comes back as it was when its own values are saved again. */
export interface Profiles {
  /** @throws AppError `NOT_FOUND` */
  profileOf(id: string): Profile;
  all(): Profile[];
  readonly handlers: ContractHandlers['profiles'];
}

export const createProfiles = ({ store }: { readonly store: () => Store }): Profiles => {
  /** One that an older or newer version wrote and this one can't read counts as not kept. */
  const kept = (): Map<string, Profile> => {
    const rows = store().all(store().qb.selectFrom('profile').select('data').orderBy('id'));
    return new Map(
      rows.flatMap(({ data }) => {
        const { success, data: profile } = Profile.safeParse(JSON.parse(data));
        return success ? [[profile.id, profile] as const] : [];
      }),
    );
  };

  const all = (): Profile[] => {
    const own = kept();
    const known = new Set(shippedProfiles.map(({ id }) => id));
    return [
      ...shippedProfiles.map((profile) => own.get(profile.id) ?? profile),
      ...[...own.values()].filter(({ id }) => !known.has(id)),
    ];
  };

  return {
    profileOf(id) {
      const found = all().find((profile) => profile.id === id);
      if (!found)
        throw new AppError(
          'NOT_FOUND',
          `There is no agent "${id}". There are: ${all()
            .map((profile) => profile.id)
            .join(', ')}. Make one under Agents, or name one of these.`,
        );
      return found;
    },
    all,
    handlers: {
      list() {
        const own = kept();
        return all().map((profile) => {
          const isShipped = shippedProfiles.some(({ id }) => id === profile.id);
          return { ...profile, origin: !isShipped ? 'own' : own.has(profile.id) ? 'changed' : 'shipped' };
        });
      },
      remove({ id }) {
        const gone = store().write((tx) => {
          const row = tx.first(store().qb.selectFrom('profile').select('id').where('id', '=', id));
          tx.run(store().qb.deleteFrom('profile').where('id', '=', id));
          return row !== undefined;
        });
        if (!gone && !shippedProfiles.some((shipped) => shipped.id === id))
          throw new AppError('NOT_FOUND', `There is no agent "${id}". Reload the list.`);
      },
      save(profile) {
        if (profile.id === 'me' || profile.id === 'agent')
          throw new AppError('BAD_REQUEST', `“${profile.id}” names whoever fits, or yourself. Choose another name.`);
        const data = JSON.stringify(profile);
        store().write((tx) =>
          tx.run(
            store()
              .qb.insertInto('profile')
              .values({ id: profile.id, data })
              .onConflict((conflict) => conflict.column('id').doUpdateSet({ data })),
          ),
        );
        return profile;
      },
    },
  };
};
