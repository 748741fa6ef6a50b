import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorCode } from '../contract/index.ts';
import { type Job, workOnText } from './texts.ts';

const job: Job = { task: 'markdown', html: '<p>a', base: null };
const options = { signal: new AbortController().signal, result: z.string(), says: 'Too much.' };
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => errorCode(error) ?? String(error),
  );

describe('work on a text', () => {
  it('is done in a thread of its own', async () => {
    expect(await workOnText(job, options)).toBe('a');
  });

  it('is ended when its time is up, and where nobody waits for it any more', async () => {
    expect(await codeOf(workOnText(job, { ...options, timeoutMs: 1 }))).toBe('TOOL_FAILED');
    const controller = new AbortController();
    const work = codeOf(workOnText(job, { ...options, signal: controller.signal }));
    controller.abort();
    expect(await work).toBe('CANCELLED');
    expect(await codeOf(workOnText(job, { ...options, signal: controller.signal }))).toBe('CANCELLED');
  });
});
