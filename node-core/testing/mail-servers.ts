import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import { freePort, type RunningServer, startServer } from './debian-server.ts';

const run = promisify(execFile);
const NOBODY = 65_534;

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** For `localhost` and 127.0.0.1, its own authority. */
export const makeCertificate = async (): Promise<Certificate> => {
  const folder = await mkdtemp(join(tmpdir(), 'jan-cert-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
  ]);
  const made = { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  await rm(folder, { recursive: true });
  return made;
};

/**
 * Dovecot with the user `ada@example.org` (`secret`): IMAP with STARTTLS on its port, with TLS from the first byte on `tlsPort`.
 * `introspect`: instead of the password it takes tokens (XOAUTH2) that this address says are good.
 */
export const startDovecot = async (
  { cert, key }: Certificate,
  introspect?: string,
): Promise<RunningServer & { readonly tlsPort: number }> => {
  const tlsPort = await freePort();
  const isRoot = process.getuid?.() === 0;
  const me = userInfo();
  const server = await startServer(async ({ folder, port }) => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'cert.pem'), cert);
    await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
    await writeFile(join(folder, 'users'), 'ada@example.org:{PLAIN}secret\n', { mode: 0o644 });
    await writeFile(
      join(folder, 'oauth2'),
      `introspection_url = ${introspect}\nintrospection_mode = post\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`,
      { mode: 0o644 },
    );
    await mkdir(join(folder, 'mail'));
    if (isRoot) await chown(join(folder, 'mail'), NOBODY, NOBODY);
    const uid = isRoot ? NOBODY : me.uid;
    const gid = isRoot ? NOBODY : me.gid;
    await writeFile(
      join(folder, 'dovecot.conf'),
      `
base_dir = ${join(folder, 'run')}
state_dir = ${join(folder, 'state')}
log_path = ${join(folder, 'log')}
protocols = imap
listen = 127.0.0.1
auth_failure_delay = 0
ssl = yes
ssl_cert = <${join(folder, 'cert.pem')}
ssl_key = <${join(folder, 'key.pem')}
mail_location = maildir:${join(folder, 'mail')}/%u
first_valid_uid = 1
last_valid_uid = 0
first_valid_gid = 1
${isRoot ? '' : `default_internal_user = ${me.username}\ndefault_internal_group = ${me.gid}\ndefault_login_user = ${me.username}\nservice anvil {\n  chroot =\n}\n`}
${
  introspect
    ? `auth_mechanisms = xoauth2 oauthbearer\npassdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${join(folder, 'oauth2')}\n}`
    : `passdb {\n  driver = passwd-file\n  args = ${join(folder, 'users')}\n}`
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${join(folder, 'mail')}/%u
}
namespace inbox {
  inbox = yes
  mailbox Drafts {
    special_use = \\Drafts
    auto = create
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
`,
    );
    return { command: 'dovecot', args: ['-F', '-c', join(folder, 'dovecot.conf')] };
  });
  return { ...server, tlsPort };
};

export interface SentMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
}

/** An SMTP server on this machine that keeps what it is given and refuses recipients at `refused.example`. */
export const startSmtp = async (options: {
  readonly certificate: Certificate;
  readonly secure: boolean;
  readonly hideStartTls?: boolean;
  /** Instead of the password it takes tokens (XOAUTH2) that are good. */
  readonly isGood?: (token: string) => boolean;
}) => {
  const mails: SentMail[] = [];
  const server = new SMTPServer({
    secure: options.secure,
    key: options.certificate.key,
    cert: options.certificate.cert,
    hideSTARTTLS: options.hideStartTls ?? false,
    disabledCommands: options.hideStartTls ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    ...(options.isGood && { authMethods: ['XOAUTH2'] }),
    onAuth({ username, password, accessToken }, _session, done) {
      if (options.isGood) {
        const isGood = username === 'ada@example.org' && options.isGood(accessToken ?? '');
        done(isGood ? null : new Error('Invalid token'), isGood ? { user: username } : undefined);
      } else if (username === 'ada@example.org' && password === 'secret') done(null, { user: username });
      else done(new Error('Invalid login'));
    },
    onRcptTo({ address }, _session, done) {
      done(address.endsWith('@refused.example') ? new Error('No such mailbox') : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
          secure: session.secure,
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  return { port, mails, stop: () => new Promise<void>((done) => server.close(() => done())) };
};
