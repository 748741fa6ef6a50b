import { AppError, type ContractHandlers, type RunDetail, type RunResult } from '../../contract/index.ts';

/** Runs of playbooks: a graph of typed steps, carried out over the journal. */
export interface PlaybookRuns {
  carryOut(run: RunDetail, signal: AbortSignal): Promise<RunResult>;
  readonly handlers: Pick<ContractHandlers['runs'], 'answer' | 'replay' | 'fork' | 'trace'>;
}

const missing = (): never => {
  throw new AppError('PLAYBOOK_INVALID', 'Playbooks are not carried out by this version of Jan.');
};

export const createPlaybookRuns = (): PlaybookRuns => ({
  carryOut: async () => missing(),
  handlers: { answer: missing, replay: missing, fork: missing, trace: missing },
});
