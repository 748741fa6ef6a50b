import { isScalar, parseDocument } from 'yaml';

/** The text with another version, and nothing else changed. */
export const withVersion = (text: string, version: number): string => {
  const node = parseDocument(text, { uniqueKeys: false }).get('version', true);
  const range = isScalar(node) ? node.range : undefined;
  return range ? `${text.slice(0, range[0])}${version}${text.slice(range[1])}` : text;
};
