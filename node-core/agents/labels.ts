import type { Labels, Playbook } from '../contract/index.ts';
import type { Tool } from '../tools/index.ts';

/*
 * Labels only ever add up. Whoever computes a value from others gives it the union of theirs; nothing takes a label away but an answer from
 * outside, which can hold no more than whoever gave it knew (see `ofResult`).
 */

const most = { sources: 200, characters: 2_000 };

/** What a playbook's author wrote, and what code decided from nothing else. */
export const unlabelled: Labels = { untrusted: false, private: false, model: false, sources: [] };

export const union = (...labels: readonly Labels[]): Labels => ({
  untrusted: labels.some((label) => label.untrusted),
  private: labels.some((label) => label.private),
  model: labels.some((label) => label.model),
  sources: [...new Set(labels.flatMap(({ sources }) => sources))].slice(0, most.sources),
});

const named = (sources: readonly string[]): string[] =>
  [...new Set(sources)].slice(0, most.sources).map((source) => source.slice(0, most.characters));

/**
 * Of what a run is started with. A goal that was typed is meant to be searched for; what a person keeps is not, nor a long text such as a
 * transcript.
 */
export const ofInput = ({ title, type }: Pick<Playbook['inputs'][number], 'title' | 'type'>): Labels => ({
  ...unlabelled,
  private: ['long-text', 'note', 'notes', 'task'].includes(type),
  sources: named([title]),
});

/**
 * Of what a model wrote after it was shown what carries `shown`: it may hold all of that, and it may obey it. Where it read others, even
 * the goal beside that is not to go where they would have it.
 */
export const ofAnswer = (...shown: readonly Labels[]): Labels => {
  const all = union(...shown);
  return { ...all, private: all.private || all.untrusted, model: true };
};

/**
 * Of what a tool gave back. One on this machine may hand on its arguments. Who answers from outside knows of them only what was sent with
 * leave, so they add nothing private to the answer; what chose them still does.
 */
export const ofResult = (tool: Tool, given: readonly Labels[], input: unknown, output: unknown): Labels => {
  const before = union(...given);
  const own = tool.labelsOf?.(output) ?? tool.labels;
  return {
    untrusted: own.untrusted || before.untrusted,
    private: own.private || (!tool.outside && before.private),
    model: !tool.outside && before.model,
    sources: named([...tool.sources(input, output), ...before.sources]),
  };
};
