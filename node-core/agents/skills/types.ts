/** A calendar date, 'YYYY-MM-DD', without a time zone. */
export type CalendarDate = string;

/** One constrained completion on the model: raw prompt text in, text out. No chat template, no BOS games: the prompt is used as it is. */
export interface Completer {
  complete(request: CompletionRequest): Promise<CompletionResult>;
}

export interface CompletionRequest {
  prompt: string;
  /** GBNF, root rule `root`. */
  grammar: string;
  maxTokens: number;
  stop?: string[];
  /** 0 is greedy, and what the skills expect. */
  temperature?: number;
  seed?: number;
  signal?: AbortSignal;
  onText?: (piece: string) => void;
}

export interface CompletionResult {
  text: string;
  promptTokens: number;
  outputTokens: number;
}

/** Something the person should be told about how their input was read. Never an exception: the result is still usable. */
export interface Notice {
  code: 'TRUNCATED' | 'NOT_ENGLISH' | 'CLEANED' | 'DEADLINE_PASSED';
  message: string;
}

/** The input can't be worked on at all; the message says what to do. */
export interface Refusal {
  code: 'EMPTY' | 'NOT_TEXT';
  message: string;
}

export interface PlanStep {
  title: string;
  /** Indices of earlier steps, ascending. Acyclic by construction. */
  dependsOn: number[];
  /** Working effort in days, at least 1. */
  days: number;
}

export interface Plan {
  /** Short name for the project, derived from the goal. */
  title: string;
  /** The words of the goal that the plan is about. */
  topic: string;
  steps: PlanStep[];
}

export interface ScheduledStep extends PlanStep {
  due: CalendarDate;
}

export interface ScheduledPlan extends Plan {
  steps: ScheduledStep[];
  deadline: CalendarDate | null;
  notices: Notice[];
}

/** An action item. `line` counts from 1 in the text as it was given. */
export interface ActionItem {
  title: string;
  owner: string | null;
  due: CalendarDate | null;
  line: number;
}

export interface Decision {
  text: string;
  line: number;
}

export interface Extraction {
  decisions: Decision[];
  actions: ActionItem[];
  notices: Notice[];
}

/** A skill phrased for a general chat model: instructions, and the JSON schema that its answer must satisfy. */
export interface GeneralRequest {
  system: string;
  user: string;
  jsonSchema: Record<string, unknown>;
}
