/**
 * A small stand-in for the `electron` module, for machines that can't have Electron's binary: the built main process runs on
 * Node, its utility processes are Node processes, its window is a page of the Chromium that Playwright drives. It implements
 * what `app/main` uses, typed against electron.d.ts, and nothing else. What it can't show (the sandbox, process isolation, the
 * fuses) the same tests show with the real binary.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { answers, onCommand, record } from './control.ts';
import { BrowserWindow, closeBrowser, onWebContentsCreated } from './page.ts';
import { StandInChannel } from './ports.ts';
import { defaultSession } from './session.ts';

export { BrowserWindow };
export { utilityProcess } from './utility-process.ts';
export { ipcMain } from './page.ts';
export const MessageChannelMain = StandInChannel;
export const session = { defaultSession };

const preventable = () => {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  return event;
};

const appEvents = new EventEmitter();
let name = 'electron';
let quitting = false;

const leave = async (code: number): Promise<void> => {
  await closeBrowser();
  process.exit(code);
};

const appCalls = {
  whenReady: () => new Promise<void>((resolve) => setImmediate(resolve)),
  requestSingleInstanceLock: () => process.env['STAND_IN_SECOND_INSTANCE'] !== '1',
  setAsDefaultProtocolClient: (scheme: string) => record('setAsDefaultProtocolClient', scheme) ?? true,
  enableSandbox: () => void record('enableSandbox'),
  getPath: () => process.env['STAND_IN_USER_DATA'] ?? '',
  getVersion: () => '0.0.0',
  getName: () => name,
  setName: (next: string) => void (name = next),
  exit: (code = 0) => void leave(code),
  quit() {
    if (quitting) return;
    const event = preventable();
    appEvents.emit('before-quit', event);
    if (event.defaultPrevented) return;
    quitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.emit('close', preventable());
    void leave(0);
  },
  isPackaged: process.env['STAND_IN_PACKAGED'] === 'yes',
} satisfies Partial<Electron.App>;
export const app = Object.assign(appEvents, appCalls);
process.on('SIGTERM', () => app.quit());
onWebContentsCreated((contents) => void app.emit('web-contents-created', {}, contents));

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) =>
    void record('registerSchemesAsPrivileged', schemes),
} satisfies Partial<Electron.Protocol>;

export const dialog = {
  showErrorBox: (title: string, content: string) => void record('showErrorBox', title, content),
  showMessageBox: (...args: unknown[]) => {
    record('showMessageBox', args.at(-1));
    return Promise.resolve({ response: answers.messageBox, checkboxChecked: false });
  },
};

export const shell = {
  openExternal: (url: string) => Promise.resolve(void record('openExternal', url)),
} satisfies Partial<Electron.Shell>;

const sealKey = randomBytes(32);
export const safeStorage = {
  getSelectedStorageBackend: () =>
    process.env['STAND_IN_KEY_STORE'] === 'none' ? ('basic_text' as const) : ('gnome_libsecret' as const),
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync(text: string) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(
      'aes-256-gcm',
      process.env['STAND_IN_SEAL_KEY'] ? Buffer.from(process.env['STAND_IN_SEAL_KEY'], 'hex') : sealKey,
      nonce,
    );
    return Promise.resolve(Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  },
  decryptStringAsync(sealed: Buffer) {
    const key = process.env['STAND_IN_SEAL_KEY'] ? Buffer.from(process.env['STAND_IN_SEAL_KEY'], 'hex') : sealKey;
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const result = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
    return Promise.resolve({ result, shouldReEncrypt: false });
  },
} satisfies Partial<Electron.SafeStorage>;

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: unknown) => void record('setApplicationMenu', template),
};
export const nativeImage = { createFromPath: (path: string) => path };
export class Tray extends EventEmitter {
  setToolTip = (text: string) => void record('setToolTip', text);
  setContextMenu = () => undefined;
  destroy = () => undefined;
}

onCommand('quit', () => app.quit());
onCommand('second-instance', (argv) => void app.emit('second-instance', {}, argv));
onCommand('open-url', (url) => void app.emit('open-url', preventable(), url));
