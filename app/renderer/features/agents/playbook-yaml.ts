import { stringify } from 'yaml';
import type { Playbook, PlaybookStep } from '../../../../node-core/contract/index.ts';

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What a file may leave out, as `docs/playbooks.md` lists it. */
const usual: Readonly<Record<string, unknown>> = { limit: 50, optional: false, revisions: 2, threshold: 0.7 };

const short = (step: PlaybookStep): Record<string, unknown> => {
  const { id, kind, title, ...rest } = step;
  const said = Object.entries(rest).filter(([key, value]) => !isEmpty(value) && usual[key] !== value);
  return { id, kind, title, ...Object.fromEntries(said) };
};

/** A playbook as a person would write it: without what has a default. */
export const toYaml = ({ inputs, steps, ...rest }: Playbook): string => {
  const { playbook, id, version, name, description, examples, tools, egress, profile, budget, result } = rest;
  const asked = inputs.map(({ id: inputId, title, hint, type, choices, required }) => ({
    id: inputId,
    title,
    ...(hint ? { hint } : {}),
    type,
    ...(choices.length > 0 ? { choices } : {}),
    ...(required ? {} : { required }),
  }));
  const head = { description, examples, inputs: asked, tools, egress };
  const said = Object.fromEntries(Object.entries(head).filter(([, value]) => !isEmpty(value)));
  return stringify(
    {
      playbook,
      id,
      version,
      name,
      ...said,
      profile,
      budget,
      steps: steps.map(short),
      ...(result.length > 0 ? { result } : {}),
    },
    { lineWidth: 120, aliasDuplicateObjects: false },
  );
};
