import type { PlaybookRun, RunDetail, RunEvent } from './runs.ts';

/** A run after an event of those who watch it, given how it was before. What is written right now (`text`, `preview`) is no part of it. */
export const changedRun = (run: RunDetail, event: RunEvent): RunDetail => {
  switch (event.type) {
    case 'snapshot':
      return event.run;
    case 'run':
      return { ...run, ...event.run };
    case 'step': {
      const { step } = event;
      const at = run.steps.findIndex(({ index }) => index === step.index);
      return {
        ...run,
        steps: at < 0 ? [...run.steps, step].toSorted((a, b) => a.index - b.index) : run.steps.with(at, step),
      };
    }
    case 'more': {
      const { type: _, prompt, output, ...rest } = event;
      return {
        ...run,
        steps: run.steps.map((step) =>
          step.index === event.index
            ? { ...step, ...rest, prompt: longer(step.prompt, prompt), output: longer(step.output, output) }
            : step,
        ),
      };
    }
    case 'playbook':
      return run.playbook ? { ...run, playbook: changedPlaybook(run.playbook, event.playbook) } : run;
    case 'text':
    case 'preview':
      return run;
  }
};

const longer = (text: string | null, more: string): string | null => (more === '' ? text : `${text ?? ''}${more}`);

const changedPlaybook = (
  run: PlaybookRun,
  { calls = [], versions = [], ...whole }: Extract<RunEvent, { type: 'playbook' }>['playbook'],
): PlaybookRun => {
  const news = new Map(calls.map((call) => [call.id, call]));
  const known = new Set(run.calls.map(({ id }) => id));
  const all = [...run.versions];
  for (const { at, version } of versions) all[at] = version;
  return {
    ...run,
    ...whole,
    calls: [...run.calls.map((call) => news.get(call.id) ?? call), ...calls.filter(({ id }) => !known.has(id))],
    versions: all,
  };
};
