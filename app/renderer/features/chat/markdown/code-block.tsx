import { memo, useMemo, useRef } from 'react';
import { CopyButton } from '../../../components/index.ts';
import { highlightLine, type Open, type Token } from './highlight.ts';
import css from './markdown.module.css';

interface Line {
  readonly text: string;
  readonly before: Open;
  readonly after: Open;
  readonly tokens: readonly Token[];
}

/** Colours only the lines that are new: an answer grows at its end. */
const useLines = (code: string, language: string): readonly Line[] => {
  const known = useRef<{ language: string; lines: readonly Line[] }>({ language, lines: [] });
  return useMemo(() => {
    const old = known.current.language === language ? known.current.lines : [];
    let open: Open = null;
    const lines = code.split('\n').map((text, index): Line => {
      const before = open;
      const same = old[index];
      if (same && same.text === text && same.before?.[0] === before?.[0]) {
        open = same.after;
        return same;
      }
      const line = highlightLine(text, language, before);
      open = line.open;
      return { text, before, after: line.open, tokens: line.tokens };
    });
    known.current = { language, lines };
    return lines;
  }, [code, language]);
};

const LineView = memo(({ line }: { line: Line }) => (
  <>
    {line.tokens.map((token, index) =>
      token.kind === 'plain' ? (
        token.text
      ) : (
        <span key={index} data-token={token.kind}>
          {token.text}
        </span>
      ),
    )}
    {'\n'}
  </>
));
LineView.displayName = 'LineView';

/** Code as it was written, with its language, a way to copy it, and a little colour. */
export const CodeBlock = ({ code, language }: { code: string; language: string }) => {
  const lines = useLines(code, language);
  return (
    <div className={css.code} data-testid="code-block">
      <div className={css.codeTop}>
        <span>{language}</span>
        <CopyButton text={() => code} label="Copy the code" />
      </div>
      {/* Wide code scrolls by itself, so the keyboard must reach it. */}
      <pre className={css.pre} tabIndex={0} aria-label={language ? `Code, ${language}` : 'Code'} role="region">
        <code>
          {lines.map((line, index) => (
            <LineView key={index} line={line} />
          ))}
        </code>
      </pre>
    </div>
  );
};
