import { localDay } from '../common/index.ts';
import type { UsageReport } from '../contract/index.ts';
import { type Output, printable, table } from './output.ts';
import type { NodeClient } from './session.ts';

export interface RequestOptions {
  readonly key?: string;
  readonly model?: string;
  readonly failed?: boolean;
  readonly limit?: number;
}

/** When, by which key, to which model, how it ended and how long it took. */
export const listRequests = async (
  client: NodeClient,
  output: Output,
  { key, model, failed, limit = 50 }: RequestOptions,
): Promise<void> => {
  const requests = await client.requests.list({
    limit: Math.min(limit, 1_000),
    ...(key === undefined ? {} : { keyId: key }),
    ...(model === undefined ? {} : { modelId: model }),
    ...(failed ? { outcome: 'failed' as const } : {}),
  });
  if (output.json) return output.printJson(requests);
  if (requests.length === 0) return output.print('No requests.');
  output.print(
    table([
      ['TIME', 'STATUS', 'REQUEST', 'KEY', 'MODEL', 'TOKENS', 'TOOK'],
      ...requests.map((request) => [
        new Date(request.at).toISOString().slice(0, 19),
        request.errorCode === null ? String(request.status) : `${request.status} ${request.errorCode}`,
        `${request.method} ${request.path}`,
        printable(request.keyName),
        printable(request.modelId ?? ''),
        String(request.promptTokens + request.outputTokens),
        `${Math.round(request.durationMs)} ms`,
      ]),
    ]),
  );
};

export const clearRequests = async (client: NodeClient, output: Output): Promise<void> => {
  await client.requests.clear();
  if (output.json) return output.printJson({ cleared: true });
  output.print('The log is empty.');
};

const sum = (rows: UsageReport['rows']) => {
  const total = (name: 'requests' | 'errors' | 'promptTokens' | 'cachedTokens' | 'outputTokens') =>
    String(rows.reduce((all, row) => all + row[name], 0));
  return [total('requests'), total('errors'), total('promptTokens'), total('cachedTokens'), total('outputTokens')];
};

/** By key and model, over the last days. */
export const showUsage = async (client: NodeClient, output: Output, days: number): Promise<void> => {
  const now = new Date();
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (days - 1), 12);
  const report = await client.usage.report({ from: localDay(first.getTime()), to: localDay(now.getTime()) });
  if (output.json) return output.printJson(report);
  if (report.rows.length === 0) return output.print('Nothing was used.');
  const nameOf = (id: string): string => {
    const key = report.keys.find((one) => one.id === id);
    return `${printable(key?.name ?? id)}${key?.revoked ? ' (revoked)' : ''}`;
  };
  const groups = Map.groupBy(report.rows, ({ keyId, modelId }) => `${keyId} ${modelId ?? ''}`);
  output.print(
    table([
      ['KEY', 'MODEL', 'REQUESTS', 'FAILED', 'PROMPT', 'CACHED', 'WRITTEN'],
      ...[...groups.values()].map((rows) => [
        nameOf(rows[0]?.keyId ?? ''),
        printable(rows[0]?.modelId ?? ''),
        ...sum(rows),
      ]),
      ['in all', '', ...sum(report.rows)],
    ]),
  );
};
