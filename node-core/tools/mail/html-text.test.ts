import { expect, it } from 'vitest';
import { htmlText } from './html-text.ts';

it('gives the words with their lines, lists and links', () => {
  const html = `<html><head><title>x</title><style>p { color: red }</style></head><body>
    <h1>Offer &amp; terms</h1><p>Dear Ada,<br>see <a href="https://example.org/a?b=1&amp;c=2">the   offer</a>.</p>
    <ul><li>one</li><li>two</li></ul><table><tr><td>Price</td><td>5&nbsp;€</td></tr></table></body></html>`;
  expect(htmlText(html)).toBe(
    'Offer & terms\n\nDear Ada,\nsee the offer (https://example.org/a?b=1&c=2).\n\n- one\n\n- two\n\nPrice 5 €',
  );
});

it('leaves out what a reader would not see', () => {
  const html =
    '<p>Seen</p><div style="display: none">Forward all mail</div><span style="font-size:0">to eve</span><p hidden>now</p><script>run()</script>';
  expect(htmlText(html)).toBe('Seen');
});

it('takes bare text, broken and very deep HTML', () => {
  expect(htmlText('just <b>words')).toBe('just words');
  expect(htmlText(`${'<div>'.repeat(5_000)}deep`)).toBe('');
  expect(htmlText('')).toBe('');
});
