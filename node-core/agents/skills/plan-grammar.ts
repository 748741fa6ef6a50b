import { alternatives, copyRules, gbnfLiteral, type PromptWord } from './gbnf.ts';
import type { PlanKind, SideStep, Stage } from './kinds.ts';
import { token } from './tokens.ts';

export const MIN_STEPS = 5;
export const MAX_STEPS = 9;
/** At most so many steps of a kind are left out in a row. */
const MAX_SKIP = 2;

/**
 * Topic and detail are copied from the goal. Steps come from the likely kinds of goal, each at most once and in their order; the model
 * chooses the kind, which steps, how they are put and what each waits for, which is an earlier step by construction.
 */
export function planGrammarFor(
  words: readonly PromptWord[],
  kinds: readonly PlanKind[],
  sides: readonly SideStep[],
): string {
  const rules = new Map<string, string>();
  const branches = [false, true].flatMap((withDetail) => {
    const plans = kinds.flatMap((kind, index) => {
      const usable = {
        ...kind,
        stages: kind.stages.map((stage) => forDetail(stage, withDetail)).filter(({ titles }) => titles.length > 0),
      };
      const worth =
        !withDetail || usable.stages.some(({ titles }) => titles.some((title) => title.includes(token.detail)));
      return worth ? [new KindRules(`${withDetail ? 'q' : 'p'}${index}`, usable, sides, rules).start()] : [];
    });
    return plans.length === 0
      ? []
      : [`${withDetail ? `${gbnfLiteral(token.detail)} topic ` : ''}(${plans.join(' | ')})`];
  });
  for (let place = 1; place < MAX_STEPS; place += 1) rules.set(`after${place}`, afterRule(place));
  return [
    `root ::= topic (${branches.join(' | ')})`,
    `topic ::= ${alternatives(0, words.length)}`,
    ...[...rules].map(([name, body]) => `${name} ::= ${body}`),
    ...copyRules(words, () => false),
  ].join('\n');
}

const forDetail = (stage: Stage, withDetail: boolean): Stage => ({
  ...stage,
  titles: withDetail ? stage.titles : stage.titles.filter((title) => !title.includes(token.detail)),
});

function afterRule(place: number): string {
  const earlier = Array.from({ length: place }, (_, at) => String(at + 1));
  const pairs = earlier.flatMap((one) => earlier.filter((other) => other > one).map((other) => one + other));
  return `(${gbnfLiteral(token.after)} (${['0', ...earlier, ...pairs].map(gbnfLiteral).join(' | ')}))?`;
}

/** Rules of one kind: one for each stage at each place of the plan that it can have. */
class KindRules {
  readonly #prefix: string;
  readonly #stages: readonly Stage[];
  readonly #sides: readonly SideStep[];
  readonly #rules: Map<string, string>;

  constructor(prefix: string, kind: PlanKind, sides: readonly SideStep[], rules: Map<string, string>) {
    this.#prefix = prefix;
    this.#stages = kind.stages;
    this.#sides = sides;
    this.#rules = rules;
  }

  start(): string {
    return this.#oneOf([0, 1], 0);
  }

  #oneOf(stages: readonly number[], place: number): string {
    return `(${stages.map((stage) => this.#rule(stage, place)).join(' | ')})`;
  }

  #rule(stage: number, place: number): string {
    const name = `${this.#prefix}s${stage}p${place}`;
    if (this.#rules.has(name)) return name;
    this.#rules.set(name, '');
    const current = this.#stages[stage];
    if (current === undefined) throw new Error(`no stage ${stage}`);
    let body = step(current, place);
    let next = place + 1;
    for (const side of this.#sides) {
      if (side.late ? place === 3 : place === 0) body += ` ${step(side, next++)}`;
    }
    this.#rules.set(name, body + this.#rest(stage, next));
    return name;
  }

  #rest(stage: number, place: number): string {
    const last = this.#stages.length - 1;
    const following = Array.from({ length: MAX_SKIP + 1 }, (_, skip) => stage + 1 + skip).filter(
      (other) => other <= last && place + (last - other) + 1 >= MIN_STEPS,
    );
    const mayEnd = place >= MIN_STEPS && stage >= last - 1;
    if (place >= MAX_STEPS || following.length === 0) return '';
    const atLimit = place === MAX_STEPS - 1;
    const rest = this.#oneOf(atLimit ? [last] : following, place);
    return mayEnd ? ` ${rest}?` : ` ${rest}`;
  }
}

function step(stage: Stage, place: number): string {
  const titles = stage.titles.map((title) => gbnfLiteral(`\n ${title}`)).join(' | ');
  return `(${titles}) ${place === 0 ? '' : `after${place} `}${gbnfLiteral(`${token.days}${Math.min(9, stage.days)}`)}`;
}
