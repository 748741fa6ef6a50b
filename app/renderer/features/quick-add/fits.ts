const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];

/** Whether a line names a playbook: two of its words at least, or all where it has but one. */
export const fits = (name: string, line: string): boolean => {
  const said = new Set(wordsOf(line));
  const words = wordsOf(name);
  const met = words.filter((word) => said.has(word)).length;
  return met > 0 && met >= Math.min(2, words.length);
};
