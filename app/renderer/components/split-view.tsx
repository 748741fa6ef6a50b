import { useVirtualizer } from '@tanstack/react-virtual';
import { IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { navigate } from '../router.ts';
import { SkeletonRows } from './skeleton-rows.tsx';
import css from './split-view.module.css';
import { useArrivalFocus } from './use-arrival-focus.ts';

interface SplitViewProps {
  readonly testId: string;
  /** Whether something of the list is open: where there is no room for both, it is shown and not the list. */
  readonly isOpen: boolean;
  readonly list: ReactNode;
  readonly children: ReactNode;
}

/** A list, and beside it the one of it that is open. */
export const SplitView = ({ testId, isOpen, list, children }: SplitViewProps) => {
  const place = useArrivalFocus();
  return (
    <main ref={place} className={css.view} data-testid={testId} tabIndex={-1}>
      <div className={css.columns} data-open={isOpen || undefined}>
        {list}
        {children}
      </div>
    </main>
  );
};

interface SideListProps<Item extends { readonly id: string }> {
  readonly title: string;
  readonly context: string;
  readonly actions: ReactNode;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly searchLabel: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly rowHeight: number;
  readonly pending: boolean;
  /** In place of the rows. */
  readonly fault: ReactNode;
  /** Said where there is no row. */
  readonly none: string | null;
  /** Draws a row; what of it takes the focus has `data-row-id`. */
  readonly row: (item: Item) => ReactNode;
  /** Another key on a row than those that walk; true where it did something. `refocus` goes to the row that stands in this place then. */
  readonly onRowKey?: (key: string, item: Item, refocus: () => void) => boolean;
}

/** The list of a {@link SplitView}: searched, walked with arrows or j and k, drawn as far as it is seen. */
export const SideList = <Item extends { readonly id: string }>(props: SideListProps<Item>) => {
  const { items, rowHeight, pending, fault, none, onRowKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  });
  const rows = (): HTMLElement[] => [...(scroller.current?.querySelectorAll<HTMLElement>('[data-row-id]') ?? [])];
  const focusRow = (index: number): void => {
    const all = rows();
    all[Math.max(0, Math.min(all.length - 1, index))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    const at = rows().indexOf(target);
    const item = items.find(({ id }) => id === target.dataset['rowId']);
    if (!item) return;
    if (key === 'ArrowDown' || key === 'j') focusRow(at + 1);
    else if (key === 'ArrowUp' || key === 'k') focusRow(at - 1);
    else if (!onRowKey?.(key, item, () => focusRow(at))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.list}>
      <div className={css.top}>
        <div>
          <h1 className={css.title}>{props.title}</h1>
          <div className={css.context}>{props.context}</div>
        </div>
        <span className={css.actions}>{props.actions}</span>
      </div>
      <input
        autoComplete="off"
        className={css.filter}
        value={props.query}
        placeholder={props.placeholder}
        aria-label={props.searchLabel}
        onChange={(event) => props.onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          focusRow(0);
        }}
      />
      <div ref={scroller} className={css.rows} role="presentation" onKeyDown={onKey}>
        {pending ? <SkeletonRows height={rowHeight} count={6} /> : null}
        {fault}
        {!pending && !fault && items.length === 0 && none ? <p className={css.none}>{none}</p> : null}
        <div style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, size, start }) => {
            const item = items[index];
            return item ? (
              <div key={key} className={css.slot} style={{ height: size, transform: `translateY(${start}px)` }}>
                {props.row(item)}
              </div>
            ) : null;
          })}
        </div>
      </div>
      <button type="button" className={css.trash} onClick={() => navigate({ view: 'trash' })}>
        <IconTrash size={16} stroke={1.6} aria-hidden />
        Trash
      </button>
    </div>
  );
};
