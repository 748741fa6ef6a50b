import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { startCalendarProxy, startRadicale } from '../../testing/calendar-server.ts';
import { needDebian, type RunningServer } from '../../testing/debian-server.ts';
import { type Certificate, makeCertificate, startDovecot, startSmtp } from '../../testing/mail-servers.ts';
import { startOAuthServer } from '../../testing/oauth-server.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { userCall } from '../../testing/open-test-workspace.ts';
import { createTools, type Tools } from '../index.ts';

const absent = (await needDebian('dovecot', ['dovecot-imapd'])) ?? (await needDebian('radicale', ['radicale']));

describe.skipIf(absent !== null)(`accounts that take no password${absent ? `: ${absent}` : ''}`, () => {
  let opened: ReturnType<typeof openTestStore>;
  let tools: Tools;
  let now = systemClock.now();
  let oauth: Awaited<ReturnType<typeof startOAuthServer>>;
  let certificate: Certificate;
  let imap: Awaited<ReturnType<typeof startDovecot>>;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  let radicale: RunningServer;
  let dav: Awaited<ReturnType<typeof startCalendarProxy>>;

  const open = () =>
    createTools({ store: () => opened.store, clock: { ...systemClock, now: () => now }, logger: silentLogger });
  const set = async (tool: string, settings: Readonly<Record<string, string | null>>): Promise<void> => {
    for (const [setting, value] of Object.entries(settings))
      await tools.handlers.set({ tool, setting, value }, userCall);
  };
  const toolOf = (name: string) => {
    const tool = tools.box.find(name);
    if (!tool) throw new Error(`There is no ${name}.`);
    return tool;
  };
  const call = (name: string, input: unknown) => {
    const tool = toolOf(name);
    const { signal } = new AbortController();
    return tool.call(input, tools.box.context(tool, { egress: [], signal }));
  };
  const infoOf = async (name: string) =>
    (await tools.handlers.list(undefined, userCall)).find((tool) => tool.name === name);
  /** As the person's browser: it follows where it is sent, and shows what it reads there. */
  const browse = async (tool: string): Promise<string> => {
    const { signIn } = await tools.handlers.signIn({ tool }, userCall);
    expect(signIn).toMatchObject({ state: 'waiting', error: null });
    return (await fetch(signIn?.address ?? '')).text();
  };
  const days = { from: '2026-03-01', to: '2026-03-02' };

  beforeAll(async () => {
    opened = openTestStore();
    oauth = await startOAuthServer({ secret: 'client secret' });
    certificate = await makeCertificate();
    radicale = await startRadicale();
    [imap, smtp, dav] = await Promise.all([
      startDovecot(certificate, oauth.introspect),
      startSmtp({ certificate, secure: true, isGood: oauth.isGood }),
      startCalendarProxy(radicale.port, { isGood: oauth.isGood }),
    ]);
    tools = open();
    const other = {
      provider: 'other',
      client: 'jan-test',
      'client-secret': 'client secret',
      authorize: oauth.authorize,
      token: oauth.token,
    };
    await set('mail.search', {
      ...other,
      scope: 'imap smtp',
      user: 'ada@example.org',
      'imap-host': 'localhost',
      'imap-port': String(imap.tlsPort),
      'smtp-host': 'localhost',
      'smtp-port': String(smtp.port),
      certificate: certificate.cert.replaceAll('\n', ' '),
    });
    await set('calendar.read', { ...other, scope: 'calendar', url: dav.address });
    const made = await fetch(`http://127.0.0.1:${radicale.port}/ada/office/`, {
      method: 'MKCALENDAR',
      headers: { authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}` },
    });
    if (made.status !== 201) throw new Error(`Radicale answers ${made.status}.`);
  });
  afterAll(async () => {
    await tools.stop();
    await Promise.all([imap.stop(), smtp.stop(), dav.close(), radicale.stop(), oauth.close()]);
    opened.dispose();
  });

  it('say what to do before anybody signed in, and ask nobody', async () => {
    expect(await infoOf('mail.search')).toMatchObject({
      ready: false,
      missing: expect.stringMatching(/^Sign in to the mail at 127\.0\.0\.1:\d+ under Agents, Tools\.$/u),
      signIn: { state: 'signed-out', address: null },
    });
    await expect(call('mail.search', {})).rejects.toMatchObject({ code: 'TOOL_NOT_READY' });
    expect(oauth.granted).toEqual([]);
    expect((await infoOf('web.search'))?.signIn).toBeNull();
    expect((await infoOf('slack.send'))?.signIn).toBeNull();
  });

  it('are signed in to by a browser, and mail is searched and sent with tokens', async () => {
    expect(await browse('mail.read')).toBe('You are signed in. You can close this page and go back to Jan.');
    expect(await infoOf('mail.search')).toMatchObject({ ready: true, signIn: { state: 'signed-in', address: null } });
    expect(await call('mail.search', {})).toEqual({ messages: [], total: 0 });
    await call('mail.send', { to: ['bob@example.org'], subject: 'Hello', text: 'By a token.' });
    expect(smtp.mails).toMatchObject([{ from: 'ada@example.org', secure: true }]);
    expect(oauth.granted).toEqual(['authorization_code']);
    expect(oauth.scopeOf('access-1')).toBe('imap smtp');
    expect(JSON.stringify(await tools.handlers.list(undefined, userCall))).not.toMatch(
      /refresh-|access-|client secret/u,
    );
  });

  it('the calendar has a sign-in of its own, and is read and written with it', async () => {
    await expect(call('calendar.read', days)).rejects.toMatchObject({ code: 'TOOL_NOT_READY' });
    await browse('calendar.read');
    await call('calendar.write', { title: 'Demo', start: '2026-03-01', end: '2026-03-01' });
    expect(await call('calendar.read', days)).toMatchObject({ events: [{ title: 'Demo', calendar: 'ada/office' }] });
  });

  it('are renewed before they end, once for calls at the same time, over a lock of the vault and over a restart', async () => {
    now += 3_600_000;
    const before = oauth.granted.length;
    await Promise.all([call('mail.search', {}), call('mail.search', {}), call('mail.search', {})]);
    expect(oauth.granted.slice(before)).toEqual(['refresh_token']);
    await tools.stop();
    await tools.start();
    await call('mail.search', {});
    expect(oauth.granted.slice(before)).toEqual(['refresh_token', 'refresh_token']);
    expect(await browse('mail.read')).toContain('You are signed in.');
    await tools.stop();
    tools = open();
    await call('mail.search', {});
    expect(oauth.granted.slice(before + 2)).toEqual(['authorization_code', 'refresh_token']);
  });

  it('take no answer that is not to their question, and none twice', async () => {
    const { signIn } = await tools.handlers.signIn({ tool: 'mail.read' }, userCall);
    const sent = await fetch(signIn?.address ?? '', { redirect: 'manual' });
    const back = new URL(sent.headers.get('location') ?? '');
    const wrong = new URL(back);
    wrong.searchParams.set('state', 'x'.repeat(43));
    const says = async (url: URL) => (await fetch(url)).text();
    expect(await says(wrong)).toBe('This is not the sign-in that Jan waits for.');
    expect((await infoOf('mail.read'))?.signIn?.state).toBe('waiting');
    const both = await Promise.all([says(back), says(back)]);
    expect(both.toSorted()).toEqual([
      'This is not the sign-in that Jan waits for.',
      'You are signed in. You can close this page and go back to Jan.',
    ]);
  });

  it('say that the person refused, or the provider does', async () => {
    oauth.refuseNext('access_denied');
    expect(await browse('mail.read')).toBe('The server did not accept the sign-in. Go back to Jan and try again.');
    await expect
      .poll(async () => (await infoOf('mail.read'))?.signIn)
      .toMatchObject({
        state: 'signed-in',
        error: expect.stringMatching(/did not sign you in \(access_denied\)/u),
      });
    await set('mail.read', { 'client-secret': 'wrong' });
    expect(await browse('mail.read')).toContain('did not accept');
    await set('mail.read', { 'client-secret': 'client secret' });
  });

  it('ask for a new sign-in once the leave was taken back, another client is set, or the person signs out', async () => {
    await browse('mail.read');
    await expect.poll(async () => (await infoOf('mail.read'))?.signIn?.state).toBe('signed-in');
    await set('mail.read', { scope: 'imap' });
    expect(await infoOf('mail.search')).toMatchObject({ ready: false, signIn: { state: 'signed-out' } });
    await set('mail.read', { scope: 'imap smtp' });
    expect(await infoOf('mail.search')).toMatchObject({ ready: true });
    oauth.revoke();
    // As long as the token seems good, the mail server says so.
    await expect(call('mail.search', {})).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('sign in to mail again'),
    });
    now += 3_600_000;
    await expect(call('mail.search', {})).rejects.toMatchObject({
      code: 'TOOL_NOT_READY',
      message: expect.stringContaining('does not accept the sign-in any more (It is spent.)'),
    });
    expect(await infoOf('mail.search')).toMatchObject({ ready: false, signIn: { state: 'signed-out' } });
    await expect(call('calendar.read', days)).rejects.toMatchObject({ code: 'TOOL_NOT_READY' });
    await browse('calendar.read');
    const info = await tools.handlers.signOut({ tool: 'calendar.read' }, userCall);
    expect(info).toMatchObject({ ready: false, signIn: { state: 'signed-out' } });
  });

  it('with the presets have the servers of their provider, and say where there is none', async () => {
    await set('mail.read', {
      provider: 'google',
      'imap-host': null,
      'imap-port': null,
      'smtp-host': null,
      'smtp-port': null,
    });
    expect((await infoOf('mail.read'))?.missing).toBe('Sign in to the mail at Google under Agents, Tools.');
    const { signIn } = await tools.handlers.signIn({ tool: 'mail.read' }, userCall);
    const address = new URL(signIn?.address ?? '');
    expect(`${address.origin}${address.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: 'jan-test',
      scope: 'https://mail.google.com/',
      access_type: 'offline',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/u),
    });
    expect(tools.box.origins(toolOf('mail.send'))).toEqual([
      'smtps://smtp.gmail.com:465',
      'imaps://imap.gmail.com:993',
    ]);
    await set('mail.read', { provider: 'microsoft' });
    expect(tools.box.origins(toolOf('mail.send'))).toEqual([
      'smtps://smtp.office365.com:587',
      'imaps://outlook.office365.com:993',
    ]);
    await set('calendar.read', { provider: 'microsoft' });
    expect((await infoOf('calendar.read'))?.missing).toMatch(/Microsoft has no CalDAV/u);
    await set('calendar.read', { provider: 'elsewhere' });
    expect((await infoOf('calendar.read'))?.missing).toMatch(/^Set Sign-in to google, microsoft or other/u);
  });
});
