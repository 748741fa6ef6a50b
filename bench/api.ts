// What the HTTP layer costs: alone, over a model that answers at once; and over calling the engine directly, in one interleaved run. How the
// API takes 1,000 requests at once, and what is left of 1,000 requests of mixed sizes of which a fifth is broken off. Clients
// that never read. What the server adds to the start. One line of JSON: node bench/api.ts
// A GGUF file may be named for the second part; default: random weights of the shape of a 0.5B model.
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { createIdleMemory } from '../node-core/idle-memory.ts';
import type { Inference } from '../node-core/inference/index.ts';
import { rememberModels } from '../node-core/server/index.ts';
import { writeChainGguf } from '../node-core/testing/chain-gguf.ts';
import { plainResult } from '../node-core/testing/plain-result.ts';
import { startApi, startScriptedApi } from '../node-core/testing/scripted-api.ts';
import { call, createBenchEngine, median, round } from './engine.ts';

const Order = z.object({ url: z.string(), body: z.string() });
const Times = z.object({ first: z.number(), total: z.number() });
const Start = z.object({ importMs: z.number(), listenMs: z.number() });
type Times = z.infer<typeof Times>;
type Client = (url: string, body: object) => Promise<Times>;

const lastChunk = Buffer.from('0\r\n\r\n');
const halfBillion = { layers: 24, width: 896, heads: 14, keyHeads: 2, feedForward: 4_864, vocabulary: 32_000 } as const;
const small = { layers: 6, width: 384, heads: 6, keyHeads: 2, feedForward: 1_024, vocabulary: 4_096 } as const;

/** The client lives in a process of its own: what it costs is not the server's. */
if (process.argv[2] === 'client') serveOrders();
else process.stdout.write(`${JSON.stringify(await measure(process.argv[2]))}\n`);

/** As little as a client can do: what it costs here is taken from the model. */
function serveOrders(): void {
  const sockets = new Map<string, Socket>();
  process.on('message', (message) => {
    const { url, body } = Order.parse(message);
    const { host, hostname, port, pathname } = new URL(url);
    const open = sockets.get(host);
    const line = open && !open.destroyed ? open : connect(Number(port), hostname);
    sockets.set(host, line);
    const begun = performance.now();
    let first = 0;
    const onData = (data: Buffer) => {
      first ||= performance.now();
      if (!data.subarray(-5).equals(lastChunk)) return;
      line.off('data', onData);
      process.send?.({ first: first - begun, total: performance.now() - begun });
    };
    line.on('data', onData);
    line.write(
      `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}

function startClient(): { readonly ask: Client; readonly child: ChildProcess } {
  const child = fork(import.meta.filename, ['client'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask: Client = (url, body) =>
    new Promise((resolve) => {
      child.once('message', (message) => resolve(Times.parse(message)));
      child.send({ url, body: JSON.stringify(body) });
    });
  return { ask, child };
}

async function measure(file: string | undefined) {
  const engine = createBenchEngine();
  const { dir } = engine;
  const inference = engine.open();
  const addModel = async (path: string, shape?: typeof halfBillion | typeof small): Promise<string> => {
    if (shape) writeChainGguf(path, { ...shape, contextLength: 2_048, weights: 'q4_0' });
    const { id } = await inference.models.addFile({ path }, call);
    await inference.models.load({ id }, call);
    return id;
  };
  const starts = Array.from({ length: 5 }, () =>
    Start.parse(
      JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'server-start.ts')], { encoding: 'utf8' })),
    ),
  );
  const client = startClient();
  const layer = await layerAlone(client.ask);
  const api = await startApi(rememberModels(inference));
  const large = file === undefined ? await addModel(join(dir, 'large.gguf'), halfBillion) : await addModel(file);
  await inference.models.calibrate({ id: large }, call);
  const overEngine = await overTheEngine(inference, large, api.url, client.ask);
  await inference.models.unload({ id: large }, call);

  const load = createLoad(api.url, await addModel(join(dir, 'small.gguf'), small));
  /** As the node is once nothing happened for a while. */
  const resident = async () => {
    const idle = createIdleMemory();
    await wait(6_000);
    idle.dispose();
    return { core: residentMb(process.pid), host: residentMb(engine.hostPid) };
  };
  const thousandAtOnce = await load.burst(1_000);
  // Until the memory of contexts has been touched and the heap has found its size.
  await load.mixed(2_000);
  const before = await resident();
  const thousandMixed = await load.mixed(1_000);
  const after = await resident();
  const grown = (of: 'core' | 'host') => round((after[of] / before[of] - 1) * 100);
  const places = async () => {
    const { active, queued } = await inference.models.status(undefined, call);
    return { active, queued };
  };
  const free = await places();
  const reading = await load.crowd(true, places);
  const neverReading = await load.crowd(false, places);

  client.child.kill();
  await api.close();
  await inference.stop();
  engine.close();
  return {
    bench: 'api',
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    load: round(loadavg()[0] ?? Number.NaN, 2),
    serverStartMs: {
      import: median(starts.map(({ importMs }) => importMs)),
      listen: median(starts.map(({ listenMs }) => listenMs)),
    },
    layer,
    overEngine,
    thousandAtOnce,
    thousandMixed: {
      ...thousandMixed,
      residentMb: { before, after },
      grownPercent: { core: grown('core'), host: grown('host') },
      ...free,
    },
    crowd: { reading, neverReading, ...(await places()) },
  };
}

/** Over a model that costs nothing: all of the time is the layer's, the socket's and the client's. */
async function layerAlone(ask: Client) {
  const pieces = 2_000;
  const api = await startScriptedApi({
    answer: () => '',
    async generate({ onPart, maxTokens }) {
      for (let index = 0; index < maxTokens; index += 1) {
        onPart?.({ type: 'text', text: ' token' });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return plainResult('');
    },
  });
  const url = `${api.url}/chat/completions`;
  const messages = [{ role: 'user', content: 'The harbour, the bridge and the budget. '.repeat(100) }];
  const answer = (maxTokens: number) => ask(url, { model: 'scripted', messages, max_tokens: maxTokens, stream: true });
  const firsts: number[] = [];
  const each: number[] = [];
  for (let index = 0; index < 200; index += 1) firsts.push((await answer(1)).first);
  for (let index = 0; index < 9; index += 1) {
    const { first, total } = await answer(pieces);
    each.push(((total - first) * 1_000) / pieces);
  }
  await api.close();
  return { firstTokenMs: round(median(firsts), 2), microsPerPiece: round(median(each)) };
}

async function overTheEngine(inference: Inference, modelId: string, url: string, ask: Client) {
  const rounds = 25;
  const outputTokens = 48;
  const promptOf = (index: number) => Array.from({ length: 64 }, (_, at) => 300 + ((index * 7_919 + at * 31) % 3_000));
  const direct = async (index: number): Promise<Times> => {
    const begun = performance.now();
    let first = 0;
    const onText = () => {
      first ||= performance.now();
    };
    await inference.generate({
      modelId,
      input: { tokens: promptOf(index) },
      maxTokens: outputTokens,
      temperature: 0,
      onText,
    });
    return { first: first - begun, total: performance.now() - begun };
  };
  const http = (index: number): Promise<Times> =>
    ask(`${url}/completions`, {
      model: modelId,
      prompt: promptOf(index),
      max_tokens: outputTokens,
      temperature: 0,
      stream: true,
    });
  // What a socket and two processes cost without anything of ours.
  const bareServer = createServer((asked, response) => {
    asked.resume();
    response.write('a piece');
    response.end();
  });
  await new Promise<void>((resolve) => void bareServer.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(bareServer.address());
  const bare = (index: number) => ask(`http://127.0.0.1:${port}/`, { prompt: promptOf(index) });
  const pairs: { direct: Times; http: Times; bare: Times }[] = [];
  for (let index = 0; index <= rounds; index += 1) {
    // Read anew once; from then on in memory for both.
    await direct(index);
    const [before, over, after] = [await direct(index), await http(index), await direct(index)];
    const alone = await bare(index);
    const mean = { first: (before.first + after.first) / 2, total: (before.total + after.total) / 2 };
    if (index > 0) pairs.push({ direct: mean, http: over, bare: alone });
  }
  bareServer.closeAllConnections();
  bareServer.close();
  const decode = ({ first, total }: Times) => total - first;
  return {
    firstTokenMs: round(median(pairs.map((pair) => pair.http.first - pair.direct.first)), 2),
    ofThatBareHttpMs: round(median(pairs.map((pair) => pair.bare.first)), 2),
    decodePercent: round(median(pairs.map((pair) => (decode(pair.http) / decode(pair.direct) - 1) * 100)), 2),
    directFirstTokenMs: round(median(pairs.map((pair) => pair.direct.first)), 2),
    directTokensPerSecond: round(median(pairs.map((pair) => ((outputTokens - 1) * 1_000) / decode(pair.direct)))),
  };
}

function createLoad(url: string, model: string) {
  const agent = new Agent({ keepAlive: false });
  const send = (body: object, cancelAfterMs?: number): Promise<number> =>
    new Promise((resolve) => {
      const headers = { 'content-type': 'application/json' };
      const asked = request(`${url}/completions`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(499));
      });
      asked.on('error', () => resolve(499));
      asked.end(JSON.stringify({ model, temperature: 0, ...body }));
      if (cancelAfterMs !== undefined) setTimeout(() => asked.destroy(), cancelAfterMs);
    });
  const promptOf = (index: number, length: number) =>
    Array.from({ length }, (_, at) => 300 + ((index * 7_919 + at * 31) % 3_000));
  const counted = (statuses: readonly number[]) =>
    Object.fromEntries(
      Map.groupBy(statuses, String)
        .entries()
        .map(([status, all]) => [status, all.length]),
    );
  return {
    burst: async (count: number) =>
      counted(
        await Promise.all(
          Array.from({ length: count }, (_, index) => send({ prompt: promptOf(index, 16), max_tokens: 2 })),
        ),
      ),
    /** Clients that take their long answers or, where they don't read, none of it: how long others wait meanwhile, and until every place is free. */
    async crowd(reads: boolean, places: () => Promise<{ active: number; queued: number }>) {
      const clients = 16;
      const body = JSON.stringify({ model, prompt: promptOf(1, 8), max_tokens: 400, temperature: 0, stream: true });
      const { host, hostname, port } = new URL(url);
      const head = `POST /v1/completions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const begun = performance.now();
      const sockets = Array.from({ length: clients }, () => connect(Number(port), hostname));
      for (const socket of sockets) {
        if (reads) socket.resume();
        else socket.pause();
        socket.write(head + body);
      }
      const others = counted(
        await Promise.all(
          Array.from({ length: 8 }, (_, index) => send({ prompt: promptOf(index, 16), max_tokens: 8 })),
        ),
      );
      const othersMs = round(performance.now() - begun);
      for (;;) {
        const { active, queued } = await places();
        if (active + queued === 0) break;
        await wait(20);
      }
      const freeAfterMs = round(performance.now() - begun);
      for (const socket of sockets) socket.destroy();
      return { clients, others, othersMs, freeAfterMs };
    },
    async mixed(count: number) {
      const statuses: number[] = [];
      let next = 0;
      const work = async () => {
        for (let index = next++; index < count; index = next++) {
          const body = { prompt: promptOf(index, 1 + (index % 200)), max_tokens: 1 + (index % 24), stream: true };
          statuses.push(await send(body, index % 5 === 0 ? index % 40 : undefined));
        }
      };
      await Promise.all(Array.from({ length: 16 }, work));
      return counted(statuses);
    },
  };
}

function residentMb(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
}
