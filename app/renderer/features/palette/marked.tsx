import { Fragment } from 'react';

const start = '\u0002';
const end = '\u0003';

/** An excerpt without its marks. */
export const plain = (text: string): string => text.replaceAll(start, '').replaceAll(end, '');

/** The first match of an excerpt, as it stands there. */
export const markedIn = (text: string): string => text.split(start)[1]?.split(end)[0] ?? '';

/** An excerpt with its matches emphasised. Only text is ever drawn: what a note holds stays inert. */
export const Marked = ({ text, className }: { text: string; className?: string | undefined }) => (
  <span className={className}>
    {text.split(start).map((part, index) => {
      const [match = '', ...rest] = part.split(end);
      if (index === 0) return <Fragment key="head">{part}</Fragment>;
      return (
        <Fragment key={`${index}-${match}`}>
          <strong>{match}</strong>
          {rest.join('')}
        </Fragment>
      );
    })}
  </span>
);
