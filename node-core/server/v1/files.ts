import { z } from 'zod';
import { type Clock, newId } from '../../common/index.ts';
import { AppError } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { displayName } from '../../workspace/attachments.ts';
import { badField, parseInput } from './input.ts';
import type { ApiRequest, Route } from './route.ts';

export interface FilesComponents {
  /** @throws AppError `VAULT_LOCKED` */
  readonly store: () => Store;
  readonly clock: Clock;
}

const maxFileBytes = 64 * 1024 * 1024;
const maxPage = 10_000;
const blobType = 'api-file';
const Purpose = z.enum(
  ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'],
  'must be one of "assistants", "batch", "fine-tune", "vision", "user_data", "evals"',
);
const ListQuery = z.strictObject({
  purpose: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(maxPage).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  after: z.string().optional(),
});
const Form = z.strictObject({ purpose: Purpose, file: z.instanceof(File, { error: 'must be a file with a name' }) });

interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly size: number;
  readonly createdAt: number;
}

const describe = ({ id, name, purpose, size, createdAt }: FileRow) => ({
  id,
  object: 'file',
  bytes: size,
  created_at: Math.floor(createdAt / 1_000),
  filename: name,
  purpose,
  status: 'processed',
});

/** A file that a request names in place of its contents. @throws AppError `NOT_FOUND` */
export const readApiFile = (store: Store, id: string): { readonly name: string; readonly data: Uint8Array } => {
  const row = store.first(store.qb.selectFrom('apiFile').select('name').where('id', '=', id));
  if (row) return { name: row.name, data: store.blobs.get(id, blobType) };
  throw new AppError('NOT_FOUND', `There is no file "${id.slice(0, 100)}". GET /v1/files lists what there is.`);
};

/** Files that programs keep here, sealed in the vault; only the requests that name them read them. */
export const fileRoutes = ({ store, clock }: FilesComponents): readonly Route[] => {
  const find = ({ params: { id = '' } }: ApiRequest): FileRow => {
    const from = store();
    const row = from.first(from.qb.selectFrom('apiFile').selectAll().where('id', '=', id));
    if (row) return row;
    throw new AppError('NOT_FOUND', 'There is no such file. GET /v1/files lists what there is.');
  };

  const add = async ({ purpose, file }: z.infer<typeof Form>): Promise<FileRow> => {
    const data = new Uint8Array(await file.arrayBuffer());
    const to = store();
    const row = {
      id: `file-${newId()}`,
      name: displayName(file.name),
      purpose,
      size: data.length,
      createdAt: clock.now(),
    };
    // The contents first: a row whose contents are missing would be a lie.
    to.blobs.put(row.id, blobType, data);
    to.write((tx) => tx.run(to.qb.insertInto('apiFile').values(row)));
    return row;
  };

  const list = (query: URLSearchParams) => {
    const { purpose, limit = maxPage, order = 'desc', after } = parseInput(ListQuery, Object.fromEntries(query));
    const from = store();
    const rows = from.all(from.qb.selectFrom('apiFile').selectAll().orderBy('createdAt', order).orderBy('id', order));
    const wanted = purpose === undefined ? rows : rows.filter((row) => row.purpose === purpose);
    const start = after === undefined ? 0 : wanted.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && start === 0) throw badField('after', 'there is no such file');
    const page = wanted.slice(start, start + limit);
    return {
      object: 'list',
      data: page.map(describe),
      first_id: page[0]?.id ?? null,
      last_id: page.at(-1)?.id ?? null,
      has_more: start + page.length < wanted.length,
    };
  };

  return [
    {
      method: 'POST',
      pattern: '/v1/files',
      maxBytes: maxFileBytes,
      handle: async (request) => ({ json: describe(await add(parseInput(Form, await formOf(request)))) }),
    },
    { method: 'GET', pattern: '/v1/files', handle: async ({ query }) => ({ json: list(query) }) },
    { method: 'GET', pattern: '/v1/files/:id', handle: async (request) => ({ json: describe(find(request)) }) },
    {
      method: 'GET',
      pattern: '/v1/files/:id/content',
      async handle(request) {
        const { id } = find(request);
        return {
          headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
          bytes: store().blobs.get(id, blobType),
        };
      },
    },
    {
      method: 'DELETE',
      pattern: '/v1/files/:id',
      async handle(request) {
        const { id } = find(request);
        const from = store();
        from.write((tx) => tx.run(from.qb.deleteFrom('apiFile').where('id', '=', id)));
        from.blobs.remove(id);
        return { json: { id, object: 'file', deleted: true } };
      },
    },
  ];
};

/** @throws AppError `BAD_REQUEST` where the body is no form */
const formOf = async ({ headers, bytes }: ApiRequest): Promise<Record<string, unknown>> => {
  const type = headers['content-type'];
  const refusal = () => new AppError('BAD_REQUEST', 'Send the file as multipart/form-data, with "file" and "purpose".');
  if (typeof type !== 'string' || !type.startsWith('multipart/form-data')) throw refusal();
  const body = new Uint8Array(await bytes());
  try {
    return Object.fromEntries(await new Response(body, { headers: { 'content-type': type } }).formData());
  } catch {
    // Without its cause: the parser's message may quote what was sent.
    throw refusal();
  }
};
