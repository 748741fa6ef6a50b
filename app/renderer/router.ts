import { useSyncExternalStore } from 'react';

/** Where the person is. Kept in the address fragment, so that back, forward and links work with no server behind. */
export type Route =
  | {
      readonly view:
        | 'inbox'
        | 'today'
        | 'upcoming'
        | 'projects'
        | 'notes'
        | 'runs'
        | 'extract'
        | 'agents'
        | 'composed'
        | 'new-playbook'
        | 'tools'
        | 'calls'
        | 'schedules'
        | 'profiles'
        | 'facts'
        | 'chats'
        | 'playground'
        | 'models'
        | 'settings'
        | 'keys'
        | 'usage'
        | 'requests'
        | 'done'
        | 'trash'
        | 'history';
    }
  | { readonly view: 'project'; readonly id: string }
  | { readonly view: 'note'; readonly id: string; readonly line?: number }
  /** `call`: of its calls the one to show. */
  | { readonly view: 'run'; readonly id: string; readonly call?: string }
  | { readonly view: 'playbook'; readonly id: string }
  | { readonly view: 'edit-playbook'; readonly id: string }
  | { readonly view: 'chat'; readonly id: string }
  | { readonly view: 'tag'; readonly key: string };

/**
 * What stands for a tag in an address. Browsers keep addresses on disk, and a tag is what a person wrote:
 * its FNV-1a hash is enough to find it again.
 */
export const tagKey = (tag: string): string => {
  let hash = 0x811c9dc5;
  for (const character of tag) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36);
};

export interface Location {
  readonly route: Route;
  /** The task open in the detail pane. */
  readonly taskId: string | null;
}

const plainViews = [
  'inbox',
  'today',
  'upcoming',
  'projects',
  'notes',
  'runs',
  'extract',
  'agents',
  'composed',
  'new-playbook',
  'tools',
  'calls',
  'schedules',
  'profiles',
  'facts',
  'chats',
  'playground',
  'models',
  'settings',
  'keys',
  'usage',
  'requests',
  'done',
  'trash',
  'history',
] as const;
const home: Route = { view: 'inbox' };

const parseRoute = (path: string, query: URLSearchParams): Route => {
  const [view = '', rest = ''] = path.split('/');
  const id = decodeURIComponent(rest);
  const plain = plainViews.find((name) => name === view);
  if (plain) return { view: plain };
  if (!id) return home;
  switch (view) {
    case 'run': {
      const call = query.get('call');
      return call ? { view, id, call } : { view, id };
    }
    case 'project':
    case 'playbook':
    case 'edit-playbook':
    case 'chat':
      return { view, id };
    case 'note': {
      const line = Number(query.get('line'));
      return line > 0 ? { view, id, line } : { view, id };
    }
    case 'tag':
      return { view, key: id };
    default:
      return home;
  }
};

export const parseLocation = (hash: string): Location => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(search);
  return { route: parseRoute(path, query), taskId: query.get('task') };
};

export const formatLocation = ({ route, taskId }: Location): string => {
  const query = new URLSearchParams();
  if (route.view === 'note' && route.line) query.set('line', String(route.line));
  if (route.view === 'run' && route.call) query.set('call', route.call);
  if (taskId) query.set('task', taskId);
  const rest = 'id' in route ? `/${encodeURIComponent(route.id)}` : 'key' in route ? `/${route.key}` : '';
  const search = query.toString();
  return `#/${route.view}${rest}${search ? `?${search}` : ''}`;
};

let cached = { hash: '', location: parseLocation('') };
const read = (): Location => {
  if (cached.hash !== location.hash) cached = { hash: location.hash, location: parseLocation(location.hash) };
  return cached.location;
};
const listeners = new Set<() => void>();
const announce = (): void => {
  for (const listener of listeners) listener();
};
window.addEventListener('hashchange', announce);
window.addEventListener('popstate', announce);

export const useLocation = (): Location =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);

const show = (next: Location, mode: 'push' | 'replace'): void => {
  const hash = formatLocation(next);
  if (hash === location.hash) return;
  if (mode === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
  announce();
};

export const navigate = (route: Route, taskId: string | null = null): void => show({ route, taskId }, 'push');

/** Opens, changes or (with null) closes the detail pane without leaving the view. */
export const showTask = (taskId: string | null): void => show({ route: read().route, taskId }, 'replace');

export const hrefOf = (route: Route): string => formatLocation({ route, taskId: null });
