import { randomBytes } from 'node:crypto';
import { type Dirent, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from './headers.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const rescanMillis = 1_000;
/** What `index.html` carries where the style nonce of the response belongs. */
const noncePlaceholder = '__STYLE_NONCE__';

export interface StaticFiles {
  /** Answers a GET or HEAD for the app's own files; false where there is none of that name. */
  serve(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean>;
}

/**
 * The built UI, whose shell is at `/` and routes by the fragment. Only names that a listing of `root` holds are ever opened, so a path in a
 * request can't lead anywhere else.
 */
export const createStaticFiles = (root: string): StaticFiles => {
  let files = new Map<string, string>();
  let listedAt = Number.NEGATIVE_INFINITY;
  const relist = () => {
    if (performance.now() - listedAt < rescanMillis) return;
    listedAt = performance.now();
    files = listFiles(root);
  };
  const find = (name: string): string | undefined => {
    if (!files.has(name)) relist();
    return files.get(name);
  };
  return {
    async serve(request, response, pathname) {
      const path = decodePath(pathname);
      if (path === undefined) return false;
      const name = path === '/' ? '/index.html' : path;
      const file = find(name);
      if (file === undefined) return false;
      const shell = name.endsWith('.html');
      let body = await readFile(file);
      const nonce = randomBytes(16).toString('base64');
      if (shell) body = Buffer.from(body.toString('utf8').replaceAll(noncePlaceholder, nonce));
      response.writeHead(200, {
        'content-type': mediaTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
        'content-length': body.length,
        'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(shell ? { 'content-security-policy': contentSecurityPolicy(nonce) } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
      return true;
    },
  };
};

const decodePath = (pathname: string): string | undefined => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
};

const listFiles = (root: string): Map<string, string> => {
  let entries: Dirent[];
  try {
    entries = readdirSync(root, { recursive: true, withFileTypes: true });
  } catch {
    // Not built: the API works without it, and the page says what to do.
    return new Map();
  }
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(root, file).split(sep).join('/')}`, file]),
  );
};
