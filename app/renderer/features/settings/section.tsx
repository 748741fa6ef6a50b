import type { ReactNode } from 'react';
import css from './settings.module.css';

export const Section = ({
  title,
  text,
  children,
}: {
  title: string;
  text?: ReactNode | undefined;
  children: ReactNode;
}) => (
  <section className={css.section} aria-label={title}>
    <h2>{title}</h2>
    {text ? <p className={css.lead}>{text}</p> : null}
    {children}
  </section>
);
