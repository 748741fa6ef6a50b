import { Menu } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconEdit, IconMessagePlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Thread } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, MenuButton, SkeletonRows } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { beginChat, removeThread, updateThread } from './actions.ts';
import { mostThreads, threadKeys, useThreads } from './queries.ts';
import css from './chat-view.module.css';

const rowHeight = 38;

const RenameLine = ({ thread, onDone }: { thread: Thread; onDone: () => void }) => {
  const [title, setTitle] = useState(thread.title);
  const isOver = useRef(false);
  const finish = (save: boolean): void => {
    if (isOver.current) return;
    isOver.current = true;
    const next = title.trim();
    if (save && next !== '' && next !== thread.title) void updateThread(thread.id, { title: next.slice(0, 200) });
    onDone();
  };
  return (
    <input
      className={css.rename}
      aria-label="Title of the chat"
      autoComplete="off"
      autoFocus
      value={title}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) finish(true);
        else if (event.key === 'Escape') finish(false);
      }}
    />
  );
};

interface RowProps {
  readonly thread: Thread;
  readonly isOpen: boolean;
  readonly isRenamed: boolean;
  readonly onRename: (is: boolean) => void;
}

const Row = ({ thread, isOpen, isRenamed, onRename }: RowProps) => (
  <div className={css.row} data-open={isOpen || undefined}>
    {isRenamed ? (
      <RenameLine thread={thread} onDone={() => onRename(false)} />
    ) : (
      <>
        <a
          className={css.rowLink}
          href={hrefOf({ view: 'chat', id: thread.id })}
          aria-current={isOpen ? 'true' : undefined}
          data-thread-id={thread.id}
          data-testid="chat-row"
        >
          <span className={css.rowTitle}>{thread.title || 'New chat'}</span>
          <span className={css.when}>{formatMoment(thread.updatedAt)}</span>
        </a>
        <span className={css.rowMenu}>
          <MenuButton label={`Menu of ${thread.title || 'New chat'}`} width={180}>
            <Menu.Item leftSection={<IconEdit size={16} stroke={1.6} aria-hidden />} onClick={() => onRename(true)}>
              Rename
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
              onClick={() => void removeThread(thread, isOpen)}
            >
              Delete
            </Menu.Item>
          </MenuButton>
        </span>
      </>
    )}
  </div>
);

export const ChatList = ({ openId }: { openId: string | null }) => {
  const [query, setQuery] = useState('');
  const [renamed, setRenamed] = useState<string | null>(null);
  const { threads, pending, error } = useThreads(query);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: threads.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: () => rowHeight,
    getItemKey: (index) => threads[index]?.id ?? index,
    overscan: 8,
  });
  const focusRow = (index: number): void => {
    const rows = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-thread-id]') ?? [])];
    rows[Math.max(0, Math.min(rows.length - 1, index))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    const rows = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-thread-id]') ?? [])];
    const at = rows.indexOf(target);
    const thread = threads.find(({ id }) => id === target.dataset['threadId']);
    if (!thread) return;
    if (event.key === 'ArrowDown' || event.key === 'j') focusRow(at + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') focusRow(at - 1);
    else if (event.key === 'e' || event.key === 'F2') setRenamed(thread.id);
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      void removeThread(thread, thread.id === openId).then(() => focusRow(at));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.list}>
      <div className={css.listTop}>
        <div>
          <h1 className={css.title}>Chat</h1>
          <div className={css.context}>
            {pending
              ? ''
              : query.trim() !== ''
                ? `${plural(threads.length, 'chat')} found`
                : threads.length < mostThreads
                  ? plural(threads.length, 'chat')
                  : `The newest ${mostThreads}; search finds the rest`}
          </div>
        </div>
        <IconButton
          icon={IconMessagePlus}
          label="New chat"
          shortcut="shift+c"
          onClick={() => beginChat()}
          testId="new-chat"
        />
      </div>
      <input
        autoComplete="off"
        className={css.filter}
        value={query}
        placeholder="Search…"
        aria-label="Search chats"
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            focusRow(0);
          }
        }}
      />
      <div ref={scroller} className={css.rows} role="presentation" onKeyDown={onKey}>
        {pending ? <SkeletonRows height={rowHeight} count={6} /> : null}
        {error ? (
          <FaultNote
            what="The chats can't be shown."
            error={error}
            action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: threadKeys.all }) }}
          />
        ) : null}
        {!pending && !error && threads.length === 0 ? (
          <p className={css.none}>
            {query.trim() === '' ? 'Your chats will be listed here.' : 'No chat has these words.'}
          </p>
        ) : null}
        <div style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const thread = threads[item.index];
            return thread ? (
              <div
                key={item.key}
                className={css.slot}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <Row
                  thread={thread}
                  isOpen={thread.id === openId}
                  isRenamed={renamed === thread.id}
                  onRename={(is) => {
                    setRenamed(is ? thread.id : null);
                    if (!is)
                      requestAnimationFrame(() => focusRow(item.index - (virtual.getVirtualItems()[0]?.index ?? 0)));
                  }}
                />
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
