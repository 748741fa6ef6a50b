import { Button } from '@mantine/core';
import { IconFolder, IconPlus, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState, FaultNote, Fold, ProgressRing, SkeletonRows, View } from '../../components/index.ts';
import { formatCount, formatDay, plural, today } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { projectColor } from '../../theme.ts';
import { useUi } from '../../ui-store.ts';
import { createProject } from './actions.ts';
import { projectKeys, useArchivedProjects, useProjects } from './queries.ts';
import css from './projects-view.module.css';
import type { ProjectSummary } from './types.ts';

const Row = ({ project }: { project: ProjectSummary }) => {
  const total = project.openCount + project.doneCount;
  return (
    <a className={css.row} href={hrefOf({ view: 'project', id: project.id })} data-testid="project-row">
      <ProgressRing done={project.doneCount} total={total} color={projectColor(project.color)} />
      <span className={css.name}>{project.name}</span>
      {project.runId ? (
        <IconSparkles size={16} stroke={1.5} className={css.agent} aria-label="Made by the agent" />
      ) : null}
      <span className={css.meta}>
        {project.dueDate ? <span>due {formatDay(project.dueDate, today())}</span> : null}
        <span className={css.count}>
          {total > 0 ? `${formatCount(project.doneCount)} of ${formatCount(total)}` : 'empty'}
        </span>
      </span>
    </a>
  );
};

const NewProject = () => {
  const [name, setName] = useState('');
  return (
    <form
      className={css.create}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void createProject(name.trim());
      }}
    >
      <IconPlus size={16} stroke={1.6} aria-hidden />
      <input
        autoComplete="off"
        value={name}
        placeholder="New project…"
        aria-label="New project"
        data-focus-first
        onChange={(event) => setName(event.target.value)}
      />
      {name.trim() !== '' ? (
        <Button type="submit" variant="default">
          Create
        </Button>
      ) : null}
    </form>
  );
};

export const ProjectsView = () => {
  const { projects, pending, error } = useProjects();
  const archived = useArchivedProjects();
  return (
    <View
      title="Projects"
      testId="view-projects"
      context={pending || projects.length === 0 ? 'Several tasks towards one end' : plural(projects.length, 'project')}
      actions={
        <Button
          variant="default"
          leftSection={<IconSparkles size={16} stroke={1.6} aria-hidden />}
          onClick={() => useUi.setState({ quickAdd: true })}
        >
          Plan one with the agent
        </Button>
      }
    >
      <NewProject />
      {error ? (
        <FaultNote
          what="The projects can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: projectKeys.list }) }}
        />
      ) : null}
      {pending ? <SkeletonRows /> : null}
      {projects.map((project) => (
        <Row key={project.id} project={project} />
      ))}
      {!pending && !error && projects.length === 0 ? (
        <EmptyState
          icon={IconFolder}
          title="No project yet"
          text="A project holds the tasks, sections and notes of one goal. Name one above, or let the agent plan it from a sentence."
        />
      ) : null}
      {archived.length > 0 ? (
        <Fold label={plural(archived.length, 'archived project')}>
          {archived.map((project) => (
            <Row key={project.id} project={project} />
          ))}
        </Fold>
      ) : null}
    </View>
  );
};
