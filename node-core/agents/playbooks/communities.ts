/** Of each node its neighbours, with how near they are; the same both ways. */
export type Links = readonly ReadonlyMap<number, number>[];

/** Each node with the few that are nearest to it. */
export const nearest = (likeness: readonly Float64Array[], most: number, least: number): Links => {
  const links = likeness.map(() => new Map<number, number>());
  for (const [from, row] of likeness.entries())
    for (const [to, near] of nearestOf(row, from, most, least)) {
      links[from]?.set(to, near);
      links[to]?.set(from, near);
    }
  return links;
};

/** Those most like one of them, the nearest first. */
export const nearestOf = (
  row: Float64Array,
  own: number,
  most: number,
  least: number,
): (readonly [number, number])[] => {
  const found: (readonly [number, number])[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const near = row[at] ?? 0;
    if (at !== own && near >= least) found.push([at, near]);
  }
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
};

const mostRounds = 20;

/** One pass: each node goes to the neighbour's group that it belongs to most, until none moves. Gives the group of each. */
const settle = (links: Links): number[] => {
  const degrees = links.map((own) => own.values().reduce((sum, near) => sum + near, 0));
  const whole = degrees.reduce((sum, degree) => sum + degree, 0) || 1;
  const groupOf = links.map((_, index) => index);
  const totals = [...degrees];
  for (let round = 0; round < mostRounds; round += 1) {
    let moved = false;
    for (const [node, own] of links.entries()) {
      const degree = degrees[node] ?? 0;
      const from = groupOf[node] ?? node;
      const pulls = new Map<number, number>([[from, 0]]);
      for (const [other, near] of own) {
        const group = groupOf[other] ?? other;
        if (other !== node) pulls.set(group, (pulls.get(group) ?? 0) + near);
      }
      totals[from] = (totals[from] ?? 0) - degree;
      const gain = (group: number): number => (pulls.get(group) ?? 0) - ((totals[group] ?? 0) * degree) / whole;
      let [best, most] = [from, gain(from) + 1e-12];
      for (const group of pulls.keys()) {
        const own = gain(group);
        if (own > most) [best, most] = [group, own];
      }
      totals[best] = (totals[best] ?? 0) + degree;
      groupOf[node] = best;
      moved ||= best !== from;
    }
    if (!moved) break;
  }
  return groupOf;
};

/**
 * Groups that hold together more than chance would have it, the same every time.
 * Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large networks", 2008.
 */
export const communities = (links: Links): number[][] => {
  let members = links.map((_, index) => [index]);
  let graph = links;
  for (;;) {
    const groupOf = settle(graph);
    const groups = [...new Set(groupOf)];
    if (groups.length === graph.length) return members;
    const place = new Map(groups.map((group, at) => [group, at]));
    const joined = groups.map((): number[] => []);
    const next = groups.map(() => new Map<number, number>());
    for (const [node, own] of graph.entries()) {
      const at = place.get(groupOf[node] ?? node) ?? 0;
      joined[at]?.push(...(members[node] ?? []));
      for (const [other, near] of own) {
        const to = place.get(groupOf[other] ?? other) ?? 0;
        next[at]?.set(to, (next[at]?.get(to) ?? 0) + near);
      }
    }
    members = joined.map((group) => group.toSorted((a, b) => a - b));
    graph = next;
  }
};
