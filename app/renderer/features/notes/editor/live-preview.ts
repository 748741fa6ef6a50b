import { syntaxTree } from '@codemirror/language';
import { type EditorState, type Extension, type Range, RangeSet } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view';

/** What a press on something in the text does. */
export interface PreviewActions {
  readonly openNote: (title: string) => void;
  readonly openTag: (tag: string) => void;
}

class CheckboxWidget extends WidgetType {
  readonly #checked: boolean;

  constructor(checked: boolean) {
    super();
    this.#checked = checked;
  }

  override eq(other: CheckboxWidget): boolean {
    return other.#checked === this.#checked;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = this.#checked;
    box.className = 'cm-task-box';
    box.setAttribute('aria-label', this.#checked ? 'Mark as not done' : 'Mark as done');
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      event.preventDefault();
      if (view.state.readOnly) return;
      const at = view.posAtDOM(box);
      view.dispatch({ changes: { from: at + 1, to: at + 2, insert: this.#checked ? ' ' : 'x' }, userEvent: 'input' });
    });
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class BulletWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const dot = document.createElement('span');
    dot.className = 'cm-bullet';
    dot.textContent = '•';
    return dot;
  }
}

class RuleWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const rule = document.createElement('span');
    rule.className = 'cm-rule';
    return rule;
  }
}

const hidden = Decoration.replace({});
const marks = {
  StrongEmphasis: Decoration.mark({ class: 'cm-strong' }),
  Emphasis: Decoration.mark({ class: 'cm-emphasis' }),
  Strikethrough: Decoration.mark({ class: 'cm-strike' }),
  InlineCode: Decoration.mark({ class: 'cm-code' }),
} as const;
const isMarked = (name: string): name is keyof typeof marks => Object.hasOwn(marks, name);
const link = (title: string) => Decoration.mark({ class: 'cm-link-text', attributes: { 'data-href': title } });
const wikiLink = (title: string) => Decoration.mark({ class: 'cm-wiki', attributes: { 'data-note': title } });
const tagMark = (tag: string) => Decoration.mark({ class: 'cm-tag', attributes: { 'data-tag': tag } });
const faint = Decoration.mark({ class: 'cm-faint' });

const markNodes = new Set(['EmphasisMark', 'StrikethroughMark', 'CodeMark', 'LinkMark', 'QuoteMark', 'HeaderMark']);
const wikiPattern = /\[\[([^[\]\n|]+)(?:\|([^[\]\n]+))?\]\]/g;
const tagPattern = /(^|[\s(])#([\p{L}\p{N}_][\p{L}\p{N}_/-]*)/gu;

const linesWithCursor = (state: EditorState, hasFocus: boolean): Set<number> => {
  const lines = new Set<number>();
  if (!hasFocus || state.readOnly) return lines;
  for (const range of state.selection.ranges) {
    const last = state.doc.lineAt(range.to).number;
    for (let line = state.doc.lineAt(range.from).number; line <= last; line += 1) lines.add(line);
  }
  return lines;
};

const decorate = (view: EditorView): DecorationSet => {
  const { state } = view;
  const active = linesWithCursor(state, view.hasFocus);
  const isActive = (position: number): boolean => active.has(state.doc.lineAt(position).number);
  const ranges: Range<Decoration>[] = [];
  const atomic: { from: number; to: number }[] = [];
  const lineClass = (position: number, name: string): void => {
    ranges.push(Decoration.line({ class: name }).range(state.doc.lineAt(position).from));
  };

  for (const { from, to } of view.visibleRanges) {
    const code: { from: number; to: number }[] = [];
    syntaxTree(state).iterate({
      from,
      to,
      enter: (node) => {
        const { name } = node;
        const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(name);
        if (heading) lineClass(node.from, `cm-h${heading[1]}`);
        if (isMarked(name)) ranges.push(marks[name].range(node.from, node.to));
        if (name === 'CodeInfo') ranges.push(faint.range(node.from, node.to));
        if (name === 'InlineCode' || name === 'FencedCode' || name === 'CodeBlock' || name === 'URL')
          code.push({ from: node.from, to: node.to });
        if (name === 'FencedCode' || name === 'CodeBlock') {
          const last = state.doc.lineAt(node.to).number;
          const first = state.doc.lineAt(node.from).number;
          for (let number = first; number <= last; number += 1) {
            const edge = number === first ? ' cm-block-first' : number === last ? ' cm-block-last' : '';
            lineClass(state.doc.line(number).from, `cm-block${edge}`);
          }
          return;
        }
        if (name === 'Blockquote') {
          const last = state.doc.lineAt(node.to).number;
          for (let number = state.doc.lineAt(node.from).number; number <= last; number += 1)
            lineClass(state.doc.line(number).from, 'cm-quote');
        }
        if (name === 'HorizontalRule' && !isActive(node.from)) {
          ranges.push(Decoration.replace({ widget: new RuleWidget() }).range(node.from, node.to));
        }
        if (name === 'TaskMarker') {
          const checked = /x/i.test(state.sliceDoc(node.from, node.to));
          if (checked) lineClass(node.from, 'cm-done');
          ranges.push(Decoration.replace({ widget: new CheckboxWidget(checked) }).range(node.from, node.to));
        }
        if (name === 'ListMark') {
          const isBullet = /^[-*+]$/.test(state.sliceDoc(node.from, node.to));
          const hasTask = node.node.nextSibling?.name === 'Task';
          if (isBullet && !isActive(node.from)) {
            if (hasTask) ranges.push(hidden.range(node.from, Math.min(node.to + 1, state.doc.lineAt(node.from).to)));
            else ranges.push(Decoration.replace({ widget: new BulletWidget() }).range(node.from, node.to));
          } else ranges.push(faint.range(node.from, node.to));
        }
        if (name === 'Link') {
          const url = node.node.getChild('URL');
          if (url) ranges.push(link(state.sliceDoc(url.from, url.to)).range(node.from, node.to));
        }
        if (name === 'Autolink' || (name === 'URL' && node.node.parent?.name === 'Paragraph')) {
          ranges.push(link(state.sliceDoc(node.from, node.to).replace(/^<|>$/g, '')).range(node.from, node.to));
        }
        if (!markNodes.has(name)) {
          if (name === 'URL' && node.node.parent?.name === 'Link' && !isActive(node.from))
            ranges.push(hidden.range(node.from, node.to));
          return;
        }
        if (name === 'CodeMark' && node.node.parent?.name === 'FencedCode') {
          ranges.push(faint.range(node.from, node.to));
          return;
        }
        if (isActive(node.from)) {
          ranges.push(faint.range(node.from, node.to));
          return;
        }
        const trailing =
          (name === 'HeaderMark' || name === 'QuoteMark') && state.sliceDoc(node.to, node.to + 1) === ' ' ? 1 : 0;
        if (node.to + trailing > node.from) ranges.push(hidden.range(node.from, node.to + trailing));
      },
    });

    const isCode = (start: number, end: number): boolean => code.some((range) => start < range.to && end > range.from);
    const text = state.sliceDoc(from, to);
    for (const match of text.matchAll(wikiPattern)) {
      const start = from + match.index;
      const end = start + match[0].length;
      const title = (match[1] ?? '').trim();
      if (isCode(start, end)) continue;
      ranges.push(wikiLink(title).range(start, end));
      atomic.push({ from: start, to: end });
      if (isActive(start)) continue;
      const shownFrom = match[2] === undefined ? start + 2 : end - 2 - match[2].length;
      ranges.push(hidden.range(start, shownFrom), hidden.range(end - 2, end));
    }
    for (const match of text.matchAll(tagPattern)) {
      const start = from + match.index + (match[1] ?? '').length;
      const end = start + 1 + (match[2] ?? '').length;
      if (isCode(start, end) || atomic.some((range) => start < range.to && end > range.from)) continue;
      ranges.push(tagMark((match[2] ?? '').toLowerCase()).range(start, end));
    }
  }
  return RangeSet.of(ranges, true);
};

/** The text stays Markdown; what is drawn is what it means, except on the line being edited. */
export const livePreview = (actions: PreviewActions): Extension => [
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorate(view);
      }

      update(update: ViewUpdate): void {
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        if (update.docChanged || update.viewportChanged || update.selectionSet || update.focusChanged || parsed)
          this.decorations = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
  EditorView.domEventHandlers({
    mousedown: (event, view) => {
      if (event.button !== 0 || !(event.target instanceof Element)) return false;
      const note = event.target.closest<HTMLElement>('[data-note]')?.dataset.note;
      const tag = event.target.closest<HTMLElement>('[data-tag]')?.dataset.tag;
      const href = event.target.closest<HTMLElement>('[data-href]')?.dataset.href;
      if (!note && !tag && !href) return false;
      // On the line being edited a press places the cursor; with Ctrl or Cmd it follows all the same.
      const position = view.posAtDOM(event.target);
      const editing =
        view.hasFocus &&
        !view.state.readOnly &&
        linesWithCursor(view.state, true).has(view.state.doc.lineAt(position).number);
      if (editing && !event.metaKey && !event.ctrlKey) return false;
      event.preventDefault();
      if (note) actions.openNote(note);
      else if (tag) actions.openTag(tag);
      else if (href && /^(https?|mailto):/i.test(href)) window.open(href, '_blank', 'noopener,noreferrer');
      return true;
    },
  }),
];
