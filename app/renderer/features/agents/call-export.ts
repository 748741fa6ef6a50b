import type { CallFilter } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';
import { saveAs } from './files.ts';

/** Hands the calls that the filter means over as a file, one per line; says how many lines there are so far. */
export const exportCalls = async (
  filter: CallFilter,
  signal: AbortSignal,
  onCount: (calls: number) => void,
): Promise<void> => {
  const pieces: string[] = [];
  let count = 0;
  for await (const piece of await api.calls.export(filter, { signal })) {
    pieces.push(piece);
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) count += 1;
    onCount(count);
  }
  if (!signal.aborted) saveAs('calls.jsonl', new Blob(pieces, { type: 'application/jsonl' }));
};
