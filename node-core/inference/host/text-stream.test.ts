import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopFilter, createTextStream } from './text-stream.ts';

/** One token per byte, as a byte-fallback vocabulary has for what it does not know. */
const bytesAsTokens = {
  tokenize: (text: string) => Uint32Array.from(Buffer.from(text)),
  detokenize: (tokens: Uint32Array) => Buffer.from(tokens).toString('utf8'),
};

const stream = (text: string): string[] => {
  const into = createTextStream(bytesAsTokens, [...bytesAsTokens.tokenize('é before')], true);
  return [...[...bytesAsTokens.tokenize(text)].map((token) => into.push(token)), into.end()];
};

describe('createTextStream', () => {
  it('joins to the text, in whole characters, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pieces = stream(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(piece).toBe(Buffer.from(piece).toString('utf8'));
      }),
    );
  });

  it('does not wait for ever on bytes that are no text', () => {
    const into = createTextStream(bytesAsTokens, [], true);
    const shown = Array.from({ length: 40 }, () => into.push(0xff)).join('');
    expect(shown.length).toBeGreaterThan(20);
  });
});

describe('createStopFilter', () => {
  it('shows what precedes the first stop string however the text is cut', () => {
    const stops = ['STOP', '</s>', 'ß\n'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('S', 'T', 'O', 'P', '<', '/', 's', '>', 'ß', '\n', 'x', 'STO', 'STOP')),
        (pieces) => {
          const filter = createStopFilter(stops);
          let shown = '';
          let stopped = false;
          for (const piece of pieces) {
            if (stopped) break;
            const next = filter.push(piece);
            shown += next.text;
            ({ stopped } = next);
          }
          if (!stopped) shown += filter.end();
          const text = pieces.join('');
          const at = stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
          // A longer text may hold an earlier stop that only a later piece completes; what was shown is then the shorter one.
          expect(text.startsWith(shown)).toBe(true);
          expect(stopped).toBe(at.length > 0);
          for (const stop of stops) expect(shown).not.toContain(stop);
          if (!stopped) expect(shown).toBe(text);
        },
      ),
    );
  });
});
