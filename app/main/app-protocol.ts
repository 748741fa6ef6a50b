import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol, type Session } from 'electron';

const scheme = 'app';
export const appOrigin = `${scheme}://jan`;

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Before `ready`: makes `app:` a standard, secure scheme, so that the page has an origin of its own. */
export const declareAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
};

const contentSecurityPolicy = (styleNonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

const listFiles = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );

const refused = (status: number): Response =>
  new Response(null, { status, headers: { 'x-content-type-options': 'nosniff' } });

/**
 * Answers `app://jan/…` with the built interface. Only names that a listing of the folder holds are ever opened, so no
 * path in an address, however it is escaped, leads out of it.
 */
export const serveApp = (session: Session, folder: string): void => {
  const files = listFiles(folder);
  session.protocol.handle(scheme, async (request) => {
    const url = URL.parse(request.url);
    if (!url || url.host !== 'jan' || request.method !== 'GET') return refused(url?.host === 'jan' ? 405 : 403);
    const name = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = files.get(name);
    if (!file) return refused(404);
    const nonce = randomBytes(16).toString('base64');
    const content = await readFile(file);
    const shell = extname(file) === '.html';
    return new Response(
      shell ? content.toString('utf8').replaceAll('__STYLE_NONCE__', nonce) : new Uint8Array(content),
      {
        headers: {
          'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': contentSecurityPolicy(nonce),
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
          'cross-origin-resource-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
        },
      },
    );
  });
};
