import { Button, Menu } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconArrowLeft,
  IconCopy,
  IconFileTypeTxt,
  IconJson,
  IconMessages,
  IconTrash,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { EmptyState, FaultNote, IconButton, MenuButton, SkeletonRows } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { toFault } from '../../rpc/index.ts';
import { useChatModel } from '../models/model-picker.tsx';
import { copyThread, exportThread, removeThread, restoreThread, stopAnswer, updateThread } from './actions.ts';
import { Composer } from './composer.tsx';
import { planThread, useDrafts } from './drafts.ts';
import { Messages } from './messages.tsx';
import { ThreadSettings } from './thread-settings.tsx';
import { useThread } from './watch.ts';
import css from './thread-pane.module.css';

const glyph = (Glyph: typeof IconCopy) => <Glyph size={16} stroke={1.6} aria-hidden />;

interface FrameProps {
  readonly title: string;
  readonly settingsOpen: boolean;
  readonly onSettings: (open: boolean) => void;
  readonly menu?: ReactNode;
  readonly settings: ReactNode;
  readonly children: ReactNode;
  readonly onEscape?: () => void;
}

const Frame = ({ title, settingsOpen, onSettings, menu, settings, children, onEscape }: FrameProps) => {
  const onKey = (event: KeyboardEvent): void => {
    // Only of this pane itself: a menu that is closed by Escape lies elsewhere in the page.
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    if (settingsOpen) onSettings(false);
    else onEscape?.();
  };
  return (
    <div className={css.pane} onKeyDown={onKey} role="presentation">
      <div className={css.thread}>
        <header className={css.bar}>
          {menu ? (
            <span className={css.back}>
              <IconButton icon={IconArrowLeft} label="All chats" onClick={() => navigate({ view: 'chats' })} />
            </span>
          ) : null}
          <h2 className={css.threadTitle} data-testid="chat-title">
            {title}
          </h2>
          <IconButton
            icon={IconAdjustmentsHorizontal}
            label="Instructions and parameters"
            active={settingsOpen}
            onClick={() => onSettings(!settingsOpen)}
          />
          {menu}
        </header>
        {children}
      </div>
      {settingsOpen ? settings : null}
    </div>
  );
};

/** Where a chat begins. It is kept from its first message on. */
export const NewChatPane = () => {
  const plan = useDrafts((state) => state.next);
  const model = useChatModel(plan.modelId);
  const [settingsOpen, setSettingsOpen] = useState(false);
  return (
    <Frame
      title="New chat"
      settingsOpen={settingsOpen}
      onSettings={setSettingsOpen}
      settings={
        <ThreadSettings
          systemPrompt={plan.systemPrompt}
          params={plan.params}
          onChange={planThread}
          onClose={() => setSettingsOpen(false)}
        />
      }
    >
      <div className={css.start}>
        <EmptyState
          icon={IconMessages}
          title="Ask something"
          text={
            model?.builtin
              ? 'The built-in model is made for planning and for reading transcripts, not for talk. A larger one from the library answers questions, and still nothing leaves this machine.'
              : 'Chats are kept encrypted in the vault. Edit a question or ask for another answer: both ways stay, side by side.'
          }
          action={model?.builtin ? <Button onClick={() => navigate({ view: 'models' })}>Choose a model</Button> : null}
        />
      </div>
      <Composer threadId={null} modelId={plan.modelId} onModel={(modelId) => planThread({ modelId })} writing={null} />
    </Frame>
  );
};

const isInTrash = (error: unknown): boolean => {
  const { data } = toFault(error);
  return typeof data === 'object' && data !== null && 'trash' in data && data.trash === true;
};

/** One chat: what was said, and the line to go on. */
export const ThreadPane = ({ id }: { id: string }) => {
  const [attempt, setAttempt] = useState(0);
  const store = useThread(id, attempt);
  const thread = useStore(store, (state) => state.thread);
  const error = useStore(store, (state) => state.error);
  const writing = useStore(
    store,
    (state) => state.messages.findLast((message) => message.state === 'writing')?.id ?? null,
  );
  const [settingsOpen, setSettingsOpen] = useState(false);
  if (error)
    return (
      <div className={css.pane}>
        <div className={css.start}>
          <FaultNote
            what="This chat can't be shown."
            error={error}
            action={
              isInTrash(error)
                ? { label: 'Bring it back', run: () => void restoreThread(id).then(() => setAttempt(attempt + 1)) }
                : { label: 'New chat', run: () => navigate({ view: 'chats' }) }
            }
          />
        </div>
      </div>
    );
  return (
    <Frame
      title={thread ? thread.title || 'New chat' : ''}
      settingsOpen={settingsOpen}
      onSettings={setSettingsOpen}
      onEscape={() => {
        if (writing !== null) void stopAnswer(writing);
      }}
      menu={
        <MenuButton label="Menu of this chat" width={240}>
          <Menu.Item leftSection={glyph(IconCopy)} onClick={() => void copyThread(id)}>
            Copy as Markdown
          </Menu.Item>
          <Menu.Item leftSection={glyph(IconFileTypeTxt)} onClick={() => void exportThread(id, 'markdown')}>
            Save as Markdown
          </Menu.Item>
          <Menu.Item leftSection={glyph(IconJson)} onClick={() => void exportThread(id, 'json')}>
            Save all branches as JSON
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={glyph(IconTrash)}
            onClick={() => void removeThread({ id, title: thread?.title ?? '' }, true)}
          >
            Delete
          </Menu.Item>
        </MenuButton>
      }
      settings={
        thread ? (
          <ThreadSettings
            systemPrompt={thread.systemPrompt}
            params={thread.params}
            onChange={(patch) => void updateThread(id, patch)}
            onClose={() => setSettingsOpen(false)}
          />
        ) : null
      }
    >
      {thread ? (
        <Messages store={store} leafId={thread.leafId} threadId={id} />
      ) : (
        <div className={css.start}>
          <SkeletonRows count={4} height={56} label="Opening the chat" />
        </div>
      )}
      <Composer
        threadId={id}
        modelId={thread?.modelId ?? null}
        onModel={(modelId) => void updateThread(id, { modelId })}
        writing={writing}
      />
    </Frame>
  );
};
