import type { SyntaxNode } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';
import type { Align, Block, Cell, Inline } from './blocks.ts';

const markdown = parser.configure(GFM);

/** Addresses by folded label, from `[label]: address` lines. */
type Definitions = ReadonlyMap<string, string>;

interface Context {
  readonly source: string;
  readonly definitions: Definitions;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  times: '×',
  divide: '÷',
  middot: '·',
  bull: '•',
  deg: '°',
  plusmn: '±',
  euro: '€',
  rarr: '→',
  larr: '←',
};

/** Named ones that texts use, and all numeric ones; others stay as they are written. */
const entityText = (entity: string): string => {
  const name = entity.slice(1, -1);
  const code = /^#x[\da-f]+$/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : /^#\d+$/.test(name)
      ? Number(name.slice(1))
      : undefined;
  if (code === undefined) return entities[name] ?? entity;
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
};

const unescape = (text: string): string =>
  text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll(/&#?\w+;/g, entityText);

const labelKey = (label: string): string => label.replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** An address that may be opened, else nothing: no script, no file, no data. */
const safeHref = (address: string): string | undefined => {
  const trimmed = unescape(address.replace(/^<(.*)>$/s, '$1')).trim();
  const full = /^www\./i.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!URL.canParse(full)) return /^[^\s@:/]+@[^\s@:/]+$/.test(full) ? `mailto:${full}` : undefined;
  const url = new URL(full);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
};

function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}

const sliceOf = ({ source }: Context, { from, to }: SyntaxNode): string => source.slice(from, to);

const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => ('text' in inline ? inline.text : 'inside' in inline ? plainText(inline.inside) : ''))
    .join('');

/** What lies between `from` and `to` of a node, its marks left out. */
const inlinesBetween = (context: Context, node: SyntaxNode, from: number, to: number): Inline[] => {
  const found: Inline[] = [];
  const say = (text: string): void => {
    const last = found.at(-1);
    if (text === '') return;
    if (last?.type === 'text') found[found.length - 1] = { type: 'text', text: last.text + text };
    else found.push({ type: 'text', text });
  };
  let at = from;
  for (const child of childrenOf(node)) {
    if (child.to <= from || child.from < at) continue;
    if (child.from >= to) break;
    say(context.source.slice(at, child.from));
    at = child.to;
    const inline = inlineOf(context, child);
    if (typeof inline === 'string') say(inline);
    else if (inline) {
      for (const one of [inline].flat()) {
        if (one.type === 'text') say(one.text);
        else found.push(one);
      }
    }
  }
  say(context.source.slice(at, to));
  return found;
};

const linkOf = (context: Context, node: SyntaxNode, isImage: boolean): Inline | Inline[] => {
  const marks = node.getChildren('LinkMark');
  const [open, close] = marks;
  if (!open || !close) return [{ type: 'text', text: sliceOf(context, node) }];
  const inside = inlinesBetween(context, node, open.to, close.from);
  const url = node.getChild('URL');
  const label = node.getChild('LinkLabel');
  const key = labelKey(
    label && label.to - label.from > 2
      ? sliceOf(context, label).slice(1, -1)
      : context.source.slice(open.to, close.from),
  );
  const address = url ? sliceOf(context, url) : marks.length > 2 && !label ? '' : context.definitions.get(key);
  if (address === undefined)
    return [{ type: 'text', text: '[' }, ...inside, { type: 'text', text: context.source.slice(close.from, node.to) }];
  const href = safeHref(address);
  // An image is never fetched: what it shows is said, and where it lies can be opened.
  const shown: Inline[] = isImage ? [{ type: 'text', text: plainText(inside) || 'image' }] : inside;
  return href === undefined ? shown : { type: 'link', href, inside: shown };
};

const codeText = (source: string): string => {
  const flat = source.replaceAll('\n', ' ');
  return /^ .*[^ ].* $/.test(flat) ? flat.slice(1, -1) : flat;
};

const inlineOf = (context: Context, node: SyntaxNode): Inline | Inline[] | string | undefined => {
  const text = sliceOf(context, node);
  switch (node.name) {
    case 'Emphasis':
    case 'StrongEmphasis':
    case 'Strikethrough': {
      const type = node.name === 'Emphasis' ? 'emphasis' : node.name === 'StrongEmphasis' ? 'strong' : 'deleted';
      return { type, inside: inlinesBetween(context, node, node.from, node.to) };
    }
    case 'InlineCode': {
      const marks = node.getChildren('CodeMark');
      const [open, close] = [marks[0], marks.at(-1)];
      return open && close ? { type: 'code', text: codeText(context.source.slice(open.to, close.from)) } : text;
    }
    case 'Link':
      return linkOf(context, node, false);
    case 'Image':
      return linkOf(context, node, true);
    case 'URL':
    case 'Autolink': {
      const address = text.replace(/^<(.*)>$/s, '$1');
      const href = safeHref(address);
      return href === undefined ? text : { type: 'link', href, inside: [{ type: 'text', text: address }] };
    }
    case 'Escape':
      return text.slice(1);
    case 'Entity':
      return entityText(text);
    case 'HardBreak':
      return { type: 'break' };
    case 'HTMLTag':
      return /^<br\s*\/?>$/i.test(text) ? { type: 'break' } : text;
    case 'TaskMarker':
      return { type: 'check', done: /x/i.test(text) };
    default:
      return /Mark$/.test(node.name) ? undefined : text;
  }
};

const inlinesOf = (context: Context, node: SyntaxNode): Inline[] => {
  const inlines = inlinesBetween(context, node, node.from, node.to);
  const [first] = inlines;
  // After the mark of a heading there is a space.
  if (first?.type === 'text') inlines[0] = { type: 'text', text: first.text.trimStart() };
  const last = inlines.at(-1);
  if (last?.type === 'text') inlines[inlines.length - 1] = { type: 'text', text: last.text.trimEnd() };
  return inlines;
};

const cellsOf = (context: Context, row: SyntaxNode): Cell[] => {
  const cells: Cell[] = [];
  let column = 0;
  for (const child of childrenOf(row)) {
    if (child.name === 'TableCell') cells[column] = inlinesOf(context, child);
    else if (child.name === 'TableDelimiter' && child.from > row.from) column += 1;
  }
  return Array.from(cells, (cell) => cell ?? []);
};

const tableOf = (context: Context, node: SyntaxNode): Block => {
  const header = node.getChild('TableHeader');
  const head = header ? cellsOf(context, header) : [];
  const line = node.getChildren('TableDelimiter').map((one) => sliceOf(context, one))[0] ?? '';
  const align = line
    .replaceAll(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell): Align => {
      const mark = cell.trim();
      if (!mark.endsWith(':')) return 'left';
      return mark.startsWith(':') ? 'center' : 'right';
    });
  // Every row is as wide as the head: what is missing is empty, what is too much was never part of the table.
  const rows = node
    .getChildren('TableRow')
    .map((row) => cellsOf(context, row))
    .map((cells) => align.map((_, column) => cells[column] ?? []));
  return { type: 'table', align, head: align.map((_, column) => head[column] ?? []), rows };
};

const blockOf = (context: Context, node: SyntaxNode): Block | undefined => {
  const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name);
  if (heading) return { type: 'heading', level: Number(heading[1]), inside: inlinesOf(context, node) };
  switch (node.name) {
    case 'Paragraph':
    case 'Task':
      return { type: 'paragraph', inside: inlinesOf(context, node) };
    case 'Blockquote':
      return { type: 'quote', inside: blocksOf(context, node) };
    case 'BulletList':
    case 'OrderedList': {
      const items = node.getChildren('ListItem');
      const mark = items[0]?.getChild('ListMark');
      const start = node.name === 'OrderedList' && mark ? Number.parseInt(sliceOf(context, mark), 10) : null;
      return { type: 'list', start, items: items.map((item) => blocksOf(context, item)) };
    }
    case 'FencedCode':
    case 'CodeBlock': {
      const info = node.getChild('CodeInfo');
      const text = node
        .getChildren('CodeText')
        .map((part) => sliceOf(context, part))
        .join('');
      return {
        type: 'code',
        language: info ? (unescape(sliceOf(context, info)).split(/[\s,{]/)[0] ?? '') : '',
        text: text.replace(/\n$/, ''),
      };
    }
    case 'HorizontalRule':
      return { type: 'rule' };
    case 'Table':
      return tableOf(context, node);
    case 'HTMLBlock':
    case 'CommentBlock':
    case 'ProcessingInstructionBlock':
      return { type: 'verbatim', text: sliceOf(context, node) };
    default:
      return undefined;
  }
};

const blocksOf = (context: Context, node: SyntaxNode): Block[] =>
  [...childrenOf(node)].map((child) => blockOf(context, child)).filter((block) => block !== undefined);

const definitionsOf = (source: string, root: SyntaxNode): Map<string, string> => {
  const found = new Map<string, string>();
  for (const reference of root.getChildren('LinkReference')) {
    const [label, url] = [reference.getChild('LinkLabel'), reference.getChild('URL')];
    if (!label || !url) continue;
    const key = labelKey(source.slice(label.from + 1, label.to - 1));
    if (!found.has(key)) found.set(key, source.slice(url.from, url.to));
  }
  return found;
};

/** The blocks of a whole text. */
export const parseMarkdown = (source: string): Block[] => {
  const root = markdown.parse(source).topNode;
  return blocksOf({ source, definitions: definitionsOf(source, root) }, root);
};

/**
 * The blocks of a text that still grows, in two parts: those that nothing that follows can change any more, and where the last one, which
 * may still change, begins.
 */
export const parseSettled = (source: string): { readonly settled: readonly Block[]; readonly openFrom: number } => {
  const root = markdown.parse(source).topNode;
  const last = root.lastChild;
  if (!last) return { settled: [], openFrom: 0 };
  const context = { source, definitions: definitionsOf(source, root) };
  const settled = [...childrenOf(root)]
    .filter((child) => child.from < last.from)
    .map((child) => blockOf(context, child))
    .filter((block) => block !== undefined);
  // Indentation belongs to the block: it begins where its line does.
  return { settled, openFrom: source.lastIndexOf('\n', last.from - 1) + 1 };
};
