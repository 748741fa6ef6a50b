import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../storage/durable-file.ts';

const Endpoint = z.object({
  url: z.url({ protocol: /^http$/ }),
  apiKey: z.string().min(1),
  pid: z.number().int().positive(),
});
/** Where a running node is found, and the key to it; readable by its user alone. */
export type Endpoint = z.infer<typeof Endpoint>;

const endpointPath = (dataDir: string): string => join(dataDir, 'endpoint.json');

/** Replaces the file as a whole: a reader sees the old one or the new one, never half of it. */
export const writeEndpoint = (dataDir: string, endpoint: Endpoint): void =>
  writeDurably(endpointPath(dataDir), [Buffer.from(`${JSON.stringify(endpoint)}\n`)], 0o600);

/** Removes the file, unless another node has put its own there since. */
export const removeEndpoint = (dataDir: string, apiKey: string): void => {
  if (readEndpoint(dataDir)?.apiKey === apiKey) rmSync(endpointPath(dataDir), { force: true });
};

/** What the file says; a node that was killed leaves it behind, so ask the node itself before relying on it. */
export const readEndpoint = (dataDir: string): Endpoint | undefined => {
  let text: string;
  try {
    text = readFileSync(endpointPath(dataDir), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return Endpoint.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
