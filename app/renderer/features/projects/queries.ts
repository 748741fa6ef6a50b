import { useQuery } from '@tanstack/react-query';
import type { Project, ProjectSummary, Section } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';

export const projectKeys = {
  list: ['projects'] as const,
  one: (id: string) => ['project', id] as const,
  sections: (id: string) => ['sections', id] as const,
};

const noProjects: ProjectSummary[] = [];
const noSections: Section[] = [];

export const useProjects = (): {
  readonly projects: ProjectSummary[];
  readonly pending: boolean;
  readonly error: unknown;
} => {
  const result = useQuery({
    queryKey: [...projectKeys.list, 'active'],
    queryFn: ({ signal }) => api.projects.list({}, { signal }),
  });
  return { projects: result.data ?? noProjects, pending: result.isPending, error: result.error };
};

export const useArchivedProjects = (): ProjectSummary[] =>
  useQuery({
    queryKey: [...projectKeys.list, 'archived'],
    queryFn: ({ signal }) => api.projects.list({ archived: true }, { signal }),
  }).data ?? noProjects;

export const useProject = (id: string): { readonly project: Project | undefined; readonly error: unknown } => {
  const result = useQuery({
    queryKey: projectKeys.one(id),
    queryFn: ({ signal }) => api.projects.get({ id }, { signal }),
    placeholderData: () =>
      queryClient.getQueryData<ProjectSummary[]>([...projectKeys.list, 'active'])?.find((project) => project.id === id),
  });
  return { project: result.data, error: result.error };
};

export const useProjectName = (id: string | null): ProjectSummary | undefined => {
  const { projects } = useProjects();
  return id === null ? undefined : projects.find((project) => project.id === id);
};

export const useSections = (projectId: string): Section[] =>
  useQuery({
    queryKey: projectKeys.sections(projectId),
    queryFn: ({ signal }) => api.projects.sections({ id: projectId }, { signal }),
  }).data ?? noSections;
