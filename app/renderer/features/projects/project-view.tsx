import { Button, Menu, SegmentedControl } from '@mantine/core';
import {
  IconArchive,
  IconCheck,
  IconFileText,
  IconLayoutKanban,
  IconLayoutRows,
  IconList,
  IconListCheck,
  IconPlus,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { Project, TaskPatch } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, MenuButton, ProgressRing, SkeletonRows, View } from '../../components/index.ts';
import { formatDay, plural, today } from '../../days.ts';
import { navigate } from '../../router.ts';
import { projectColor } from '../../theme.ts';
import { confirm, useUi } from '../../ui-store.ts';
import { createNote } from '../notes/open-note.ts';
import { QuickAdd } from '../quick-add/quick-add.tsx';
import type { Group } from '../tasks/list-model.ts';
import { useProjectTasks } from '../tasks/queries.ts';
import { TaskList } from '../tasks/task-list.tsx';
import { addSection, archiveProject, removeProject, updateProject } from './actions.ts';
import { Board } from './board.tsx';
import { useProject, useProjectName, useSections } from './queries.ts';
import css from './project-view.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const colors: readonly Project['color'][] = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
];

const Name = ({ project }: { project: Project }) => {
  const [draft, setDraft] = useState(project.name);
  useEffect(() => setDraft(project.name), [project.name]);
  return (
    <span className={css.nameBox} data-text={draft || ' '}>
      <input
        autoComplete="off"
        className={css.name}
        aria-label="Project name"
        value={draft}
        size={1}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => {
          const name = draft.trim();
          if (name === '') setDraft(project.name);
          else if (name !== project.name) void updateProject(project, { name });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </span>
  );
};

const ProjectMenu = ({ project, showDone }: { project: Project; showDone: boolean }) => (
  <MenuButton label="Project menu" width={232}>
    <div className={css.swatches} role="group" aria-label="Colour">
      {colors.map((color) => (
        <button
          key={color}
          type="button"
          className={css.swatch}
          aria-label={color}
          aria-pressed={project.color === color}
          style={{ background: projectColor(color) }}
          onClick={() => void updateProject(project, { color })}
        />
      ))}
    </div>
    <Menu.Divider />
    <Menu.Item
      leftSection={glyph(IconListCheck)}
      rightSection={showDone ? glyph(IconCheck) : null}
      onClick={() => useUi.setState({ showDone: !showDone })}
    >
      Show done tasks
    </Menu.Item>
    <Menu.Item leftSection={glyph(IconLayoutRows)} onClick={() => addSection(project.id)}>
      Add a section
    </Menu.Item>
    <Menu.Item leftSection={glyph(IconPlus)} onClick={() => void createNote(project.id)}>
      New note in this project
    </Menu.Item>
    <Menu.Divider />
    <Menu.Item
      leftSection={glyph(IconArchive)}
      onClick={() => void archiveProject(project, project.archivedAt === null)}
    >
      {project.archivedAt === null ? 'Archive' : 'Take out of the archive'}
    </Menu.Item>
    <Menu.Item
      leftSection={glyph(IconTrash)}
      onClick={() =>
        confirm({
          title: `Delete “${project.name}”?`,
          text: 'The project and its tasks go to the trash. Undo brings them back.',
          action: 'Delete',
          danger: true,
          run: () => removeProject(project),
        })
      }
    >
      Delete…
    </Menu.Item>
  </MenuButton>
);

export const ProjectView = ({ id }: { id: string }) => {
  const { project, error } = useProject(id);
  const showDone = useUi((state) => state.showDone);
  const isBoard = project?.view === 'board';
  const { tasks, pending, isPart } = useProjectTasks(id);
  const summary = useProjectName(id);
  const sections = useSections(id);

  const visible = useMemo(() => {
    if (showDone || isBoard) return tasks;
    // A task just completed is still drawn: its list holds it for the moment that it lingers.
    return tasks.filter(
      (task) =>
        task.status === 'open' ||
        task.status === 'doing' ||
        (task.completedAt !== null && Date.now() - task.completedAt < 1_500),
    );
  }, [tasks, showDone, isBoard]);

  const groups = useMemo<Group[]>(() => {
    const bySection = Map.groupBy(visible, (task) =>
      sections.some((section) => section.id === task.sectionId) ? (task.sectionId ?? '') : '',
    );
    return [
      { id: '', title: '', tasks: bySection.get('') ?? [] },
      ...sections.map((section) => ({
        id: section.id,
        title: section.name,
        tasks: bySection.get(section.id) ?? [],
        keepEmpty: true,
        sectionId: section.id,
      })),
    ];
  }, [visible, sections]);
  const patchFor = useMemo(
    () =>
      (group: string): TaskPatch => ({ sectionId: group === '' ? null : group }),
    [],
  );

  if (error && !project) {
    return (
      <View title="Project" testId="view-project">
        <FaultNote
          what="This project can't be shown."
          error={error}
          action={{ label: 'See all projects', run: () => navigate({ view: 'projects' }) }}
        />
      </View>
    );
  }
  if (!project) {
    return (
      <View title=" " testId="view-project">
        <SkeletonRows />
      </View>
    );
  }

  const done = isPart && summary ? summary.doneCount : tasks.filter((task) => task.status === 'done').length;
  const total =
    isPart && summary
      ? summary.doneCount + summary.openCount
      : tasks.filter((task) => task.status !== 'cancelled').length;
  const noteId = project.noteId;
  const line = [
    pending ? '' : total > 0 ? `${done} of ${plural(total, 'task')} done` : 'No task yet',
    project.dueDate ? `due ${formatDay(project.dueDate, today())}` : '',
    project.archivedAt ? 'archived' : '',
  ].filter((part) => part !== '');

  return (
    <View
      title={
        <>
          <ProgressRing done={done} total={total} color={projectColor(project.color)} size={20} />
          <Name project={project} />
        </>
      }
      testId="view-project"
      ownScroll
      wide={isBoard}
      context={line.join(' · ')}
      actions={
        <>
          {noteId ? (
            <Button
              variant="default"
              leftSection={glyph(IconFileText)}
              onClick={() => navigate({ view: 'note', id: noteId })}
            >
              Plan
            </Button>
          ) : null}
          <SegmentedControl
            size="xs"
            aria-label="Layout"
            value={project.view}
            onChange={(view) => void updateProject(project, { view: view === 'board' ? 'board' : 'list' })}
            data={[
              { value: 'list', label: <IconList size={16} stroke={1.6} aria-label="List" role="img" /> },
              { value: 'board', label: <IconLayoutKanban size={16} stroke={1.6} aria-label="Board" role="img" /> },
            ]}
          />
          <ProjectMenu project={project} showDone={showDone} />
        </>
      }
    >
      {isBoard ? (
        <Board project={project} tasks={tasks} sections={sections} pending={pending} />
      ) : (
        <TaskList
          label={project.name}
          groups={groups}
          patchFor={patchFor}
          before={
            <>
              <QuickAdd projectId={project.id} placeholder={`Add a task to ${project.name}…`} />
              {pending ? <SkeletonRows count={8} /> : null}
            </>
          }
          empty={
            pending ? null : tasks.length > 0 ? (
              <EmptyState
                icon={IconCheck}
                title="All done"
                text={`Every task of this project is finished.`}
                action={
                  <Button variant="default" onClick={() => useUi.setState({ showDone: true })}>
                    Show done tasks
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={IconList}
                title="No task yet"
                text="Add the first step above. Alt with the arrow keys moves a task, d gives it a day, and sections group what belongs together."
              />
            )
          }
        />
      )}
    </View>
  );
};
