import { expect, test } from 'vitest';
import type { CatalogEntry } from '../../../../node-core/contract/index.ts';
import { contextText, filterLibrary, sizeText } from './library.ts';

const entry = (id: string, patch: Partial<CatalogEntry> = {}): CatalogEntry => ({
  id,
  name: id,
  author: 'Jan',
  kind: 'chat',
  description: 'Writes.',
  goodAt: ['tools'],
  parameters: '4B',
  quantization: 'Q4_K_M',
  contextLength: 32_768,
  license: { name: 'Apache 2.0', url: null },
  repository: 'jan/model',
  size: 2_500_000_000,
  estimatedSize: 2_500_000_000,
  fit: { verdict: 'fits', needed: 1, available: 2, speed: null, reason: 'Fits.' },
  installed: false,
  download: null,
  ...patch,
});
const underway: CatalogEntry['download'] = {
  id: 'large',
  name: 'large',
  state: 'running',
  received: 1,
  total: 2,
  speed: 1,
  error: null,
  createdAt: 1,
};
const small = entry('small');
const vectors = entry('vectors', { kind: 'embedding', goodAt: ['search'] });
const large = entry('large', { fit: { ...small.fit, verdict: 'wont-fit' } });
const all = [small, vectors, large];
const ids = (entries: readonly CatalogEntry[]): string[] => entries.map(({ id }) => id);

test('by kind, by what fits, by words in any order', () => {
  expect(ids(filterLibrary(all, 'all', ''))).toEqual(['small', 'vectors', 'large']);
  expect(ids(filterLibrary(all, 'embedding', ''))).toEqual(['vectors']);
  expect(ids(filterLibrary(all, 'fits', ''))).toEqual(['small', 'vectors']);
  expect(ids(filterLibrary(all, 'all', 'SEARCH jan'))).toEqual(['vectors']);
  expect(ids(filterLibrary(all, 'chat', 'nothing like it'))).toEqual([]);
});

test('a model on its way is never filtered away', () => {
  expect(ids(filterLibrary([small, { ...large, download: underway }], 'embedding', 'search'))).toEqual(['large']);
});

test('sizes and contexts as they are spoken of', () => {
  expect(sizeText(small)).toBe('2.5 GB');
  expect(sizeText({ ...small, size: null })).toBe('about 2.5 GB');
  expect([512, 32_768, 262_144].map(contextText)).toEqual(['512', '32k', '256k']);
});
