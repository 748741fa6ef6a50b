import { Button } from '@mantine/core';
import { IconArrowUp, IconFileText, IconPaperclip, IconPlayerStopFilled, IconX } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '../../components/index.ts';
import { formatCount, formatSize } from '../../days.ts';
import { navigate } from '../../router.ts';
import { ModelPicker, useChatModel } from '../models/model-picker.tsx';
import { useNextPlace } from '../models/next-place.ts';
import { useSettings } from '../settings/queries.ts';
import { useModelHere } from '../../ui-store.ts';
import { sendDraft, stopAnswer } from './actions.ts';
import { draftOf, newThreadKey, useDraft, writeDraft } from './drafts.ts';
import { readFiles, roughTokens } from './files.ts';
import css from './composer.module.css';

interface ComposerProps {
  readonly threadId: string | null;
  readonly modelId: string | null;
  readonly onModel: (id: string | null) => void;
  /** The answer that is being written now. */
  readonly writing: string | null;
}

/** The line that a message is written in, with what goes along, who will answer and where. */
export const Composer = ({ threadId, modelId, onModel, writing }: ComposerProps) => {
  const key = threadId ?? newThreadKey;
  const draft = useDraft(key);
  const model = useChatModel(modelId);
  const settings = useSettings();
  useModelHere(model?.id);
  const [isSending, setIsSending] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  // In the commit, so that no key that is pressed meanwhile goes astray; behind what is written already.
  useLayoutEffect(() => {
    const { current } = field;
    current?.focus({ preventScroll: true });
    current?.setSelectionRange(current.value.length, current.value.length);
  }, [key]);
  useEffect(() => {
    const focus = (): void => field.current?.focus({ preventScroll: true });
    window.addEventListener('jan:write-on', focus);
    return () => window.removeEventListener('jan:write-on', focus);
  }, []);

  const frame = useRef<HTMLDivElement>(null);
  // Notifications stand above the line, however many files it holds.
  useEffect(() => {
    const { current } = frame;
    const { style } = document.documentElement;
    if (!current) return undefined;
    const sizes = new ResizeObserver(() => style.setProperty('--jan-composer', `${current.offsetHeight}px`));
    sizes.observe(current);
    return () => {
      sizes.disconnect();
      style.removeProperty('--jan-composer');
    };
  }, []);

  const isShut = model?.place === 'remote' && settings?.allowRemote === false;
  const canSend = draft.text.trim() !== '' && writing === null && !isSending && model !== undefined && !isShut;
  const size = draft.files.reduce((sum, { text }) => sum + text.length, draft.text.length);
  const isLong = model?.contextLength != null && roughTokens(size) > model.contextLength * 0.75;

  const send = async (): Promise<void> => {
    if (!canSend) return;
    setIsSending(true);
    await sendDraft(threadId);
    setIsSending(false);
    field.current?.focus();
  };
  const addFiles = async (files: FileList | readonly File[]): Promise<void> => {
    const read = await readFiles(files, draftOf(key).files);
    writeDraft(key, { files: [...draftOf(key).files, ...read] });
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const dropping = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      setIsOver(false);
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      void addFiles(event.dataTransfer.files);
    },
  };
  const place = useNextPlace(model);
  const PlaceIcon = place?.icon;
  return (
    <div ref={frame} className={css.frame} {...dropping}>
      <div className={css.box} data-over={isOver || undefined}>
        {draft.files.length > 0 ? (
          <ul className={css.files}>
            {draft.files.map((file, index) => (
              <li key={index} className={css.file} data-testid="draft-file">
                <IconFileText size={16} stroke={1.6} aria-hidden />
                <span className="truncate">{file.name}</span>
                <span className={css.size}>{formatSize(file.text.length)}</span>
                <IconButton
                  icon={IconX}
                  label={`Leave out ${file.name}`}
                  onClick={() => {
                    writeDraft(key, { files: draft.files.filter((_, other) => other !== index) });
                    field.current?.focus();
                  }}
                />
              </li>
            ))}
          </ul>
        ) : null}
        <textarea
          ref={field}
          className={css.text}
          aria-label="Message"
          placeholder={isOver ? 'Drop the files here' : 'Ask something…'}
          rows={1}
          value={draft.text}
          onChange={(event) => writeDraft(key, { text: event.target.value })}
          onKeyDown={onKey}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            void addFiles(event.clipboardData.files);
          }}
        />
        <div className={css.row}>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to attach"
            data-testid="attach-input"
            onChange={(event) => {
              if (event.target.files) void addFiles([...event.target.files]);
              event.target.value = '';
            }}
          />
          <IconButton icon={IconPaperclip} label="Attach text files" onClick={() => picker.current?.click()} />
          <ModelPicker value={modelId} onPick={onModel} label="Model of this chat" offersDefault />
          <span className={css.end}>
            {writing === null ? (
              <Button
                className={css.send ?? ''}
                aria-label="Send"
                data-testid="send"
                disabled={!canSend}
                onClick={() => void send()}
              >
                <IconArrowUp size={16} stroke={2} aria-hidden />
              </Button>
            ) : (
              <Button
                className={css.send ?? ''}
                variant="default"
                aria-label="Stop"
                data-testid="stop-answer"
                onClick={() => void stopAnswer(writing).then(() => field.current?.focus())}
              >
                <IconPlayerStopFilled size={16} aria-hidden />
              </Button>
            )}
          </span>
        </div>
      </div>
      {isShut ? (
        <p className={css.under} data-tone="warning" role="alert">
          {model.name} runs on another computer, and that is switched off.{' '}
          <button type="button" className={css.link} onClick={() => navigate({ view: 'settings' })}>
            Open Settings
          </button>
        </p>
      ) : (
        <p className={css.under} data-tone={place?.mayLeave ? 'warning' : undefined} data-testid="chat-place">
          {PlaceIcon ? <PlaceIcon size={16} stroke={1.6} aria-hidden /> : null}
          <span>
            {isLong && model?.contextLength
              ? `About ${formatCount(roughTokens(size))} tokens: this model reads ${formatCount(model.contextLength)}, so earlier messages may be left out.`
              : (place?.says ?? 'Add a model first: there is none that can answer.')}
          </span>
        </p>
      )}
    </div>
  );
};
