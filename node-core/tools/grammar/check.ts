import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createBinaryModuleFromUrl, Dialect as HarperDialect, LocalLinter, SuggestionKind } from 'harper.js';
import { binary } from 'harper.js/binary';
import type { Dialect, Fault } from './dialect.ts';

const dialects: Readonly<Record<Dialect, HarperDialect>> = {
  american: HarperDialect.American,
  british: HarperDialect.British,
  australian: HarperDialect.Australian,
  canadian: HarperDialect.Canadian,
  indian: HarperDialect.Indian,
};

/** Its own way from an address to a file forgets that folders may have spaces, and disks letters. */
const dictionary = async () => {
  const bytes = await readFile(fileURLToPath(binary.url));
  return createBinaryModuleFromUrl(`data:application/wasm;base64,${bytes.toString('base64')}`, 'full');
};

/** What is wrong with an English text in Markdown, by Harper's rules and dictionary; its code is not checked. */
export const faultsOf = async (text: string, dialect: Dialect): Promise<Fault[]> => {
  const linter = new LocalLinter({ binary: await dictionary(), dialect: dialects[dialect] });
  const lints = await linter.lint(text, { language: 'markdown' });
  return lints.map((lint) => {
    const { start, end } = lint.span();
    const problem = lint.get_problem_text();
    return {
      start,
      end,
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
