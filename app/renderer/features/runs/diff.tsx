import { useState } from 'react';
import { plural } from '../../days.ts';
import { Visible } from './exact.tsx';
import { type DiffLine, diffLines, diffParts } from './line-diff.ts';
import css from './diff.module.css';

const Line = ({ line }: { line: DiffLine }) => (
  <span data-kind={line.kind}>
    <span className="visually-hidden">{line.kind === 'in' ? 'comes: ' : line.kind === 'out' ? 'goes: ' : ''}</span>
    <Visible text={line.text} />
    {'\n'}
  </span>
);

/**
 * Which lines of a text go and which come, with nothing hidden in them; what stays the same far from them unfolds. Nothing where there is
 * neither text. `label`: of what, unlike any other.
 */
export const Diff = ({ label, before, after }: { label: string; before: string | null; after: string | null }) => {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  if (before === null && after === null) return null;
  return (
    // It scrolls, so it can be reached by key.
    <pre className={css.diff} data-testid="diff" role="region" aria-label={label} tabIndex={0}>
      {diffParts(diffLines(before ?? '', after ?? '')).map((part, at) =>
        part.folded && !open.has(at) ? (
          <button
            key={at}
            type="button"
            className={css.fold}
            onClick={({ currentTarget }) => {
              // It goes, and takes the focus along.
              currentTarget.parentElement?.focus();
              setOpen(new Set([...open, at]));
            }}
          >
            {plural(part.lines.length, 'line')} unchanged
          </button>
        ) : (
          part.lines.map((line, of) => <Line key={`${at}.${of}`} line={line} />)
        ),
      )}
    </pre>
  );
};
