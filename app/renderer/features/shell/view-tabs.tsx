import { useEffect, useRef } from 'react';
import { hrefOf, type Route, useLocation } from '../../router.ts';
import css from './view-tabs.module.css';

interface ViewTabsProps {
  readonly label: string;
  readonly places: readonly { readonly to: Route; readonly name: string }[];
}

/** From one side of a subject to its others. */
export const ViewTabs = ({ label, places }: ViewTabsProps) => {
  const { route } = useLocation();
  const row = useRef<HTMLElement>(null);
  // In a narrow window the row scrolls.
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (row.current && here)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [route.view]);
  return (
    <nav ref={row} className={css.tabs} aria-label={label}>
      {places.map(({ to, name }) => (
        <a
          key={to.view}
          href={hrefOf(to)}
          className={css.tab}
          aria-current={route.view === to.view ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
};
