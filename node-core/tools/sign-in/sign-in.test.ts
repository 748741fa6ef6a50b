import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../common/index.ts';
import { startWebServer } from '../../testing/web-server.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { Account } from './account.ts';
import { createSignIns, type SignIns } from './sign-in.ts';

let server: Awaited<ReturnType<typeof startWebServer>>;
let signIns: SignIns;
let asked: PromiseWithResolvers<void>;
let answer: PromiseWithResolvers<void>;
let refreshes = 0;
let kept: Map<string, string>;
const store = {
  setting: (id: string) => kept.get(id) ?? null,
  write: (id: string, value: string | null) => void (value === null ? kept.delete(id) : kept.set(id, value)),
};

beforeEach(async () => {
  asked = Promise.withResolvers();
  answer = Promise.withResolvers();
  refreshes = 0;
  kept = new Map();
  signIns = createSignIns({ clock: systemClock });
  server = await startWebServer((request, response) => {
    request.resume();
    refreshes += 1;
    asked.resolve();
    void answer.promise.then(() =>
      response.end(
        JSON.stringify({ access_token: `access-${refreshes}`, token_type: 'Bearer', refresh_token: 'next' }),
      ),
    );
  });
});
afterEach(async () => {
  answer.resolve();
  signIns.stop();
  await server.close();
});

const account = (): Account => ({
  ...{ title: 'A server', client: 'jan-test', secret: null, scope: 'mail', more: {}, host: '127.0.0.1' as const },
  authorize: `${server.origin}/authorize`,
  token: `${server.origin}/token`,
});
const isOpen = async (address: string): Promise<boolean> => {
  const back = new URL(address).searchParams.get('redirect_uri') ?? '';
  return fetch(new URL('/elsewhere', back)).then(
    () => true,
    () => false,
  );
};

it('two that are begun at once leave one port open, and none after the end', async () => {
  const both = await Promise.all([1, 2].map(() => signIns.begin('mail', account(), store)));
  expect(await Promise.all(both.map(isOpen))).toEqual([false, true]);
  expect(signIns.stateOf('mail').address).toBe(both[1]);
  const late = signIns.begin('calendar', account(), store);
  signIns.stop();
  await expect(late).rejects.toMatchObject({ name: 'CancellationError' });
  expect(await isOpen(both[1] ?? '')).toBe(false);
});

it('who is cancelled does not wait for a token, and the next takes the one that was asked for', async () => {
  const { client, token, scope } = account();
  kept.set('sign-in', JSON.stringify({ client, token, scope, refresh: 'first' }));
  const first = new AbortController();
  const cancelled = signIns.token('mail', account(), store, first.signal);
  await asked.promise;
  first.abort();
  await expect(cancelled).rejects.toMatchObject({ name: 'CancellationError' });
  const next = signIns.token('mail', account(), store, new AbortController().signal);
  answer.resolve();
  expect(await next).toBe('access-1');
  expect(refreshes).toBe(1);
});

it('a token that does not come leaves no doubt about what it was wanted for', async () => {
  const { client, token, scope } = account();
  kept.set('sign-in', JSON.stringify({ client, token, scope, refresh: 'first' }));
  const wanted = signIns.token('mail', account(), store, new AbortController().signal);
  wanted.catch(() => undefined);
  await asked.promise;
  await server.close();
  await expect(wanted).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringMatching(/Try again later\.$/u),
  });
  await expect(wanted).rejects.not.toBeInstanceOf(OutcomeUnknown);
});

it('who signs out stays signed out, whatever a server still answers', async () => {
  const { client, token, scope } = account();
  kept.set('sign-in', JSON.stringify({ client, token, scope, refresh: 'first' }));
  const late = signIns.token('mail', account(), store, new AbortController().signal);
  await asked.promise;
  signIns.forget('mail');
  kept.delete('sign-in');
  answer.resolve();
  await expect(late).rejects.toMatchObject({ code: 'TOOL_NOT_READY' });
  expect(kept.size).toBe(0);
});

it('a sign-in that was given up while its code was looked at leaves nothing', async () => {
  const address = new URL(await signIns.begin('mail', account(), store));
  const back = new URL(address.searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('state', address.searchParams.get('state') ?? '');
  back.searchParams.set('code', 'a code');
  const browser = fetch(back).catch(() => undefined);
  await asked.promise;
  signIns.forget('mail');
  answer.resolve();
  await browser;
  // Asked after it, so answered after it.
  const { client, token, scope } = account();
  const other = JSON.stringify({ client, token, scope, refresh: 'first' });
  const elsewhere = { setting: () => other, write: () => undefined };
  await signIns.token('calendar', account(), elsewhere, new AbortController().signal);
  expect(kept.size).toBe(0);
  expect(signIns.stateOf('mail')).toEqual({ address: null, error: null });
});
