import { autocompletion, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { indentService, indentUnit } from '@codemirror/language';
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
  WidgetType,
} from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { styleNonce } from '../../nonce.ts';
import { editorTheme } from '../notes/editor/editor-theme.ts';
import { completionsAt, type Vocabulary } from './yaml-completion.ts';

export interface YamlEditorHandle {
  /** Puts the cursor on a line. */
  goTo(line: number): void;
}

export interface LineFault {
  readonly line: number;
  readonly message: string;
}

export interface YamlEditorProps {
  readonly value: string;
  readonly label: string;
  /** What is wrong, and on which line. */
  readonly faults: readonly LineFault[];
  /** What can be named; `undefined` while that is not known. */
  readonly vocabulary: Vocabulary | undefined;
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

/** What is wrong with a line, behind it. The list beside the text says the same to who can't see it. */
class FaultText extends WidgetType {
  readonly message: string;
  constructor(message: string) {
    super();
    this.message = message;
  }
  override eq(other: FaultText): boolean {
    return other.message === this.message;
  }
  toDOM(): HTMLElement {
    const text = document.createElement('span');
    text.className = 'cm-fault-text';
    text.ariaHidden = 'true';
    text.textContent = this.message;
    return text;
  }
}

const setFaults = StateEffect.define<readonly LineFault[]>();
const faultLine = Decoration.line({ class: 'cm-fault-line' });
const faultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    let next = marked.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setFaults)) continue;
      const { doc } = transaction.state;
      const byLine = Map.groupBy(
        effect.value.filter(({ line }) => line <= doc.lines),
        ({ line }) => line,
      );
      next = Decoration.set(
        [...byLine]
          .toSorted(([a], [b]) => a - b)
          .flatMap(([line, faults]) => {
            const { from, to } = doc.line(line);
            const message = faults.map((fault) => fault.message).join(' ');
            return [faultLine.range(from), Decoration.widget({ widget: new FaultText(message), side: 1 }).range(to)];
          }),
      );
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A new line goes on where the last one's key stands: behind the dash of an entry, and deeper behind an open key. */
const indents = indentService.of((context, pos) => {
  if (context.simulatedBreak === null) return null;
  const { text } = context.lineAt(pos, -1);
  const [, space = '', dashes = ''] = /^(\s*)((?:- )*)/u.exec(text) ?? [];
  return space.length + dashes.length + (/(?::|[|>][+-]?)\s*$/u.test(text) ? 2 : 0);
});

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'var(--jan-mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '12px 0' },
  '.cm-line': { padding: '0 12px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--jan-faint)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'var(--jan-hover)' },
  '.cm-fault-line': { backgroundColor: 'var(--jan-danger-soft)', boxShadow: 'inset 2px 0 var(--jan-danger)' },
  '.cm-fault-text': {
    paddingLeft: '16px',
    color: 'var(--jan-danger)',
    fontFamily: 'var(--jan-sans)',
    fontSize: '12px',
    userSelect: 'none',
  },
  '.cm-completionDetail': { color: 'var(--jan-muted)', fontStyle: 'normal', fontSize: '12px' },
  '.cm-yaml-name': { color: 'var(--jan-accent-text)' },
  '.cm-yaml-text': { color: 'var(--jan-syntax-string)' },
  '.cm-yaml-figure': { color: 'var(--jan-syntax-number)' },
  '.cm-yaml-expression': { color: 'var(--jan-syntax-keyword)' },
  '.cm-yaml-remark': { color: 'var(--jan-faint)' },
});

/** A playbook as the text it is. */
export const YamlEditor = ({ value, label, faults, vocabulary, onChange, onSave, handle }: YamlEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef({ onChange, onSave });
  handlers.current = { onChange, onSave };
  const known = useRef(vocabulary);
  known.current = vocabulary;
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
          faultMarks,
          autocompletion({
            icons: false,
            activateOnTyping: true,
            maxRenderedOptions: 60,
            override: [
              ({ state, pos, explicit }) => {
                const found = known.current && completionsAt(state.sliceDoc(), pos, known.current);
                if (
                  !found ||
                  (!explicit && found.from === pos && !/(?:: |\[|, |- |\{\{ ?)$/u.test(state.sliceDoc(0, pos)))
                )
                  return null;
                const options = found.options.map(({ label: word, detail }) => ({
                  label: word,
                  ...(detail === '' ? {} : { detail }),
                }));
                return { from: found.from, options, validFor: /^[\w.-]*$/u };
              },
            ],
          }),
          indentUnit.of('  '),
          indents,
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          keymap.of([
            { key: 'Mod-s', run: () => (handlers.current.onSave(), true) },
            {
              key: 'Escape',
              run: (target) => {
                if (completionStatus(target.state) !== null) return false;
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
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
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
  useEffect(() => view.current?.dispatch({ effects: setFaults.of(faults) }), [faults, isDark]);
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
