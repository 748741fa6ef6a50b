import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Contestant, ContestantOptions, Timing } from './contestant.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** llama.cpp's own server, over HTTP, with as many slots as sequences and what is otherwise its default. */
export const startLlamaServer = async (
  binary: string,
  { model, sequences, contextLength }: ContestantOptions,
  threads: number,
): Promise<Contestant> => {
  const port = await freePort();
  const begun = performance.now();
  const counts = ['-np', String(sequences), '-c', String(contextLength * sequences), '-t', String(threads)];
  const args = ['-m', model, '--host', '127.0.0.1', '--port', String(port), ...counts, '--no-webui'];
  const child = spawn(binary, args, { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const agent = new Agent({ keepAlive: true });
  const get = (path: string): Promise<number> =>
    new Promise((resolve) => {
      request({ port, host: '127.0.0.1', path, agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      })
        .once('error', () => resolve(0))
        .end();
    });
  while ((await get('/health')) !== 200) await wait(5);
  const readyMs = performance.now() - begun;
  return {
    pid: child.pid ?? 0,
    readyMs,
    ask: (prompt, maxTokens) =>
      new Promise<Timing>((resolve, reject) => {
        const body = JSON.stringify({ prompt, n_predict: maxTokens, temperature: 0, stream: true, cache_prompt: true });
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
        const start = performance.now();
        let firstMs = 0;
        const asked = request(
          { port, host: '127.0.0.1', path: '/completion', method: 'POST', agent, headers },
          (response) => {
            response.on('data', () => {
              firstMs ||= performance.now() - start;
            });
            response.once('end', () => resolve({ firstMs, totalMs: performance.now() - start, tokens: maxTokens }));
          },
        );
        asked.once('error', reject);
        asked.end(body);
      }),
    async stop() {
      child.kill();
      await exited;
    },
  };
};
