import { app, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';

export interface MenuActions {
  readonly open: () => void;
  readonly quit: () => void;
}

/** The roles that editing needs (macOS has no shortcuts without a menu), and nothing that inspects the page. */
export const setApplicationMenu = (): void => {
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] };
  const template: MenuItemConstructorOptions[] = [
    first,
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};

/** Jan goes on working with its window closed; the tray says so and brings it back. */
export const createTray = (iconPath: string, { open, quit }: MenuActions): Tray => {
  const tray = new Tray(nativeImage.createFromPath(iconPath));
  tray.setToolTip(app.getName());
  tray.setContextMenu(
    Menu.buildFromTemplate([{ label: 'Open Jan', click: open }, { type: 'separator' }, { label: 'Quit', click: quit }]),
  );
  tray.on('click', open);
  return tray;
};
