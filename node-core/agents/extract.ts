import { z } from 'zod';
import { AppError, ExtractResult, type StartRun } from '../contract/index.ts';
import { addNote, addTask } from '../workspace/index.ts';
import { askUntilUsable, fromJson } from './attempts.ts';
import type { Assignment } from './book.ts';
import { meetingTag, shownDay, summaryNote } from './notes.ts';
import {
  type Extraction,
  extractInstructions,
  extractionWindows,
  type Finding,
  mergeFindings,
  parseGeneralExtraction,
  parseWindow,
  splitTranscript,
  type Transcript,
  windowRequest,
} from './skills/index.ts';
import type { Dialogue, Steps } from './steps.ts';

type ExtractAssignment = Assignment & { readonly input: Extract<StartRun, { skill: 'extract' }> };

const KeptNote = z.object({ noteId: z.string(), noteTitle: z.string() });
const longestQuote = 2_000;

/** Transcript to decisions and todos: read it, keep it as a note, judge its lines, put together what was said more than once, write. */
export const extract = async (steps: Steps, assignment: ExtractAssignment): Promise<ExtractResult> => {
  const { input, builtin } = assignment;

  const transcript = steps.rule('Read the transcript', () => {
    const read = splitTranscript(input.transcript, { today: assignment.today, date: input.date });
    if ('code' in read) throw new AppError(read.code === 'NOT_TEXT' ? 'INPUT_NOT_TEXT' : 'BAD_REQUEST', read.message);
    return { value: read, output: described(read) };
  });

  const kept = steps.apply('Keep the transcript as a note', KeptNote, (change) => {
    const note = addNote(change, { text: input.transcript });
    return {
      value: { noteId: note.id, noteTitle: note.title },
      output: note.title,
      touched: [{ kind: 'note', id: note.id, title: note.title }],
    };
  });

  const found = await steps.generate('Find decisions and action items', null, (dialogue) =>
    builtin ? judgeWindows(transcript, dialogue) : askOnce(transcript, dialogue),
  );

  const extraction = steps.rule('Put together what was said more than once', () => {
    const value = found();
    return { value, output: listed(value).join('\n') || 'Nothing was decided or taken on.' };
  });

  return steps.apply('Create todos and the summary', ExtractResult, (change) => {
    const lines = input.transcript.split(/\r\n?|\n/u);
    const actions = extraction.actions.map((action) => {
      const quote = (lines[action.line - 1] ?? '').trim().slice(0, longestQuote).toWellFormed();
      const source = { noteId: kept.noteId, line: action.line, quote };
      const task = addTask(change, {
        title: action.title,
        owner: action.owner,
        dueDate: action.due,
        tags: [meetingTag],
        source,
      });
      return { taskId: task.id, title: task.title, owner: task.owner, due: task.dueDate, line: action.line };
    });
    const summary = addNote(change, { text: summaryNote(kept.noteTitle, input.name ?? kept.noteTitle, extraction) });
    return {
      value: {
        skill: 'extract',
        ...kept,
        summaryId: summary.id,
        summaryTitle: summary.title,
        decisions: extraction.decisions,
        actions,
      },
      output: `${counted(actions.length, 'todo')}, ${counted(extraction.decisions.length, 'decision')}`,
      touched: [
        { kind: 'note', id: summary.id, title: summary.title },
        ...actions.map(({ taskId, title }) => ({ kind: 'task' as const, id: taskId, title })),
      ],
    };
  });
};

/** The built-in model judges a few lines at a time. */
const judgeWindows = async (transcript: Transcript, { ask, preview }: Dialogue) => {
  const windows = extractionWindows(transcript);
  const findings: Finding[] = [];
  preview([], 0);
  for (const [index, window] of windows.entries()) {
    const { prompt, ...request } = windowRequest(window);
    const answer = await ask({
      key: String(window.id),
      prompt,
      request: { seed: 1, temperature: 0, ...request, input: { prompt } },
    });
    findings.push(...parseWindow(transcript, window, answer));
    preview(listed(mergeFindings(transcript, findings)), (index + 1) / windows.length);
  }
  return { value: () => mergeFindings(transcript, findings), output: null };
};

/** Any other model reads the whole transcript at once. */
const askOnce = async (transcript: Transcript, { ask }: Dialogue) => {
  const { system, user, jsonSchema } = extractInstructions(transcript);
  const question = {
    key: 'all',
    prompt: `${system}\n\n${user}`,
    request: {
      input: {
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
      },
      schema: jsonSchema,
      maxTokens: 4_000,
    },
  } as const;
  const extraction = await askUntilUsable(
    ask,
    question,
    fromJson((json) => parseGeneralExtraction(transcript, json)),
    'a list of decisions and action items',
  );
  return { value: () => extraction, output: null };
};

const described = ({ text, date, notices }: Transcript): string =>
  [`${text.split('\n').length} lines, held on ${shownDay(date)}`, ...notices.map(({ message }) => message)].join('\n');

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const listed = ({ decisions, actions }: Extraction): string[] => [
  ...decisions.map(({ text }) => `Decided: ${text}`),
  ...actions.map(
    ({ owner, title, due }) => `${owner ?? 'Nobody yet'}: ${title}${due === null ? '' : `, by ${shownDay(due)}`}`,
  ),
];
