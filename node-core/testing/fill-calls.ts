import type { Labels } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';

const labels: Labels = { untrusted: true, private: false, model: true, sources: ['https://example.org/a/page'] };
const tools = ['web.search', 'web.read', 'notes.read', 'text.markdown', 'mail.send'];

/**
 * Ended runs of `perRun` calls each, as their journals would have them; every fifth was asked for. Of all one failed: number 51 of run 3,
 * with the message "rare".
 */
export const fillCalls = (store: Store, runs: number, perRun: number): void => {
  let at = Date.UTC(2026, 0, 1);
  const fill = (run: number): void =>
    store.write((tx) => {
      const runId = `run-${String(run).padStart(5, '0')}`;
      tx.run(
        store.qb.insertInto('run').values({
          ...{
            id: runId,
            skill: 'playbook',
            title: `Run ${run}`,
            input: '',
            options: '{}',
            state: 'done',
            taskId: null,
          },
          ...{ modelId: 'm', place: 'this-machine', createdAt: at, startedAt: at, endedAt: at + 1, promptTokens: 0 },
          ...{ outputTokens: 0, error: null, result: null, undoneAt: null, playbookId: 'p' },
        }),
      );
      let seq = 0;
      const put = (type: string, data: unknown): void => {
        at += 7;
        tx.run(store.qb.insertInto('journal').values({ runId, seq, at, type, data: JSON.stringify(data) }));
        seq += 1;
      };
      for (let number = 0; number < perRun; number += 1) {
        const tool = tools[number % tools.length] ?? '';
        const id = `${number}.0.0`;
        const isSent = tool === 'mail.send';
        const call = {
          ...{ id, index: number, key: '0', tool, effect: isSent ? 'send-out' : 'read', hash: 'f'.repeat(64) },
          arguments: { query: `what run ${run} asks as number ${number}`, about: 'of the garden '.repeat(12) },
          argumentLabels: { query: labels, about: labels },
          ...{ control: labels, repeatable: !isSent },
        };
        if (isSent)
          put('ask', { index: number, id: `approve ${id}`, about: { type: 'approve', call, reason: 'It sends.' } });
        put('call', { ...call, allowedBy: isSent ? 'you' : 'The playbook names it, and it only reads here.' });
        if (run === 3 && number === 51)
          put('call-failed', { index: number, id, error: { code: 'TOOL_FAILED', message: 'rare' } });
        else put('call-done', { index: number, id, result: { text: 'what was found '.repeat(70) }, labels });
      }
    });
  for (let run = 0; run < runs; run += 1) fill(run);
};
