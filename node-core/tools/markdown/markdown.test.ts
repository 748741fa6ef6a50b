import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorCode } from '../../contract/index.ts';
import { toolContext } from '../../testing/tool-context.ts';
import { htmlToMarkdown } from './convert.ts';
import { textMarkdown } from './markdown.ts';

describe('HTML as Markdown', () => {
  it.each([
    ['<h1>A</h1><h2>B</h2><p>c <b>d</b> <em>e</em></p>', '# A\n\n## B\n\nc **d** _e_'],
    ['<ul><li>one<li>two</ul>', '-   one\n-   two'],
    ['<pre><code>x = 1\n\ny</code></pre>', '```\nx = 1\n\ny\n```'],
    ['<blockquote>said</blockquote>', '> said'],
    ['<p>2 * 3 * 4 and _this_</p>', '2 \\* 3 \\* 4 and \\_this\\_'],
    ['a &lt;script&gt; b', 'a <script\\> b'],
    [
      '<table><tr><td>a|b</td><td>c\nd</td></tr><tr><td>1</td></tr></table>',
      '| a\\|b | c d |\n| --- | --- |\n| 1 |  |',
    ],
    ['<table><tr><td>layout</td></tr></table>', 'layout'],
    ['<a href="/x (1)">link</a>', '[link](https://example.org/x%20%281%29)'],
    ['<a href="javascript:alert(1)">s</a><a href="data:text/html,x">d</a><a>n</a>', 'sdn'],
    ['<a href="mailto:a@example.org">m</a>', '[m](mailto:a@example.org)'],
    ['<script>s</script><style>t</style><img src=x alt=p><iframe src=y></iframe><p hidden>h</p>', ''],
    ['<!doctype html><title>t</title><body><p>only', 'only'],
    ['', ''],
    ['text alone', 'text alone'],
  ])('%s', (html, markdown) => {
    expect(htmlToMarkdown(html, 'https://example.org/a/')).toBe(markdown);
  });

  it('leaves out relative addresses where nothing says of what', () => {
    expect(htmlToMarkdown('<a href="/x">link</a>', null)).toBe('link');
  });

  it('is a tool that needs nothing set, and gives up on what is nested without end', async () => {
    const call = async (html: string) =>
      z.object({ markdown: z.string() }).parse(await textMarkdown.call({ html }, toolContext(textMarkdown)));
    expect(textMarkdown.missing(() => null)).toBeNull();
    expect(await call('<p>a <i>b</i></p>')).toEqual({ markdown: 'a _b_' });
    await expect(call('<div>'.repeat(20_000)).catch((error: unknown) => errorCode(error))).resolves.toBe('TOOL_FAILED');
  });
});
