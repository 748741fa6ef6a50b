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
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const parts = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && /^[a-z]$|^arrow|^enter$/.test(key)) parts.push('shift');
  parts.push(key);
  return parts.join('+');
};

/** Acts on the shortcuts that work everywhere. Single keys stay quiet while someone types. */
export const startKeyboard = (): AbortController => {
  const controller = new AbortController();
  const byShortcut = new Map<string, Command>();
  for (const command of commands) if (command.shortcut) byShortcut.set(command.shortcut, command);
  let prefix = '';
  let prefixAt = 0;

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
      const { palette, shortcuts, picker, confirmation, quickAdd } = useUi.getState();
      if (press === 'mod+k') {
        event.preventDefault();
        useUi.setState({ palette: palette === 'closed' ? 'commands' : 'closed' });
        return;
      }
      if (palette !== 'closed' || shortcuts || picker || confirmation || quickAdd) return;

      const sequence = prefix !== '' && Date.now() - prefixAt < prefixLivesFor ? `${prefix} ${press}` : press;
      prefix = '';
      const command = byShortcut.get(sequence);
      if (command) {
        event.preventDefault();
        command.run();
        return;
      }
      if (press === 'g') {
        prefix = 'g';
        prefixAt = Date.now();
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
