import { type Playbook, type StartRun } from '../contract/index.ts';
import { PlaybookFile } from '../agents/playbooks/schema.ts';

type Written = Omit<typeof PlaybookFile._input, 'playbook' | 'id' | 'version' | 'name' | 'budget'> & {
  readonly budget?: Partial<Playbook['budget']>;
};

/** A playbook of a test: what is left out is as in a file, and the budget is large. */
export const scriptedPlaybook = ({ budget, ...written }: Written): Playbook =>
  PlaybookFile.parse({
    playbook: 1,
    id: 'scripted',
    version: 1,
    name: 'Scripted',
    ...written,
    budget: { tokens: 1_000_000, seconds: 3_600, calls: 1_000, cost: 0, ...budget },
  });

export const startOf = (
  playbook: Playbook,
  inputs: Extract<StartRun, { skill: 'playbook' }>['inputs'] = {},
): StartRun => ({
  skill: 'playbook',
  playbookId: playbook.id,
  edited: playbook,
  inputs,
  today: '2026-05-04',
});
