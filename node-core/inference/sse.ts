const MAX_LINE = 1 << 20;

/** The data of each event of a server-sent event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). @throws on a line or an event without end */
export async function* sseData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let buffer = '';
  let data: string[] = [];
  let size = 0;
  for await (const chunk of body) {
    buffer += decoder.decode(chunk, { stream: true });
    const lines = buffer.split(/\r\n|\n|\r(?!$)/u);
    buffer = lines.pop() ?? '';
    if (buffer.length > MAX_LINE) throw new Error('A line of the stream is too long.');
    for (const line of lines) {
      if (line.startsWith('data:')) {
        size += line.length;
        if (size > MAX_LINE) throw new Error('An event of the stream is too long.');
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      } else if (line === '' && data.length > 0) {
        yield data.join('\n');
        data = [];
        size = 0;
      }
    }
  }
  if (buffer.startsWith('data:')) data.push(buffer.slice(5).trimStart());
  if (data.length > 0) yield data.join('\n');
}
