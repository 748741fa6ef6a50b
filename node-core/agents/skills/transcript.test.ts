import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTranscript, type Transcript } from './transcript.ts';
import { extractionWindows, PASSES } from './window.ts';

function read(text: string): Transcript {
  const transcript = splitTranscript(text, { today: '2026-03-06' });
  if ('code' in transcript) throw new Error(transcript.message);
  return transcript;
}

describe('splitTranscript', () => {
  it('takes the day of the meeting from its head, not from what someone says', () => {
    expect(read('Weekly\nLee: On June 12 I start.\nDana: I call the printer tomorrow.').date).toBe('2026-03-06');
    expect(read('Weekly, 4 March\nLee: On June 12 I start.\nDana: Fine.').date).toBe('2026-03-04');
  });

  it('keeps line numbers of the text as given and cuts lines into sentences', () => {
    const { units } = read(
      'Ann: Hello there everybody.\n\nBen: I bring the tent. Could somebody please get the keys?\n',
    );
    expect(units.map(({ line, text, speaker }) => [line, text, speaker])).toEqual([
      [1, 'Hello there everybody.', 'Ann'],
      [3, 'I bring the tent.', 'Ben'],
      [3, 'Could somebody please get the keys?', 'Ben'],
    ]);
  });

  it('does not cut at abbreviations and numbers', () => {
    expect(read('Mr. Weber paid no. 4 on 3.5. already and 4.1.3 is out').units).toHaveLength(1);
  });

  it('cuts long runs of words without punctuation', () => {
    const long =
      'so the first thing is the fridge and it was warm again on saturday and then the door did not close so somebody has to call them and also the menu is not printed yet';
    const { units } = read(long);
    expect(units.length).toBeGreaterThan(1);
    expect(units.map(({ text }) => text).join(' ')).toBe(long);
  });

  it.each([
    ['[10:02] Zoë: fine\n[10:03] Zoë: bye', ['zoë']],
    ['Present: Kovač (electrics), Åsa Öberg and Doe\nKovač tests it.', ['kovač', 'åsa', 'öberg', 'doe']],
    ['okay its me yusuf and carla is here too\ncarla can you order salt', ['yusuf', 'carla']],
    ['[09:01] anna_k: hi\n[09:05] mei: the notes', ['anna_k', 'mei']],
    ['Speaker 1: hello\nSpeaker 2: hi\nSpeaker 1: so\nSpeaker 2: yes', ['speaker 1', 'speaker 2']],
    ['Anna (PM) 10:31 AM\nHello there\nJoe 10:32 AM\nyes', ['anna', 'joe']],
    ['WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Sarah>Hello to you.', ['sarah']],
    ['**Ravi:** yes\n**Ravi:** no', ['ravi']],
  ])('finds the people in %j', (text, names) =>
    expect([...read(text).people.known.keys()]).toEqual(expect.arrayContaining(names)),
  );

  it('gives lines below a name and a time to that speaker', () => {
    expect(
      read('Anna (PM) 10:31 AM\nWho brings the tent?\nJoe 10:32 AM\nI do, I do.').units.map(({ speaker }) => speaker),
    ).toEqual(['Anna', 'Joe']);
  });

  it('takes labels like "Decision:" for what they are', () => {
    const { people } = read('Decision: we stop\nDecision: we go\nAction: Tom brings it\nTom: yes\nTom: no');
    expect([...people.known.keys()]).toEqual(['tom']);
  });

  it('knows who writes a mail', () =>
    expect(read('Hi all,\n\nI will order the cake.\n\nBest,\nMarta').people.author).toBe('Marta'));

  it('takes the date from the head of the text unless one is given', () => {
    expect(read('Minutes, 22 May 2026\nNothing.').date).toBe('2026-05-22');
  });

  it.each(['', '  \n ', '\u0000\u0001\u0002\u0003\u0004\u0005\u0006', '🎉🎉'])('refuses %j with a code', (text) =>
    expect(splitTranscript(text, { today: '2026-03-06' })).toHaveProperty('code'),
  );

  it('cuts a megabyte, saying so, and stays fast', () => {
    const transcript = read('Ann: I will bring the tent on Friday.\n'.repeat(30_000));
    expect(transcript.notices.map(({ code }) => code)).toContain('TRUNCATED');
    expect(transcript.units.length).toBeLessThan(8000);
  });

  it('takes markup out and says when a text is not English', () => {
    const codes = (text: string): string[] => read(text).notices.map(({ code }) => code);
    expect(codes('<p>Ann: <b>hello</b> you</p><script>alert(1)</script>')).toContain('CLEANED');
    expect(codes('اجتماع الفريق يوم الاثنين سنناقش الميزانية الجديدة مع المدير')).toContain('NOT_ENGLISH');
    expect(JSON.stringify(read('<script>alert(1)</script>Ann: hi there all').units)).not.toContain('alert');
  });
});

describe('extractionWindows', () => {
  it('judges every unit equally often and keeps names and dates out of the prompt', () => {
    const transcript = read(
      'Zbigniew: Thandiwe, can you call the plumber by Tuesday?\nThandiwe: Tuesday works for me.\n'.repeat(20),
    );
    const windows = extractionWindows(transcript);
    const judged = windows.flatMap(({ units }) =>
      units.filter(({ marker }) => marker !== null).map(({ unit }) => unit.start),
    );
    expect(judged.toSorted((a, b) => a - b)).toEqual(
      transcript.units.flatMap(({ start }) => Array.from({ length: PASSES }, () => start)),
    );
    for (const { prompt } of windows) expect(prompt).not.toMatch(/zbigniew|thandiwe|tuesday/iu);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 12 }), (lines) => {
        const transcript = splitTranscript(lines.join('\n'), { today: '2026-03-06' });
        if (!('code' in transcript)) extractionWindows(transcript);
      }),
      { numRuns: 200 },
    );
  });
});
