import { Button } from '@mantine/core';
import { IconEdit, IconFileText } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { ThreadMessage } from '../../../../node-core/contract/index.ts';
import { CopyButton, IconButton, Keys } from '../../components/index.ts';
import { formatSize } from '../../days.ts';
import { askAnew } from './actions.ts';
import { BranchSwitch } from './branch-switch.tsx';
import css from './messages.module.css';

const EditForm = ({ message, onDone }: { message: ThreadMessage; onDone: () => void }) => {
  const [text, setText] = useState(message.text);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    if (await askAnew(message, text)) onDone();
    else setBusy(false);
  };
  return (
    <form
      className={css.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        className={css.editText}
        aria-label="Question"
        autoFocus
        value={text}
        onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void submit();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            onDone();
          }
        }}
      />
      <div className={css.editRow}>
        <span className={css.hint}>The earlier version stays.</span>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={text.trim() === ''} rightSection={<Keys combo="enter" />}>
          Ask
        </Button>
      </div>
    </form>
  );
};

interface QuestionProps {
  readonly message: ThreadMessage;
  readonly siblings: readonly ThreadMessage[];
  readonly onShow: (id: string) => void;
  readonly isFar: boolean;
}

/** What the person asked, as they wrote it. */
export const Question = memo(({ message, siblings, onShow, isFar }: QuestionProps) => {
  const [isEditing, setIsEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  if (isEditing)
    return (
      <EditForm
        message={message}
        onDone={() => {
          setIsEditing(false);
          requestAnimationFrame(() => editButton.current?.focus());
        }}
      />
    );
  return (
    <article
      className={css.question}
      data-message-id={message.id}
      data-far={isFar || undefined}
      data-testid="question"
      aria-label="You"
    >
      <div className={css.bubble}>
        {message.attachments.length > 0 ? (
          <ul className={css.files}>
            {message.attachments.map((file, index) => (
              <li key={index} className={css.file}>
                <IconFileText size={16} stroke={1.6} aria-hidden />
                <span className="truncate">{file.name}</span>
                <span className={css.hint}>{formatSize(file.text.length)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {message.text}
      </div>
      <div className={css.tools}>
        <BranchSwitch message={message} siblings={siblings} onShow={onShow} />
        <span className={css.quiet}>
          <CopyButton text={() => message.text} label="Copy the question" />
          <IconButton
            ref={editButton}
            icon={IconEdit}
            label="Edit the question"
            testId="edit-question"
            onClick={() => setIsEditing(true)}
          />
        </span>
      </div>
    </article>
  );
});
Question.displayName = 'Question';
