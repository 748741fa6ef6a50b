/** What Markdown says, free of marks: the one form between the parser and the screen. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'emphasis' | 'strong' | 'deleted'; readonly inside: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  /** `href` is http, https or mailto; anything else never becomes a link. */
  | { readonly type: 'link'; readonly href: string; readonly inside: readonly Inline[] }
  | { readonly type: 'break' }
  | { readonly type: 'check'; readonly done: boolean };

export type Block =
  | { readonly type: 'paragraph'; readonly inside: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly inside: readonly Inline[] }
  | { readonly type: 'quote'; readonly inside: readonly Block[] }
  | { readonly type: 'list'; readonly start: number | null; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | { readonly type: 'rule' }
  /** Written as HTML: shown as it is written. */
  | { readonly type: 'verbatim'; readonly text: string }
  | {
      readonly type: 'table';
      readonly align: readonly Align[];
      readonly head: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
    };

export type Align = 'left' | 'center' | 'right';
export type Cell = readonly Inline[];
