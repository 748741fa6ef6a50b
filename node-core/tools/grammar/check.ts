import { Dialect as HarperDialect, LocalLinter, SuggestionKind } from 'harper.js';
import { binary } from 'harper.js/binary';
import type { Dialect, Fault } from './dialect.ts';

const dialects: Readonly<Record<Dialect, HarperDialect>> = {
  american: HarperDialect.American,
  british: HarperDialect.British,
  australian: HarperDialect.Australian,
  canadian: HarperDialect.Canadian,
  indian: HarperDialect.Indian,
};

/** Harper counts characters; JavaScript counts UTF-16 units. */
const unitsBefore = (text: string): ((characters: number) => number) => {
  const starts: number[] = [];
  let units = 0;
  for (const character of text) {
    starts.push(units);
    units += character.length;
  }
  return (characters) => starts[characters] ?? units;
};

/** What is wrong with an English text in Markdown, by Harper's rules and dictionary; its code is not checked. */
export const faultsOf = async (text: string, dialect: Dialect): Promise<Fault[]> => {
  const linter = new LocalLinter({ binary, dialect: dialects[dialect] });
  const at = unitsBefore(text);
  const lints = await linter.lint(text, { language: 'markdown' });
  return lints.map((lint) => {
    const { start, end } = lint.span();
    const problem = lint.get_problem_text();
    return {
      start: at(start),
      end: at(end),
      problem,
      message: lint.message(),
      kind: lint.lint_kind(),
      suggestions: lint.suggestions().map((suggestion) => {
        const kind = suggestion.kind();
        if (kind === SuggestionKind.Remove) return '';
        const words = suggestion.get_replacement_text();
        return kind === SuggestionKind.InsertAfter ? `${problem}${words}` : words;
      }),
    };
  });
};
