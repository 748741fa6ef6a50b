import { Button } from '@mantine/core';
import { IconArrowUpRight, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CallEntry } from '../../../../node-core/contract/index.ts';
import { FaultNote, Pane, SkeletonRows } from '../../components/index.ts';
import { formatDuration } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { CallBody } from '../runs/call-inspector.tsx';
import { Visible } from '../runs/exact.tsx';
import css from './calls.module.css';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

interface PaneProps {
  readonly entry: CallEntry;
  readonly now: number;
  readonly onClose: () => void;
  /** Shows the calls of its run alone. */
  readonly onRun: () => void;
}

/** All that is known of one call. */
export const CallPane = ({ entry, now, onClose, onRun }: PaneProps) => {
  const { runId, id, state, tool } = entry;
  const key = ['call', runId, id, state];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.calls.get({ runId, id }, { signal }),
    // A long result is not kept for long.
    gcTime: 30_000,
    placeholderData: (before) => (before?.call.id === id && before.run.id === runId ? before : undefined),
  });
  return (
    <Pane title={tool} testId="call-pane" onClose={onClose}>
      <p className={css.when}>
        {moment.format(entry.startedAt)}
        {state === 'waiting' ? '' : `, ${formatDuration((entry.endedAt ?? now) - entry.startedAt)}`}
      </p>
      <p className={css.ofRun}>
        <a href={hrefOf({ view: 'run', id: runId, call: id })}>
          <Visible text={entry.runTitle} />
          <IconArrowUpRight size={16} stroke={1.6} aria-hidden />
        </a>
      </p>
      {error ? (
        <FaultNote
          what="This call can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: key }) }}
        />
      ) : null}
      {!data && !error ? <SkeletonRows count={4} height={28} /> : null}
      {data ? <CallBody call={data.call} runId={runId} step={data.step ?? 'not known'} /> : null}
      <Button variant="default" leftSection={<IconFilter size={16} stroke={1.6} aria-hidden />} onClick={onRun}>
        Only the calls of this run
      </Button>
    </Pane>
  );
};
