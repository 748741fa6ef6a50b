import { type KeyboardEvent, memo, useEffect, useId, useRef, useState } from 'react';
import { type PlayToken, probability } from './response.ts';
import css from './tokens.module.css';

/** Five steps, from certain to unlikely. */
const stepOf = (logprob: number): number => {
  const share = probability(logprob);
  return share >= 0.9 ? 0 : share >= 0.6 ? 1 : share >= 0.3 ? 2 : share >= 0.1 ? 3 : 4;
};

const percent = (logprob: number): string => {
  const share = probability(logprob) * 100;
  return `${share >= 99.95 ? '100' : share >= 10 ? share.toFixed(1) : share >= 0.01 ? share.toFixed(2) : '< 0.01'} %`;
};

/** Line breaks and tabs as signs and other controls as their bytes, so that a token that is one can be seen. */
const visible = (text: string): string =>
  text === ''
    ? '∅'
    : text
        .replaceAll('\n', '↵')
        .replaceAll('\t', '⇥')
        .replaceAll(
          /\p{Cc}/gu,
          (control) => `<0x${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}>`,
        );

interface TokenViewProps {
  readonly id: string;
  readonly token: PlayToken;
  readonly isActive: boolean;
  readonly index: number;
  readonly onPick: (index: number) => void;
}

const TokenView = memo(({ id, token, isActive, index, onPick }: TokenViewProps) => (
  <span
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={isActive}
    aria-label={`${visible(token.text)}, ${percent(token.logprob)}`}
    className={css.token}
    data-step={stepOf(token.logprob)}
    onPointerEnter={() => onPick(index)}
    onClick={() => onPick(index)}
    onKeyDown={undefined}
  >
    {`${visible(token.text)}${token.text.replaceAll(/[^\n]/g, '')}`}
  </span>
));
TokenView.displayName = 'TokenView';

const Detail = ({ token }: { token: PlayToken }) => {
  const isListed = token.others.some(({ text }) => text === token.text);
  const rows = isListed ? token.others : [token, ...token.others];
  return (
    <div className={css.detail} role="status" data-testid="token-detail">
      <p>
        <code className={css.detailToken}>{visible(token.text)}</code> <strong>{percent(token.logprob)}</strong>
      </p>
      <ul className={css.bars}>
        {rows.map((row, index) => (
          <li key={index} data-chosen={row.text === token.text || undefined}>
            <code>{visible(row.text)}</code>
            <span className={css.share} aria-hidden>
              <span style={{ width: `${probability(row.logprob) * 100}%` }} />
            </span>
            <span className="tabular">{percent(row.logprob)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** The answer token by token: how sure the model was of each, and what it would have said instead. */
export const Tokens = ({ tokens }: { tokens: readonly PlayToken[] }) => {
  const [active, setActive] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = Math.min(active, tokens.length - 1);
  const token = tokens[index];
  const byKey = useRef(false);
  useEffect(() => {
    if (byKey.current) document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' });
    byKey.current = false;
  }, [id, index]);
  const onKey = (event: KeyboardEvent): void => {
    const to = {
      ArrowRight: index + 1,
      ArrowDown: index + 1,
      ArrowLeft: index - 1,
      ArrowUp: index - 1,
      Home: 0,
      End: tokens.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    byKey.current = true;
    setActive(Math.max(0, Math.min(tokens.length - 1, to)));
  };
  return (
    <div className={css.tokens}>
      <div
        ref={list}
        role="listbox"
        aria-label="Tokens"
        aria-orientation="horizontal"
        aria-activedescendant={token ? `${id}-${index}` : undefined}
        tabIndex={0}
        className={css.tokenList}
        data-testid="tokens"
        onKeyDown={onKey}
      >
        {tokens.map((one, at) => (
          <TokenView key={at} id={`${id}-${at}`} token={one} index={at} isActive={at === index} onPick={setActive} />
        ))}
      </div>
      {token ? <Detail token={token} /> : null}
    </div>
  );
};
