import { type CompiledQuery, sql } from 'kysely';
import type { CallFilter, ToolCall } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';

/** Where a call begins in the journals. */
export interface CallPlace {
  readonly at: number;
  readonly runId: string;
  readonly seq: number;
  readonly callId: string;
  readonly runTitle: string;
  readonly runEndedAt: number | null;
  readonly state: ToolCall['state'];
  readonly allowedBy: string | null;
}
export type Cursor = Pick<CallPlace, 'at' | 'runId' | 'seq'>;

/** Everything but the text, which takes reading the entries. */
export type PlaceFilter = Omit<CallFilter, 'text'>;

/** Of {@link foldCall}: what the last entry of a call comes to. */
const state = sql`case last
  when 'call-done' then 'done' when 'call-failed' then 'failed' when 'refused' then 'refused' when 'call-lost' then 'unknown'
  when 'ask' then case when runEndedAt is null then 'waiting' else 'refused' end
  else case when runEndedAt is null then 'running' when effect = 'read' then 'failed' else 'unknown' end end`;

const whose = {
  person: sql`allowedBy = 'you'`,
  rule: sql`allowedBy <> 'you'`,
  nobody: sql`allowedBy is null`,
} as const;

/**
 * The places of `count` calls before `before`, newest first; those that the filter does not mean are looked at and left out. By the indexes of
 * the journal alone: a call begins where there is no earlier entry of it.
 */
const placesQuery = (
  store: Store,
  { tool, effect, state: wanted, allowedBy, runId }: PlaceFilter,
  before: Cursor | null,
  count: number,
): CompiledQuery<CallPlace & { readonly isMeant: number }> =>
  sql<CallPlace & { readonly isMeant: number }>`
    with head as materialized (
      select at, runId, seq, callId, effect from journal h
      where tool is not null
        ${before === null ? sql`` : sql`and (at, runId, seq) < (${before.at}, ${before.runId}, ${before.seq})`}
        ${tool === undefined ? sql`` : sql`and tool = ${tool}`}
        ${effect === undefined ? sql`` : sql`and effect = ${effect}`}
        ${runId === undefined ? sql`` : sql`and runId = ${runId}`}
        and not exists (select 1 from journal e where e.runId = h.runId and e.callId = h.callId and e.seq < h.seq)
      order by at desc, runId desc, seq desc limit ${count}
    ), seen as (
      select head.*, run.title as runTitle, run.endedAt as runEndedAt,
        (select type from journal l where l.runId = head.runId and l.callId = head.callId order by seq desc limit 1) as last,
        (select allowedBy from journal l where l.runId = head.runId and l.callId = head.callId and type = 'call'
          order by seq desc limit 1) as allowedBy
      from head join run on run.id = head.runId
    )
    select at, runId, seq, callId, runTitle, runEndedAt, allowedBy, ${state} as state,
      ${wanted === undefined ? sql`1` : sql`(${state}) = ${wanted}`}
        and ${allowedBy === undefined ? sql`1` : sql`ifnull(${whose[allowedBy]}, 0)`} as isMeant
    from seen order by at desc, runId desc, seq desc`.compile(store.qb);

export interface Found {
  readonly places: readonly CallPlace[];
  /** How far was looked; null where there is no more. */
  readonly end: Cursor | null;
}

export const findPlaces = (store: Store, filter: PlaceFilter, before: Cursor | null, count: number): Found => {
  const looked = store.all(placesQuery(store, filter, before, count));
  return {
    places: looked.filter(({ isMeant }) => isMeant === 1),
    end: looked.length < count ? null : (looked.at(-1) ?? null),
  };
};

/** One call, where the filter means it. */
export const findPlace = (store: Store, filter: PlaceFilter, runId: string, callId: string): CallPlace | undefined => {
  if (filter.runId !== undefined && filter.runId !== runId) return undefined;
  const [first] = store.all(
    sql<Cursor>`select at, runId, seq from journal where runId = ${runId} and callId = ${callId} order by seq limit 1`.compile(
      store.qb,
    ),
  );
  if (!first) return undefined;
  const { places } = findPlaces(store, { ...filter, runId }, { ...first, seq: first.seq + 1 }, 1);
  return places.find((place) => place.callId === callId);
};
