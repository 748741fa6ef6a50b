const fenceOpen = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;

/** The fence that is still open at the end of the text, or nothing. */
const openFence = (lines: readonly string[]): string | undefined => {
  let open: string | undefined;
  for (const line of lines) {
    const mark = fenceOpen.exec(line)?.[1];
    if (open === undefined) open = mark;
    else if (mark?.startsWith(open) && line.trim() === mark) open = undefined;
  }
  return open;
};

/** A last line that is nothing but the beginning of a mark: nobody knows yet what it will be. */
const isBareMark = (line: string): boolean =>
  /^\s*(?:>\s*)*(?:#{1,6}|[-*+_]{1,3}|\d{1,9}[.)]?|={1,}|`{1,2}|~{1,2}|>|\||[-*+]\s+\[[ xX]?\]?|!?\[)?\s*$/.test(
    line,
  ) && line.trim() !== '';

const mendLink = (line: string): string =>
  line
    // An image that is not whole yet, an address on its way, a label that is still open or whose address may follow.
    .replace(/!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/, '')
    .replace(/\[([^\]\n]*)\]\([^)\n]*$/, '$1')
    .replace(/\[([^\]\n]+)\]$/, '$1')
    .replace(/\[([^\]\n]*)$/, '$1');

const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Ends the emphasis, strike-through and code that the text leaves open, so that it is drawn from its first letter on. */
const closeInline = (text: string): string => {
  const open: { mark: string; at: number }[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index] ?? '';
    if (character === '\\') {
      index += 2;
      continue;
    }
    if (character === '`') {
      const mark = /^`+/.exec(text.slice(index))?.[0] ?? '`';
      const end = new RegExp(`(?<!\`)${mark}(?!\`)`).exec(text.slice(index + mark.length));
      if (!end) {
        open.push({ mark, at: index });
        break;
      }
      index += mark.length + end.index + mark.length;
      continue;
    }
    const run = /^(?:\*{1,3}|_{1,3}|~{2}|~$)/.exec(text.slice(index))?.[0];
    if (!run) {
      index += 1;
      continue;
    }
    const before = text[index - 1];
    const after = text[index + run.length];
    const canOpen = !isSpace(after) && !(run.startsWith('_') && isWord(before));
    const canClose = !isSpace(before) && !(run.startsWith('_') && isWord(after));
    let left = run;
    while (canClose && left !== '') {
      const last = open.at(-1);
      if (!last || !left.startsWith(last.mark)) break;
      open.pop();
      left = left.slice(last.mark.length);
    }
    if (left !== '' && (canOpen || after === undefined)) {
      const marks = left.length === 3 ? [left.slice(0, 2), left.slice(0, 1)] : [left];
      for (const mark of marks) open.push({ mark, at: index });
    }
    index += run.length;
  }
  let mended = text.trimEnd();
  const trailing = text.slice(mended.length);
  for (const { mark, at } of open.toReversed()) {
    // A mark with nothing behind it waits for what it marks.
    if (at + mark.length >= mended.length) mended = mended.slice(0, Math.min(mended.length, at)).trimEnd();
    else mended += mark;
  }
  return mended + trailing;
};

/** The last cell of a row, which may end in the middle of a word. */
const mendCell = (row: string): string => {
  const from = row.lastIndexOf('|') + 1;
  return row.slice(0, from) + closeInline(mendLink(row.slice(from)));
};

const mendTable = (lines: readonly string[]): readonly string[] => {
  const [head = '', second] = lines;
  if (!head.trimStart().startsWith('|') || lines.length > 2 || (second !== undefined && !/^[\s|:-]*$/.test(second)))
    return lines;
  const columns = head
    .trim()
    .replaceAll(/^\||\|$/g, '')
    .split('|').length;
  return [mendCell(head), `|${' --- |'.repeat(columns)}`];
};

/**
 * A block that is still being written, as it will most likely be once it is whole: what is half there does not show as marks first and as
 * their meaning a moment later.
 */
export const mendOpenBlock = (source: string): string => {
  const lines = source.split('\n');
  const fence = openFence(lines);
  const last = lines.at(-1) ?? '';
  if (fence !== undefined) {
    const isPartOfFence = last.trim() !== '' && fence.startsWith(last.trim()) && lines.length > 1;
    return isPartOfFence ? lines.slice(0, -1).join('\n') : source;
  }
  if (/^ {4}|^\t/.test(lines[0] ?? '')) return source;
  const whole = isBareMark(last) ? lines.slice(0, -1) : lines;
  const table = mendTable(whole);
  if (table !== whole) return table.join('\n');
  if ((whole[0] ?? '').trimStart().startsWith('|'))
    return [...whole.slice(0, -1), mendCell(whole.at(-1) ?? '')].join('\n');
  // What is open can only be open since the last mark of a block.
  const from = whole.findLastIndex(
    (line, index) =>
      /^\s*(?:[-*+]|\d{1,9}[.)]|>|#{1,6})\s/.test(line) || (line.trim() === '' && index < whole.length - 1),
  );
  const start = Math.max(0, from);
  const head = whole.slice(0, start);
  const [, mark = '', rest = ''] =
    /^(\s*(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6})\s+)*)(.*)$/s.exec(whole.slice(start).join('\n')) ?? [];
  return [...head, mark + closeInline(mendLink(rest))].join('\n');
};
