import type { Octokit } from '@octokit/core';
import { z } from 'zod';
import { answerOf, type Service, serviceAddress } from '../rest.ts';
import type { ToolContext } from '../types.ts';

export const service: Service = {
  title: 'GitHub',
  address: 'https://api.github.com/',
  fault: (body) => z.object({ message: z.string() }).safeParse(body).data?.message,
};

const cutHeader = 'x-jan-cut';

/** Whether an answer is longer than is read of one. */
export const isCut = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): boolean =>
  headers[cutHeader] !== undefined;

/**
 * GitHub's own client. Its way out is the guarded `fetch`, so that one place decides which hosts are reached, how much is read and how long
 * is waited; an error is one of ours, in words for a person.
 */
export const github = async (context: ToolContext): Promise<Octokit> => {
  const { Octokit: Client } = await import('@octokit/core');
  const token = context.setting('token');
  const silent = (): void => undefined;
  const octokit = new Client({
    ...(token ? { auth: token } : {}),
    baseUrl: serviceAddress(service, context).replace(/\/$/u, ''),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: async (url: string, request: Parameters<ToolContext['fetch']>[1]): Promise<Response> => {
        const { status, headers: given, body, truncated } = await answerOf(service, context, url, request);
        const headers = new Headers(given);
        // All that is asked for is text; a type that is none would be an error of the client.
        const isJson = /^application\/json\b/iu.test(headers.get('content-type') ?? '');
        headers.set('content-type', isJson ? 'application/json' : 'text/plain; charset=utf-8');
        headers.delete(cutHeader);
        if (truncated) headers.set(cutHeader, 'true');
        return new Response(new Uint8Array(body), { status, headers });
      },
    },
  });
  octokit.hook.before('request', ({ headers }) => {
    headers['x-github-api-version'] = '2022-11-28';
    // Nothing of the machine.
    headers['user-agent'] = 'Jan';
  });
  octokit.hook.error('request', (error) => {
    throw error.cause instanceof Error ? error.cause : error;
  });
  return octokit;
};

/** The two parts of `owner/name`. */
export const partsOf = (repository: string): { readonly owner: string; readonly repo: string } => {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
};
