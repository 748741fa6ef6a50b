const stop = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing
down during each few for from further get got had has have having he her here hers him his how i if in into is it its itself just let lets like
made make many may me might more most much must my new no nor not now of off on once one only or other our out over own per please same shall she
should so some such than that the their them then there these they this those through to too two under until up us use used very via was we were
what when where which while who whom why will with would you your
aber alle als am an auch auf aus bei bin bis das dass dem den der des die doch ein eine einem einen einer er es für haben hat ich ihr im in ist ja
kein mit nach nicht noch nur oder sein sich sie sind so über um und uns von vor war was wenn wer wie wir wird zu zum zur`.split(
    /\s+/u,
  ),
);

/** Endings that tell no other thing: "notes" and "note" are one term. */
export const stem = (word: string): string => {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 6 && /(?:ing|ers)$/u.test(word)) return word.slice(0, -3);
  if (word.length > 5 && /(?:[sxz]|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/u.test(word)) return word.slice(0, -1);
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2);
  return word;
};

/** Words that carry the meaning of a text, as they are written in small letters, in order and with repetitions. */
export const tellingWords = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/\p{L}[\p{L}\p{N}'’-]*\p{L}|\p{L}{2,}|\p{N}{4}/gu) ?? []
  ).filter((word) => word.length > 1 && !stop.has(word));

/** The same, cut to their stems. */
export const termsOf = (text: string): string[] => tellingWords(text).map(stem);

const saturation = 1.2;
const lengthWeight = 0.5;

/** Okapi BM25 of each document for the terms of a question. Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009. */
export const relevance = (question: readonly string[], documents: readonly (readonly string[])[]): number[] => {
  const average = documents.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, documents.length);
  const wanted = [...new Set(question)];
  const weight = new Map(
    wanted.map((term) => {
      const having = documents.filter((terms) => terms.includes(term)).length;
      return [term, Math.log(1 + (documents.length - having + 0.5) / (having + 0.5))];
    }),
  );
  return documents.map((terms) =>
    wanted.reduce((score, term) => {
      const count = terms.filter((other) => other === term).length;
      const norm = count + saturation * (1 - lengthWeight + (lengthWeight * terms.length) / Math.max(1, average));
      return score + ((weight.get(term) ?? 0) * count * (saturation + 1)) / norm;
    }, 0),
  );
};
