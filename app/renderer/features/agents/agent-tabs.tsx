import { hrefOf, useLocation } from '../../router.ts';
import css from '../access/access.module.css';

const places = [
  { view: 'agents', name: 'Playbooks' },
  { view: 'tools', name: 'Tools' },
  { view: 'schedules', name: 'Schedules' },
  { view: 'profiles', name: 'Profiles' },
  { view: 'facts', name: 'About you' },
] as const;

/** From one side of agents to the others. */
export const AgentTabs = () => {
  const { route } = useLocation();
  return (
    <nav className={css.tabs} aria-label="Agents">
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
