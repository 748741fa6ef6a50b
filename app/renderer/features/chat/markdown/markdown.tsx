import { IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { createContext, memo, type ReactNode, useContext, useMemo, useRef } from 'react';
import { showNoteByTitle } from '../../notes/open-note.ts';
import type { Block, Cell, Inline } from './blocks.ts';
import { CodeBlock } from './code-block.tsx';
import { mendOpenBlock } from './mend.ts';
import { OutsideLink } from './outside-link.tsx';
import { parseMarkdown, parseSettled } from './parse.ts';
import css from './markdown.module.css';

/** Whether `[[Title]]` leads to the note: where code wrote the text about notes that are there. */
export const NoteLinks = createContext(false);

const Words = ({ text }: { text: string }): ReactNode => {
  if (!useContext(NoteLinks)) return text;
  return text.split(/\[\[([^[\]|#\n]+)\]\]/u).map((part, at) =>
    at % 2 === 1 ? (
      <button key={at} type="button" className={css.noteLink} onClick={() => void showNoteByTitle(part)}>
        {part}
      </button>
    ) : (
      part
    ),
  );
};

const inlineViews = (inlines: readonly Inline[]): ReactNode =>
  inlines.map((inline, index) => inlineView(inline, index));

const inlineView = (inline: Inline, key: number): ReactNode => {
  switch (inline.type) {
    case 'text':
      return <Words key={key} text={inline.text} />;
    case 'emphasis':
      return <em key={key}>{inlineViews(inline.inside)}</em>;
    case 'strong':
      return <strong key={key}>{inlineViews(inline.inside)}</strong>;
    case 'deleted':
      return <del key={key}>{inlineViews(inline.inside)}</del>;
    case 'code':
      return (
        <code key={key} className={css.inlineCode}>
          {inline.text}
        </code>
      );
    case 'link':
      return (
        <OutsideLink key={key} href={inline.href}>
          {inlineViews(inline.inside)}
        </OutsideLink>
      );
    case 'break':
      return <br key={key} />;
    case 'check':
      return inline.done ? (
        <IconSquareCheck key={key} size={16} stroke={1.6} className={css.check} aria-label="done" />
      ) : (
        <IconSquare key={key} size={16} stroke={1.6} className={css.check} aria-label="open" />
      );
  }
};

const Row = ({ cells, align, head }: { cells: readonly Cell[]; align: readonly string[]; head?: boolean }) => (
  <tr>
    {cells.map((cell, column) =>
      head ? (
        <th key={column} data-align={align[column]}>
          {inlineViews(cell)}
        </th>
      ) : (
        <td key={column} data-align={align[column]}>
          {inlineViews(cell)}
        </td>
      ),
    )}
  </tr>
);

const BlockView = memo(({ block }: { block: Block }) => {
  switch (block.type) {
    case 'paragraph':
      return <p>{inlineViews(block.inside)}</p>;
    case 'heading':
      // The size says the level; for a screen reader all are parts of one answer.
      return <h3 data-level={Math.min(4, block.level)}>{inlineViews(block.inside)}</h3>;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.inside} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index} data-check={isCheck(item) || undefined}>
          <Blocks blocks={item} />
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
    case 'code':
      return <CodeBlock code={block.text} language={block.language} />;
    case 'rule':
      return <hr />;
    case 'verbatim':
      return <p className={css.verbatim}>{block.text}</p>;
    case 'table':
      return (
        <div className={css.tableFrame} tabIndex={0} role="region" aria-label="Table">
          <table>
            <thead>
              <Row cells={block.head} align={block.align} head />
            </thead>
            <tbody>
              {block.rows.map((cells, index) => (
                <Row key={index} cells={cells} align={block.align} />
              ))}
            </tbody>
          </table>
        </div>
      );
  }
});
BlockView.displayName = 'BlockView';

const isCheck = ([first]: readonly Block[]): boolean =>
  first?.type === 'paragraph' && first.inside[0]?.type === 'check';

const Blocks = ({ blocks }: { blocks: readonly Block[] }): ReactNode =>
  blocks.map((block, index) => <BlockView key={index} block={block} />);

interface Held {
  readonly settledText: string;
  readonly settled: readonly Block[];
}
const nothing: Held = { settledText: '', settled: [] };

/** While a text grows only its last block is parsed again; the others keep their identity, and so what is drawn of them. */
const useBlocks = (text: string, isGrowing: boolean): readonly Block[] => {
  const held = useRef<Held>(nothing);
  return useMemo(() => {
    if (!isGrowing) return parseMarkdown(text);
    const before = text.startsWith(held.current.settledText) ? held.current : nothing;
    const from = before.settledText.length;
    const { settled, openFrom } = parseSettled(text.slice(from));
    const now =
      openFrom === 0
        ? before
        : { settledText: text.slice(0, from + openFrom), settled: [...before.settled, ...settled] };
    held.current = now;
    return [...now.settled, ...parseMarkdown(mendOpenBlock(text.slice(now.settledText.length)))];
  }, [text, isGrowing]);
};

/** Markdown of a model, drawn by React alone: no text becomes HTML and nothing is ever fetched. */
export const Markdown = memo(({ text, isGrowing }: { text: string; isGrowing: boolean }) => (
  <div className={css.text}>
    <Blocks blocks={useBlocks(text, isGrowing)} />
  </div>
));
Markdown.displayName = 'Markdown';
