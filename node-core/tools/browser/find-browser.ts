import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

const installed = (): readonly string[] => {
  if (process.platform === 'darwin')
    return ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (process.platform === 'win32')
    return [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap(
      (place) =>
        place === undefined
          ? []
          : [
              join(place, 'Google', 'Chrome', 'Application', 'chrome.exe'),
              join(place, 'Chromium', 'Application', 'chrome.exe'),
              join(place, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
            ],
    );
  return [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ]
    .concat('brave-browser')
    .map((name) => `/usr/bin/${name}`);
};

/** The browser that a person named, or the first Chromium of this machine; null without one. */
export const findBrowser = (own: string | null): string | null =>
  own === null
    ? (installed().find((path) => existsSync(path)) ?? null)
    : isAbsolute(own) && existsSync(own)
      ? own
      : null;
