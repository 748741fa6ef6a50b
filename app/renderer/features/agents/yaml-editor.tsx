import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { Annotation, EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  ViewPlugin,
} from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { styleNonce } from '../../nonce.ts';
import { editorTheme } from '../notes/editor/editor-theme.ts';

export interface YamlEditorHandle {
  /** Puts the cursor on a line. */
  goTo(line: number): void;
}

export interface YamlEditorProps {
  readonly value: string;
  readonly label: string;
  /** Lines with something wrong. */
  readonly faultLines: readonly number[];
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  readonly handle: Ref<YamlEditorHandle>;
}

const fromOutside = Annotation.define<boolean>();

/** Names, texts, figures, remarks and expressions of a line of YAML. */
const parts =
  /(?<expression>\{\{.*?\}\})|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<remark>(?:^|\s)#.*$)|(?<name>^\s*(?:- )*[\w-]+(?=:(?:\s|$)))|(?<figure>(?<=[:[,\s])-?\d+(?:\.\d+)?(?=[\s,\]}]|$))/gu;
const kinds = ['expression', 'text', 'remark', 'name', 'figure'] as const;
const marks = Object.fromEntries(kinds.map((kind) => [kind, Decoration.mark({ class: `cm-yaml-${kind}` })]));

const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = this.draw(view);
    }
    update(update: { docChanged: boolean; viewportChanged: boolean; view: EditorView }): void {
      if (update.docChanged || update.viewportChanged) this.decorations = this.draw(update.view);
    }
    draw(view: EditorView): DecorationSet {
      const found = new RangeSetBuilder<Decoration>();
      for (const { from, to } of view.visibleRanges) {
        for (let at = from; at <= to; ) {
          const line = view.state.doc.lineAt(at);
          for (const match of line.text.slice(0, 2_000).matchAll(parts)) {
            const kind = kinds.find((name) => match.groups?.[name] !== undefined);
            const mark = kind ? marks[kind] : undefined;
            if (mark) found.add(line.from + match.index, line.from + match.index + match[0].length, mark);
          }
          at = line.to + 1;
        }
      }
      return found.finish();
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const setFaults = StateEffect.define<readonly number[]>();
const faultLine = Decoration.line({ class: 'cm-fault-line' });
const faults = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    let next = marked.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setFaults)) continue;
      const { doc } = transaction.state;
      const lines = [...new Set(effect.value)].filter((line) => line <= doc.lines).toSorted((a, b) => a - b);
      next = Decoration.set(lines.map((line) => faultLine.range(doc.line(line).from)));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'var(--jan-mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '12px 0' },
  '.cm-line': { padding: '0 12px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--jan-faint)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'var(--jan-hover)' },
  '.cm-fault-line': { backgroundColor: 'var(--jan-danger-soft)', boxShadow: 'inset 2px 0 var(--jan-danger)' },
  '.cm-yaml-name': { color: 'var(--jan-accent-text)' },
  '.cm-yaml-text': { color: 'var(--jan-syntax-string)' },
  '.cm-yaml-figure': { color: 'var(--jan-syntax-number)' },
  '.cm-yaml-expression': { color: 'var(--jan-syntax-keyword)' },
  '.cm-yaml-remark': { color: 'var(--jan-faint)' },
});

/** A playbook as the text it is. */
export const YamlEditor = ({ value, label, faultLines, onChange, onSave, handle }: YamlEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onSave });
  handlers.current = { onChange, onSave };
  const start = useRef(value);
  start.current = value;
  const isDark = useComputedColorScheme() === 'dark';

  useEffect(() => {
    if (!host.current) return undefined;
    const nonce = styleNonce();
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.current,
        extensions: [
          nonce ? EditorView.cspNonce.of(nonce) : [],
          history(),
          drawSelection(),
          lineNumbers(),
          highlightActiveLine(),
          colours,
          faults,
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          keymap.of([
            { key: 'Mod-s', run: () => (handlers.current.onSave(), true) },
            {
              key: 'Escape',
              run: (target) => {
                target.contentDOM.blur();
                return true;
              },
            },
            ...defaultKeymap.filter((binding) => binding.key !== 'Mod-/' && binding.key !== 'Ctrl-k'),
            ...historyKeymap,
            indentWithTab,
          ]),
          look,
          editorTheme(isDark),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside)))
              handlers.current.onChange(update.state.sliceDoc());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label, isDark]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.sliceDoc() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);
  useEffect(() => view.current?.dispatch({ effects: setFaults.of(faultLines) }), [faultLines, isDark]);
  useImperativeHandle(handle, () => ({
    goTo(line) {
      const editor = view.current;
      if (!editor) return;
      const { from } = editor.state.doc.line(Math.max(1, Math.min(line, editor.state.doc.lines)));
      editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      editor.focus();
    },
  }));

  return <div ref={host} style={{ height: '100%' }} />;
};
