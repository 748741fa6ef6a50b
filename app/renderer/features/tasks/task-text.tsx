import { useEffect, useRef, useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { LazyEditor } from '../notes/editor/lazy-editor.tsx';
import { updateTasks } from './actions.ts';
import css from './task-detail.module.css';

export const Title = ({ task }: { task: Task }) => {
  const [draft, setDraft] = useState(task.title);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => setDraft(task.title), [task.title]);
  useEffect(() => {
    const onEdit = (): void => {
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('jan:edit-task', onEdit);
    return () => window.removeEventListener('jan:edit-task', onEdit);
  }, []);
  const save = (): void => {
    const title = draft.trim();
    if (title === '') setDraft(task.title);
    else if (title !== task.title) void updateTasks([task.id], { title });
  };
  return (
    <div className={css.titleBox} data-text={`${draft} `}>
      <textarea
        autoComplete="off"
        ref={field}
        className={css.title}
        aria-label="Title"
        rows={1}
        value={draft}
        onChange={(event) => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            event.currentTarget.blur();
            window.dispatchEvent(new Event('jan:focus-list'));
          }
        }}
      />
    </div>
  );
};

const saveNotesAfter = 600;

export const TaskNotes = ({ task }: { task: Task }) => {
  const [draft, setDraft] = useState<string | null>(null);
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; save: () => void } | null>(null);
  const flush = (): void => {
    const waiting = pending.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.current = null;
    waiting.save();
  };
  useEffect(() => flush, []);
  return (
    <LazyEditor
      value={draft ?? task.notes}
      label="Notes"
      placeholder="Notes…"
      onChange={(text) => {
        setDraft(text);
        if (pending.current) clearTimeout(pending.current.timer);
        const save = (): void => {
          pending.current = null;
          void updateTasks([task.id], { notes: text }).then(() => setDraft((now) => (now === text ? null : now)));
        };
        pending.current = { timer: setTimeout(save, saveNotesAfter), save };
      }}
      onBlur={flush}
    />
  );
};
