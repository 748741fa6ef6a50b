import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../components/index.ts';
import { updateThread, writeOn } from './actions.ts';
import { Answer } from './answer.tsx';
import { forgetMark, reveal, useFound } from './found.ts';
import { Question } from './question.tsx';
import { branchOf, leafBelow } from './tree.ts';
import type { ThreadStore } from './watch.ts';
import css from './messages.module.css';

/** So many of the newest messages are drawn at first, and so many more each time someone comes near the first of them. */
const step = 40;
/** Pixels from the end within which a person counts as being there. */
const near = 24;

interface MessagesProps {
  readonly store: ThreadStore;
  readonly threadId: string;
  readonly leafId: string | null;
}

/** The branch that is shown. It stays at the end while an answer grows, but only for who is there. */
export const Messages = ({ store, threadId, leafId }: MessagesProps) => {
  const messages = useStore(store, (state) => state.messages);
  const branch = useMemo(() => branchOf(messages, leafId), [messages, leafId]);
  const [drawn, setDrawn] = useState(step);
  const [isAway, setIsAway] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const fromEnd = useRef<number | null>(null);
  const lastSize = useRef('');
  const first = Math.max(0, branch.length - drawn);
  const last = branch.at(-1)?.message;

  const toEnd = (): void => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  const look = (): void => {
    const box = scroller.current;
    if (!box) return;
    // What grew or was made narrower takes nobody away from the end; only scrolling does.
    const size = `${box.scrollHeight}/${box.clientHeight}/${box.clientWidth}`;
    const isSameSize = size === lastSize.current;
    lastSize.current = size;
    if (isAtEnd.current && !isSameSize) toEnd();
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    setIsAway(!isAtEnd.current);
  };
  // What the person just asked is what they want to see.
  const newestQuestion = branch.findLast(({ message }) => message.role === 'user')?.message.id;
  useLayoutEffect(() => {
    isAtEnd.current = true;
    setIsAway(false);
    toEnd();
  }, [newestQuestion]);
  useLayoutEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return undefined;
    const sizes = new ResizeObserver(look);
    sizes.observe(inner);
    sizes.observe(box);
    return () => sizes.disconnect();
  }, []);
  useEffect(() => {
    const mark = top.current;
    const box = scroller.current;
    if (!mark || !box || first === 0) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        fromEnd.current = box.scrollHeight - box.scrollTop;
        setDrawn((count) => count + step);
      },
      { root: box, rootMargin: '800px 0px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [first]);

  // What comes in above pushes nothing away from under the eyes.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && fromEnd.current !== null) box.scrollTop = box.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [drawn]);

  const shown = useRef<string | null>(null);
  const show = useCallback(
    (id: string): void => {
      shown.current = id;
      const leaf = leafBelow(messages, id);
      store.setState(({ thread }) => (thread ? { thread: { ...thread, leafId: leaf } } : {}));
      void updateThread(threadId, { leafId: leaf });
    },
    [messages, store, threadId],
  );

  // What had the focus may have gone with its branch.
  useLayoutEffect(() => {
    const id = shown.current;
    shown.current = null;
    if (document.activeElement !== document.body) return;
    const versions =
      id === null
        ? null
        : scroller.current?.querySelector<HTMLElement>(
            `[data-message-id="${CSS.escape(id)}"] [role="group"] button:not(:disabled)`,
          );
    if (versions) versions.focus({ preventScroll: true });
    else writeOn();
  }, [branch]);

  const found = useFound((state) => (state.found?.threadId === threadId ? state.found : null));
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!found || !box || branch.length === 0) return;
    const index = branch.findIndex(({ message }) => message.id === found.messageId);
    const message = box.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(found.messageId)}"]`);
    if (index < 0 && messages.some(({ id }) => id === found.messageId)) show(found.messageId);
    else if (index >= 0 && index < first) setDrawn(branch.length - index + step);
    else {
      useFound.setState({ found: null });
      if (!message) return;
      isAtEnd.current = false;
      reveal(box, message, found.word);
      look();
    }
  }, [found, branch, first, messages, show]);
  useEffect(() => forgetMark, []);

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroll}
        data-testid="messages"
        tabIndex={0}
        role="region"
        aria-label="Messages"
        onScroll={look}
        onWheel={(event) => {
          // At once, so that an answer that grows in the same frame does not win.
          if (event.deltaY < 0 && event.currentTarget.scrollTop > 0) isAtEnd.current = false;
        }}
      >
        <div ref={content} className={css.column}>
          {first > 0 ? <div ref={top} className={css.more} /> : null}
          {branch
            .slice(first)
            .map(({ message, siblings }, index, shown) =>
              message.role === 'user' ? (
                <Question
                  key={message.id}
                  message={message}
                  siblings={siblings}
                  onShow={show}
                  isFar={shown.length - index > step}
                />
              ) : (
                <Answer
                  key={message.id}
                  store={store}
                  message={message}
                  siblings={siblings}
                  onShow={show}
                  isLast={message.id === last?.id}
                  isFar={shown.length - index > step}
                />
              ),
            )}
        </div>
      </div>
      <div className="visually-hidden" role="status">
        {last?.role !== 'assistant'
          ? ''
          : last.state === 'writing'
            ? 'The answer is being written.'
            : 'The answer is there.'}
      </div>
      {isAway ? (
        <div className={css.toEnd}>
          <IconButton
            icon={IconArrowDown}
            label="To the newest message"
            onClick={() => {
              isAtEnd.current = true;
              toEnd();
              scroller.current?.focus({ preventScroll: true });
            }}
          />
        </div>
      ) : null}
    </div>
  );
};
