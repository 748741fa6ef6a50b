import { termsOf } from './terms.ts';

export interface Vector {
  /** Of length 1. */
  readonly weights: ReadonlyMap<string, number>;
}

/** TF-IDF: terms weigh more where fewer texts have them, and of length 1. Terms of a single text tell nothing about others. */
export const vectorsOf = (texts: readonly string[]): Vector[] => {
  const terms = texts.map(termsOf);
  const having = new Map<string, number>();
  for (const each of terms) for (const term of new Set(each)) having.set(term, (having.get(term) ?? 0) + 1);
  return terms.map((each) => {
    const counts = new Map<string, number>();
    for (const term of each) counts.set(term, (counts.get(term) ?? 0) + 1);
    const weights = [...counts].map(([term, count]): [string, number] => [
      term,
      (1 + Math.log(count)) * Math.log((1 + texts.length) / (having.get(term) ?? 1)),
    ]);
    return scaled(weights.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostTerms));
  });
};

/** What a long text is about is in its heaviest terms; the others cost time. */
const mostTerms = 80;

/** Cosine of each two. */
export const similarities = (vectors: readonly Vector[]): readonly Float64Array[] => {
  const having = new Map<string, (readonly [number, number])[]>();
  for (const [index, { weights }] of vectors.entries())
    for (const [term, weight] of weights) {
      const list = having.get(term);
      if (list) list.push([index, weight]);
      else having.set(term, [[index, weight]]);
    }
  const all = vectors.map(() => new Float64Array(vectors.length));
  for (const list of having.values())
    for (const [one, weight] of list)
      for (const [other, otherWeight] of list) {
        const row = all[one];
        if (row) row[other] = (row[other] ?? 0) + weight * otherWeight;
      }
  return all;
};

const scaled = (weights: readonly (readonly [string, number])[]): Vector => {
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return { weights: new Map(weights.map(([term, weight]) => [term, weight / length])) };
};

/** Cosine. */
export const similarity = ({ weights: a }: Vector, { weights: b }: Vector): number => {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of few) sum += weight * (many.get(term) ?? 0);
  return sum;
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

const rounds = 12;
/** Below this a text has nothing in common with a cluster but chance. */
const together = 0.06;

/**
 * Spherical k-means, the same every time: seeds are the text nearest to all others, then each time the one farthest from the seeds so
 * far. What fits nowhere is left over. Dhillon & Modha, "Concept decompositions for large sparse text data", 2001.
 */
export const clustersOf = (vectors: readonly Vector[], count: number): { clusters: Cluster[]; left: number[] } => {
  const all = centreOf(vectors);
  const nearestTo = (score: (vector: Vector) => number, among: readonly number[]) =>
    among.reduce<number | undefined>((best, index) => {
      const vector = vectors[index];
      const known = best === undefined ? undefined : vectors[best];
      return vector && (!known || score(vector) > score(known)) ? index : best;
    }, undefined);
  const indices = vectors.map((_, index) => index).filter((index) => (vectors[index]?.weights.size ?? 0) > 0);
  const seeds: number[] = [];
  while (seeds.length < Math.min(count, indices.length)) {
    const chosen = seeds.flatMap((seed) => vectors[seed] ?? []);
    // Far from the seeds, and yet not alone: a text that is like no other is no theme.
    const next = nearestTo(
      (vector) =>
        seeds.length === 0
          ? similarity(vector, all)
          : similarity(vector, all) * (1 - Math.max(...chosen.map((seed) => similarity(vector, seed)))),
      indices.filter((index) => !seeds.includes(index)),
    );
    if (next === undefined) break;
    seeds.push(next);
  }
  let centres = seeds.flatMap((seed) => vectors[seed] ?? []);
  let members: number[][] = [];
  let left: number[] = [];
  let before = '';
  for (let round = 0; round < rounds; round += 1) {
    members = centres.map(() => []);
    left = vectors.map((_, index) => index).filter((index) => !indices.includes(index));
    for (const index of indices) {
      const vector = vectors[index];
      if (!vector) continue;
      const scores = centres.map((centre) => similarity(vector, centre));
      const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
      if ((scores[best] ?? 0) >= together) members[best]?.push(index);
      else left.push(index);
    }
    const now = JSON.stringify(members);
    if (now === before) break;
    before = now;
    centres = members.map((each) => centreOf(each.flatMap((index) => vectors[index] ?? [])));
  }
  const clusters = members
    .map((each, at) => ({ members: each, centre: centres[at] ?? all }))
    .filter(({ members: each }) => each.length >= 2)
    .toSorted((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0));
  const kept = new Set(clusters.flatMap((cluster) => cluster.members));
  return { clusters, left: vectors.map((_, index) => index).filter((index) => !kept.has(index)) };
};
