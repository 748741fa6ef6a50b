import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Span } from '../../../../node-core/contract/index.ts';
import { FaultNote, SkeletonRows, walkRows } from '../../components/index.ts';
import { formatDuration } from '../../days.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { Visible } from './exact.tsx';
import css from './playbook-body.module.css';

interface Placed {
  readonly span: Span;
  readonly depth: number;
}

/** Spans below the one that they belong to, in the order they began. */
const inOrder = (spans: readonly Span[]): Placed[] => {
  const ids = new Set(spans.map(({ id }) => id));
  const children = Map.groupBy(
    spans.toSorted((a, b) => a.startedAt - b.startedAt),
    ({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null),
  );
  const below = (id: string | null, depth: number): Placed[] =>
    (children.get(id) ?? []).flatMap((span) => [{ span, depth }, ...below(span.id, depth + 1)]);
  return below(null, 0);
};

const textsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value && typeof value.content === 'string') return [value.content];
  return 'parts' in value ? textsIn(value.parts) : [];
};

/** Messages as they were written; anything else as it is. */
const shown = (name: string, value: Span['attributes'][string]): string => {
  if (typeof value !== 'string' || !/\.messages$/u.test(name)) return String(value);
  const texts = textsIn(JSON.parse(value));
  return texts.length === 0 ? value : texts.join('\n');
};

/** What took how long, one below the other. */
export const TraceTab = ({ id, isRunning, now }: { id: string; isRunning: boolean; now: number }) => {
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ['run-trace', id],
    queryFn: ({ signal }) => api.runs.trace({ id }, { signal }),
    staleTime: 0,
    ...(isRunning ? { refetchInterval: 1_500 } : {}),
  });
  if (isPending) return <SkeletonRows count={6} height={28} />;
  if (error)
    return (
      <FaultNote
        what="The trace can't be shown."
        error={error}
        action={{
          label: 'Try again',
          run: () => void queryClient.invalidateQueries({ queryKey: ['run-trace', id] }),
        }}
      />
    );
  if (data.length === 0) return <p className={css.none}>Nothing was traced{isRunning ? ' yet' : ''}.</p>;
  const from = Math.min(...data.map(({ startedAt }) => startedAt));
  const to = Math.max(from + 1, ...data.map(({ endedAt }) => endedAt ?? now));
  const share = (millis: number): string => `${(millis / (to - from)) * 100}%`;
  return (
    <ol className={css.trace} aria-label="Trace" data-testid="trace" onKeyDown={walkRows}>
      {inOrder(data).map(({ span, depth }) => {
        const took = (span.endedAt ?? now) - span.startedAt;
        return (
          <li key={span.id}>
            <button
              type="button"
              className={css.span}
              aria-expanded={open === span.id}
              data-row
              data-error={span.error !== null || undefined}
              onClick={() => setOpen(open === span.id ? null : span.id)}
            >
              <span className={css.spanName} style={{ paddingLeft: depth * 12 }}>
                {span.name}
              </span>
              <span className={css.lane} aria-hidden>
                <span style={{ left: share(span.startedAt - from), width: `max(2px, ${share(took)})` }} />
              </span>
              <span className={css.took}>{formatDuration(took)}</span>
            </button>
            {open === span.id ? (
              <dl className={css.attributes}>
                {span.error ? (
                  <div>
                    <dt>error</dt>
                    <dd>{span.error}</dd>
                  </div>
                ) : null}
                {Object.entries(span.attributes).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <Visible text={shown(name, value)} />
                    </dd>
                  </div>
                ))}
              </dl>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
};
