import { useArrivalFocus } from '../../components/index.ts';
import { ChatList } from './chat-list.tsx';
import { NewChatPane, ThreadPane } from './thread-pane.tsx';
import css from './chat-view.module.css';

/** All chats, and beside them the one that is open, or the place where a new one begins. */
export const ChatView = ({ openId }: { openId: string | null }) => {
  const place = useArrivalFocus();
  return (
    <main
      ref={place}
      className={css.view}
      data-testid="view-chats"
      data-has-chat={openId !== null || undefined}
      tabIndex={-1}
    >
      <ChatList openId={openId} />
      {openId === null ? <NewChatPane /> : <ThreadPane key={openId} id={openId} />}
    </main>
  );
};
