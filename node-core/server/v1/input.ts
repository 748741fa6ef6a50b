import type { z } from 'zod';
import { AppError } from '../../contract/index.ts';

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field at fault */
export const parseInput = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refusal(parsed.error.issues);
};

/** A field that can't be met. */
export const badField = (param: string, message: string): AppError =>
  new AppError('BAD_REQUEST', `"${param}" is not usable: ${message}.`, { data: { param } });

const refusal = (issues: readonly z.core.$ZodIssue[]): AppError => {
  const issue = deepest(issues);
  if (issue?.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].join('.');
    return new AppError('BAD_REQUEST', `Unrecognized request argument supplied: ${param}. Leave it out.`, {
      data: { param },
    });
  }
  const param = issue ? pathOf(issue.path) : '';
  return new AppError(
    'BAD_REQUEST',
    `"${param || 'body'}" is not usable: ${issue?.message ?? 'not what this call takes'}.`,
    { data: { param: param || null } },
  );
};

/** Inside a union the issue of the branch that got furthest says more than "no branch fits"; so does one of a thing that is only too large. */
const deepest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined => {
  const issue = issues[0];
  if (issue?.code !== 'invalid_union') return issue;
  const branches = issue.errors.flatMap((branch) => deepest(branch) ?? []);
  const inner =
    branches.find(({ code }) => code === 'too_big' || code === 'too_small') ??
    branches.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!inner || (inner.path.length === 0 && !inner.code.startsWith('too_'))) return issue;
  return { ...inner, path: [...issue.path, ...inner.path] };
};

/** As OpenAI writes it: `messages[0].content`. */
const pathOf = (parts: readonly PropertyKey[]): string =>
  parts.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );
