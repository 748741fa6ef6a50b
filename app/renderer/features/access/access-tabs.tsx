import { hrefOf, useLocation } from '../../router.ts';
import css from './access.module.css';

const places = [
  { view: 'keys', name: 'Keys' },
  { view: 'usage', name: 'Usage' },
  { view: 'requests', name: 'Requests' },
] as const;

/** From one side of the API to the others. */
export const AccessTabs = () => {
  const { route } = useLocation();
  return (
    <nav className={css.tabs} aria-label="API">
      {places.map(({ view, name }) => (
        <a
          key={view}
          href={hrefOf({ view })}
          className={css.tab}
          aria-current={route.view === view ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
};
