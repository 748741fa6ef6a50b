import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconDownload, IconListDetails } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CallEntry, CallFilter } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, SkeletonRows, View } from '../../components/index.ts';
import { formatCount, formatDuration, formatMoment } from '../../days.ts';
import { navigate } from '../../router.ts';
import { useConnection } from '../../rpc/index.ts';
import { CallMark } from '../runs/call-inspector.tsx';
import { effectNames, Visible } from '../runs/exact.tsx';
import { useTicking } from '../runs/use-ticking.ts';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { exportCalls } from './call-export.ts';
import { CallFilters } from './call-filters.tsx';
import { callKey } from './call-list.ts';
import { CallPane } from './call-pane.tsx';
import { useCalls } from './use-calls.ts';
import css from './calls.module.css';

const rowHeight = 52;
/** Older ones are asked for while so many rows are still to come. */
const ahead = 30;

const allowedWords = ({ state, allowedBy }: CallEntry): string => {
  if (allowedBy === 'you') return 'by you';
  if (allowedBy !== null) return 'by a rule';
  return state === 'waiting' ? 'not yet' : 'by nobody';
};

interface RowProps {
  readonly entry: CallEntry;
  readonly isOpen: boolean;
  readonly now: number;
  readonly onOpen: () => void;
}

const Row = ({ entry, isOpen, now, onOpen }: RowProps) => (
  <button
    type="button"
    className={css.call}
    data-row
    data-testid="call-row"
    data-state={entry.state}
    aria-expanded={isOpen}
    onClick={onOpen}
  >
    <CallMark state={entry.state} />
    <span className={css.text}>
      <span className={css.name}>
        <code>
          <Visible text={entry.tool} />
        </code>
        <span className={css.effect} data-effect={entry.effect}>
          {effectNames[entry.effect]}
        </span>
        <span className={css.given}>
          <Visible text={entry.given} />
        </span>
      </span>
      <span className={css.run}>
        {entry.fault === null ? null : (
          <span className={css.fault}>
            <Visible text={entry.fault} />
          </span>
        )}
        <span>
          <Visible text={entry.runTitle} />
        </span>
      </span>
    </span>
    <span className={css.allowed}>{allowedWords(entry)}</span>
    <span className={css.took}>
      {entry.state === 'waiting' ? '' : formatDuration((entry.endedAt ?? now) - entry.startedAt)}
    </span>
    <span className={css.at}>{formatMoment(entry.startedAt)}</span>
  </button>
);

const ExportButton = ({ filter }: { filter: CallFilter }) => {
  const [count, setCount] = useState<number | null>(null);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);
  const run = async (): Promise<void> => {
    const controller = new AbortController();
    under.current = controller;
    setCount(0);
    try {
      await exportCalls(filter, controller.signal, setCount);
    } catch (error) {
      if (!controller.signal.aborted) showFault(error, 'The calls were not exported.');
    }
    setCount(null);
  };
  return count === null ? (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
      onClick={() => void run()}
      title="As JSON Lines, with arguments and results in the clear"
    >
      Export
    </Button>
  ) : (
    <Button variant="default" onClick={() => under.current?.abort()}>
      Stop at {formatCount(count)}
    </Button>
  );
};

/** Every call of a tool by whichever run: live, and as far back as there are runs. */
export const CallsView = () => {
  const [filter, setFilter] = useState<CallFilter>({});
  const [turn, setTurn] = useState(0);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const { calls, next, reachedAt, error, isLoading, more, again } = useCalls(filter);
  const isDown = useConnection().status !== 'open';
  const now = useTicking(!isDown && calls.some(({ state }) => state === 'running'));
  const scroller = useRef<HTMLDivElement>(null);
  const open = calls.find((call) => callKey(call) === openKey);
  const isFiltered = Object.keys(filter).length > 0;

  const virtual = useVirtualizer({
    count: calls.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const call = calls[index];
      return call ? callKey(call) : index;
    },
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (next && !error && last >= calls.length - ahead) more();
  }, [next, error, last, calls.length, more]);

  // What comes in above leaves what is looked at where it is.
  const firstKey = useRef<string | null>(null);
  const keys = useMemo(() => calls.map(callKey), [calls]);
  useLayoutEffect(() => {
    const element = scroller.current;
    const come = firstKey.current === null ? 0 : keys.indexOf(firstKey.current);
    if (element && come > 0 && element.scrollTop > 0) element.scrollTop += come * rowHeight;
    firstKey.current = keys[0] ?? null;
  }, [keys]);

  const focusRow = (index: number): void => {
    virtual.scrollToIndex(index, { align: 'auto' });
    let tries = 0;
    const settle = (): void => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`);
      if (row) row.focus({ preventScroll: true });
      else if (tries++ < 5) requestAnimationFrame(settle);
    };
    settle();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const at = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? Number.NaN);
    if (!Number.isInteger(at)) return;
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: calls.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    focusRow(Math.max(0, Math.min(calls.length - 1, to)));
  };
  const top = useRef<HTMLDivElement>(null);
  /** What was pressed is gone then. */
  const changeFrom = (to: CallFilter, focus: string): void => {
    change(to);
    setTurn(turn + 1);
    top.current?.querySelector<HTMLElement>(focus)?.focus();
  };
  const change = (to: CallFilter): void => {
    setFilter(to);
    setOpenKey(null);
    firstKey.current = null;
    scroller.current?.scrollTo(0, 0);
  };

  return (
    <>
      <View
        title="Calls"
        testId="view-calls"
        wide
        ownScroll
        context="What agents called: with what, what came of it, and who allowed it"
        actions={calls.length > 0 ? <ExportButton filter={filter} /> : null}
      >
        <div ref={top} className={css.top}>
          <AgentTabs />
          <CallFilters
            filter={filter}
            onFilter={change}
            turn={turn}
            newest={calls[0]?.tool}
            onDown={() => focusRow(0)}
          />
          {isDown && calls.length > 0 ? (
            <p className={css.note} role="status">
              Not live: the line to Jan is down. This is what was known before.
            </p>
          ) : null}
        </div>
        <div ref={scroller} className={css.scroller} role="presentation" onKeyDown={onKey} data-testid="call-list">
          {next === undefined && !error ? <SkeletonRows count={8} height={rowHeight} /> : null}
          <ol className={css.rows} aria-label="Calls" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, key, size, start }) => {
              const entry = calls[index];
              return entry ? (
                <li
                  key={key}
                  data-index={index}
                  className={css.slot}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  aria-setsize={next === null ? calls.length : -1}
                  aria-posinset={index + 1}
                >
                  <Row
                    entry={entry}
                    isOpen={callKey(entry) === openKey}
                    now={now}
                    onOpen={() => setOpenKey(callKey(entry) === openKey ? null : callKey(entry))}
                  />
                </li>
              ) : null;
            })}
          </ol>
          {error ? (
            <FaultNote
              what={calls.length === 0 ? "The calls can't be shown." : "Older calls can't be shown."}
              error={error}
              action={{ label: 'Try again', run: again }}
            />
          ) : null}
          {next && !error ? (
            <p className={css.note} role="status">
              {isLoading && reachedAt !== null ? `Looking further back than ${formatMoment(reachedAt)}…` : ''}
            </p>
          ) : null}
          {next === null && !error && calls.length === 0 ? (
            isFiltered ? (
              <EmptyState
                icon={IconListDetails}
                title="No such call"
                text="No call of any run fits. Take a filter away to see more."
                action={
                  <Button variant="default" onClick={() => changeFrom({}, 'input')}>
                    Show every call
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={IconListDetails}
                title="No tool was called yet"
                text="Each call that a playbook makes stands here from its first moment: the tool, its exact arguments, what came back, and who allowed it."
                action={<Button onClick={() => navigate({ view: 'agents' })}>Choose a playbook</Button>}
              />
            )
          ) : null}
        </div>
      </View>
      {open ? (
        <CallPane
          key={callKey(open)}
          entry={open}
          now={now}
          onClose={() => setOpenKey(null)}
          onRun={() => changeFrom({ runId: open.runId }, '[aria-label^="Run: "]')}
        />
      ) : null}
    </>
  );
};
