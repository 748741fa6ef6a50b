import type { Clock } from '../common/index.ts';
import type { ContractHandlers, RequestEntry } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import type { Batched } from './gate-writer.ts';
import type { KeyRing } from './keys.ts';

type Entry = Omit<RequestEntry, 'keyName'>;

/** The newest requests, without a word of what was asked or answered. */
export interface RequestLog extends Batched {
  add(entry: Entry): void;
  readonly handlers: ContractHandlers['requests'];
}

export interface RequestLogComponents {
  readonly openStore: () => Store | undefined;
  readonly store: () => Store;
  readonly names: KeyRing['names'];
  /** Whether the person wants it. */
  readonly isOn: () => boolean;
  /** There is something to write. */
  readonly note: () => void;
  readonly clock: Clock;
}

const mostEntries = 1_000;
const longestMillis = 7 * 86_400_000;
const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS']);

export const createRequestLog = ({ openStore, store, names, isOn, note, clock }: RequestLogComponents): RequestLog => {
  let waiting: Entry[] = [];
  return {
    add(entry) {
      if (!isOn()) return;
      waiting.push({ ...entry, method: methods.has(entry.method) ? entry.method : 'OTHER' });
      if (waiting.length > mostEntries) waiting = waiting.slice(-mostEntries);
      note();
    },
    isWaiting: () => waiting.length > 0,
    write(tx) {
      const to = openStore();
      if (!to) return;
      for (const { stream, ...entry } of waiting)
        tx.run(to.qb.insertInto('request').values({ ...entry, stream: stream ? 1 : 0 }));
      const last = to.qb.selectFrom('request').select('seq').orderBy('seq', 'desc').limit(1).offset(mostEntries);
      tx.run(to.qb.deleteFrom('request').where('seq', '<=', last));
      tx.run(to.qb.deleteFrom('request').where('at', '<', clock.now() - longestMillis));
    },
    written() {
      waiting = [];
    },
    handlers: {
      list({ keyId, modelId, outcome, limit = mostEntries }) {
        const from = store();
        const known = names();
        let query = from.qb
          .selectFrom('request')
          .selectAll()
          .where('at', '>=', clock.now() - longestMillis)
          .orderBy('seq', 'desc')
          .limit(mostEntries);
        if (keyId !== undefined) query = query.where('keyId', '=', keyId);
        if (modelId !== undefined) query = query.where('modelId', '=', modelId);
        if (outcome !== undefined) query = query.where('status', outcome === 'ok' ? '<' : '>=', 400);
        const recent = waiting.filter(
          (entry) =>
            (keyId === undefined || entry.keyId === keyId) &&
            (modelId === undefined || entry.modelId === modelId) &&
            (outcome === undefined || (outcome === 'ok') === entry.status < 400),
        );
        const stored = from.all(query).map(({ seq: _seq, stream, ...row }) => ({ ...row, stream: stream === 1 }));
        return [...recent.toReversed(), ...stored]
          .slice(0, limit)
          .map((entry) => ({ ...entry, keyName: known.get(entry.keyId)?.name ?? entry.keyId }));
      },
      clear() {
        const from = store();
        waiting = [];
        from.write((tx) => tx.run(from.qb.deleteFrom('request')));
      },
    },
  };
};
