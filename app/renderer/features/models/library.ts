import type { CatalogEntry, Fit } from '../../../../node-core/contract/index.ts';
import { formatSize } from '../../days.ts';

export type LibraryFilter = 'all' | 'chat' | 'embedding' | 'fits';

export const fitWords: Readonly<Record<Fit['verdict'], string>> = {
  fits: 'Fits',
  slow: 'Slow here',
  'wont-fit': 'Won’t fit',
};

/** `2.5 GB`, or `about 2.5 GB` where only the server knows. */
export const sizeText = ({ size, estimatedSize }: CatalogEntry): string =>
  size === null ? `about ${formatSize(estimatedSize)}` : formatSize(size);

/** `32k`, as context lengths are spoken of. */
export const contextText = (tokens: number): string =>
  tokens >= 1_024 ? `${Math.round(tokens / 1_024)}k` : String(tokens);

const fold = (text: string): string => text.toLowerCase().normalize('NFKD');

/** Those of the kind that have every word of the query; one on its way is never hidden. */
export const filterLibrary = (
  entries: readonly CatalogEntry[],
  filter: LibraryFilter,
  query: string,
): readonly CatalogEntry[] => {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (entry.download) return true;
    if (filter === 'fits' ? entry.fit.verdict !== 'fits' : filter !== 'all' && entry.kind !== filter) return false;
    const text = fold(
      [
        entry.name,
        entry.author,
        entry.description,
        entry.parameters,
        entry.quantization,
        entry.license.name,
        ...entry.goodAt,
      ].join(' '),
    );
    return words.every((word) => text.includes(word));
  });
};
