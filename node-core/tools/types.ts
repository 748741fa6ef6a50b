import type { z } from 'zod';
import type { Clock } from '../common/index.ts';
import type { Effect, Labels } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import type { Embedder } from './search/meaning.ts';

/**
 * A request to another machine: only to hosts that the run's playbook names, with sizes and times capped. See `egress.ts`. Throws
 * OutcomeUnknown where something was written and no answer told what came of it.
 */
export type GuardedFetch = (
  url: string,
  init?: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
    /** Bytes of the answer that are read at most. */
    readonly maxBytes?: number;
    readonly timeoutMs?: number;
  },
) => Promise<{
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whether the answer was longer than what was read. */
  readonly truncated: boolean;
}>;

/** What a tool may use beside its arguments. */
export interface ToolContext {
  readonly signal: AbortSignal;
  readonly fetch: GuardedFetch;
  /**
   * Of a host, for connections that are no HTTP: resolved once and checked; connect to one of these and to no other. Throws
   * `EGRESS_REFUSED` or `TOOL_FAILED`.
   */
  readonly addresses: (host: string, port: number) => Promise<readonly string[]>;
  /** What a person set for this tool: a key, an address. */
  readonly setting: (id: string) => string | null;
  /** Of the account that a person signed in to, where the tool may have one. Throws `TOOL_NOT_READY`. */
  readonly accessToken?: () => Promise<string>;
  /** The embedding model of this machine; null where none is installed. */
  readonly embedder?: (signal: AbortSignal) => Promise<Embedder | null>;
  /** To read; changes are no tools. */
  readonly store: () => Store;
  readonly clock: Clock;
}

export interface ToolSetting {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly secret: boolean;
}

/**
 * One thing that an agent can do. Arguments and results are checked against their schemas; a result that does not fit is an error of
 * the tool, not the run's end.
 */
export interface Tool<I = unknown, O = unknown> {
  /** `web.search` */
  readonly name: string;
  readonly title: string;
  /** For a model that chooses, in one sentence. */
  readonly description: string;
  readonly effect: Effect;
  /** Whether its arguments leave the machine. */
  readonly outside: boolean;
  /** Whether a call whose outcome is unknown may simply be made again. */
  readonly repeatable: boolean;
  /** Until a call that does not answer has failed, whatever the tool does about its signal; default: 120. */
  readonly seconds?: number;
  /** What a call costs at most, in the currency of whoever charges; `null`: nobody knows. One that spends and says nothing is never called. */
  cost?(input: I): number | null;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  /** What its results are, beside what its arguments were. */
  readonly labels: Pick<Labels, 'untrusted' | 'private'>;
  /** The same of one result, where what was found decides it: it replaces `labels`. */
  labelsOf?(output: O): Pick<Labels, 'untrusted' | 'private'>;
  readonly settings: readonly ToolSetting[];
  /** Its account may be one that is signed in to by a browser. */
  readonly signIn?: 'calendar' | 'mail';
  /** What to do before it can be called; null where it can. */
  missing(setting: ToolContext['setting']): string | null;
  /** Origins that a person opened to it by its settings, on this machine or its network too: `http://127.0.0.1:8888`, `imaps://nas:993`. */
  origins?(setting: ToolContext['setting']): readonly string[];
  /** Where a result came from, as a person is shown it. */
  sources(input: I, output: O): readonly string[];
  /**
   * @throws AppError where nothing was done; `TOOL_FAILED` says what happened and what to do next. OutcomeUnknown where it may have been
   * done, as which any other error counts too: one that may not be called again is then asked about.
   */
  call(input: I, context: ToolContext): Promise<O>;
}

/** Types are checked at the schemas: whoever holds a tool from a list knows neither. */
export const defineTool = <I, O>(tool: Tool<I, O>): Tool =>
  ({
    ...tool,
    labelsOf: (output: unknown) => tool.labelsOf?.(tool.output.parse(output)) ?? tool.labels,
    cost: (input: unknown) => tool.cost?.(tool.input.parse(input)) ?? null,
    sources: (input: unknown, output: unknown) => tool.sources(tool.input.parse(input), tool.output.parse(output)),
    call: async (input: unknown, context: ToolContext) =>
      tool.output.parse(await tool.call(tool.input.parse(input), context)),
  }) satisfies Tool;

/** The tools there are now, those of MCP servers among them. */
export interface Toolbox {
  list(): readonly Tool[];
  find(name: string): Tool | undefined;
  /** Origins that a person opened to it by its settings. */
  origins(tool: Tool): readonly string[];
  /** SHA-256 of what the tool says of itself and of what a person set for it, secrets aside: an approval is void where it changes. */
  definitionHash(tool: Tool): string;
  /** Why it can't be called now, and what to do; null where it can. */
  missing(tool: Tool): string | null;
  context(tool: Tool, run: { readonly egress: readonly string[]; readonly signal: AbortSignal }): ToolContext;
}
