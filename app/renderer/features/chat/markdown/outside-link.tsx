import type { ReactNode } from 'react';
import { confirm } from '../../../ui-store.ts';
import css from './markdown.module.css';

const openOutside = (href: string): void => void window.open(href, '_blank', 'noopener,noreferrer');

/** A model wrote this address, or a page of others: nobody goes there without having read it. The desktop asks by itself. */
const askToOpen = (href: string): void => {
  if (location.protocol === 'app:') openOutside(href);
  else
    confirm({
      title: 'Open this address?',
      text: href,
      action: 'Open in a new tab',
      run: () => openOutside(href),
    });
};

/** A way out. No anchor: a browser looks up the host of one, and may connect to it, before anybody follows it. */
export const OutsideLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <span
    role="link"
    tabIndex={0}
    className={css.link}
    title={href}
    onClick={() => askToOpen(href)}
    onKeyDown={(event) => {
      if (event.key === 'Enter') askToOpen(href);
    }}
  >
    {children}
  </span>
);
