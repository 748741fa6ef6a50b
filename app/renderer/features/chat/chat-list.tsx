import { Menu } from '@mantine/core';
import { IconEdit, IconMessagePlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Thread } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, MenuButton, SideList } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { beginChat, removeThread, updateThread } from './actions.ts';
import { mostThreads, threadKeys, useThreads } from './queries.ts';
import css from './chat-list.module.css';

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
          data-row-id={thread.id}
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

const focusRow = (id: string): void =>
  document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)?.focus();

export const ChatList = ({ openId }: { openId: string | null }) => {
  const [query, setQuery] = useState('');
  const [renamed, setRenamed] = useState<string | null>(null);
  const { threads, pending, error } = useThreads(query);
  const onRowKey = (key: string, thread: Thread, refocus: () => void): boolean => {
    if (key === 'e' || key === 'F2') setRenamed(thread.id);
    else if (key === 'Backspace' || key === 'Delete') void removeThread(thread, thread.id === openId).then(refocus);
    else return false;
    return true;
  };
  return (
    <SideList
      title="Chat"
      context={
        pending
          ? ''
          : query.trim() !== ''
            ? `${plural(threads.length, 'chat')} found`
            : threads.length < mostThreads
              ? plural(threads.length, 'chat')
              : `The newest ${mostThreads}; search finds the rest`
      }
      actions={
        <IconButton
          icon={IconMessagePlus}
          label="New chat"
          shortcut="shift+c"
          onClick={() => beginChat()}
          testId="new-chat"
        />
      }
      query={query}
      onQuery={setQuery}
      searchLabel="Search chats"
      placeholder="Search…"
      items={threads}
      rowHeight={38}
      pending={pending}
      fault={
        error ? (
          <FaultNote
            what="The chats can't be shown."
            error={error}
            action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: threadKeys.all }) }}
          />
        ) : null
      }
      none={query.trim() === '' ? 'Your chats will be listed here.' : 'No chat has these words.'}
      onRowKey={onRowKey}
      row={(thread) => (
        <Row
          thread={thread}
          isOpen={thread.id === openId}
          isRenamed={renamed === thread.id}
          onRename={(is) => {
            setRenamed(is ? thread.id : null);
            if (!is) requestAnimationFrame(() => focusRow(thread.id));
          }}
        />
      )}
    />
  );
};
