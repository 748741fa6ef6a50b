import { ViewTabs } from '../shell/view-tabs.tsx';

const places = [
  { to: { view: 'keys' }, name: 'Keys' },
  { to: { view: 'usage' }, name: 'Usage' },
  { to: { view: 'requests' }, name: 'Requests' },
] as const;

/** From one side of the API to the others. */
export const AccessTabs = () => <ViewTabs label="API" places={places} />;
