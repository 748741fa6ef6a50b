import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Keys } from './keys.tsx';
import css from './pick-list.module.css';

export interface PickItem {
  readonly id: string;
  readonly label: string;
  /** Drawn instead of the label. */
  readonly view?: ReactNode;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly shortcut?: string;
  readonly checked?: boolean;
  readonly group?: string;
  /** Words it is also found by. */
  readonly also?: string;
  readonly run: () => void;
}

interface PickListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickItem[];
  /** Filters by itself unless the owner does so by the query. */
  readonly onQuery?: (query: string) => void;
  /** What to offer for a query: a thing to make, a date that was understood. */
  readonly extra?: (query: string) => readonly PickItem[];
  readonly empty?: ReactNode;
  /** More items are on their way: Enter waits for what the query will find among them. */
  readonly pending?: boolean;
  readonly leading?: ReactNode;
  readonly large?: boolean;
  readonly initialQuery?: string;
  readonly onBackspaceEmpty?: () => void;
}

const fold = (text: string): string => text.toLowerCase().normalize('NFKD');

/** All words of the query begin somewhere in the text, in any order. */
export const fuzzyMatch = (query: string, text: string): boolean => {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
};

/** A line to type in and the choices it leaves, driven by arrows and Enter: the one way to pick anything. */
export const PickList = ({
  label,
  placeholder,
  items,
  onQuery,
  extra,
  empty,
  pending = false,
  leading,
  large,
  initialQuery = '',
  onBackspaceEmpty,
}: PickListProps) => {
  const [query, setQuery] = useState(initialQuery);
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const entered = useRef(false);

  const shown = useMemo(() => {
    const trimmed = query.trim();
    const found =
      onQuery || trimmed === ''
        ? items
        : items.filter((item) => fuzzyMatch(trimmed, `${item.label} ${item.also ?? ''} ${item.group ?? ''}`));
    return [...found, ...(extra?.(trimmed) ?? [])];
  }, [items, query, onQuery, extra]);

  const current = Math.min(active, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  useEffect(() => {
    if (!entered.current || (shown.length === 0 && pending)) return;
    entered.current = false;
    shown[current]?.run();
  }, [shown, current, pending]);

  return (
    <div className={css.pick} data-large={large || undefined}>
      <div className={css.line}>
        {leading}
        <input
          className={css.input}
          value={query}
          placeholder={placeholder}
          aria-label={label}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? `${listId}-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
            entered.current = false;
            onQuery?.(event.target.value);
          }}
          onKeyDown={(event) => {
            const { key } = event;
            if (key === 'ArrowDown' || (key === 'n' && event.ctrlKey))
              setActive((current + 1) % Math.max(1, shown.length));
            else if (key === 'ArrowUp' || (key === 'p' && event.ctrlKey))
              setActive((current - 1 + shown.length) % Math.max(1, shown.length));
            else if (key === 'Enter' && !event.nativeEvent.isComposing) {
              if (shown[current]) shown[current].run();
              else entered.current = pending;
            } else if (key === 'Backspace' && query === '' && onBackspaceEmpty) onBackspaceEmpty();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={label} className={css.list}>
        {shown.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group && item.group !== shown[index - 1]?.group ? (
              <div className={css.group} role="presentation">
                {item.group}
              </div>
            ) : null}
            <div
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              data-index={index}
              data-active={index === current || undefined}
              className={css.item}
              onPointerMove={() => setActive(index)}
              onClick={item.run}
              onKeyDown={(event) => {
                if (event.key === 'Enter') item.run();
              }}
            >
              {item.icon ? <span className={css.icon}>{item.icon}</span> : null}
              <span className={css.label}>{item.view ?? item.label}</span>
              {item.hint ? <span className={css.hint}>{item.hint}</span> : null}
              {item.shortcut ? <Keys combo={item.shortcut} /> : null}
              {item.checked ? <IconCheck size={16} stroke={1.8} className={css.checked} aria-label="chosen" /> : null}
            </div>
          </div>
        ))}
      </div>
      {shown.length === 0 ? (
        <div className={css.empty}>{pending ? 'Looking…' : (empty ?? 'Nothing found.')}</div>
      ) : null}
    </div>
  );
};
