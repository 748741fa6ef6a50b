import type { Fit } from '../contract/index.ts';

/** Slower than a person reads. */
const READING_SPEED = 5;
/** Bytes per second that a core reads from memory while it decodes, until a model has been measured here; cautious. */
const BYTES_PER_CORE = 4e9;
const MAX_UNMEASURED_BYTES = 30e9;

export interface FitInput {
  /** Bytes of the weights, all of which are read for each token. */
  readonly weights: number;
  /** Bytes in memory while loaded. */
  readonly needed: number;
  readonly memory: { readonly total: number; readonly available: number };
  readonly cores: number;
  /** `null` where none is used. */
  readonly gpu: { readonly name: string; readonly free: number } | null;
  /** Bytes of weights per second that models measured here got through; `null` where none was. */
  readonly measuredBandwidth: number | null;
  /** Writes no text, so speed is no matter. */
  readonly embedding: boolean;
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GB`;

/** Whether a model suits this machine. Writing is bound by reading the weights from memory once per token. */
export const fitOf = (input: FitInput): Fit => {
  const { weights, needed, memory, cores, gpu, measuredBandwidth } = input;
  const { available } = memory;
  const onCard = gpu !== null && gpu.free >= needed;
  const say = (verdict: Fit['verdict'], speed: number | null, reason: string): Fit => ({
    verdict,
    needed,
    available: onCard ? gpu.free : available,
    speed,
    reason,
  });
  if (onCard)
    return say('fits', null, `Fits on ${gpu.name}: it needs ${gib(needed)} of the ${gib(gpu.free)} free there.`);
  if (needed > memory.total)
    return say('wont-fit', null, `Needs ${gib(needed)} of memory; this machine has ${gib(memory.total)}.`);
  if (needed > available)
    return say(
      'wont-fit',
      null,
      `Needs ${gib(needed)} of memory and ${gib(available)} are free now; it could fit once other programs are closed.`,
    );
  const room = `needs ${gib(needed)} of the ${gib(available)} free`;
  if (input.embedding) return say('fits', null, `Fits: ${room}.`);
  const speed = measuredBandwidth === null ? null : measuredBandwidth / weights;
  const expected = speed ?? Math.min(cores * BYTES_PER_CORE, MAX_UNMEASURED_BYTES) / weights;
  const how =
    speed === null
      ? `no model of this kind has been measured on this machine's ${cores} cores yet`
      : `about ${speed >= 10 ? Math.round(speed) : speed.toFixed(1)} tokens per second, judging by what was measured here`;
  return expected < READING_SPEED
    ? say('slow', speed, `Runs, but slowly: ${room}; ${how}.`)
    : say('fits', speed, `Fits: ${room}; ${how}.`);
};
