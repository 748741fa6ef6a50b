import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ChainModel, writeChainGguf } from '../../node-core/testing/chain-gguf.ts';
import { type Contestant, speed } from './contestant.ts';
import { startLlamaServer } from './llama-server.ts';
import { startOurs } from './ours.ts';

/** What is measured: ours and, where llama-server was named, its at the thread count that suits it best. */
export interface Row {
  readonly ours: number;
  readonly peer: number | null;
  /** Ours by the peer's. */
  readonly ratio: number | null;
  readonly goal: string;
}

export interface CompareOptions {
  /** llama-server; null where there is none. */
  readonly peer: string | null;
  readonly rounds: number;
  readonly weights: 'q4_0' | 'q8_0';
  readonly parts: readonly ('one' | 'start' | 'streams' | 'tiny')[];
  /** Hears of every row as it is done. */
  readonly log: (line: string) => void;
}

const half = { layers: 24, width: 896, heads: 14, keyHeads: 2, feedForward: 4_864, vocabulary: 32_000 } as const;
const small = { layers: 6, width: 384, heads: 6, keyHeads: 6, feedForward: 1_024, vocabulary: 4_096 } as const;
const CONTEXT = 2_048;
const PROMPT = 1_000;
const SETTLE_MS = 250;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (value: number): number => Number(value.toPrecision(4));
const rssMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;

/** One core busy with something else. */
const busy = (): (() => void) => {
  const child = fork(import.meta.filename, ['busy'], { stdio: 'ignore' });
  return () => child.kill();
};
if (process.argv[2] === 'busy') for (;;);

/** Every goal in turn, both sides one after the other in each round. */
export const compare = async ({ peer, rounds, weights, parts, log }: CompareOptions): Promise<Record<string, Row>> => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-compare-'));
  const rows: Record<string, Row> = {};
  let cursor = 0;
  /** A text that neither has seen. */
  const fresh = (chain: ChainModel, length: number): number[] => {
    cursor += length + 211;
    return chain.text(cursor, length);
  };

  const measure = async (
    name: string,
    goal: string,
    ours: Contestant,
    peers: readonly Contestant[],
    least: boolean,
    once: (contestant: Contestant) => Promise<number>,
  ): Promise<void> => {
    const all = [ours, ...peers];
    const samples = all.map((): number[] => []);
    for (let index = 0; index <= rounds; index += 1) {
      for (const [at, contestant] of all.entries()) {
        await wait(SETTLE_MS);
        const value = await once(contestant);
        // The first round warms up.
        if (index > 0) samples[at]?.push(value);
      }
    }
    const [own = Number.NaN, ...others] = samples.map(median);
    const best = others.length === 0 ? null : least ? Math.min(...others) : Math.max(...others);
    rows[name] = {
      ours: round(own),
      peer: best === null ? null : round(best),
      ratio: best === null ? null : round(own / best),
      goal,
    };
    log(`${name}: ${JSON.stringify(rows[name])}`);
  };

  const startPeers = (options: Parameters<typeof startOurs>[0], counts: readonly number[]) =>
    Promise.all(peer === null ? [] : counts.map((threads) => startLlamaServer(peer, options, threads)));

  const together = async (
    contestant: Contestant,
    prompts: readonly (readonly number[])[],
    tokens: number,
  ): Promise<number> => {
    const begun = performance.now();
    await Promise.all(prompts.map((prompt) => contestant.ask(prompt, tokens)));
    return performance.now() - begun;
  };

  try {
    const model = join(dir, 'half.gguf');
    const chain = writeChainGguf(model, { ...half, contextLength: 16_384, weights });
    const options = { model, contextLength: CONTEXT, vocabulary: half.vocabulary };

    const one = { ...options, sequences: 1 };
    if (parts.includes('one')) {
      const ours = await startOurs(one);
      const peers = await startPeers(one, [1, 2]);
      await measure('decode', '>= 1.05', ours, peers, false, async (at) => speed(await at.ask(fresh(chain, 16), 160)));
      const release = busy();
      // A server's thread count is fixed when it starts: the one that is best on an idle machine.
      await measure('decodeOneCoreBusy', '>= 2.4', ours, peers.slice(1), false, async (at) =>
        speed(await at.ask(fresh(chain, 16), 100)),
      );
      release();
      await measure('decodeCopying', '>= 2.5', ours, peers, false, async (at) => {
        const text = fresh(chain, 300);
        return speed(await at.ask([...text, ...fresh(chain, 20), ...text.slice(0, 12)], 240));
      });
      await measure(
        'firstTokenCold1k',
        '<= 0.90',
        ours,
        peers.slice(1),
        true,
        async (at) => (await at.ask(fresh(chain, PROMPT), 1)).firstMs,
      );
      await measure('firstTokenCached1k', '<= 0.90', ours, peers.slice(1), true, async (at) => {
        const text = fresh(chain, PROMPT);
        await at.ask(text, 1);
        await wait(SETTLE_MS);
        return (await at.ask([...text, ...fresh(chain, 18)], 1)).firstMs;
      });
      await measure('rssMb', '<= 1.3', ours, peers.slice(1), true, async (at) => rssMb(at.pid));
      const key = randomBytes(32).toString('base64');
      const text = fresh(chain, PROMPT);
      await ours.again({ dir: join(dir, 'states'), key, limit: 2 ** 30 });
      await ours.ask(text, 1);
      await wait(2_000);
      const fromDisk: number[] = [];
      for (let index = 0; index < rounds; index += 1) {
        await ours.again({ dir: join(dir, 'states'), key, limit: 2 ** 30 });
        fromDisk.push((await ours.ask(text, 1)).firstMs);
      }
      rows['firstTokenFromDisk1k'] = { ours: round(median(fromDisk)), peer: null, ratio: null, goal: '<= 15 ms' };
      log(`firstTokenFromDisk1k: ${JSON.stringify(rows['firstTokenFromDisk1k'])}`);
      await Promise.all([ours, ...peers].map((at) => at.stop()));
    }
    if (parts.includes('start')) {
      const starts = { ours: [] as number[], peer: [] as number[] };
      for (let index = 0; index < rounds; index += 1) {
        const own = await startOurs(one);
        starts.ours.push(own.readyMs);
        await own.stop();
        const [other] = await startPeers(one, [2]);
        if (other) starts.peer.push(other.readyMs);
        await other?.stop();
      }
      const ownStart = median(starts.ours);
      const peerStart = peer === null ? null : median(starts.peer);
      rows['startMs'] = {
        ours: round(ownStart),
        peer: peerStart === null ? null : round(peerStart),
        ratio: peerStart === null ? null : round(ownStart / peerStart),
        goal: '<= 1.7',
      };
      log(`startMs: ${JSON.stringify(rows['startMs'])}`);
    }
    if (parts.includes('streams')) {
      const eight = { ...options, sequences: 8 };
      const oursEight = await startOurs(eight);
      const peersEight = await startPeers(eight, [2]);
      for (const [count, goal] of [
        [4, '>= 1.05'],
        [8, '>= 1.05'],
        [3, '>= 1.15'],
        [7, '>= 1.15'],
      ] as const) {
        await measure(`streams${count}`, goal, oursEight, peersEight, false, async (at) => {
          const prompts = Array.from({ length: count }, () => fresh(chain, 16));
          return (count * 64 * 1_000) / (await together(at, prompts, 64));
        });
      }
      await measure('agents8FreshPrefixMs', '<= 0.18', oursEight, peersEight, true, async (at) => {
        const common = fresh(chain, PROMPT);
        return together(
          at,
          Array.from({ length: 8 }, () => [...common, ...fresh(chain, 16)]),
          8,
        );
      });
      await Promise.all([oursEight, ...peersEight].map((at) => at.stop()));
    }
    if (parts.includes('tiny')) {
      const tiny = join(dir, 'tiny.gguf');
      const tinyChain = writeChainGguf(tiny, { ...small, contextLength: 8_192, weights });
      const tinyOptions = { model: tiny, contextLength: CONTEXT, vocabulary: small.vocabulary, sequences: 8 };
      const oursTiny = await startOurs(tinyOptions);
      const peersTiny = await startPeers(tinyOptions, [1, 2]);
      await measure('streams8Tiny', '>= 1.6', oursTiny, peersTiny, false, async (at) => {
        const prompts = Array.from({ length: 8 }, () => fresh(tinyChain, 16));
        return (8 * 128 * 1_000) / (await together(at, prompts, 128));
      });
      await Promise.all([oursTiny, ...peersTiny].map((at) => at.stop()));
    }
    return rows;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
