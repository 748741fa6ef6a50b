import { Button } from '@mantine/core';
import {
  IconBell,
  IconCalendar,
  IconCalendarDue,
  IconFlag,
  IconFolder,
  IconHash,
  IconPlus,
  IconRepeat,
  IconSparkles,
  IconUser,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Chip, Task } from '../../../../node-core/contract/index.ts';
import { isMac, Keys } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { setCursor, useUi } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { applyTasks, forgetTask } from '../tasks/cache.ts';
import { FittingPlaybook } from './fitting-playbook.tsx';
import { planGoal } from '../tasks/hand-over.ts';
import { shiftOffsets } from './offsets.ts';
import { localNow, useParse } from './use-parse.ts';
import { draftTask } from './draft-task.ts';
import css from './quick-add.module.css';

interface QuickAddProps {
  readonly projectId?: string;
  /** A day that a task typed here gets unless its line names another. */
  readonly defaults?: Partial<Pick<Task, 'doDate'>>;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** Over a view that has no line of its own: closes after use. */
  readonly onDone?: () => void;
}

const icons: Readonly<Record<Chip['kind'], Icon>> = {
  due: IconCalendarDue,
  do: IconCalendar,
  recurrence: IconRepeat,
  tag: IconHash,
  project: IconFolder,
  priority: IconFlag,
  reminder: IconBell,
  assignee: IconUser,
};

const kindNames: Readonly<Record<Chip['kind'], string>> = {
  due: 'due',
  do: 'do on',
  recurrence: 'repeats',
  tag: 'tag',
  project: 'project',
  priority: 'priority',
  reminder: 'reminder',
  assignee: 'assigned to',
};

const example = 'Try “call Ana tomorrow 15:00 #home !1”, or a goal for the agent';

/** So many lines pasted at once are not a task but a document. */
const transcriptLines = 5;

/**
 * One line in which a task, or a goal for the agent, is typed. What was understood is tinted in the line and listed
 * as chips under it; Backspace behind a tinted part, or on a chip, makes it plain text again.
 */
export const QuickAdd = ({
  projectId,
  defaults,
  placeholder = 'Add a task, or a goal for the agent…',
  autoFocus,
  onDone,
}: QuickAddProps) => {
  const [text, setText] = useState('');
  const [ignore, setIgnore] = useState<readonly number[]>([]);
  const [hasFocus, setHasFocus] = useState(false);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const chipRow = useRef<HTMLDivElement>(null);
  const understood = useParse(text, ignore);
  const chips = understood && understood.text === text ? understood.chips : [];
  const isActive = hasFocus || text !== '';

  useEffect(() => {
    const onFocus = (): void => input.current?.focus();
    window.addEventListener('jan:quick-add', onFocus);
    return () => window.removeEventListener('jan:quick-add', onFocus);
  }, []);

  const change = (next: string): void => {
    setIgnore((old) => shiftOffsets(old, text, next));
    setText(next);
  };

  const clear = (): void => {
    setText('');
    setIgnore([]);
  };

  const makePlain = (chip: Chip): void => {
    setIgnore((old) => [...old, chip.start]);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(chip.end, chip.end));
  };

  const save = async (): Promise<void> => {
    const line = text.trim();
    if (line === '') return;
    const doDate = defaults?.doDate ?? null;
    const offset = text.length - text.trimStart().length;
    const draft = draftTask(
      understood?.text === text && understood.draft.title ? understood.draft.title : line,
      projectId,
      doDate,
    );
    const draftWithDates: Task = {
      ...draft,
      dueDate: understood?.text === text ? (understood.draft.dueDate ?? null) : null,
      tags: understood?.text === text ? (understood.draft.tags ?? []) : [],
      priority: understood?.text === text ? (understood.draft.priority ?? 4) : 4,
      doDate: understood?.text === text ? (understood.draft.doDate ?? doDate) : doDate,
    };
    applyTasks([draftWithDates]);
    clear();
    try {
      const task = await api.quickAdd.save({
        text: line,
        now: localNow(),
        ignore: ignore.map((start) => start - offset).filter((start) => start >= 0),
        ...(projectId ? { projectId } : {}),
        ...(doDate ? { doDate } : {}),
      });
      forgetTask(draft.id);
      applyTasks([task]);
      setCursor(task.id);
      onDone?.();
    } catch (error) {
      forgetTask(draft.id);
      setText((now) => (now === '' ? line : now));
      showFault(error, 'The task was not saved.');
    }
  };

  const handOver = async (): Promise<void> => {
    const goal = text.trim();
    if (goal === '' || busy) return;
    setBusy(true);
    const started = await planGoal(goal);
    setBusy(false);
    if (!started) return;
    clear();
    onDone?.();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const isModified = event.ctrlKey || event.metaKey;
    if (key === 'Enter') {
      event.preventDefault();
      if (isModified) void handOver();
      else void save();
      return;
    }
    if (key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (text !== '') clear();
      else if (onDone) onDone();
      else {
        input.current?.blur();
        window.dispatchEvent(new Event('jan:focus-list'));
      }
      return;
    }
    if (key === 'ArrowDown') {
      event.preventDefault();
      const chip = chipRow.current?.querySelector<HTMLElement>('[data-chip]');
      if (chip) chip.focus();
      else if (!onDone) window.dispatchEvent(new Event('jan:focus-list'));
      return;
    }
    if (key === 'Backspace' && !isModified && !event.altKey) {
      const field = event.currentTarget;
      const caret = field.selectionStart;
      if (caret === null || caret !== field.selectionEnd) return;
      const chip = chips.find(({ end }) => end === caret);
      if (!chip) return;
      event.preventDefault();
      makePlain(chip);
    }
  };

  const onChipKey = (event: KeyboardEvent<HTMLButtonElement>, chip: Chip): void => {
    const siblings = [...(chipRow.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])];
    const at = siblings.indexOf(event.currentTarget);
    if (event.key === 'Backspace' || event.key === 'Delete') makePlain(chip);
    else if (event.key === 'ArrowRight') siblings[at + 1]?.focus();
    else if (event.key === 'ArrowLeft') siblings[at - 1]?.focus();
    else if (event.key === 'ArrowUp' || event.key === 'Escape') input.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const parts: { text: string; chip: boolean; start: number }[] = [];
  let at = 0;
  for (const chip of [...chips].toSorted((a, b) => a.start - b.start)) {
    if (chip.start < at || chip.end <= chip.start) continue;
    if (chip.start > at) parts.push({ text: text.slice(at, chip.start), chip: false, start: at });
    parts.push({ text: text.slice(chip.start, chip.end), chip: true, start: chip.start });
    at = chip.end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), chip: false, start: at });

  return (
    <div
      className={css.box}
      data-active={isActive || undefined}
      data-testid="quick-add"
      onFocus={() => setHasFocus(true)}
      onBlur={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setHasFocus(false);
      }}
    >
      <div className={css.line}>
        <IconPlus size={16} stroke={1.6} className={css.plus} aria-hidden />
        <div className={css.field}>
          <div ref={mirror} className={css.mirror} aria-hidden>
            {parts.map((part) =>
              part.chip ? (
                <mark key={part.start} className={css.tint}>
                  {part.text}
                </mark>
              ) : (
                <span key={part.start}>{part.text}</span>
              ),
            )}
          </div>
          <input
            ref={input}
            className={css.input}
            value={text}
            placeholder={hasFocus && !projectId && !defaults ? example : placeholder}
            aria-label="Quick add"
            autoComplete="off"
            autoFocus={autoFocus ?? false}
            data-autofocus={autoFocus || undefined}
            onChange={(event) => change(event.target.value)}
            onScroll={(event) => {
              if (mirror.current) mirror.current.scrollLeft = event.currentTarget.scrollLeft;
            }}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (pasted.trim().split('\n').length <= transcriptLines) return;
              event.preventDefault();
              useUi.setState({ transcriptDraft: pasted });
              onDone?.();
              navigate({ view: 'extract' });
            }}
          />
        </div>
        {isActive ? (
          <span className={css.buttons}>
            <Button
              variant="subtle"
              color="gray"
              className={css.agent}
              leftSection={<IconSparkles size={16} stroke={1.6} aria-hidden />}
              rightSection={<span className={css.combo}>{isMac ? '⌘↩' : 'Ctrl ↩'}</span>}
              disabled={text.trim() === ''}
              loading={busy}
              onClick={() => void handOver()}
            >
              Hand to agent
            </Button>
            <Button disabled={text.trim() === ''} onClick={() => void save()}>
              Add
            </Button>
          </span>
        ) : (
          <Keys combo="n" />
        )}
      </div>
      {text === '' ? null : (
        <div className={css.understood}>
          <div ref={chipRow} className={css.chips} aria-live="polite" data-testid="chips">
            {chips.map((chip) => {
              const Glyph = icons[chip.kind];
              return (
                <button
                  key={`${chip.kind}-${chip.start}`}
                  type="button"
                  data-chip={chip.kind}
                  className={css.chip}
                  aria-label={`${kindNames[chip.kind]} ${chip.label}. Turn back into text`}
                  title="Turn back into text (Backspace)"
                  onClick={() => makePlain(chip)}
                  onKeyDown={(event) => onChipKey(event, chip)}
                >
                  <Glyph size={16} stroke={1.5} aria-hidden />
                  {chip.kind === 'tag' ? chip.label.replace(/^#/, '') : chip.label}
                  <IconX size={16} stroke={1.5} className={css.cross} aria-hidden />
                </button>
              );
            })}
          </div>
          {isActive ? <FittingPlaybook text={text} onDone={() => (clear(), onDone?.())} /> : null}
        </div>
      )}
    </div>
  );
};
