import { describe, expect, it } from 'vitest';
import type { Finding } from './extract.ts';
import { joinFindings, mergeFindings } from './merge.ts';
import { splitTranscript, type Transcript } from './transcript.ts';

function read(text: string): Transcript {
  const transcript = splitTranscript(text, { today: '2026-03-06' });
  if ('code' in transcript) throw new Error(transcript.message);
  return transcript;
}

const PLAIN = read('Ann: Something about the weather here.\nBen: And something about the food there.');

describe('joinFindings', () => {
  const action = (title: string, owner: string | null, due: string | null, line = 1): Finding => ({
    kind: 'action',
    title,
    owners: owner === null ? [] : [owner],
    due,
    line,
  });

  it('counts request, acceptance and recap once', () => {
    const { actions } = joinFindings(PLAIN, [
      action('Fix the photo upload', 'Dan', null, 3),
      action('Fix photo upload', 'Dan', '2026-03-10', 9),
      action('Fix the upload', null, null, 12),
    ]);
    expect(actions).toEqual([{ title: 'Fix the photo upload', owner: 'Dan', due: '2026-03-10', line: 3 }]);
  });

  it('keeps the same task of two people apart', () => {
    expect(
      joinFindings(PLAIN, [
        action('Write the weekly report', 'Dan', null, 1),
        action('Write the weekly report', 'Eve', null, 2),
      ]).actions,
    ).toHaveLength(2);
  });
});

describe('the vote of the passes', () => {
  const vote = (owner: string, title = 'Pay the invoice'): Finding => ({
    kind: 'action',
    title,
    owners: [owner],
    due: null,
    line: 2,
    unit: 0,
  });

  it('needs a majority for a decision, and takes the version of a task that most agree on', () => {
    const decided: Finding = { kind: 'decision', text: 'We drop the buffet', line: 2, unit: 0 };
    expect(mergeFindings(PLAIN, [decided]).decisions).toEqual([]);
    expect(mergeFindings(PLAIN, [decided, decided]).decisions).toHaveLength(1);
    expect(mergeFindings(PLAIN, [vote('Ann'), vote('Ben'), vote('Ben')]).actions).toMatchObject([{ owner: 'Ben' }]);
  });

  it('keeps two tasks of one sentence', () => {
    const both = [vote('Ben'), vote('Ben', 'Call the bank')];
    expect(mergeFindings(PLAIN, [...both, ...both, ...both]).actions).toHaveLength(2);
  });
});

describe('cues', () => {
  const found = (text: string): unknown => mergeFindings(read(text), []);

  it.each([
    [
      'Ann: Ben, can you call the plumber by Tuesday?\nBen: Yes, sure.',
      [{ title: 'Call the plumber', owner: 'Ben', due: '2026-03-10', line: 1 }],
    ],
    [
      'Ann: I will order the salt.\nBen: Thanks a lot.',
      [{ title: 'Order the salt', owner: 'Ann', due: null, line: 1 }],
    ],
    ['Ann: Should I also try the other shop?\nBen: No, leave it.', []],
    ['Ann: I might paint the door, if there is time.\nBen: If.', []],
    ['Ann: Did you call the plumber?\nBen: Yes, on Monday.', []],
    ['Ann: Ben, can you do the flyers?\nBen: I have enough on my plate.', []],
    [
      'Ann: Ben, send me the plan for June by Tuesday, please.\nBen: Someone should book the hall.',
      [{ title: 'Book the hall', owner: null, due: null, line: 2 }],
    ],
    [
      'Actions\n- Ann & Ben: fix the export by Tuesday\n- [x] call the plumber\n- find an owner for the mails',
      [
        { title: 'Fix the export', owner: 'Ann and Ben', due: '2026-03-10' },
        { title: 'Find an owner for the mails', owner: null },
      ],
    ],
    [
      'talked about the leak\ncall the landlord tomorrow',
      [{ title: 'Call the landlord', owner: null, due: '2026-03-07' }],
    ],
  ])('%j', (text, actions) => expect(found(text)).toMatchObject({ actions }));

  it('take the words of the model where it found the same', () => {
    const transcript = read('Ann: I will order the salt.\nBen: Thanks a lot.');
    const own: Finding = {
      kind: 'action',
      title: 'Order the coarse salt',
      owners: ['Ann'],
      due: null,
      line: 1,
      unit: 5,
    };
    expect(mergeFindings(transcript, [own]).actions).toMatchObject([{ title: 'Order the coarse salt' }]);
  });
});
