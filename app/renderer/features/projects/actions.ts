import type { Project, ProjectPatch } from './types.ts';
import { navigate } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { showFault, undoable } from '../tasks/actions.ts';
import { projectKeys } from './queries.ts';

export const createProject = async (name: string): Promise<void> => {
  try {
    const project = await api.projects.create({ name });
    navigate({ view: 'project', id: project.id });
  } catch (error) {
    showFault(error, 'The project was not made.');
  }
};

export const updateProject = async (project: Project, patch: ProjectPatch): Promise<void> => {
  queryClient.setQueryData(projectKeys.one(project.id), { ...project, ...patch });
  try {
    queryClient.setQueryData(projectKeys.one(project.id), await api.projects.update({ id: project.id, patch }));
    await queryClient.invalidateQueries({ queryKey: projectKeys.list });
  } catch (error) {
    queryClient.setQueryData(projectKeys.one(project.id), project);
    showFault(error, 'The project was not changed.');
  }
};

export const archiveProject = async (project: Project, archived: boolean): Promise<void> => {
  await updateProject(project, { archived });
  if (archived) navigate({ view: 'projects' });
};

export const removeProject = async (project: Project): Promise<void> => {
  try {
    await api.projects.remove({ id: project.id });
    navigate({ view: 'projects' });
    await undoable(`Deleted “${project.name}”`);
  } catch (error) {
    showFault(error, 'The project was not deleted.');
  }
};

export const addSection = (projectId: string): void => {
  api.projects.createSection({ projectId, name: 'New section' }).then(
    () => void queryClient.invalidateQueries({ queryKey: projectKeys.sections(projectId) }),
    (error: unknown) => showFault(error, 'The section was not made.'),
  );
};
