import { SplitView } from '../../components/index.ts';
import { ChatList } from './chat-list.tsx';
import { NewChatPane, ThreadPane } from './thread-pane.tsx';

/** All chats, and beside them the one that is open, or the place where a new one begins. */
export const ChatView = ({ openId }: { openId: string | null }) => (
  <SplitView testId="view-chats" isOpen={openId !== null} list={<ChatList openId={openId} />}>
    {openId === null ? <NewChatPane /> : <ThreadPane key={openId} id={openId} />}
  </SplitView>
);
