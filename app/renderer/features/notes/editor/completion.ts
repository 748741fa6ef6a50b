import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';

export interface CompletionSources {
  readonly noteTitles: () => Promise<readonly string[]>;
  readonly tags: () => Promise<readonly string[]>;
}

const linkSource =
  ({ noteTitles }: CompletionSources) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/\[\[[^[\]\n]*/);
    if (!typed) return null;
    const titles = await noteTitles();
    const closed = context.state.sliceDoc(context.pos, context.pos + 2) === ']]';
    return {
      from: typed.from + 2,
      options: titles.map((title) => ({ label: title, apply: closed ? title : `${title}]]`, type: 'text' })),
      validFor: /^[^[\]\n]*$/,
    };
  };

const tagSource =
  ({ tags }: CompletionSources) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/(?:^|[\s(])#[\p{L}\p{N}_/-]*$/u);
    if (!typed || (!context.explicit && !/#[^\s]/.test(typed.text))) return null;
    const known = await tags();
    return {
      from: typed.from + typed.text.indexOf('#') + 1,
      options: known.map((tag) => ({ label: tag, type: 'text' })),
      validFor: /^[\p{L}\p{N}_/-]*$/u,
    };
  };

/** `[[` offers notes, `#` offers tags. */
export const noteCompletion = (sources: CompletionSources): Extension =>
  autocompletion({
    override: [linkSource(sources), tagSource(sources)],
    icons: false,
    activateOnTyping: true,
    maxRenderedOptions: 50,
  });
