import { create } from 'zustand';
import { api, toFault } from '../../rpc/index.ts';
import { buildRequest, type PlayForm, type PlayMessage } from './request.ts';
import { createReader, nothingRead, type Reading } from './response.ts';

export interface PlayRun {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly modelName: string;
  readonly form: PlayForm;
  readonly requestBody: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the response, byte for byte as it came. */
  readonly responseBody: string;
  readonly firstTextAt: number | null;
  readonly reading: Reading;
  readonly wasStopped: boolean;
}

type FieldFault = Extract<ReturnType<typeof buildRequest>, { ok: false }>;

interface Playground {
  readonly form: PlayForm;
  readonly fault: FieldFault | null;
  /** The last ones, newest first. In memory only. */
  readonly runs: readonly PlayRun[];
  readonly shownId: number | null;
}

const keptRuns = 20;
let nextId = 1;
const message = (role: PlayMessage['role'], text = ''): PlayMessage => ({ id: nextId++, role, text });

const emptyForm = (): PlayForm => ({
  modelId: null,
  system: '',
  messages: [message('user')],
  params: {},
  stop: '',
  schema: '',
  tools: '',
  stream: true,
  logprobs: false,
});

export const usePlayground = create<Playground>()(() => ({ form: emptyForm(), fault: null, runs: [], shownId: null }));

const set = usePlayground.setState;
export const writeForm = (patch: Partial<PlayForm>): void =>
  set(({ form }) => ({ form: { ...form, ...patch }, fault: null }));
export const addMessage = (): void => {
  const { messages } = usePlayground.getState().form;
  writeForm({ messages: [...messages, message(messages.at(-1)?.role === 'user' ? 'assistant' : 'user')] });
};

let running: { id: number; controller: AbortController } | undefined;
export const stopRun = (): void => running?.controller.abort();

/** What a person wrote leaves the page with the keys of the vault. */
export const forgetPlayground = (): void => {
  stopRun();
  set({ form: emptyForm(), fault: null, runs: [], shownId: null });
};

const patchRun = (id: number, patch: Partial<PlayRun>): void =>
  set(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? { ...run, ...patch } : run)) }));

/** Sends what the form says; pieces are drawn once a frame, however fast they come. */
export const startRun = async (model: { id: string; name: string }): Promise<void> => {
  if (running) return;
  const { form } = usePlayground.getState();
  const built = buildRequest(form, model.id);
  if (!built.ok) return set({ fault: built });
  const id = nextId++;
  const controller = new AbortController();
  running = { id, controller };
  const run: PlayRun = {
    id,
    startedAt: Date.now(),
    endedAt: null,
    modelName: model.name,
    form,
    requestBody: built.body,
    status: null,
    headers: {},
    responseBody: '',
    firstTextAt: null,
    reading: nothingRead,
    wasStopped: false,
  };
  set(({ runs }) => ({ runs: [run, ...runs].slice(0, keptRuns), shownId: id, fault: null }));

  let reader = createReader(form.stream);
  let responseBody = '';
  let firstTextAt: number | null = null;
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    patchRun(id, { responseBody, reading: reader.reading(), firstTextAt });
  };
  let fault: Reading['error'] = null;
  try {
    const pieces = await api.api.call(
      { method: 'POST', path: '/v1/chat/completions', body: built.body },
      { signal: controller.signal },
    );
    for await (const piece of pieces) {
      if (piece.type === 'head') {
        // A refusal is no stream, whatever was asked for.
        reader = createReader(/event-stream/.test(piece.headers['content-type'] ?? ''));
        patchRun(id, { status: piece.status, headers: piece.headers });
        continue;
      }
      responseBody += piece.text;
      reader.push(piece.text);
      const { text, reasoning, toolCalls } = reader.reading();
      if (firstTextAt === null && (text !== '' || reasoning !== '' || toolCalls.length > 0)) firstTextAt = Date.now();
      frame ||= requestAnimationFrame(draw);
    }
  } catch (error) {
    if (!controller.signal.aborted) fault = toFault(error);
  }
  cancelAnimationFrame(frame);
  reader.end();
  const reading = reader.reading();
  patchRun(id, {
    responseBody,
    firstTextAt,
    endedAt: Date.now(),
    reading: fault ? { ...reading, error: fault } : reading,
    wasStopped: controller.signal.aborted,
  });
  running = undefined;
};
