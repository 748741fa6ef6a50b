import { communities, nearest, nearestOf } from './communities.ts';
import { stem, tellingWords, termsOf } from './terms.ts';

export interface Vector {
  /** Of length 1. */
  readonly weights: ReadonlyMap<string, number>;
}

interface Reading {
  /** Of each text its terms in their count. */
  readonly counts: readonly ReadonlyMap<string, number>[];
  /** A term as it is mostly written: "budget", not "budgets". */
  wordFor(term: string): string;
}

const read = (texts: readonly string[]): Reading => {
  const terms = new Map<string, string>();
  const written = new Map<string, number>();
  const counts = texts.map((text) => {
    const words = new Map<string, number>();
    for (const word of tellingWords(text)) words.set(word, (words.get(word) ?? 0) + 1);
    const own = new Map<string, number>();
    for (const [word, count] of words) {
      let term = terms.get(word);
      if (term === undefined) terms.set(word, (term = stem(word)));
      own.set(term, (own.get(term) ?? 0) + count);
      written.set(word, (written.get(word) ?? 0) + count);
    }
    return own;
  });
  const best = new Map<string, { readonly word: string; readonly count: number }>();
  for (const [word, term] of terms) {
    const count = written.get(word) ?? 0;
    const known = best.get(term);
    if (!known || count > known.count || (count === known.count && word < known.word)) best.set(term, { word, count });
  }
  return { counts, wordFor: (term) => best.get(term)?.word ?? term };
};

const mostTerms = 80;
/** A term of more texts than this share says nothing of any of them, where there are enough. */
const common = { share: 0.5, texts: 3 };

const weigh = (counts: Reading['counts'], tells: (term: string, having: number) => boolean = () => true): Vector[] => {
  const having = new Map<string, number>();
  for (const each of counts) for (const term of each.keys()) having.set(term, (having.get(term) ?? 0) + 1);
  const rarity = new Map<string, number>();
  for (const [term, inTexts] of having)
    if (tells(term, inTexts)) rarity.set(term, Math.log((1 + counts.length) / inTexts));
  return counts.map((each) => {
    const weights: [string, number][] = [];
    for (const [term, count] of each) {
      const rare = rarity.get(term);
      if (rare !== undefined) weights.push([term, (1 + Math.log(count)) * rare]);
    }
    return scaled(heaviest(weights));
  });
};

/** What a long text is about is in its heaviest terms; the others cost time. */
const heaviest = (weights: readonly [string, number][]): readonly [string, number][] => {
  if (weights.length <= mostTerms) return weights;
  const least = Float64Array.from(weights, ([, weight]) => -weight).sort()[mostTerms - 1] ?? 0;
  return weights.filter(([, weight]) => weight >= -least);
};

/** TF-IDF over all terms: how alike the wording of texts is. */
export const vectorsOf = (texts: readonly string[]): Vector[] => weigh(read(texts).counts);

/** TF-IDF over the terms that tell what a text is about: not those of a single text, of most, or of any subject ("Tuesday", "needs"). */
export const subjectsOf = (texts: readonly string[]): { vectors: Vector[]; wordFor: Reading['wordFor'] } => {
  const { counts, wordFor } = read(texts);
  const most = Math.max(common.texts, texts.length * common.share);
  const vectors = weigh(counts, (term, having) => having > 1 && having <= most && !fillers.has(term));
  return { vectors, wordFor };
};

/** Cosine of each two. */
export const similarities = (vectors: readonly Vector[]): readonly Float64Array[] => {
  const having = new Map<string, { readonly indices: number[]; readonly weights: number[] }>();
  const all = vectors.map(() => new Float64Array(vectors.length));
  for (const [index, { weights }] of vectors.entries()) {
    const row = all[index] ?? new Float64Array();
    for (const [term, weight] of weights) {
      const list = having.get(term);
      if (!list) {
        having.set(term, { indices: [index], weights: [weight] });
        continue;
      }
      for (let at = 0; at < list.indices.length; at += 1) {
        const other = list.indices[at] ?? 0;
        row[other] = (row[other] ?? 0) + weight * (list.weights[at] ?? 0);
      }
      list.indices.push(index);
      list.weights.push(weight);
    }
    for (let other = 0; other < index; other += 1) {
      const across = all[other];
      if (across) across[index] = row[other] ?? 0;
    }
    row[index] = 1;
  }
  return all;
};

const scaled = (weights: readonly (readonly [string, number])[]): Vector => {
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return { weights: new Map(weights.map(([term, weight]) => [term, weight / length])) };
};

/** Terms that two share, those that weigh most first. */
export const sharedTerms = (a: Vector, b: Vector, most: number): string[] =>
  [...a.weights]
    .map(([term, weight]) => ({ term, weight: weight * (b.weights.get(term) ?? 0) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight || (one.term < other.term ? -1 : 1))
    .slice(0, most)
    .map(({ term }) => term);

const centreOf = (members: readonly Vector[]): Vector => {
  const sum = new Map<string, number>();
  for (const { weights } of members) for (const [term, weight] of weights) sum.set(term, (sum.get(term) ?? 0) + weight);
  return scaled([...sum]);
};

export interface Cluster {
  readonly members: readonly number[];
  readonly centre: Vector;
}

/** Of a note those that are nearest: they lend it their words, and join it to them. */
const lenders = 8;
const neighbours = 5;
const lent = 0.5;
/** Below this two have nothing in common but chance. */
const together = 0.05;

/**
 * Short notes on one subject can have no word in common: each takes some of its nearest ones' words. Of vectors V and what is taken A,
 * the cosines of A V are those of A (V Vᵀ) Aᵀ.
 */
const throughNeighbours = (likeness: readonly Float64Array[]): readonly Float64Array[] => {
  const taken = likeness.map((row, index) => nearestOf(row, index, lenders, together));
  const half = likeness.map((row, index) => {
    const sum = Float64Array.from(row);
    for (const [at, near] of taken[index] ?? []) {
      const other = likeness[at];
      if (other) for (let to = 0; to < sum.length; to += 1) sum[to] = (sum[to] ?? 0) + lent * near * (other[to] ?? 0);
    }
    return sum;
  });
  const whole = half.map((row) => {
    const sum = Float64Array.from(row);
    for (let to = 0; to < sum.length; to += 1)
      for (const [at, near] of taken[to] ?? []) sum[to] = (sum[to] ?? 0) + lent * near * (row[at] ?? 0);
    return sum;
  });
  const lengths = whole.map((row, index) => Math.sqrt(row[index] ?? 0) || 1);
  return whole.map((row, index) => row.map((value, other) => value / ((lengths[index] ?? 1) * (lengths[other] ?? 1))));
};

/** So near, beside how near their own members are, are two groups of one subject: where many texts say the same, each knows only its twins. */
const sameSubject = 0.4;

/** Puts together what is of one subject, the nearest first. */
const joined = (groups: readonly number[][], likeness: readonly Float64Array[]): number[][] => {
  const members = groups.map((group) => [...group]);
  const sums = groups.map((group) =>
    groups.map((other) => {
      let sum = 0;
      for (const from of group) for (const to of other) if (from !== to) sum += likeness[from]?.[to] ?? 0;
      return sum;
    }),
  );
  const mean = (one: number, other: number): number => {
    const [size, otherSize] = [members[one]?.length ?? 0, members[other]?.length ?? 0];
    return (sums[one]?.[other] ?? 0) / Math.max(1, size * otherSize - (one === other ? size : 0));
  };
  for (;;) {
    let best: { readonly near: number; readonly into: number; readonly from: number } | null = null;
    const own = members.map((_, at) => mean(at, at));
    for (let from = 1; from < members.length; from += 1)
      for (let into = 0; into < from; into += 1) {
        const near = mean(into, from) / (Math.sqrt((own[into] ?? 0) * (own[from] ?? 0)) || 1);
        if (near >= sameSubject && (best === null || near > best.near)) best = { near, into, from };
      }
    if (!best) return members.map((group) => group.toSorted((a, b) => a - b));
    const { into, from } = best;
    members[into]?.push(...(members[from] ?? []));
    members.splice(from, 1);
    // Sums of both rows, then of both columns: what one had with the other is now its own.
    const [gone = []] = sums.splice(from, 1);
    const row = sums[into] ?? [];
    for (const [at, sum] of gone.entries()) row[at] = (row[at] ?? 0) + sum;
    for (const each of sums) {
      each[into] = (each[into] ?? 0) + (each[from] ?? 0);
      each.splice(from, 1);
    }
  }
};

/** Two of many that are alike are a chance; of few they are a theme. */
const leastMembers = (texts: number): number => (texts < 20 ? 2 : 3);

/** Groups of texts on one subject, the `most` largest; what is in none of them is left over. */
export const clustersOf = (vectors: readonly Vector[], most: number): { clusters: Cluster[]; left: number[] } => {
  const likeness = throughNeighbours(similarities(vectors));
  const groups = communities(nearest(likeness, neighbours, together)).filter(({ length }) => length >= 2);
  const clusters = joined(groups, likeness)
    .filter(({ length }) => length >= leastMembers(vectors.length))
    .toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
    .slice(0, most)
    .map((members) => ({ members, centre: centreOf(members.flatMap((index) => vectors[index] ?? [])) }));
  const kept = new Set(clusters.flatMap(({ members }) => members));
  return { clusters, left: vectors.map((_, index) => index).filter((index) => !kept.has(index)) };
};

/** Terms of a text but for those that are of any subject. */
export const subjectTermsOf = (text: string): string[] => termsOf(text).filter((term) => !fillers.has(term));

/** Words of any subject: days, numbers, what people do with things, and how good they are. */
const fillers = new Set(
  termsOf(
    `monday tuesday wednesday thursday friday saturday sunday january february end begin march april june july august september october november
december week weekend day today tomorrow tonight morning evening night month year hour minute time date early late later soon always never
often sometimes twice still yet already almost one two three four five six seven eight nine ten twelve first second third last next half
whole several many little less least enough another need want ask send take put give come go get look see say said tell know think find keep
try start stop bring buy order book call work done made left right good better best bad worse great nice old big small large long short high
low hard easy full open ready free sure possible important thing something everything nothing someone everybody nobody people person way part
piece bit lot kind idea note list plan question back away here instead without within since around against behind beside near far however
maybe even quite rather well else euro cost price pay paid st nd rd th am pm montag dienstag mittwoch donnerstag freitag samstag sonntag
januar februar märz april mai juni juli august september oktober november dezember woche tag heute morgen monat jahr stunde zeit eins zwei
drei vier fünf erste zweite letzte nächste mehr viel wenig gut besser schlecht neu alt groß klein lang kurz etwas alles nichts machen gehen
kommen brauchen fragen sagen kaufen notiz liste plan frage`,
  ),
);
