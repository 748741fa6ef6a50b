import { FocusTrap } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconCircleCheck,
  IconMessages,
  IconNotes,
  IconPlus,
  IconRoute,
  IconSearch,
  IconSparkles,
} from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { SearchHit } from '../../../../node-core/contract/index.ts';
import { fuzzyMatch, type PickItem, PickList, ProgressRing, useFocusInside } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { projectColor } from '../../theme.ts';
import { useUi } from '../../ui-store.ts';
import { openPlaybook } from '../agents/actions.ts';
import { usePlaybooks } from '../agents/queries.ts';
import { openAt } from '../chat/found.ts';
import { openNoteByTitle } from '../notes/open-note.ts';
import { useProjects } from '../projects/queries.ts';
import { commands } from '../shell/commands.ts';
import { knownTask } from '../tasks/cache.ts';
import { planGoal } from '../tasks/hand-over.ts';
import { Marked, markedIn, plain } from './marked.tsx';
import css from './palette.module.css';

const close = (): void => useUi.setState({ palette: 'closed' });

const openHit = async (hit: SearchHit): Promise<void> => {
  if (hit.kind === 'note') navigate({ view: 'note', id: hit.id });
  else if (hit.kind === 'project') navigate({ view: 'project', id: hit.id });
  else if (hit.kind === 'chat') {
    if (hit.messageId) openAt({ threadId: hit.id, messageId: hit.messageId, word: markedIn(hit.excerpt) });
    else navigate({ view: 'chat', id: hit.id });
  } else {
    const task = knownTask(hit.id) ?? (await api.tasks.get({ id: hit.id }));
    const place = task.deletedAt
      ? ({ view: 'trash' } as const)
      : task.projectId
        ? ({ view: 'project', id: task.projectId } as const)
        : task.status === 'done'
          ? ({ view: 'done' } as const)
          : ({ view: 'inbox' } as const);
    navigate(place, hit.id);
  }
};

const hitIcon = (kind: SearchHit['kind']) => {
  if (kind === 'note') return <IconNotes size={16} stroke={1.6} aria-label="Note" />;
  if (kind === 'chat') return <IconMessages size={16} stroke={1.6} aria-label="Chat" />;
  if (kind === 'task') return <IconCircleCheck size={16} stroke={1.6} aria-label="Task" />;
  return <ProgressRing done={0} total={1} color="currentColor" />;
};

/** Whether the excerpt says more than the title: a chat is called after its first question. */
const says = ({ kind, title, excerpt }: SearchHit): boolean =>
  excerpt !== '' && kind !== 'project' && plain(excerpt) !== title;

const useSearch = (query: string): readonly SearchHit[] => {
  const wanted = useDeferredValue(query.trim());
  const result = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => api.search({ query: wanted, limit: 20 }, { signal }),
    enabled: wanted.length >= 2,
    staleTime: 2_000,
    gcTime: 10_000,
    placeholderData: (previous) => previous,
  });
  return wanted.length >= 2 ? (result.data ?? []) : [];
};

const PalettePanel = ({ mode }: { mode: 'commands' | 'search' }) => {
  const panel = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const hits = useSearch(query);
  const { projects } = useProjects();
  const { items: playbooks } = usePlaybooks();

  useFocusInside(panel);

  const items = useMemo<PickItem[]>(() => {
    const after = (run: () => void) => () => {
      close();
      run();
    };
    const words = query.trim();
    const found = hits.map((hit) => ({
      id: `hit:${hit.kind}:${hit.id}`,
      label: hit.title || 'New chat',
      view: (
        <span className={css.hit}>
          <span className="truncate">{hit.title || 'New chat'}</span>
          {says(hit) ? <Marked text={hit.excerpt} className={css.excerpt} /> : null}
        </span>
      ),
      icon: hitIcon(hit.kind),
      group: hit.kind === 'chat' ? 'Chats' : 'Found',
      run: after(() => void openHit(hit)),
    }));
    const places =
      mode === 'commands' && words !== ''
        ? projects
            .filter((project) => fuzzyMatch(words, project.name))
            .slice(0, 5)
            .map((project) => ({
              id: `project:${project.id}`,
              label: project.name,
              icon: (
                <ProgressRing
                  done={project.doneCount}
                  total={project.doneCount + project.openCount}
                  color={projectColor(project.color)}
                />
              ),
              group: 'Projects',
              run: after(() => navigate({ view: 'project', id: project.id })),
            }))
        : [];
    const known = new Set(places.map((place) => place.id.slice(8)));
    const fresh = found.filter((item) => !(item.id.startsWith('hit:project:') && known.has(item.id.slice(12))));
    const offered = commands
      .filter((command) => mode === 'commands' && fuzzyMatch(words, `${command.title} ${command.also ?? ''}`))
      .map((command) => ({
        id: command.id,
        label: command.title,
        icon: <command.icon size={16} stroke={1.6} aria-hidden />,
        group: 'Commands',
        ...(command.shortcut ? { shortcut: command.shortcut } : {}),
        run: after(command.run),
      }));
    const startable = playbooks
      .filter(
        ({ name, description }) => mode === 'commands' && fuzzyMatch(words, `start playbook ${name} ${description}`),
      )
      .slice(0, words === '' ? 100 : 5)
      .map(({ id, name }) => ({
        id: `playbook:${id}`,
        label: name,
        icon: <IconRoute size={16} stroke={1.6} aria-hidden />,
        group: 'Playbooks',
        run: after(() => openPlaybook(id)),
      }));
    const makers: PickItem[] =
      words.length >= 3
        ? [
            {
              id: 'hand',
              label: `Hand “${words}” to the agent`,
              icon: <IconSparkles size={16} stroke={1.6} aria-hidden />,
              group: 'Make',
              run: after(() => void planGoal(words)),
            },
            {
              id: 'make-note',
              label: `Open or make the note “${words}”`,
              icon: <IconPlus size={16} stroke={1.6} aria-hidden />,
              group: 'Make',
              run: after(() => void openNoteByTitle(words)),
            },
          ]
        : [];
    return mode === 'search'
      ? [...fresh, ...makers]
      : [...offered.slice(0, words === '' ? 100 : 6), ...startable, ...places, ...fresh, ...makers];
  }, [mode, query, hits, projects, playbooks]);

  return (
    <FocusTrap active innerRef={panel}>
      <div className={css.panel} role="dialog" aria-label="Command palette" data-testid="palette">
        <PickList
          large
          label={mode === 'search' ? 'Search everything' : 'Commands and search'}
          placeholder={mode === 'search' ? 'Search tasks, notes, projects and chats…' : 'Type a command, or search…'}
          leading={<IconSearch size={16} stroke={1.6} aria-hidden />}
          items={items}
          onQuery={setQuery}
          empty={
            query.trim().length < 2
              ? 'Type at least two letters. Tasks, notes, projects and chats are searched, the newest wording included.'
              : 'Nothing found.'
          }
        />
      </div>
    </FocusTrap>
  );
};

/** Everything that can be done or found, from one line. */
export const Palette = () => {
  const mode = useUi((state) => state.palette);
  if (mode === 'closed') return null;
  return createPortal(
    <div
      className={css.scrim}
      role="presentation"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <PalettePanel mode={mode} />
    </div>,
    document.body,
  );
};
