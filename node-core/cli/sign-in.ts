import { z } from 'zod';
import type { Config } from '../config/index.ts';
import { AppError } from '../contract/index.ts';
import { readEndpoint } from '../server/endpoint-file.ts';
import type { Output } from './output.ts';

const Answer = z.object({ url: z.string(), expires_at: z.number() });

/** An address that signs one browser in at the running node. */
export const printSignIn = async (config: Config, output: Output): Promise<void> => {
  const answer = Answer.parse(await ask(config));
  if (output.json) return output.printJson(answer);
  output.print(answer.url);
  output.note('It works once, within ten minutes.');
};

const ask = async (config: Config): Promise<unknown> => {
  const notRunning = (cause?: unknown) =>
    new AppError('NOT_FOUND', 'No node runs on this data directory. Start one with "jan serve".', { cause });
  const endpoint = readEndpoint(config.dataDir);
  if (!endpoint) throw notRunning();
  try {
    const answer = await fetch(`${endpoint.url}/pair/sign-in`, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.apiKey}` },
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw notRunning();
    return await answer.json();
  } catch (error) {
    throw error instanceof AppError ? error : notRunning(error);
  }
};
