import type { JsonSchema } from '../types.ts';
import { unsupported } from './unsupported.ts';

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which rules lead to which: finds references that never come to an end. */
export interface References {
  resolve(reference: unknown, where: string): { readonly target: JsonSchema; readonly key: string };
  named(key: string): string | undefined;
  name(key: string, rule: string, where: string): void;
  /** The rule is done once all rules of one of the alternatives are. Returns the rule. */
  needs(rule: string, alternatives: readonly (readonly string[])[]): string;
  /** The rule begins with one of these, in so many ways. */
  begins(rule: string, rules: readonly string[], ways: number): void;
  ways(rule: string): number;
  /** @throws AppError `SCHEMA_UNSUPPORTED` for a cycle without a way out */
  check(): void;
}

export const createReferences = (schema: JsonSchema): References => {
  const names = new Map<string, { readonly rule: string; readonly where: string }>();
  const alternativesOf = new Map<string, readonly (readonly string[])[]>();
  const beginnings = new Map<string, readonly string[]>();
  const waysOf = new Map<string, number>();

  /** Rules that can end: grown from those that need nothing, until no more join. */
  const ending = (): ReadonlySet<string> => {
    const done = new Set<string>();
    const waiting = new Map<string, Set<string>>();
    const queue: string[] = [];
    const isDone = (rule: string) => done.has(rule) || !alternativesOf.has(rule);
    const visit = (rule: string) => {
      if (done.has(rule)) return;
      if (alternativesOf.get(rule)?.some((needed) => needed.every(isDone))) {
        done.add(rule);
        queue.push(...(waiting.get(rule) ?? []));
      }
    };
    for (const [rule, alternatives] of alternativesOf)
      for (const needed of alternatives.flat()) waiting.set(needed, (waiting.get(needed) ?? new Set()).add(rule));
    for (const rule of alternativesOf.keys()) visit(rule);
    for (let rule = queue.pop(); rule !== undefined; rule = queue.pop()) visit(rule);
    return done;
  };

  const reachesItself = (rule: string): boolean => {
    const seen = new Set<string>();
    const open = [...(beginnings.get(rule) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === rule) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(beginnings.get(next) ?? []));
    }
    return false;
  };

  return {
    resolve(reference, where) {
      if (typeof reference !== 'string' || !reference.startsWith('#'))
        throw unsupported('$ref', where, 'Only references inside the schema itself ("#/…") are followed.');
      let target: unknown = schema;
      for (const part of reference.slice(1).split('/').slice(1)) {
        let name: string;
        try {
          name = decodeURIComponent(part).replace(/~1/gu, '/').replace(/~0/gu, '~');
        } catch {
          throw unsupported('$ref', where, `"${reference}" is no valid reference.`);
        }
        target =
          (isObject(target) || Array.isArray(target)) && Object.hasOwn(target, name)
            ? Reflect.get(target, name)
            : undefined;
      }
      if (!isObject(target)) throw unsupported('$ref', where, `There is nothing at "${reference}".`);
      return { target, key: reference };
    },
    named: (key) => names.get(key)?.rule,
    name: (key, rule, where) => void names.set(key, { rule, where }),
    needs(rule, alternatives) {
      alternativesOf.set(rule, alternatives);
      return rule;
    },
    begins(rule, rules, ways) {
      beginnings.set(rule, rules);
      waysOf.set(rule, ways);
    },
    ways: (rule) => waysOf.get(rule) ?? 1,
    check() {
      if (names.size === 0) return;
      const done = ending();
      for (const { rule, where } of names.values()) {
        if (reachesItself(rule)) throw unsupported('$ref', where, 'It refers to itself with nothing in between.');
        if (!done.has(rule))
          throw unsupported('$ref', where, 'It refers to itself without a way out: make a field on the way optional.');
      }
    },
  };
};
