import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconCalendar,
  IconCpu,
  IconFlask,
  IconFolder,
  IconHelpCircle,
  IconInbox,
  IconLayoutSidebar,
  IconMessages,
  IconNotes,
  IconPlayerPlay,
  IconPlus,
  IconRoute,
  IconSearch,
  IconSettings,
  IconStar,
  type Icon,
} from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { IconButton, Keys, ProgressRing, Spinner } from '../../components/index.ts';
import { hrefOf, type Route, useLocation } from '../../router.ts';
import { projectColor } from '../../theme.ts';
import { toggleRail, useUi } from '../../ui-store.ts';
import { useProjects } from '../projects/queries.ts';
import { isActive, useRuns } from '../runs/queries.ts';
import { useCounts } from '../tasks/queries.ts';
import { openQuickAdd } from './commands.ts';
import css from './rail.module.css';

interface EntryProps {
  readonly route: Route;
  readonly label: string;
  readonly icon: ReactNode;
  readonly count?: number | undefined;
  readonly countMeans?: string;
  readonly tone?: 'overdue' | undefined;
  readonly collapsed: boolean;
  readonly end?: ReactNode;
}

const agentViews: ReadonlySet<Route['view']> = new Set([
  'agents',
  'playbook',
  'composed',
  'edit-playbook',
  'new-playbook',
  'tools',
  'schedules',
  'profiles',
  'facts',
]);

const sameView = (a: Route, b: Route): boolean => {
  if (a.view === 'notes' && b.view === 'note') return true;
  if (a.view === 'chats' && b.view === 'chat') return true;
  if (a.view === 'settings' && (b.view === 'keys' || b.view === 'usage' || b.view === 'requests')) return true;
  if (a.view === 'agents' && agentViews.has(b.view)) return true;
  if (a.view === 'runs' && (b.view === 'run' || b.view === 'extract')) return true;
  return a.view === b.view && ('id' in a ? 'id' in b && a.id === b.id : true);
};

const Entry = ({ route, label, icon, count, countMeans, tone, collapsed, end }: EntryProps) => {
  const { route: current } = useLocation();
  const isCurrent = sameView(route, current);
  return (
    <Tooltip label={label} position="right" disabled={!collapsed}>
      <a
        className={css.entry}
        href={hrefOf(route)}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={collapsed ? (count && countMeans ? `${label}, ${count} ${countMeans}` : label) : undefined}
      >
        <span className={css.icon}>{icon}</span>
        <span className={css.label}>{label}</span>
        {end}
        {count ? (
          <span className={css.count} data-tone={tone}>
            {count}
            {countMeans ? <span className="visually-hidden"> {countMeans}</span> : null}
          </span>
        ) : null}
      </a>
    </Tooltip>
  );
};

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;
const shownProjects = 200;
/** There is no room for names beside what is looked at. */
const narrow = '(max-width: 860px)';

export const Rail = () => {
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const collapsed = useUi((state) => state.railCollapsed) || isNarrow;
  const counts = useCounts();
  const { projects } = useProjects();
  const { runs } = useRuns();
  const waiting = runs.filter(({ state }) => state === 'waiting').length;
  // A tab or window that is not looked at says it by its name.
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Jan` : 'Jan';
    return () => {
      document.title = 'Jan';
    };
  }, [waiting]);
  const isRunning = runs.some((run) => isActive(run) && run.state !== 'waiting');
  return (
    <nav className={css.rail} aria-label="Main" data-collapsed={collapsed || undefined} data-testid="rail">
      <div className={css.top}>
        <button
          type="button"
          className={css.search}
          onClick={() => useUi.setState({ palette: 'commands' })}
          aria-label="Search and commands"
        >
          {glyph(IconSearch)}
          <span className={css.label}>Search</span>
          <span className={css.label}>
            <Keys combo="mod+k" />
          </span>
        </button>
        <span className={css.add}>
          <IconButton icon={IconPlus} label="Add a task" shortcut="n" onClick={openQuickAdd} />
        </span>
      </div>
      <div className={css.scroll}>
        <Entry
          collapsed={collapsed}
          route={{ view: 'inbox' }}
          label="Inbox"
          icon={glyph(IconInbox)}
          count={counts?.inbox}
        />
        <Entry
          collapsed={collapsed}
          route={{ view: 'today' }}
          label="Today"
          icon={glyph(IconStar)}
          count={counts?.overdue ? counts.overdue : counts?.today}
          tone={counts?.overdue ? 'overdue' : undefined}
        />
        <Entry collapsed={collapsed} route={{ view: 'upcoming' }} label="Upcoming" icon={glyph(IconCalendar)} />
        <div className={css.gap} />
        <Entry collapsed={collapsed} route={{ view: 'projects' }} label="Projects" icon={glyph(IconFolder)} />
        <div className={css.projects}>
          {projects.slice(0, shownProjects).map((project) => (
            <Entry
              key={project.id}
              collapsed={collapsed}
              route={{ view: 'project', id: project.id }}
              label={project.name}
              icon={
                <ProgressRing
                  done={project.doneCount}
                  total={project.openCount + project.doneCount}
                  color={projectColor(project.color)}
                />
              }
            />
          ))}
        </div>
        <div className={css.gap} />
        <Entry collapsed={collapsed} route={{ view: 'notes' }} label="Notes" icon={glyph(IconNotes)} />
        <Entry collapsed={collapsed} route={{ view: 'agents' }} label="Agents" icon={glyph(IconRoute)} />
        <Entry
          collapsed={collapsed}
          route={{ view: 'runs' }}
          label="Runs"
          count={waiting}
          countMeans="waiting for you"
          icon={
            waiting > 0 ? (
              <span className={css.waiting}>{glyph(IconHelpCircle)}</span>
            ) : isRunning ? (
              <span className={css.running}>
                <Spinner />
              </span>
            ) : (
              glyph(IconPlayerPlay)
            )
          }
        />
        <Entry collapsed={collapsed} route={{ view: 'chats' }} label="Chat" icon={glyph(IconMessages)} />
      </div>
      <div className={css.bottom}>
        <Entry collapsed={collapsed} route={{ view: 'models' }} label="Models" icon={glyph(IconCpu)} />
        <Entry collapsed={collapsed} route={{ view: 'playground' }} label="Playground" icon={glyph(IconFlask)} />
        <Entry collapsed={collapsed} route={{ view: 'settings' }} label="Settings" icon={glyph(IconSettings)} />
        {isNarrow ? null : (
          <span className={css.toggle}>
            <IconButton
              icon={IconLayoutSidebar}
              label={collapsed ? 'Widen the rail' : 'Collapse the rail'}
              shortcut="mod+b"
              onClick={toggleRail}
            />
          </span>
        )}
      </div>
    </nav>
  );
};
