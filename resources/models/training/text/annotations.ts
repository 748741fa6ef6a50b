/** What the generator knows about a stretch of its own text. */
export interface Mark {
  /** `me`, `all`, `who`, a name or names joined by `+`; `=` a decision, `~` an antecedent, `@` a due date. */
  tag: string;
  refers: boolean;
  /** Marks of one scene belong together. */
  scene: number;
  start: number;
  end: number;
}

const TOKEN = /(\[\[[^:\[\]]+: ?|\]\])/u;

/** What stands before a task and does not belong to it: "I'll", "can you", "will". Templates need not keep it out of their spans. */
const LEAD =
  /^(?:(?:i|we|you|she|he|they|it|i'?ll|i'?d|will|can|could|would|must|shall|should|please|to|then|has|have|needs?|are asked|(?:promised|need|have|is|be) to|promised i'd|still have to)\s+)*/iu;

/** Applies `change` to the words of an annotated text and leaves its annotations alone. */
export const changeText = (annotated: string, change: (text: string) => string): string =>
  annotated
    .split(TOKEN)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');

/** Takes the annotations out: the plain text, and where they stood. */
export function readMarks(annotated: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const open: Mark[] = [];
  let text = '';
  annotated.split(TOKEN).forEach((part, index) => {
    if (index % 2 === 0) text += part;
    else if (part === ']]') {
      const mark = open.pop();
      if (mark !== undefined) {
        mark.end = text.length;
        if (/^[^=~@]/u.test(mark.tag)) mark.start += LEAD.exec(text.slice(mark.start))?.[0].length ?? 0;
      }
    } else {
      const [scene = '0', tag = ''] = part.slice(2).replace(/: ?$/u, '').split('#');
      const mark: Mark = {
        tag: tag.replace('^', ''),
        refers: tag.includes('^'),
        scene: Number(scene),
        start: text.length,
        end: text.length,
      };
      marks.push(mark);
      open.push(mark);
    }
  });
  return { text, marks };
}

/** Numbers the annotations of a scene and puts names in the place of roles. */
export const bindMarks = (scene: string, number: number, roles: Readonly<Record<string, string>>): string =>
  scene.replace(
    /\[\[([^:\[\]]+):/gu,
    (_, tag: string) => `[[${number}#${tag.replace(/\b[ABC]\b/gu, (role) => roles[role] ?? role)}:`,
  );
