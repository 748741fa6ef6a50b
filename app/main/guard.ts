import { app, type BrowserWindow, dialog, type Session, shell, type WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';

const externalSchemes: ReadonlySet<string> = new Set(['https:', 'mailto:']);

/** True for an address of the app's own page. */
export const isOwnPage = (address: string): boolean => {
  const url = URL.parse(address);
  return (
    url !== null && `${url.protocol}//${url.host}` === appOrigin && ['', '/', '/index.html'].includes(url.pathname)
  );
};

/** Asks, then opens a web or mail address in the program that the person uses for it; every other scheme is dropped. */
const openOutside = async (window: BrowserWindow | null, address: string): Promise<void> => {
  const url = URL.parse(address);
  if (!url || !externalSchemes.has(url.protocol) || url.username || url.password) return;
  const question = {
    type: 'question' as const,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    message: url.protocol === 'mailto:' ? 'Write a mail?' : 'Open this page in your browser?',
    detail: url.href.length > 500 ? `${url.href.slice(0, 500)}…` : url.href,
  };
  const { response } = window ? await dialog.showMessageBox(window, question) : await dialog.showMessageBox(question);
  if (response === 0) await shell.openExternal(url.href);
};

/** What no page may do, whichever window it is in: leave, open windows, embed, or be granted anything but notifications. */
export const guardContents = (
  ownerOf: (contents: WebContents) => BrowserWindow | null,
  onFault: (error: unknown) => void,
): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (isOwnPage(event.url)) return;
      event.preventDefault();
      if (event.isMainFrame) openOutside(ownerOf(contents), event.url).catch(onFault);
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(ownerOf(contents), url).catch(onFault);
      return { action: 'deny' };
    });
  });
};

export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === 'notifications' && isOwnPage(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'notifications' && isOwnPage(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // An attachment that the person saves; the save dialog is Electron's own.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
};
