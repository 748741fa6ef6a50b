import { useQuery } from '@tanstack/react-query';
import { IconArrowBackUp, IconHistory, IconPlug, IconSparkles, IconUser } from '@tabler/icons-react';
import type { HistoryEntry } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { undo } from '../tasks/actions.ts';
import css from './history-view.module.css';

const actors = { user: [IconUser, 'You'], agent: [IconSparkles, 'The agent'], api: [IconPlug, 'A program'] } as const;

const Row = ({ entry }: { entry: HistoryEntry }) => {
  const [Glyph, who] = actors[entry.actor];
  return (
    <li className={css.row} data-undone={entry.undone || undefined} data-testid="history-row">
      <Glyph size={16} stroke={1.6} className={css.icon} data-actor={entry.actor} aria-label={who} />
      {entry.runId ? (
        <a className={css.label} href={hrefOf({ view: 'run', id: entry.runId })}>
          {entry.label}
        </a>
      ) : (
        <span className={css.label}>{entry.label}</span>
      )}
      <span className={css.when}>{entry.undone ? 'undone' : formatMoment(entry.at)}</span>
      {entry.undone ? (
        <span className={css.blank} />
      ) : (
        <IconButton icon={IconArrowBackUp} label={`Undo: ${entry.label}`} onClick={() => void undo(entry.id)} />
      )}
    </li>
  );
};

export const HistoryView = () => {
  const {
    data: entries,
    error,
    isPending,
  } = useQuery({ queryKey: ['history'], queryFn: ({ signal }) => api.history.list({ limit: 200 }, { signal }) });
  return (
    <View title="History" testId="view-history" context="Every change, yours and the agent’s; each can be taken back">
      {isPending ? <SkeletonRows count={10} /> : null}
      {error ? (
        <FaultNote
          what="The history can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: ['history'] }) }}
        />
      ) : null}
      <ol className={css.list}>
        {entries?.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </ol>
      {entries?.length === 0 ? (
        <EmptyState
          icon={IconHistory}
          title="Nothing has changed yet"
          text="Each change will stand here as one line. z takes the newest back from any list."
        />
      ) : null}
    </View>
  );
};
