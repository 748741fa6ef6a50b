import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChartBar,
  IconCalendar,
  IconCheck,
  IconCpu,
  IconFileText,
  IconFlask,
  IconFolder,
  IconHistory,
  IconInbox,
  IconKey,
  IconKeyboard,
  IconLayoutSidebar,
  IconListDetails,
  IconListSearch,
  IconLock,
  IconMessagePlus,
  IconMessages,
  IconMoon,
  IconNotes,
  IconPlayerPlay,
  IconPlus,
  IconRoute,
  IconSchema,
  IconTool,
  IconUserCog,
  IconBulb,
  IconClock,
  IconSearch,
  IconSettings,
  IconSparkles,
  IconStar,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { queryClient } from '../../rpc/index.ts';
import { navigate, type Route } from '../../router.ts';
import { toggleRail, useUi } from '../../ui-store.ts';
import { beginChat } from '../chat/actions.ts';
import { createNote } from '../notes/open-note.ts';
import { updateSettings } from '../settings/queries.ts';
import { redo, undo } from '../tasks/actions.ts';
import { lockVault } from '../vault/lock.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly icon: Icon;
  /** `mod+k`, `n`, or two presses: `g i`. */
  readonly shortcut?: string;
  /** Other words it is found by. */
  readonly also?: string;
  readonly run: () => void;
}

const go = (route: Route) => (): void => navigate(route);

/** Focuses the line in the view, or opens one over it. */
export const openQuickAdd = (): void => {
  const line = document.querySelector<HTMLInputElement>(
    'main [data-testid="quick-add"] input, main [data-focus-first]',
  );
  if (line && line.matches('[data-testid="quick-add"] input')) line.focus();
  else useUi.setState({ quickAdd: true });
};

const toggleScheme = (): void => {
  const isDark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
  void updateSettings({ theme: isDark ? 'light' : 'dark' });
};

/** What can be done from anywhere. The palette, the keys and the map of shortcuts all read this one list. */
export const commands: readonly Command[] = [
  { id: 'add', title: 'Add a task', icon: IconPlus, shortcut: 'n', also: 'new create quick', run: openQuickAdd },
  {
    id: 'plan',
    title: 'Plan a goal with the agent',
    icon: IconSparkles,
    also: 'hand ai goal project',
    run: openQuickAdd,
  },
  {
    id: 'extract',
    title: 'Extract from a transcript',
    icon: IconFileText,
    also: 'meeting minutes actions decisions',
    run: go({ view: 'extract' }),
  },
  { id: 'note', title: 'New note', icon: IconNotes, shortcut: 'shift+n', run: () => void createNote() },
  {
    id: 'chat',
    title: 'New chat',
    icon: IconMessagePlus,
    shortcut: 'shift+c',
    also: 'ask conversation question',
    run: () => beginChat(),
  },
  { id: 'search', title: 'Search', icon: IconSearch, shortcut: '/', run: () => useUi.setState({ palette: 'search' }) },
  { id: 'go-inbox', title: 'Go to Inbox', icon: IconInbox, shortcut: 'g i', run: go({ view: 'inbox' }) },
  { id: 'go-today', title: 'Go to Today', icon: IconStar, shortcut: 'g t', run: go({ view: 'today' }) },
  { id: 'go-upcoming', title: 'Go to Upcoming', icon: IconCalendar, shortcut: 'g u', run: go({ view: 'upcoming' }) },
  { id: 'go-projects', title: 'Go to Projects', icon: IconFolder, shortcut: 'g p', run: go({ view: 'projects' }) },
  { id: 'go-notes', title: 'Go to Notes', icon: IconNotes, shortcut: 'g n', run: go({ view: 'notes' }) },
  {
    id: 'go-runs',
    title: 'Go to Runs',
    icon: IconPlayerPlay,
    shortcut: 'g r',
    also: 'agent',
    run: go({ view: 'runs' }),
  },
  {
    id: 'go-agents',
    title: 'Go to Agents',
    icon: IconRoute,
    shortcut: 'g a',
    also: 'playbook goal start',
    run: go({ view: 'agents' }),
  },
  {
    id: 'new-playbook',
    title: 'Write a playbook',
    icon: IconSchema,
    also: 'new editor yaml import',
    run: go({ view: 'new-playbook' }),
  },
  {
    id: 'go-tools',
    title: 'Tools of agents',
    icon: IconTool,
    also: 'mcp server search mail calendar key',
    run: go({ view: 'tools' }),
  },
  {
    id: 'go-calls',
    title: 'Calls of tools',
    icon: IconListSearch,
    also: 'inspector arguments results approved agents audit',
    run: go({ view: 'calls' }),
  },
  {
    id: 'go-schedules',
    title: 'Schedules',
    icon: IconClock,
    also: 'cron trigger recurring',
    run: go({ view: 'schedules' }),
  },
  {
    id: 'go-profiles',
    title: 'Profiles of agents',
    icon: IconUserCog,
    also: 'planner researcher writer model temperature',
    run: go({ view: 'profiles' }),
  },
  {
    id: 'go-facts',
    title: 'What Jan learned about you',
    icon: IconBulb,
    also: 'memory preferences facts forget',
    run: go({ view: 'facts' }),
  },
  { id: 'go-chats', title: 'Go to Chat', icon: IconMessages, shortcut: 'g c', run: go({ view: 'chats' }) },
  { id: 'go-models', title: 'Go to Models', icon: IconCpu, shortcut: 'g m', run: go({ view: 'models' }) },
  {
    id: 'go-playground',
    title: 'Go to the playground',
    icon: IconFlask,
    shortcut: 'g l',
    also: 'api request try',
    run: go({ view: 'playground' }),
  },
  { id: 'go-settings', title: 'Go to Settings', icon: IconSettings, shortcut: 'mod+,', run: go({ view: 'settings' }) },
  {
    id: 'go-keys',
    title: 'API keys',
    icon: IconKey,
    shortcut: 'g y',
    also: 'access token client program limit budget scope',
    run: go({ view: 'keys' }),
  },
  {
    id: 'go-usage',
    title: 'API usage',
    icon: IconChartBar,
    also: 'tokens requests cost plot chart',
    run: go({ view: 'usage' }),
  },
  {
    id: 'go-requests',
    title: 'API requests',
    icon: IconListDetails,
    also: 'log curl history',
    run: go({ view: 'requests' }),
  },
  {
    id: 'go-done',
    title: 'Show done tasks',
    icon: IconCheck,
    also: 'finished completed logbook',
    run: go({ view: 'done' }),
  },
  { id: 'go-trash', title: 'Open the trash', icon: IconTrash, also: 'deleted restore', run: go({ view: 'trash' }) },
  {
    id: 'go-history',
    title: 'Show history',
    icon: IconHistory,
    also: 'undo changes log',
    run: go({ view: 'history' }),
  },
  { id: 'undo', title: 'Undo', icon: IconArrowBackUp, shortcut: 'mod+z', run: () => void undo() },
  { id: 'redo', title: 'Redo', icon: IconArrowForwardUp, shortcut: 'mod+shift+z', run: () => void redo() },
  {
    id: 'rail',
    title: 'Collapse or widen the rail',
    icon: IconLayoutSidebar,
    shortcut: 'mod+b',
    also: 'sidebar',
    run: toggleRail,
  },
  {
    id: 'scheme',
    title: 'Switch between light and dark',
    icon: IconMoon,
    shortcut: 'mod+shift+l',
    also: 'theme appearance',
    run: toggleScheme,
  },
  { id: 'lock', title: 'Lock the vault', icon: IconLock, shortcut: 'mod+shift+k', run: lockVault },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    icon: IconKeyboard,
    shortcut: '?',
    also: 'help keys',
    run: () => useUi.setState({ shortcuts: true }),
  },
  {
    id: 'refresh',
    title: 'Load everything again',
    icon: IconArrowForwardUp,
    also: 'reload refresh',
    run: () => void queryClient.invalidateQueries(),
  },
];

/** Keys that work in a list, for the map: the list itself acts on them. */
export const listKeys: readonly (readonly [string, string])[] = [
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['enter', 'Open the details'],
  ['e', 'Edit the title'],
  ['x', 'Complete or reopen'],
  ['d', 'Due date'],
  ['shift+d', 'Day to do it'],
  ['p', 'Move to a project'],
  ['l', 'Tags'],
  ['s', 'Status'],
  ['1', 'Urgent (2, 3, 4: lower)'],
  ['a', 'Hand to the agent'],
  ['shift+a', 'Hand to an agent or a playbook of your choice'],
  [' ', 'Select'],
  ['shift+down', 'Extend the selection'],
  ['mod+a', 'Select all'],
  ['alt+up', 'Move up (alt ↓: down)'],
  ['backspace', 'Delete'],
  ['z', 'Undo'],
];
