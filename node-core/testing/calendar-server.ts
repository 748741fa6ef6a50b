import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { type RunningServer, startServer } from './debian-server.ts';

/** Radicale, a CalDAV server of Debian, with the users `ada` and `bob` (`secret`). */
export const startRadicale = (): Promise<RunningServer> =>
  startServer(async ({ folder, port }) => {
    await writeFile(join(folder, 'users'), 'ada:secret\nbob:secret\n');
    await mkdir(join(folder, 'data'));
    await writeFile(
      join(folder, 'config'),
      [
        '[server]',
        `hosts = 127.0.0.1:${port}`,
        '[auth]',
        'type = htpasswd',
        `htpasswd_filename = ${join(folder, 'users')}`,
        'htpasswd_encryption = plain',
        'delay = 0',
        '[storage]',
        `filesystem_folder = ${join(folder, 'data')}`,
        '',
      ].join('\n'),
    );
    return { command: 'radicale', args: ['--config', join(folder, 'config')] };
  });

/**
 * Before such a server. `isGood`: it takes tokens that are good, and no password. `schedules`: it says that it tells those who are invited,
 * as a server with RFC 6638 does. `loses`: methods whose answers get lost, though
 * all was done.
 */
export const startCalendarProxy = async (
  port: number,
  {
    isGood,
    schedules = false,
    loses = () => false,
  }: {
    readonly isGood?: (token: string) => boolean;
    readonly schedules?: boolean;
    readonly loses?: (method: string) => boolean;
  },
) => {
  const server = createServer((incoming, response) => {
    const token = /^Bearer (.+)$/u.exec(incoming.headers.authorization ?? '')?.[1];
    if (isGood && (token === undefined || !isGood(token))) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    const authorization = isGood
      ? `Basic ${Buffer.from('ada:secret').toString('base64')}`
      : incoming.headers.authorization;
    const headers = { ...incoming.headers, authorization };
    const on = request({ port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers }, (answer) => {
      if (loses(incoming.method ?? '')) {
        answer.resume().once('end', () => response.destroy());
        return;
      }
      const dav =
        schedules && answer.headers['dav'] !== undefined
          ? `${String(answer.headers['dav'])}, calendar-auto-schedule`
          : undefined;
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(dav && { dav }) });
      answer.pipe(response);
    });
    incoming.pipe(on);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    address: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};
