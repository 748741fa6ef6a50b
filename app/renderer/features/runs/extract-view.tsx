import { Button } from '@mantine/core';
import { IconFileUpload, IconSparkles } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { FaultNote, isMac, View } from '../../components/index.ts';
import { type Day, formatCount, plural } from '../../days.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { useUi } from '../../ui-store.ts';
import { DayField } from '../tasks/day-field.tsx';
import css from './extract-view.module.css';

const largestFile = 4_000_000;

type Problem = { readonly what: string; readonly error: unknown };

/** A meeting's transcript goes in; decisions and action items with owner, due date and line come out. */
export const ExtractView = () => {
  const transcript = useUi((state) => state.transcriptDraft);
  const [name, setName] = useState('');
  const [date, setDate] = useState<Day | null>(null);
  const [isOver, setIsOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const setTranscript = (text: string): void => useUi.setState({ transcriptDraft: text });
  const lines = transcript === '' ? 0 : transcript.split('\n').length;

  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setProblem(null);
    if (file.size > largestFile) {
      setProblem({
        what: `“${file.name}” is too long.`,
        error: { code: 'INPUT_TOO_LONG', message: 'A transcript may have up to 4 MB. Split the meeting into parts.' },
      });
      return;
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      if (text.includes('\0')) throw new TypeError('binary');
      setTranscript(text);
      if (name === '') setName(file.name.replace(/\.(txt|md|vtt|srt)$/i, ''));
    } catch {
      setProblem({
        what: `“${file.name}” is not text.`,
        error: {
          code: 'INPUT_NOT_TEXT',
          message: 'Save the transcript as plain text (UTF-8), Markdown, VTT or SRT and drop that file here.',
        },
      });
    }
  };

  const start = async (): Promise<void> => {
    if (transcript.trim() === '' || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const run = await api.runs.start({
        skill: 'extract',
        transcript,
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(date ? { date } : {}),
      });
      setTranscript('');
      navigate({ view: 'run', id: run.id });
    } catch (error) {
      setProblem({ what: 'The transcript was not taken.', error });
      setBusy(false);
    }
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void read(event.dataTransfer.files[0]);
  };

  return (
    <View
      title="Extract from a transcript"
      testId="view-extract"
      ownScroll
      context="Decisions, and action items with owner, due date and the line they came from"
      actions={
        <Button
          variant="default"
          leftSection={<IconFileUpload size={16} stroke={1.6} aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          Choose a file
        </Button>
      }
    >
      <div className={css.body}>
        {problem ? <FaultNote what={problem.what} error={problem.error} /> : null}
        <textarea
          autoComplete="off"
          className={css.text}
          value={transcript}
          placeholder={
            'Paste the transcript here, or drop a text file.\n\nAna: Let’s go with the June date.\nBen: I’ll send the contract by Friday.'
          }
          aria-label="Transcript"
          autoFocus
          spellCheck={false}
          data-over={isOver || undefined}
          data-testid="transcript"
          onChange={(event) => setTranscript(event.target.value)}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={onDrop}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              void start();
            }
          }}
        />
        <div className={css.foot}>
          <label className={css.field}>
            <span>Name</span>
            <input
              autoComplete="off"
              value={name}
              placeholder="Taken from its text"
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <DayField label="Meeting date" empty="Meeting date" value={date} onChange={setDate} />
          <span className={css.count}>
            {lines > 0 ? `${plural(lines, 'line')}, ${formatCount(transcript.length)} characters` : ''}
          </span>
          <Button
            leftSection={<IconSparkles size={16} stroke={1.6} aria-hidden />}
            rightSection={<span className={css.combo}>{isMac ? '⌘↩' : 'Ctrl ↩'}</span>}
            loading={busy}
            disabled={transcript.trim() === ''}
            onClick={() => void start()}
          >
            Extract
          </Button>
        </div>
        <input
          autoComplete="off"
          ref={picker}
          type="file"
          accept=".txt,.md,.vtt,.srt,text/plain"
          hidden
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
    </View>
  );
};
