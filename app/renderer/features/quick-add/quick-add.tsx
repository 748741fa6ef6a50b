import { IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Chip, QuickAddResult, Task } from '../../../../node-core/contract/index.ts';
import { Keys } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { setCursor, useUi } from '../../ui-store.ts';
import { openPlaybook, startPlaybook } from '../agents/actions.ts';
import { showFault, undoable } from '../tasks/actions.ts';
import { applyTasks, expectTask, forgetTask } from '../tasks/cache.ts';
import { planGoal } from '../tasks/hand-over.ts';
import { assigneeName } from '../tasks/pick-panels.tsx';
import { Buttons } from './buttons.tsx';
import { ChipRow } from './chip-row.tsx';
import { Completions } from './completions.tsx';
import { FittingPlaybook } from './fitting-playbook.tsx';
import { shiftOffsets } from './offsets.ts';
import { TintedText } from './tinted-text.tsx';
import { localNow, useParse } from './use-parse.ts';
import { useCompletion } from './use-completion.ts';
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

const example = 'Try “call Ana tomorrow 15:00 #home”, @agent, /playbook';

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
  const meant = understood?.text === text ? understood : null;
  const chips = meant?.chips ?? [];
  const playbook = meant?.playbook;
  const isActive = hasFocus || text !== '';
  const [caret, setCaret] = useState(0);

  useEffect(() => {
    const onFocus = (): void => input.current?.focus();
    window.addEventListener('jan:quick-add', onFocus);
    return () => window.removeEventListener('jan:quick-add', onFocus);
  }, []);

  const change = (next: string): void => {
    setIgnore((old) => shiftOffsets(old, text, next));
    setText(next);
  };

  const completion = useCompletion(
    text,
    caret,
    hasFocus,
    (next, at) => {
      change(next);
      setCaret(at);
      input.current?.focus();
      requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
    },
    () => void add(),
  );

  const clear = (): void => {
    setText('');
    setIgnore([]);
  };

  /** The line as it is now, also where its last letters were not read yet. */
  const readNow = async (): Promise<QuickAddResult> =>
    meant ?? (await api.quickAdd.parse({ text, now: localNow(), ignore: [...ignore] }));

  /** Whether the line began with a playbook: to its form, or at once to work where it needs nothing more. */
  const tookPlaybook = async (atOnce: boolean): Promise<boolean> => {
    if (!text.trimStart().startsWith('/')) return false;
    const named = (await readNow()).playbook;
    if (!named) return false;
    if (atOnce && named.missing.length === 0) {
      setBusy(true);
      const started = await startPlaybook({ playbookId: named.id, inputs: named.inputs });
      setBusy(false);
      if (!started) return true;
    } else openPlaybook(named.id, { taskId: null, text: '', inputs: named.inputs });
    clear();
    onDone?.();
    return true;
  };

  const makePlain = (chip: Chip): void => {
    setIgnore((old) => [...old, chip.start]);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(chip.end, chip.end));
  };

  const save = async (): Promise<void> => {
    const line = text.trim();
    if (line === '' || (await tookPlaybook(false))) return;
    const doDate = defaults?.doDate ?? null;
    const offset = text.length - text.trimStart().length;
    const draft = draftTask(meant?.draft.title || line, projectId, doDate);
    const draftWithDates: Task = {
      ...draft,
      dueDate: meant?.draft.dueDate ?? null,
      tags: meant?.draft.tags ?? [],
      priority: meant?.draft.priority ?? 4,
      doDate: meant?.draft.doDate ?? doDate,
    };
    const made = Promise.withResolvers<string | null>();
    expectTask(draft.id, made.promise);
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
      made.resolve(task.id);
      setCursor(task.id);
      onDone?.();
      if (task.assignee !== 'me') await undoable(`${assigneeName(task.assignee)} begins in a moment`);
    } catch (error) {
      made.resolve(null);
      forgetTask(draft.id);
      setText((now) => [line, now].filter((part) => part !== '').join(' '));
      showFault(error, 'The task was not saved.');
    }
  };

  const add = (): Promise<void> => save().catch((error: unknown) => showFault(error, 'The line could not be read.'));

  const isHanding = useRef(false);
  const handOver = async (): Promise<void> => {
    // Before the next drawing, too.
    if (isHanding.current) return;
    isHanding.current = true;
    await handLine().finally(() => {
      isHanding.current = false;
    });
  };
  const handLine = async (): Promise<void> => {
    const goal = text.trim();
    if (goal === '' || busy) return;
    try {
      if (await tookPlaybook(true)) return;
      const { assignee } = goal.includes('@') ? (await readNow()).draft : {};
      if (assignee && assignee !== 'me' && assignee !== 'agent') {
        await save();
        return;
      }
    } catch (error) {
      showFault(error, 'The line could not be read.');
      return;
    }
    setBusy(true);
    const started = await planGoal(goal);
    setBusy(false);
    if (!started) return;
    clear();
    onDone?.();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || completion.onKey(event)) return;
    const { key } = event;
    const isModified = event.ctrlKey || event.metaKey;
    if (key === 'Enter') {
      event.preventDefault();
      if (isModified) void handOver();
      else void add();
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
            <TintedText text={text} chips={chips} />
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
            aria-autocomplete="list"
            {...(completion.offers.length > 0
              ? {
                  role: 'combobox',
                  'aria-expanded': true,
                  'aria-controls': completion.id,
                  'aria-activedescendant': `${completion.id}-${completion.active}`,
                }
              : {})}
            onChange={(event) => {
              change(event.target.value);
              setCaret(event.target.selectionStart ?? event.target.value.length);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
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
          <Buttons
            isEmpty={text.trim() === ''}
            playbook={playbook}
            busy={busy}
            onHandOver={() => void handOver()}
            onAdd={() => void add()}
          />
        ) : (
          <Keys combo="n" />
        )}
      </div>
      {completion.trigger ? (
        <Completions
          id={completion.id}
          trigger={completion.trigger}
          active={completion.active}
          onActive={completion.setActive}
          onOffers={completion.setOffers}
          onPick={completion.pick}
        />
      ) : null}
      {text === '' ? null : (
        <div className={css.understood}>
          <ChipRow chips={chips} row={chipRow} onPlain={makePlain} onLeave={() => input.current?.focus()} />
          {playbook ? (
            <span className={css.missing} role="status">
              {playbook.missing.length > 0 ? `Asks you for: ${playbook.missing.join(', ')}` : ''}
            </span>
          ) : isActive ? (
            <FittingPlaybook text={text} onDone={() => (clear(), onDone?.())} />
          ) : null}
        </div>
      )}
    </div>
  );
};
