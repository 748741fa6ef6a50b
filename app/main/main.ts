import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, session, type Tray } from 'electron';
import { appOrigin, declareAppScheme, serveApp } from './app-protocol.ts';
import { parseDeepLink, routeOf } from './deep-link.ts';
import { guardContents, guardSession } from './guard.ts';
import { createKeychain, keychainAvailable } from './keychain.ts';
import { createTray, setApplicationMenu } from './menu.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { type MainWindow, openMainWindow } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const uiDir = join(root, 'dist', 'renderer');
/** What a packaged app keeps beside its archive. */
const unpacked = app.isPackaged ? `${root}.unpacked` : root;
const onFault = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.name : 'Error'} in the shell\n`);

const flags = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: { data: { type: 'string' }, port: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  }).values;

const routeIn = (argv: readonly string[]): string | undefined => {
  const link = argv.flatMap((argument) => parseDeepLink(argument) ?? []).at(0);
  return link && routeOf(link);
};

let supervisor: Supervisor | undefined;
let window: MainWindow | undefined;
// Kept here so that it is not collected while the app runs.
let tray: Tray | undefined;
let stopped = false;
let firstRoute: string | undefined;

const show = (route?: string): void => {
  if (window) window.show(route);
  else firstRoute = route ?? firstRoute;
};

/** The window goes out of sight and Jan goes on working; it is closed when the app quits. */
const hideInsteadOfClosing = ({ browserWindow }: MainWindow): void => {
  browserWindow.on('close', (event) => {
    if (stopped) return;
    event.preventDefault();
    browserWindow.hide();
  });
};

const begin = async (): Promise<void> => {
  const { data, port } = flags(process.argv.slice(1));
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, uiDir);
  setApplicationMenu();
  supervisor = createSupervisor({
    start: {
      version: app.getVersion(),
      uiDir,
      catalogPath: join(unpacked, 'resources', 'models', 'catalog.json'),
      keychain: await keychainAvailable(),
      ...(typeof data === 'string' ? { dataDir: data } : {}),
      ...(typeof port === 'string' ? { port: Number(port) } : {}),
    },
    keychain: createKeychain(join(app.getPath('userData'), 'keychain.json')),
    onReady(url) {
      process.stdout.write(`Jan is ready: ${url}\n`);
      window?.handOver();
    },
    onGivenUp(reason) {
      dialog.showErrorBox('Jan has to stop', reason);
      app.exit(1);
    },
  });
  const { connect, start } = supervisor;
  start();
  window = openMainWindow({ session: session.defaultSession, connect });
  hideInsteadOfClosing(window);
  tray = createTray(join(root, 'resources', 'icon.png'), {
    open: () => show(),
    quit: () => app.quit(),
  });
  // The window's name tells how many runs wait for the person; the tray is what is left of it when it is out of sight.
  window.browserWindow.on('page-title-updated', (_event, title) => tray?.setToolTip(title));
  await window.browserWindow.loadURL(`${appOrigin}/index.html${firstRoute ?? routeIn(process.argv) ?? ''}`);
};

const stop = async (): Promise<void> => {
  await supervisor?.stop();
  stopped = true;
  tray?.destroy();
  app.quit();
};

app.setName('Jan');
app.enableSandbox();
declareAppScheme();
guardContents((contents) => BrowserWindow.fromWebContents(contents), onFault);
if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  if (app.isPackaged) app.setAsDefaultProtocolClient('jan');
  app.on('second-instance', (_event, argv) => show(routeIn(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show(routeIn([url]));
  });
  app.on('activate', () => show());
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stop().catch(onFault);
  });
  app
    .whenReady()
    .then(begin)
    .catch((error: unknown) => {
      // Quit before the page was there: its loading breaks off, which is no fault.
      if (stopped) return;
      dialog.showErrorBox('Jan could not open', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}
