import { z } from 'zod';
import { Settings } from '../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../storage/index.ts';

const {
  theme,
  noteFont,
  weekStart,
  autoLockMinutes,
  allowRemote,
  fallbackModelId,
  requestLog,
  learnFacts,
  traceEndpoint,
  traceContent,
} = Settings.shape;
/** A value that an older or newer version wrote and this one can't use counts as not set; the others stay. */
const Preferences = z.object({
  theme: theme.catch('system'),
  noteFont: noteFont.catch('sans'),
  weekStart: weekStart.catch('monday'),
  autoLockMinutes: autoLockMinutes.catch(0),
  allowRemote: allowRemote.catch(false),
  fallbackModelId: fallbackModelId.catch(null),
  requestLog: requestLog.catch(true),
  learnFacts: learnFacts.catch(true),
  traceEndpoint: traceEndpoint.catch(null),
  traceContent: traceContent.catch(false),
});
type Preferences = z.infer<typeof Preferences>;
const preferencesSetting = 'preferences';

/** What a person set. */
export const readPreferences = (store: Store): Preferences => {
  const stored = readSetting(store, preferencesSetting);
  return Preferences.parse(typeof stored === 'object' && stored !== null ? stored : {});
};

/** Changes what `patch` names and leaves the rest; but who is told of runs at another address is told no content unless that is said too. */
export const writePreferences = (
  store: Store,
  patch: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined },
): void => {
  const before = readPreferences(store);
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const isElsewhere = patch.traceEndpoint !== undefined && patch.traceEndpoint !== before.traceEndpoint;
  writeSetting(store, preferencesSetting, {
    ...before,
    ...(isElsewhere ? { traceContent: false } : {}),
    ...Object.fromEntries(given),
  });
};
