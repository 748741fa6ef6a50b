import css from './keys.module.css';

export const isMac = /mac/i.test(navigator.platform);

const names: Readonly<Record<string, string>> = isMac
  ? {
      mod: '⌘',
      alt: '⌥',
      shift: '⇧',
      enter: '↩',
      escape: 'esc',
      backspace: '⌫',
      up: '↑',
      down: '↓',
      left: '←',
      right: '→',
    }
  : {
      mod: 'Ctrl',
      alt: 'Alt',
      shift: 'Shift',
      enter: 'Enter',
      escape: 'Esc',
      backspace: 'Backspace',
      up: '↑',
      down: '↓',
      left: '←',
      right: '→',
    };

const caption = (key: string): string => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** A shortcut as it is written, `mod+k` or `g i`, drawn as keys. */
export const Keys = ({ combo }: { combo: string }) => (
  <span className={css.keys}>
    {combo.split(' ').map((press) => (
      <kbd key={press} className={css.key}>
        {press
          .split('+')
          .map(caption)
          .join(isMac ? '' : ' ')}
      </kbd>
    ))}
  </span>
);
