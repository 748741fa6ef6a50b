import { ViewTabs } from '../shell/view-tabs.tsx';

const places = [
  { to: { view: 'agents' }, name: 'Playbooks' },
  { to: { view: 'tools' }, name: 'Tools' },
  { to: { view: 'calls' }, name: 'Calls' },
  { to: { view: 'schedules' }, name: 'Schedules' },
  { to: { view: 'profiles' }, name: 'Profiles' },
  { to: { view: 'facts' }, name: 'About you' },
] as const;

/** From one side of agents to the others. */
export const AgentTabs = () => <ViewTabs label="Agents" places={places} />;
