import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Playbook } from '../../../../node-core/contract/index.ts';
import { NumberFields } from '../../components/index.ts';
import { Area } from './form-fields.tsx';
import type { PlanDraft } from './plan-edits.ts';
import { useTools } from './queries.ts';
import form from './form.module.css';
import css from './plan-section.module.css';

interface PlanLimitsProps {
  readonly draft: PlanDraft;
  readonly onChange: (draft: PlanDraft, mark?: string) => void;
}

const hostsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/u)
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  ),
];

/** Hosts as they are typed; what is between two of them is none yet. */
const HostsField = ({ hosts, onChange }: { hosts: readonly string[]; onChange: (hosts: string[]) => void }) => {
  const [text, setText] = useState(hosts.join('\n'));
  const kept = hosts.join('\n');
  useEffect(() => setText((old) => (hostsIn(old).join('\n') === kept ? old : kept)), [kept]);
  return (
    <Area
      label="Computers that it may reach"
      hint="One a line: example.org, *.example.org, or * for any of the internet; none: it stays here"
      code
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(hostsIn(next));
      }}
    />
  );
};

/** What the plan may use: tools, other computers, and how much of everything. */
export const PlanLimits = ({ draft, onChange }: PlanLimitsProps) => {
  const { items } = useTools();
  const { playbook } = draft;
  const used = new Set(playbook.steps.flatMap((step) => (step.kind === 'tool' ? [step.tool] : [])));
  const names = [...new Set([...playbook.tools, ...items.map(({ name }) => name)])];
  const write = (patch: Partial<Playbook>, mark?: string): void =>
    onChange({ ...draft, playbook: { ...playbook, ...patch } }, mark);
  const figure = (name: keyof Playbook['budget'], value: number | undefined): void => {
    if (value !== undefined) write({ budget: { ...playbook.budget, [name]: value } }, `budget ${name}`);
  };
  return (
    <div className={form.form} data-testid="plan-limits">
      <fieldset className={css.fieldset}>
        <legend>Tools that it may call</legend>
        <div className={css.tools}>
          {names.map((name) => (
            <Checkbox
              key={name}
              label={name}
              description={used.has(name) ? 'called by a step' : undefined}
              checked={playbook.tools.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                write({ tools: checked ? [...playbook.tools, name] : playbook.tools.filter((one) => one !== name) })
              }
            />
          ))}
        </div>
      </fieldset>
      <HostsField hosts={playbook.egress} onChange={(egress) => write({ egress }, 'egress')} />
      <div className={css.pair}>
        <NumberFields
          fields={[
            { name: 'tokens', label: 'Tokens at most', min: 1, max: 10_000_000, whole: true, placeholder: '' },
            { name: 'calls', label: 'Calls at most', min: 1, max: 10_000, whole: true, placeholder: '' },
            { name: 'seconds', label: 'Seconds at most', min: 1, max: 604_800, whole: true, placeholder: '' },
            { name: 'cost', label: 'Cost at most', min: 0, max: 1_000_000, placeholder: '0' },
          ]}
          values={playbook.budget}
          onChange={figure}
        />
      </div>
    </div>
  );
};
