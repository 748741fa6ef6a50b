import { sql } from 'kysely';
import { Emitter } from '../../common/index.ts';
import {
  AppError,
  type CallEntry,
  type CallFilter,
  type CallNews,
  type ContractHandlers,
  type RunDetail,
} from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import type { JournalEntry } from '../journal.ts';
import { type Cursor, findPlace, findPlaces } from './find-calls.ts';
import { createTextFilter, readCall, readEntry } from './read-call.ts';

const pageSize = 100;
/** Calls looked at in one query; fewer where their texts are read too, which may be long. */
const atOnce = { places: 1_000, texts: 50 };
/** The node does nothing else meanwhile: a filter that means few calls answers with what it has. */
const longestLook = 40;
const exportedAtOnce = 100;
/** News of one look. */
const mostNews = 200;

const toCursor = ({ at, runId, seq }: Cursor): string => `${at} ${runId} ${seq}`;
const fromCursor = (text: string): Cursor => {
  const [, at, runId, seq] = /^(\d{1,16}) (\S+) (\d{1,16})$/u.exec(text) ?? [];
  if (at === undefined || runId === undefined || seq === undefined)
    throw new AppError('BAD_REQUEST', 'There is no such page of calls. Begin with the newest.');
  return { at: Number(at), runId, seq: Number(seq) };
};

/** The calls of all runs, read from their journals. */
export interface Calls {
  readonly handlers: ContractHandlers['calls'];
  /** What was written to a journal, once it is on disk. */
  hear(run: RunDetail, entries: readonly JournalEntry[]): void;
  /** Ends every watcher; new ones may come. */
  close(): void;
}

export const createCalls = ({ store }: { readonly store: () => Store }): Calls => {
  const changed = new Emitter<{ readonly runId: string; readonly id: string }>();
  const closed = new Emitter<void>();

  /** Calls that the filter means, newest first, with how far was looked after each batch. */
  function* look(filter: CallFilter, from: Cursor | null, wanted: number) {
    const { text, ...rest } = filter;
    const holds = text === undefined || text.trim() === '' ? undefined : createTextFilter(store(), text.trim());
    const isNarrow = rest.state !== undefined || rest.allowedBy !== undefined;
    const batch = holds ? atOnce.texts : isNarrow ? atOnce.places : wanted + 1;
    let before = from;
    for (;;) {
      const { places, end } = findPlaces(store(), rest, before, batch);
      yield { places: holds ? places.filter(holds) : places, end };
      if (end === null) return;
      before = end;
    }
  }

  return {
    hear(run, entries) {
      const ids = new Set<string>();
      for (const entry of entries) {
        if (entry.type === 'ask') {
          if (entry.about.type === 'approve') ids.add(entry.about.call.id);
        } else if (
          entry.type === 'call' ||
          entry.type === 'refused' ||
          entry.type === 'call-done' ||
          entry.type === 'call-failed' ||
          entry.type === 'call-lost'
        )
          ids.add(entry.id);
        else if (entry.type === 'ended')
          for (const call of run.playbook?.calls ?? []) if (call.endedAt === run.endedAt) ids.add(call.id);
      }
      for (const id of ids) changed.fire({ runId: run.id, id });
    },

    close: () => closed.fire(),

    handlers: {
      list({ before, limit = pageSize, ...filter }) {
        const until = performance.now() + longestLook;
        const calls: CallEntry[] = [];
        for (const { places, end } of look(filter, before === undefined ? null : fromCursor(before), limit)) {
          for (const place of places) {
            calls.push(readEntry(store(), place));
            if (calls.length === limit) return { calls, next: toCursor(place), reachedAt: place.at };
          }
          if (end !== null && performance.now() > until) return { calls, next: toCursor(end), reachedAt: end.at };
        }
        return { calls, next: null, reachedAt: null };
      },

      get({ runId, id }) {
        const place = findPlace(store(), {}, runId, id);
        if (!place)
          throw new AppError(
            'NOT_FOUND',
            'There is no such call. It may belong to another vault; look at the list again.',
          );
        const call = readCall(store(), place);
        const step = store().first<{ title: string }>(
          sql<{ title: string }>`select data ->> '$.title' as title from journal
            where runId = ${runId} and type in ('step', 'taken') and data ->> '$.index' = ${call.index}`.compile(
            store().qb,
          ),
        );
        return { call, run: { id: runId, title: place.runTitle }, step: step?.title ?? null };
      },

      tools: () =>
        store()
          .all(
            // From one to the next by the index, however often each was called.
            sql<{ tool: string }>`
              with recursive one (tool) as (
                select min(tool) from journal where tool is not null
                union all
                select (select min(tool) from journal where tool is not null and tool > one.tool) from one where one.tool is not null
              )
              select tool from one where tool is not null`.compile(store().qb),
          )
          .map(({ tool }) => tool),

      async *watch(filter, { signal }) {
        const { text, ...rest } = filter;
        const pending = new Map<string, { readonly runId: string; readonly id: string }>();
        let wake: (() => void) | undefined;
        let over = false;
        const end = () => {
          over = true;
          wake?.();
        };
        const subscriptions = [
          changed.event((call) => {
            pending.set(`${call.runId} ${call.id}`, call);
            wake?.();
          }),
          closed.event(end),
        ];
        signal.addEventListener('abort', end);
        const newsOf = ({ runId, id }: { readonly runId: string; readonly id: string }): CallNews => {
          const place = findPlace(store(), rest, runId, id);
          const isMeant = place !== undefined && (!text?.trim() || createTextFilter(store(), text.trim())(place));
          return { runId, id, call: isMeant ? readEntry(store(), place) : null };
        };
        try {
          yield [];
          while (!over && !signal.aborted) {
            if (pending.size === 0) {
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
              continue;
            }
            const now = [...pending].slice(0, mostNews);
            for (const [key] of now) pending.delete(key);
            yield now.map(([, call]) => newsOf(call));
          }
        } finally {
          for (const subscription of subscriptions) subscription.dispose();
          signal.removeEventListener('abort', end);
        }
      },

      async *export(filter, { signal }) {
        for (const { places } of look(filter, null, exportedAtOnce)) {
          let lines = '';
          for (const place of places) {
            const run = { id: place.runId, title: place.runTitle };
            lines += `${JSON.stringify({ run, ...readCall(store(), place) })}\n`;
            if (lines.length < 256_000) continue;
            yield lines;
            lines = '';
          }
          if (lines !== '') yield lines;
          // Between two batches others have their turn.
          await new Promise((resolve) => setImmediate(resolve));
          if (signal.aborted) return;
        }
      },
    },
  };
};
