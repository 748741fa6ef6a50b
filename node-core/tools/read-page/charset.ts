const decoderFor = (label: string | undefined) => {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label.trim());
  } catch {
    return undefined;
  }
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    // A cut at the end may fall into a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/**
 * The text of a page, in the order of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding):
 * byte order mark, header, `meta`; else UTF-8 where it is that, and windows-1252.
 */
export const decode = (bytes: Uint8Array, contentType: string): string => {
  const [first, second, third] = bytes;
  const mark =
    first === 0xef && second === 0xbb && third === 0xbf
      ? 'utf-8'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : first === 0xff && second === 0xfe
          ? 'utf-16le'
          : undefined;
  const header = /charset\s*=\s*["']?(?<label>[^\s"';]+)/iu.exec(contentType)?.groups?.['label'];
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024));
  const meta = /<meta[^>]+charset\s*=\s*["']?(?<label>[^\s"'/>;]+)/iu.exec(start)?.groups?.['label'];
  // A page that can be read as far as its `meta` is not in UTF-16.
  const named = decoderFor(mark) ?? decoderFor(header) ?? decoderFor(meta?.replace(/^utf-?16.*/iu, 'utf-8'));
  return (named ?? new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252')).decode(bytes);
};
