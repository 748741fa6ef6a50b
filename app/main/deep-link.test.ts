import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDeepLink, routeOf } from './deep-link.ts';

const id = '0193f5c2-7b1a-7c3d-8e4f-5a6b7c8d9e0f';

test.each([
  ['jan://open/inbox', '#/inbox'],
  ['jan://open/settings', '#/settings'],
  [`jan://open/project/${id}`, `#/project/${id}`],
  [`jan://open/note/${id}`, `#/note/${id}`],
])('%s shows %s', (link, route) => {
  const parsed = parseDeepLink(link);
  expect(parsed && routeOf(parsed)).toBe(route);
});

test.each([
  'jan://open',
  'jan://open/',
  'jan://open/inbox/more',
  'jan://open/inbox?then=delete',
  'jan://open/inbox#/settings',
  'jan://open/project',
  `jan://open/project/${id}/x`,
  'jan://open/project/%2e%2e',
  'jan://user:password@open/inbox',
  'jan://run/rm',
  'jan:open/inbox',
  'https://open/inbox',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '--data=/tmp',
  '',
])('%s asks for nothing', (link) => {
  expect(parseDeepLink(link)).toBeUndefined();
});

test('whatever is given, the route is one of ours', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((rest) => `jan://open/${rest}`),
      ),
      (text) => {
        const link = parseDeepLink(text);
        if (link) expect(routeOf(link)).toMatch(/^#\/[a-z]+(\/[0-9a-f-]{36})?$/);
      },
    ),
  );
});
