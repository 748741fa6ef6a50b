/** One of the two that are compared, with a model in memory. */
export interface Contestant {
  /** Resolves with what the client saw. */
  ask(prompt: readonly number[], maxTokens: number): Promise<Timing>;
  readonly pid: number;
  /** From the start of the process to a model that answers. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

export interface Timing {
  readonly firstMs: number;
  readonly totalMs: number;
  readonly tokens: number;
}

export interface ContestantOptions {
  readonly model: string;
  readonly sequences: number;
  /** Tokens of one sequence. */
  readonly contextLength: number;
  readonly vocabulary: number;
}

/** Tokens per second after the first. */
export const speed = ({ firstMs, totalMs, tokens }: Timing): number => ((tokens - 1) * 1_000) / (totalMs - firstMs);
