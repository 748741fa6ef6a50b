import { AppError } from '../../contract/errors.ts';
import type { GenerateRequest } from '../types.ts';

/** Schemas are read by recursion, and cross to the host as JSON. */
const MAX_LEVELS = 500;

const isDeeperThan = (value: unknown, levels: number): boolean => {
  let layer: unknown[] = [value];
  for (let level = 0; layer.length > 0; level += 1) {
    if (level > levels) return true;
    layer = layer.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
};

/** @throws AppError `BAD_REQUEST` for a schema that is nested without end */
export const requireShallow = ({ schema, tools = [] }: Pick<GenerateRequest, 'schema' | 'tools'>): void => {
  if ([schema, ...tools.map(({ parameters }) => parameters)].some((value) => isDeeperThan(value, MAX_LEVELS)))
    throw new AppError('BAD_REQUEST', `A JSON schema may be nested ${MAX_LEVELS} levels deep. Use a flatter one.`);
};
