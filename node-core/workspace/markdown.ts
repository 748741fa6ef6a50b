import { isTagName, normaliseTag, tagPattern } from './tag-names.ts';

const frontMatter = /^---\r?\n[\s\S]*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
const fenceMarker = /^ {0,3}(`{3,}|~{3,})/;

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** Pairs runs of backticks of the same length within one line, as CommonMark does; linear in the line. */
const withoutInlineCode = (line: string): string => {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`+/g)].map((run) => ({ start: run.index, length: run[0].length }));
  const waiting = new Map<number, number[]>();
  runs.forEach(({ length }, index) => waiting.set(length, [...(waiting.get(length) ?? []).slice(-4_096), index]));
  const parts: string[] = [];
  let from = 0;
  let next = 0;
  while (next < runs.length) {
    const opening = runs[next];
    if (opening === undefined) break;
    const same = waiting.get(opening.length) ?? [];
    while (same[0] !== undefined && same[0] <= next) same.shift();
    const closing = runs[same[0] ?? -1];
    if (closing === undefined) {
      next += 1;
      continue;
    }
    const end = closing.start + closing.length;
    parts.push(line.slice(from, opening.start), blank(line.slice(opening.start, end)));
    from = end;
    next = (same[0] ?? next) + 1;
  }
  return parts.join('') + line.slice(from);
};

/** The text with fenced and inline code blanked out; every character keeps its place. */
export const withoutCode = (text: string): string => {
  if (!text.includes('`') && !text.includes('~~~')) return text;
  let fence: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const marker = fenceMarker.exec(line)?.[1];
      if (fence === null) {
        if (marker === undefined) return withoutInlineCode(line);
        fence = marker;
        return blank(line);
      }
      const closing = line.trim();
      if (marker?.[0] === fence[0] && closing.length >= fence.length && closing === marker) fence = null;
      return blank(line);
    })
    .join('\n');
};

const bodyOf = (text: string): string => text.replace(/^\ufeff/, '').replace(frontMatter, '');

const headingOf = (line: string): string | null => {
  const heading = /^ {0,3}#{1,6}[ \t]+(.*)$/u.exec(line.slice(0, 1_000).trimEnd())?.[1]?.trim();
  if (heading === undefined) return null;
  return heading.replace(/(?:^|[ \t])#+$/, '').trim();
};

/** The first heading, else the first line that is not empty, else `Untitled`. */
export const titleOf = (text: string): string => {
  const body = bodyOf(text);
  let title = '';
  if (body.includes('#')) {
    for (const line of withoutCode(body).split('\n')) {
      title = headingOf(line) ?? '';
      if (title !== '') break;
    }
  }
  if (title === '')
    title =
      body
        .trimStart()
        .slice(0, 1_000)
        .split(/[\r\n]/)[0] ?? '';
  const line = title.replace(/\s+/g, ' ').trim();
  return line === '' ? 'Untitled' : line.slice(0, 500).toWellFormed();
};

const links = [
  /\[\[[^\]\n]{0,1000}\]\]/g,
  /\]\([^)\n]{0,2000}\)/g,
  /<[^>\n]{1,2000}>/g,
  /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/\S+/giu,
  /(?<![\p{L}\p{N}])www\.\S+/giu,
];

/** Tags of a note in order of appearance; none from code, links or addresses. */
export const tagsOf = (text: string): string[] => {
  if (!text.includes('#')) return [];
  const prose = links.reduce((rest, pattern) => rest.replace(pattern, blank), withoutCode(text));
  return [
    ...new Set(
      [...prose.matchAll(tagPattern)]
        .map((match) => match[1] ?? '')
        .filter(isTagName)
        .map(normaliseTag),
    ),
  ];
};

const unlinked = (text: string): string =>
  text.includes('[')
    ? text
        .replace(/!?\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)/g, '$1')
        .replace(/\[\[(?:[^\]|\n]{0,500}\|)?([^\]\n]{0,500})\]\]/g, '$1')
    : text;
const unstressed = (text: string): string =>
  /[*_`~]/.test(text) ? text.replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '') : text;

/** Without the marks of Markdown, on one line. */
const plainText = (text: string): string =>
  unstressed(
    unlinked(text).replace(
      /^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d+[.)][ \t]+|`{3,}.*|~{3,}.*)/gm,
      '',
    ),
  )
    .replace(/\s+/g, ' ')
    .trim();

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** The beginning of a note for a list, without its title; `start` is the note's first five hundred characters or so. */
export const excerptOf = (start: string, title: string): string => {
  const plain = plainText(bodyOf(start));
  const shown = plainText(title);
  return shortened((plain.startsWith(shown) ? plain.slice(shown.length) : plain).trim(), 200);
};

/** One line of a note, as a list shows it. */
export const lineExcerpt = (lines: readonly string[], line: number): string =>
  shortened(plainText((lines[line - 1] ?? '').slice(0, 2_000)), 200);
