import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ErrorBoundary, FaultNote, late, Spinner } from '../../components/index.ts';
import { type Route, useLocation } from '../../router.ts';
import { queryClient, useConnection } from '../../rpc/index.ts';
import { clearSelection, setCursor } from '../../ui-store.ts';
import { PairingDialog } from '../access/pairing-dialog.tsx';
import { LazyEditor } from '../notes/editor/lazy-editor.tsx';
import { Palette } from '../palette/palette.tsx';
import { QuickAddOverlay } from '../quick-add/quick-add-overlay.tsx';
import { settingsKeys, useSettings, useVault } from '../settings/queries.ts';
import { SignInView } from '../sign-in/sign-in-view.tsx';
import { PickerHost } from '../tasks/picker-host.tsx';
import { SelectionBar } from '../tasks/selection-bar.tsx';
import { TaskDetail } from '../tasks/task-detail.tsx';
import { DoneView, InboxView, TagView, TodayView, UpcomingView } from '../tasks/views.tsx';
import { UnlockView } from '../vault/unlock-view.tsx';
import css from './app.module.css';
import { ConnectionBanner } from './banner.tsx';
import { ConfirmDialog, ShortcutsMap } from './dialogs.tsx';
import { startKeyboard } from './keyboard.ts';
import { Rail } from './rail.tsx';
import { StatusStrip } from './status-strip.tsx';
import { startSync } from './sync.ts';
import { Toasts } from './toasts.tsx';

const blank = () => <main className={css.blank} />;

// Places that the first screen does without.
const ProjectsView = late(() => import('../projects/projects-view.tsx').then((module) => module.ProjectsView), blank);
const ProjectView = late(() => import('../projects/project-view.tsx').then((module) => module.ProjectView), blank);
const NotesView = late(() => import('../notes/notes-view.tsx').then((module) => module.NotesView), blank);
const RunsView = late(() => import('../runs/runs-view.tsx').then((module) => module.RunsView), blank);
const RunView = late(() => import('../runs/run-view.tsx').then((module) => module.RunView), blank);
const ExtractView = late(() => import('../runs/extract-view.tsx').then((module) => module.ExtractView), blank);
const AgentsView = late(() => import('../agents/agents-view.tsx').then((module) => module.AgentsView), blank);
const StartView = late(() => import('../agents/start-view.tsx').then((module) => module.StartView), blank);
const ComposedView = late(() => import('../agents/start-view.tsx').then((module) => module.ComposedView), blank);
const PlaybookEditor = late(
  () => import('../agents/playbook-editor.tsx').then((module) => module.PlaybookEditor),
  blank,
);
const ToolsView = late(() => import('../agents/tools-view.tsx').then((module) => module.ToolsView), blank);
const CallsView = late(() => import('../agents/calls-view.tsx').then((module) => module.CallsView), blank);
const SchedulesView = late(() => import('../agents/schedules-view.tsx').then((module) => module.SchedulesView), blank);
const ProfilesView = late(() => import('../agents/profiles-view.tsx').then((module) => module.ProfilesView), blank);
const FactsView = late(() => import('../agents/facts-view.tsx').then((module) => module.FactsView), blank);
const ChatView = late(() => import('../chat/chat-view.tsx').then((module) => module.ChatView), blank);
const PlaygroundView = late(
  () => import('../playground/playground-view.tsx').then((module) => module.PlaygroundView),
  blank,
);
const ModelsView = late(() => import('../models/models-view.tsx').then((module) => module.ModelsView), blank);
const SettingsView = late(() => import('../settings/settings-view.tsx').then((module) => module.SettingsView), blank);
const KeysView = late(() => import('../access/keys-view.tsx').then((module) => module.KeysView), blank);
const UsageView = late(() => import('../access/usage-view.tsx').then((module) => module.UsageView), blank);
const RequestsView = late(() => import('../access/requests-view.tsx').then((module) => module.RequestsView), blank);
const HistoryView = late(() => import('../history/history-view.tsx').then((module) => module.HistoryView), blank);
const TrashView = late(() => import('../history/trash-view.tsx').then((module) => module.TrashView), blank);

/** Fetches them once the first screen stands, so that going there waits for nothing. */
const fetchPlaces = (): void => {
  const places = [
    ProjectsView,
    ProjectView,
    NotesView,
    RunsView,
    RunView,
    ExtractView,
    AgentsView,
    StartView,
    ComposedView,
    PlaybookEditor,
    ToolsView,
    CallsView,
    SchedulesView,
    ProfilesView,
    FactsView,
    ChatView,
    PlaygroundView,
    ModelsView,
    SettingsView,
    KeysView,
    UsageView,
    RequestsView,
    HistoryView,
    TrashView,
    LazyEditor,
  ];
  // One that does not come now is asked for again when it is opened.
  void Promise.allSettled(places.map((place) => place.fetch()));
};

const Place = ({ route }: { route: Route }) => {
  switch (route.view) {
    case 'inbox':
      return <InboxView />;
    case 'today':
      return <TodayView />;
    case 'upcoming':
      return <UpcomingView />;
    case 'projects':
      return <ProjectsView />;
    case 'project':
      return <ProjectView key={route.id} id={route.id} />;
    case 'notes':
      return <NotesView openId={null} />;
    case 'note':
      return <NotesView openId={route.id} line={route.line} />;
    case 'runs':
      return <RunsView />;
    case 'run':
      return <RunView key={`${route.id} ${route.call ?? ''}`} id={route.id} />;
    case 'extract':
      return <ExtractView />;
    case 'agents':
      return <AgentsView />;
    case 'playbook':
      return <StartView key={route.id} id={route.id} />;
    case 'new-playbook':
      return <PlaybookEditor id={null} />;
    case 'edit-playbook':
      return <PlaybookEditor key={route.id} id={route.id} />;
    case 'tools':
      return <ToolsView />;
    case 'calls':
      return <CallsView />;
    case 'schedules':
      return <SchedulesView />;
    case 'profiles':
      return <ProfilesView />;
    case 'facts':
      return <FactsView />;
    case 'composed':
      return <ComposedView />;
    case 'chats':
      return <ChatView openId={null} />;
    case 'chat':
      return <ChatView openId={route.id} />;
    case 'playground':
      return <PlaygroundView />;
    case 'models':
      return <ModelsView />;
    case 'settings':
      return <SettingsView />;
    case 'keys':
      return <KeysView />;
    case 'usage':
      return <UsageView />;
    case 'requests':
      return <RequestsView />;
    case 'tag':
      return <TagView key={route.key} tagKey={route.key} />;
    case 'done':
      return <DoneView />;
    case 'trash':
      return <TrashView />;
    case 'history':
      return <HistoryView />;
  }
};

const themeKey = 'jan.theme';

/** The look lives in the vault; a copy here keeps the first paint right while it is still shut. */
const useTheme = (): void => {
  const theme = useSettings()?.theme;
  const { setColorScheme } = useMantineColorScheme();
  const apply = useRef(setColorScheme);
  apply.current = setColorScheme;
  useEffect(() => {
    if (!theme) return;
    localStorage.setItem(themeKey, theme);
    apply.current(theme === 'system' ? 'auto' : theme);
  }, [theme]);
};

const routeId = (route: Route): string =>
  'id' in route ? `${route.view}/${route.id}` : 'key' in route ? `tag/${route.key}` : route.view;

const Workspace = () => {
  const { route, taskId } = useLocation();
  const place = routeId(route);
  useTheme();

  useEffect(() => {
    const idle = requestIdleCallback(fetchPlaces, { timeout: 3_000 });
    return () => cancelIdleCallback(idle);
  }, []);
  useEffect(() => {
    const keyboard = startKeyboard();
    return () => keyboard.abort();
  }, []);
  useEffect(() => {
    clearSelection();
    setCursor(null);
  }, [place]);

  return (
    <div className={css.app}>
      <ConnectionBanner />
      <div className={css.columns}>
        <Rail />
        <div className={css.stage}>
          <ErrorBoundary resetBy={place}>
            <Place route={route} />
          </ErrorBoundary>
          <SelectionBar />
        </div>
        {taskId ? <TaskDetail id={taskId} /> : null}
      </div>
      <StatusStrip />
      <Palette />
      <QuickAddOverlay />
      <PickerHost />
      <ConfirmDialog />
      <PairingDialog />
      <ShortcutsMap />
      <Toasts />
    </div>
  );
};

const Opening = ({ error }: { error?: unknown }) => (
  <main className={css.opening}>
    {error ? (
      <FaultNote
        what="Jan did not answer."
        error={error}
        action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: settingsKeys.vault }) }}
      />
    ) : (
      <span className={css.openingText}>
        <Spinner />
        Connecting to Jan…
      </span>
    )}
  </main>
);

export const App = () => {
  const connection = useConnection();
  useEffect(() => {
    const sync = startSync();
    return () => sync.abort();
  }, []);
  if (connection.status === 'signed-out') return <SignInView reason={connection.reason} />;
  return <Gate />;
};

const Gate = () => {
  const { vault, error } = useVault();
  if (!vault) return <Opening error={error} />;
  if (vault.state !== 'open') return <UnlockView vault={vault} />;
  return (
    <ErrorBoundary resetBy="workspace">
      <Workspace />
    </ErrorBoundary>
  );
};
