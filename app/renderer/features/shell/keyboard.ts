import { isMac } from '../../components/index.ts';
import { useUi } from '../../ui-store.ts';
import { undo } from '../tasks/actions.ts';
import { type Command, commands, openQuickAdd } from './commands.ts';

const prefixLivesFor = 1_000;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

const pressOf = (event: KeyboardEvent): string => {
  const key = event.key.toLowerCase();
  const parts = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && /^[a-z]$|^arrow|^enter$/.test(key)) parts.push('shift');
  parts.push(key);
  return parts.join('+');
};

const isCovered = (): boolean => {
  const { palette, shortcuts, picker, confirmation, quickAdd } = useUi.getState();
  return palette !== 'closed' || shortcuts || picker !== null || confirmation !== null || quickAdd;
};

/** Acts on the shortcuts that work everywhere. Single keys stay quiet while someone types. */
export const startKeyboard = (): AbortController => {
  const controller = new AbortController();
  const byShortcut = new Map<string, Command>();
  for (const command of commands) if (command.shortcut) byShortcut.set(command.shortcut, command);
  let prefix = '';
  let prefixAt = 0;

  // Before the list that has the focus, to which the second key alone means something else.
  window.addEventListener(
    'keydown',
    (event) => {
      if (prefix === '') return;
      const isInTime = event.timeStamp - prefixAt < prefixLivesFor;
      const command = isInTime ? byShortcut.get(`${prefix} ${pressOf(event)}`) : undefined;
      prefix = '';
      if (!command || event.isComposing || isTyping(event.target) || isCovered()) return;
      event.preventDefault();
      event.stopPropagation();
      command.run();
    },
    { capture: true, signal: controller.signal },
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const press = pressOf(event);
      const isCombination = press.startsWith('mod+');
      if (
        isTyping(event.target) &&
        (!isCombination || press === 'mod+z' || press === 'mod+shift+z' || press === 'mod+b')
      )
        return;
      if (press === 'mod+k') {
        const { palette } = useUi.getState();
        event.preventDefault();
        useUi.setState({ palette: palette === 'closed' ? 'commands' : 'closed' });
        return;
      }
      if (isCovered()) return;
      const command = byShortcut.get(press);
      if (command) {
        event.preventDefault();
        command.run();
        return;
      }
      if (press === 'g') {
        prefix = 'g';
        prefixAt = event.timeStamp;
        return;
      }
      if (press === 'q' || press === 'mod+n' || press === 'alt+n') {
        event.preventDefault();
        openQuickAdd();
      } else if (press === 'z') {
        event.preventDefault();
        void undo();
      } else if (
        (press === 'j' || press === 'k' || press === 'arrowdown' || press === 'arrowup') &&
        (document.activeElement === document.body || document.activeElement?.tagName === 'MAIN')
      ) {
        event.preventDefault();
        window.dispatchEvent(new Event('jan:focus-list'));
      }
    },
    { signal: controller.signal },
  );
  return controller;
};
