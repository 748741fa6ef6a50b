import { getLlama, LlamaGrammar, LlamaGrammarEvaluationState, LlamaLogLevel } from 'node-llama-cpp';
import type { Completer, CompletionRequest, CompletionResult } from '../../../node-core/agents/skills/types.ts';

/** The model behind the skills' own interface, without the inference host: for evaluation and tests. One thread. */
export async function openCompleter(modelPath: string): Promise<Completer & { dispose(): Promise<void> }> {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    maxThreads: 1,
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: 1024, batchSize: 1024, threads: 1 });
  const sequence = context.getSequence();
  return {
    async complete({ prompt, grammar, maxTokens, onText, signal }: CompletionRequest): Promise<CompletionResult> {
      const tokens = model.tokenize(prompt, false);
      const grammarEvaluationState = new LlamaGrammarEvaluationState({
        model,
        grammar: new LlamaGrammar(llama, { grammar }),
      });
      const reusable = sequence.contextTokens.findIndex((token, index) => token !== tokens[index]);
      await sequence.eraseContextTokenRanges([
        {
          start: Math.min(reusable < 0 ? sequence.contextTokens.length : reusable, tokens.length - 1),
          end: sequence.nextTokenIndex,
        },
      ]);
      const answer: typeof tokens = [];
      let shown = 0;
      for await (const token of sequence.evaluate(tokens.slice(sequence.nextTokenIndex), {
        temperature: 0,
        grammarEvaluationState,
      })) {
        if (model.isEogToken(token) || answer.length >= maxTokens || signal?.aborted === true) break;
        answer.push(token);
        const text = onText === undefined ? '' : model.detokenize(answer, true);
        // A character of several tokens is shown when it is whole.
        if (text.length > shown && !text.endsWith('\ufffd')) {
          onText?.(text.slice(shown));
          shown = text.length;
        }
      }
      return { text: model.detokenize(answer, true), promptTokens: tokens.length, outputTokens: answer.length };
    },
    async dispose() {
      await context.dispose();
      await model.dispose();
    },
  };
}
