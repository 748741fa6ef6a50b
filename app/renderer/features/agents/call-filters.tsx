import { CloseButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { CallFilter, Run } from '../../../../node-core/contract/index.ts';
import { Choice } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { callStates } from '../runs/call-inspector.tsx';
import { effectNames } from '../runs/exact.tsx';
import { useRuns } from '../runs/queries.ts';
import css from './calls.module.css';

const all = '';
const typingPause = 250;
const mostRuns = 60;

const allowers = { person: 'By you', rule: 'By a rule', nobody: 'By nobody' } as const;
const choices = (first: string, names: Readonly<Record<string, string>>) => [
  { value: all, label: first },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

const runName = ({ title, createdAt }: Run): string => `${title.slice(0, 60)}, ${formatMoment(createdAt)}`;

interface FiltersProps {
  readonly filter: CallFilter;
  readonly onFilter: (filter: CallFilter) => void;
  /** Another where the filter was set from elsewhere: what is typed gives way to it. */
  readonly turn: number;
  /** The tool that was called last: where it is another, there may be one more to choose. */
  readonly newest: string | undefined;
  /** From the words down to the list. */
  readonly onDown: () => void;
}

/** Which calls are shown. */
export const CallFilters = ({ filter, onFilter, turn, newest, onDown }: FiltersProps) => {
  const text = filter.text ?? '';
  const [words, setWords] = useState(text);
  const [known, setKnown] = useState(turn);
  if (known !== turn) {
    setKnown(turn);
    setWords(text);
  }
  const { runs } = useRuns();
  const { data: tools = [] } = useQuery({
    queryKey: ['called-tools', newest],
    queryFn: ({ signal }) => api.calls.tools(undefined, { signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const choose = (name: keyof CallFilter, value: string): void => {
    const { [name]: _before, ...rest } = filter;
    onFilter(value === all ? rest : { ...rest, [name]: value });
  };
  useEffect(() => {
    if (words.trim() === text) return undefined;
    const timer = setTimeout(() => choose('text', words.trim()), typingPause);
    return () => clearTimeout(timer);
  });
  const withCalls = runs.filter(({ skill }) => skill === 'playbook').slice(0, mostRuns);
  return (
    <div className={css.filters} role="group" aria-label="Which calls">
      <span className={css.words}>
        <input
          value={words}
          autoComplete="off"
          maxLength={200}
          aria-label="Words in a call"
          placeholder="Arguments, results, addresses…"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            onDown();
          }}
        />
        {words === '' ? null : <CloseButton size="sm" aria-label="Clear the words" onClick={() => setWords('')} />}
      </span>
      <Choice
        label="Tool"
        value={filter.tool ?? all}
        choices={[
          { value: all, label: 'Every tool' },
          ...[...new Set([...tools, ...(filter.tool ? [filter.tool] : [])])].map((name) => ({
            value: name,
            label: name,
          })),
        ]}
        onChange={(value) => choose('tool', value)}
      />
      <Choice
        label="Effect"
        value={filter.effect ?? all}
        choices={choices('Every effect', effectNames)}
        onChange={(value) => choose('effect', value)}
      />
      <Choice
        label="State"
        value={filter.state ?? all}
        choices={choices('Every state', callStates)}
        onChange={(value) => choose('state', value)}
      />
      <Choice
        label="Allowed"
        value={filter.allowedBy ?? all}
        choices={choices('Allowed by anyone', allowers)}
        onChange={(value) => choose('allowedBy', value)}
      />
      <Choice
        label="Run"
        value={filter.runId ?? all}
        choices={[
          { value: all, label: 'Every run' },
          ...withCalls.map((run) => ({ value: run.id, label: runName(run) })),
          ...(filter.runId && !withCalls.some(({ id }) => id === filter.runId)
            ? [{ value: filter.runId, label: 'One run' }]
            : []),
        ]}
        onChange={(value) => choose('runId', value)}
      />
    </div>
  );
};
