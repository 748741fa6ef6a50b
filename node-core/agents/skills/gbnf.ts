/** A word as it stands in a prompt, split into what a span may end with and the punctuation after it. */
export interface PromptWord {
  core: string;
  trail: string;
}

export function gbnfLiteral(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

export function promptWord(rendered: string): PromptWord {
  const match = /^(.*?)([.,;:!?)\]]*)$/su.exec(rendered);
  const core = match?.[1] ?? rendered;
  return core === '' ? { core: rendered, trail: '' } : { core, trail: match?.[2] ?? '' };
}

/** Rules `w0`, `w1`, … of which each copies a word and, if the model goes on, the next one: contiguous spans and nothing else. */
export function copyRules(words: readonly PromptWord[], endsRun: (index: number) => boolean, prefix = 'w'): string[] {
  return words.map((word, index) => {
    const head = `${prefix}${index} ::= ${gbnfLiteral(` ${word.core}`)}`;
    if (endsRun(index) || index === words.length - 1) return head;
    const glue = word.trail === '' ? '' : `${gbnfLiteral(word.trail)} `;
    return `${head} (${glue}${prefix}${index + 1})?`;
  });
}

export function alternatives(from: number, to: number, prefix = 'w'): string {
  return Array.from({ length: to - from }, (_, offset) => `${prefix}${from + offset}`).join(' | ');
}
