import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { onCommand, record } from './control.ts';

type Handle = (request: Request) => Response | Promise<Response>;
type PermissionRequest = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;

let handle: Handle = () => new Response(null, { status: 404 });
let permissionRequest: PermissionRequest | undefined;
let permissionCheck: PermissionCheck | undefined;

export const answerFor = (url: string): Response | Promise<Response> => handle(new Request(url));

const sessionCalls = {
  protocol: { handle: (_scheme: string, next: Handle) => void (handle = next) },
  setPermissionRequestHandler: (next: PermissionRequest) => void (permissionRequest = next),
  setPermissionCheckHandler: (next: PermissionCheck) => void (permissionCheck = next),
  setDevicePermissionHandler: () => undefined,
  setDisplayMediaRequestHandler: () => undefined,
};
export const defaultSession = Object.assign(new EventEmitter(), sessionCalls);

onCommand('ask-permission', ({ permission, url }) => {
  const contents = { getURL: () => url };
  permissionRequest?.(
    contents as never,
    permission as never,
    (granted) => record('permission-requested', permission, url, granted),
    {} as never,
  );
  record(
    'permission-checked',
    permission,
    url,
    permissionCheck?.(
      contents as never,
      permission as never,
      new URL(url).origin === 'null' ? url : new URL(url).origin,
      {} as never,
    ),
  );
});
onCommand('fetch', (url) => {
  void Promise.resolve(answerFor(url)).then((response) => record('fetched', url, response.status));
});
