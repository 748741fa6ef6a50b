import type { api } from '../../rpc/index.ts';

export type { Project, ProjectSummary, Section } from '../../../../node-core/contract/index.ts';
export type ProjectPatch = Parameters<typeof api.projects.update>[0]['patch'];
