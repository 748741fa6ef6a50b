import type { Clock } from '../common/index.ts';
import type { GeneratePart, GenerateRequest, GenerateResult, TokenLogprob, ToolCall } from './types.ts';

export interface CollectedAnswer extends Pick<GenerateResult, 'text' | 'reasoning' | 'toolCalls' | 'logprobs'> {
  /** When the first piece of anything came, on the monotonic clock. */
  readonly firstAt: number | null;
}

/** Puts the parts of an answer together while it hands them on. */
export const collectAnswer = (
  request: Pick<GenerateRequest, 'onText' | 'onPart' | 'logprobs'>,
  clock: Clock,
): { readonly onPart: (part: GeneratePart) => void; result(): CollectedAnswer } => {
  let text = '';
  let reasoning = '';
  let firstAt: number | null = null;
  const calls: ToolCall[] = [];
  const logprobs: TokenLogprob[] = [];

  const take = (part: GeneratePart): void => {
    switch (part.type) {
      case 'text':
        text += part.text;
        if (part.logprobs) logprobs.push(...part.logprobs);
        request.onText?.(part.text);
        return;
      case 'reasoning':
        reasoning += part.text;
        return;
      case 'tool-call':
        calls[part.index] = { id: part.id, name: part.name, arguments: '' };
        return;
      case 'tool-arguments': {
        const call = calls[part.index];
        if (!call) throw new Error('The arguments of a tool call came before the call.');
        calls[part.index] = { ...call, arguments: call.arguments + part.delta };
        return;
      }
      case 'progress':
    }
  };

  return {
    onPart(part) {
      if (part.type !== 'progress') firstAt ??= clock.monotonic();
      take(part);
      request.onPart?.(part);
    },
    result: () => ({
      text,
      reasoning,
      toolCalls: calls,
      logprobs: request.logprobs === undefined ? null : logprobs,
      firstAt,
    }),
  };
};
