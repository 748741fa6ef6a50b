import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

const markLine = StateEffect.define<number | null>();
const marked = Decoration.line({ class: 'cm-marked-line' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markLine)) continue;
      const { doc } = transaction.state;
      next =
        effect.value === null || effect.value > doc.lines
          ? Decoration.none
          : Decoration.set([marked.range(doc.line(effect.value).from)]);
    }
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const lineHighlight = (): Extension => field;

/** Brings a line (1-based) to the middle of the view and marks it, for links that point at where something was said. */
export const revealLine = (view: EditorView, line: number): void => {
  const { doc } = view.state;
  const { from } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  view.dispatch({
    effects: [markLine.of(line), EditorView.scrollIntoView(from, { y: 'center' })],
    selection: { anchor: from },
  });
};
