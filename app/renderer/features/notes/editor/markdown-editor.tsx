import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdownKeymap, markdownLanguage, pasteURLAsLink } from '@codemirror/lang-markdown';
import { indentUnit, LanguageSupport } from '@codemirror/language';
import { Annotation, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { api, queryClient } from '../../../rpc/index.ts';
import { navigate, tagKey } from '../../../router.ts';
import { styleNonce } from '../../../nonce.ts';
import { noteListQuery } from '../queries.ts';
import { noteCompletion } from './completion.ts';
import { editorTheme } from './editor-theme.ts';
import { lineHighlight, revealLine } from './line-highlight.ts';
import { livePreview } from './live-preview.ts';
import { newNoteText, openNoteByTitle } from '../open-note.ts';

export interface MarkdownEditorProps {
  /** The stored text. A new value from outside replaces what is shown unless it is what was typed here. */
  readonly value: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  /** 1-based; brought into view and marked. */
  readonly line?: number;
  readonly onChange?: (text: string) => void;
  readonly onBlur?: () => void;
}

/** Line ends stay as they are in the stored text, byte for byte; in a mixed text a lone CR is a character of its line. */
const lineSeparatorOf = (text: string): string => (text.includes('\r\n') && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n');

const fromOutside = Annotation.define<boolean>();

const completion = noteCompletion({
  noteTitles: async () => (await queryClient.fetchQuery(noteListQuery({}))).map((note) => note.title),
  tags: async () =>
    (await queryClient.fetchQuery({ queryKey: ['tags'], queryFn: () => api.tags.list() })).map(({ tag }) => tag),
});

/** Markdown as text, drawn as what it means. Loaded when the first text is opened. */
export const MarkdownEditor = ({
  value,
  label,
  placeholder = '',
  readOnly = false,
  autoFocus = false,
  line,
  onChange,
  onBlur,
}: MarkdownEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onBlur });
  handlers.current = { onChange, onBlur };
  const isDark = useComputedColorScheme() === 'dark';
  const start = useRef({ value, autoFocus });
  start.current.value = value;

  useEffect(() => {
    if (!host.current) return undefined;
    const nonce = styleNonce();
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.current.value,
        extensions: [
          nonce ? EditorView.cspNonce.of(nonce) : [],
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          EditorState.lineSeparator.of(lineSeparatorOf(start.current.value)),
          // Without `markdown()` itself, which brings the HTML, CSS and JavaScript parsers along.
          new LanguageSupport(markdownLanguage),
          pasteURLAsLink,
          indentUnit.of('  '),
          lineHighlight(),
          livePreview({
            openNote: (title) => void openNoteByTitle(title),
            openTag: (tag) => navigate({ view: 'tag', key: tagKey(tag) }),
          }),
          readOnly ? [] : completion,
          placeholder ? placeholderText(placeholder) : [],
          keymap.of([
            {
              key: 'Escape',
              run: (target) => {
                target.contentDOM.blur();
                return false;
              },
            },
            ...markdownKeymap,
            ...defaultKeymap.filter((binding) => binding.key !== 'Mod-/' && binding.key !== 'Ctrl-k'),
            ...historyKeymap,
            indentWithTab,
          ]),
          editorTheme(isDark),
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'true',
            tabindex: '0',
            ...(readOnly ? { role: 'textbox', 'aria-readonly': 'true' } : {}),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside))) {
              handlers.current.onChange?.(update.state.sliceDoc());
            }
            if (update.focusChanged && !update.view.hasFocus) handlers.current.onBlur?.();
          }),
        ],
      }),
    });
    view.current = editor;
    if (start.current.autoFocus) {
      // The stand-in of a new note is selected: the first key replaces it.
      const isNew = start.current.value === newNoteText;
      editor.dispatch({ selection: { anchor: isNew ? 2 : editor.state.doc.length, head: editor.state.doc.length } });
      editor.focus();
    }
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label, placeholder, readOnly, isDark]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const shown = editor.state.sliceDoc();
    if (shown === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);

  const hasText = value !== '';
  useEffect(() => {
    if (view.current && line && hasText) revealLine(view.current, line);
  }, [line, hasText]);

  return <div ref={host} />;
};
