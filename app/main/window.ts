import { join } from 'node:path';
import { BrowserWindow, ipcMain, type MessagePortMain, type Session } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { isOwnPage } from './guard.ts';

export interface MainWindow {
  readonly browserWindow: BrowserWindow;
  /** Gives the page a new line to the core. */
  handOver(): void;
  /** Shows a route of the interface. */
  show(route?: string): void;
}

export interface MainWindowComponents {
  readonly session: Session;
  readonly connect: () => MessagePortMain | undefined;
}

/** The one window: sandboxed, isolated, and joined to the core by one MessagePort. */
export const openMainWindow = ({ session, connect }: MainWindowComponents): MainWindow => {
  const browserWindow = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Jan',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  });
  const { webContents } = browserWindow;
  let listening = false;

  const handOver = (): void => {
    if (!listening || browserWindow.isDestroyed()) return;
    const port = connect();
    if (port) webContents.mainFrame.postMessage('jan:port', null, [port]);
  };

  const onListening = (event: Electron.IpcMainEvent): void => {
    const frame = event.senderFrame;
    // A frame that is gone, a child frame, another page: none of them is ours.
    if (!frame || frame !== webContents.mainFrame || !isOwnPage(frame.url)) return;
    listening = true;
    handOver();
  };
  ipcMain.on('jan:port', onListening);
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) listening = false;
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !browserWindow.isDestroyed()) webContents.reload();
  });
  browserWindow.once('ready-to-show', () => browserWindow.show());
  browserWindow.once('closed', () => ipcMain.off('jan:port', onListening));

  return {
    browserWindow,
    handOver,
    show(route) {
      if (browserWindow.isMinimized()) browserWindow.restore();
      browserWindow.show();
      browserWindow.focus();
      if (route !== undefined) void webContents.loadURL(`${appOrigin}/index.html${route}`).catch(() => undefined);
    },
  };
};
