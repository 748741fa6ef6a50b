import type { Structure } from './structure.ts';

/** Between which texts a model thinks. */
export interface ThinkingMarks {
  readonly open: string;
  readonly close: string;
  /** What it writes before its answer proper, which is not part of it. */
  readonly lead: readonly string[];
  /** Ends a message of an answer that may have several; what follows begins as the first did. */
  readonly messageEnd?: string;
}

const known: readonly ThinkingMarks[] = [
  { open: '<think>', close: '</think>', lead: [] },
  { open: '[THINK]', close: '[/THINK]', lead: [] },
  { open: '<|channel>thought', close: '<channel|>', lead: [] },
  {
    open: '<|channel|>analysis<|message|>',
    close: '<|end|>',
    lead: [
      '<|start|>assistant',
      '<|channel|>final<|message|>',
      '<|channel|>commentary<|message|>',
      '<|channel|>final <|constrain|>json<|message|>',
    ],
    messageEnd: '<|end|>',
  },
  { open: '<seed:think>', close: '</seed:think>', lead: [] },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>', lead: ['<|START_RESPONSE|>'] },
];

/** Many templates only take the end of thoughts out of earlier answers. */
const inTemplate = (template: string, { open, close }: ThinkingMarks): boolean =>
  template.includes(close) && (open === '<think>' || template.includes(open));

/** The marks that the template writes or reads, else those that are tokens of the model; null where there are none. */
export const thinkingMarks = (template: string, structure: Structure): ThinkingMarks | null =>
  known.find((marks) => inTemplate(template, marks)) ??
  known.find(({ open, close }) => structure.has(open) && structure.has(close)) ??
  null;

/** Whether a prompt ends inside of thoughts. */
export const endsThinking = (prompt: string, { open, close }: ThinkingMarks): boolean => {
  const at = prompt.lastIndexOf(open);
  return at >= 0 && prompt.indexOf(close, at) < 0 && prompt.slice(at + open.length).trim() === '';
};
