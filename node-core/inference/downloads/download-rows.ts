import { z } from 'zod';
import type { ModelRow } from '../model-rows.ts';
import type { Store } from '../../storage/index.ts';

const FileRecord = z.object({
  path: z.string(),
  total: z.number().int().nonnegative().nullable(),
  validator: z.string().nullable(),
  sha256: z.string().nullable(),
  ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
});
const Fault = z.object({ code: z.string(), message: z.string() });

const Record = z.object({
  id: z.string(),
  /** A download that the node was killed over is `queued` when it comes back. */
  state: z.enum(['queued', 'paused', 'failed']),
  files: z.array(FileRecord),
  error: Fault.nullable(),
  createdAt: z.number(),
});
/** What the vault keeps of a download. */
export type DownloadRecord = z.infer<typeof Record>;

export interface Digest {
  readonly repository: string;
  /** With its revision before it: another revision is another file. */
  readonly file: string;
  readonly sha256: string;
}

/** Downloads and the digests they had. */
export const createDownloadRows = (store: () => Store) => ({
  all(): DownloadRecord[] {
    const { all, qb } = store();
    return all(qb.selectFrom('download').selectAll().orderBy('createdAt').orderBy('id')).map((row) =>
      Record.parse({
        ...row,
        files: JSON.parse(row.files),
        error: row.error === null ? null : JSON.parse(row.error),
      }),
    );
  },
  put({ id, state, files, error, createdAt }: DownloadRecord): void {
    const { qb, write } = store();
    const rest = { state, files: JSON.stringify(files), error: error && JSON.stringify(error), createdAt };
    write((tx) =>
      tx.run(
        qb
          .insertInto('download')
          .values({ id, ...rest })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(rest)),
      ),
    );
  },
  remove(id: string): void {
    const { qb, write } = store();
    write((tx) => tx.run(qb.deleteFrom('download').where('id', '=', id)));
  },
  digest(repository: string, file: string): string | null {
    const { first, qb } = store();
    const row = first(
      qb.selectFrom('modelDigest').select('sha256').where('repository', '=', repository).where('file', '=', file),
    );
    return row?.sha256 ?? null;
  },
  /** The download is a model from now on. */
  finish(id: string, model: ModelRow, digests: readonly Digest[]): void {
    const { qb, write } = store();
    write((tx) => {
      tx.run(qb.deleteFrom('download').where('id', '=', id));
      tx.run(qb.insertInto('model').values(model));
      for (const digest of digests)
        tx.run(
          qb
            .insertInto('modelDigest')
            .values({ ...digest, takenAt: model.addedAt })
            .onConflict((conflict) => conflict.columns(['repository', 'file']).doUpdateSet({ sha256: digest.sha256 })),
        );
    });
  },
});
export type DownloadRows = ReturnType<typeof createDownloadRows>;
