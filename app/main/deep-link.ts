import { z } from 'zod';

const Id = z.uuid();

/** Everything that a `jan://` address can ask for: to look at something. None of it runs anything. */
export type DeepLink =
  | { readonly view: 'inbox' | 'today' | 'upcoming' | 'notes' | 'runs' | 'models' | 'settings' }
  | { readonly view: 'project' | 'note' | 'run'; readonly id: string };

const lists = ['inbox', 'today', 'upcoming', 'notes', 'runs', 'models', 'settings'] as const;
const single = ['project', 'note', 'run'] as const;

/** `jan://open/<view>` and `jan://open/<view>/<id>`; anything else is `undefined`. */
export const parseDeepLink = (text: string): DeepLink | undefined => {
  const url = URL.parse(text);
  if (
    !url ||
    url.protocol !== 'jan:' ||
    url.host !== 'open' ||
    url.search ||
    url.hash ||
    url.username ||
    url.password
  ) {
    return undefined;
  }
  const [, view, id, ...rest] = url.pathname.split('/');
  if (rest.length > 0) return undefined;
  const list = lists.find((name) => name === view);
  if (list) return id === undefined ? { view: list } : undefined;
  const one = single.find((name) => name === view);
  const parsed = Id.safeParse(id);
  return one && parsed.success ? { view: one, id: parsed.data } : undefined;
};

/** The route of the interface that shows it. */
export const routeOf = (link: DeepLink): string => `#/${link.view}${'id' in link ? `/${link.id}` : ''}`;
