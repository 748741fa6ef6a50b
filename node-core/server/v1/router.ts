import { AppError } from '../../contract/index.ts';
import type { Route } from './route.ts';

export type Match =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** Nothing here, or not with this method; `shape` is that of the address's neighbours. */
  | { readonly refusal: AppError; readonly shape: 'openai' | 'anthropic' };

export type Router = (method: string, path: string) => Match;

/** Finds the route of a request. `:name` in a pattern stands for one segment of the path. */
export const createRouter = (routes: readonly Route[]): Router => {
  const byLength = new Map<number, { readonly route: Route; readonly segments: readonly string[] }[]>();
  for (const route of routes) {
    const segments = route.pattern.split('/');
    const same = byLength.get(segments.length) ?? [];
    byLength.set(segments.length, [...same, { route, segments }]);
  }
  return (method, path) => {
    const given = path.split('/');
    const matches = (byLength.get(given.length) ?? []).filter(({ segments }) =>
      segments.every((segment, index) => segment === given[index] || (segment.startsWith(':') && given[index] !== '')),
    );
    const match = matches.find(({ route }) => route.method === method);
    if (match) {
      const params = match.segments.flatMap((segment, index) =>
        segment.startsWith(':') ? [[segment.slice(1), decode(given[index] ?? '')] as const] : [],
      );
      return { route: match.route, params: Object.fromEntries(params) };
    }
    const shape = matches[0]?.route.errors ?? 'openai';
    if (matches.length === 0) {
      const message = `Unknown request URL: ${method} ${path.slice(0, 200)}. docs/api.md lists what this node answers.`;
      return { refusal: new AppError('NOT_FOUND', message), shape };
    }
    const allow = [...new Set(matches.map(({ route }) => route.method))].join(', ');
    const message = `Not allowed to ${method} here. Use ${allow}.`;
    return { refusal: new AppError('METHOD_NOT_ALLOWED', message, { data: { allow } }), shape };
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
