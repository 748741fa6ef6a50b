import { maybe } from './atoms.ts';

/** How the arguments of a call are written. */
export type ArgumentForm =
  | { readonly kind: 'json' }
  /** A tag per argument: `<parameter=name>value</parameter>`. */
  | {
      readonly kind: 'tagged';
      readonly keyOpen: string;
      readonly keyClose: string;
      /** Where a tag tells that its value is no text. */
      readonly jsonKeyClose?: string;
      readonly valueClose: string;
    }
  /** `name="value", other=1`. */
  | { readonly kind: 'python'; readonly mark: string }
  /** `name:<|"|>value<|"|>,other:1`. */
  | { readonly kind: 'marked'; readonly mark: string };

/** How a model writes calls: `open` name `middle` arguments `close`, with `between` from the arguments of one to the name of the next. */
export interface ToolSyntax {
  /** The beginning of `open` that tells a call from text. */
  readonly trigger: string;
  /** Whether a call may follow on text; else an answer is a call from its first character. */
  readonly anywhere: boolean;
  readonly open: string;
  readonly middle: string;
  /** Null: one call per answer. */
  readonly between: string | null;
  readonly close: string;
  readonly form: ArgumentForm;
  /** Whether the template writes ids in the place of names. */
  readonly namedIds?: boolean;
}

/** The form of NousResearch's Hermes models, which many have learned: what a model without a form of its own is told to use. */
export const hermes: ToolSyntax = {
  trigger: '<tool_call>',
  anywhere: true,
  open: '<tool_call>\n{"name": "',
  middle: '", "arguments": ',
  between: '}\n</tool_call>\n<tool_call>\n{"name": "',
  close: '}\n</tool_call>',
  form: { kind: 'json' },
};
export const granite: ToolSyntax = {
  ...hermes,
  trigger: '<|tool_call|>',
  open: '<|tool_call|>[{"name": "',
  between: '}, {"name": "',
  close: '}]',
};
export const lfm: ToolSyntax = {
  trigger: '<|tool_call_start|>',
  anywhere: true,
  open: '<|tool_call_start|>[',
  middle: '(',
  between: '), ',
  close: ')]<|tool_call_end|>',
  form: { kind: 'python', mark: '"' },
};

/** OpenAI's form: a call is a message of its own, and who it is for stands before or in its channel. */
export const harmony: ToolSyntax = {
  trigger: 'to=functions.',
  anywhere: false,
  open: `${maybe('<|start|>assistant')}${maybe('<|channel|>commentary')} to=functions.`,
  middle: `${maybe('<|channel|>commentary')} ${maybe('<|constrain|>')}${maybe('json')}<|message|>`,
  between: null,
  close: '',
  form: { kind: 'json' },
};

/** Of Kimi's form: ids that tell which function, and how many calls came before. */
export const namedId = (name: string, index: number): string => `functions.${name}:${index}`;
