import { Visible } from './exact.tsx';
import { diffLines } from './line-diff.ts';
import css from './diff.module.css';

/** Which lines of a text go and which come, with nothing hidden in them; nothing where there is neither text. `label`: of what, unlike any other. */
export const Diff = ({ label, before, after }: { label: string; before: string | null; after: string | null }) => {
  if (before === null && after === null) return null;
  return (
    // It scrolls, so it can be reached by key.
    <pre className={css.diff} data-testid="diff" role="region" aria-label={label} tabIndex={0}>
      {diffLines(before ?? '', after ?? '').map((line, at) => (
        <span key={at} data-kind={line.kind}>
          <span className="visually-hidden">
            {line.kind === 'in' ? 'comes: ' : line.kind === 'out' ? 'goes: ' : ''}
          </span>
          <Visible text={line.text} />
          {'\n'}
        </span>
      ))}
    </pre>
  );
};
