import { describe, expect, it } from 'vitest';
import { parseWindow, windowGrammar, type Finding } from './extract.ts';
import { joinFindings } from './merge.ts';
import { taskTitle } from './titles.ts';
import { splitTranscript, type Transcript } from './transcript.ts';
import { extractionWindows, type ExtractionWindow } from './window.ts';

function first(text: string): { transcript: Transcript; window: ExtractionWindow } {
  const transcript = splitTranscript(text, { today: '2026-03-06' });
  if ('code' in transcript) throw new Error(transcript.message);
  const [window] = extractionWindows(transcript);
  if (window === undefined) throw new Error('no window');
  return { transcript, window };
}

const MEETING =
  'Ann: The invoice of the caterer came.\nBen: Oh. I will pay it by Tuesday.\nAnn: Then we drop the buffet.\nBen: Fine.';

describe('parseWindow', () => {
  it('gives words, names and dates of the transcript', () => {
    const { transcript, window } = first(MEETING);
    const findings = parseWindow(
      transcript,
      window,
      '<a><no><b><act><me> pay it<ref> the invoice of the caterer<by><d1><c><dec> we drop the buffet<d><no>',
    );
    expect(findings).toEqual([
      {
        kind: 'action',
        unit: 43,
        line: 2,
        title: 'Pay the invoice of the caterer',
        owners: ['Ben'],
        due: '2026-03-10',
      },
      { kind: 'decision', unit: 78, line: 3, text: 'We drop the buffet' },
    ]);
  });

  it('gives no line the date of another where there are more dates than placeholders', () => {
    const days = Array.from({ length: 11 }, (_, index) => `on ${index + 10} March`).join(', ');
    const { window } = first(`Ann: I can call them ${days}.\nBen: Fine.`);
    expect(window.dates.size).toBe(9);
    expect(window.dates.get('<d9>')).toBe('2026-03-18');
  });

  it('takes what is whole of an answer that was cut off, and nothing from nonsense', () => {
    const { transcript, window } = first(MEETING);
    expect(parseWindow(transcript, window, '<a><no><b><act><me> pay it<by><d1><c><de')).toHaveLength(1);
    expect(parseWindow(transcript, window, 'hello <x><y> <act>')).toEqual([]);
    expect(parseWindow(transcript, window, '<b><act><s9> words that are not there')).toEqual([]);
  });

  it('lets two people own one task, and everybody', () => {
    const { transcript, window } = first('Ann: The tent, please bring it.\nCem: Okay then.\nDot: Fine by me.');
    const [token1 = '', token2 = ''] = ['Cem', 'Dot'].map(
      (name) => [...window.names].find(([, shown]) => shown === name)?.[0] ?? '',
    );
    expect(parseWindow(transcript, window, `<a><act>${token1}${token2} bring it<ref> the tent`)).toMatchObject([
      { owners: ['Cem', 'Dot'] },
    ]);
    expect(parseWindow(transcript, window, '<a><act><all> bring it<ref> the tent')).toMatchObject([
      { owners: ['everybody'] },
    ]);
  });
});

describe('what follows from the words, not from the model', () => {
  const read = (line: string, answer: string): Finding[] => {
    const { transcript, window } = first(`Ann: Hello to all of you.\nBen: ${line}\nAnn: Fine with me.`);
    return parseWindow(transcript, window, answer);
  };

  it.each([
    [
      'I will get the menu cards printed by Thursday because of the party.',
      'get the menu',
      'Get the menu cards printed',
      'Ben',
      '2026-03-12',
    ],
    [
      'Ann and Ben bring the chairs up on Tuesday before the delivery.',
      'bring the',
      'Bring the chairs up',
      'Ann and Ben',
      '2026-03-10',
    ],
    ['Ann, can you order the salt today, with the rest?', 'the salt', 'Order the salt', 'Ann', '2026-03-06'],
    [
      'Ann sends the firm a written notice as soon as she can.',
      'sends the firm',
      'Send the firm a written notice',
      'Ann',
      null,
    ],
  ])('%s', (line, span, title, owner, due) => {
    const { transcript } = first(MEETING);
    const [finding] = read(line, `<b><act><who> ${span}`);
    expect(joinFindings(transcript, finding === undefined ? [] : [finding]).actions).toMatchObject([
      { title, owner, due },
    ]);
  });

  it.each(["It can't be held this month.", 'The fridge was at nine degrees again.'])(
    'no task begins inside of: %s',
    (line) => {
      expect(read(line, `<b><act><me> ${/can't|was/u.exec(line)?.[0] ?? ''}`)).toEqual([]);
    },
  );
});

describe('windowGrammar', () => {
  it('offers only words of the window, its names and its dates', () => {
    const { window } = first(MEETING);
    const grammar = windowGrammar(window);
    expect(grammar).toContain('" caterer"');
    expect(grammar).toContain('"<d1>"');
    expect(grammar).not.toContain('"<d2>"');
    expect(grammar).not.toContain('"<s3>"');
  });

  it('escapes what could end a literal', () => {
    const { window } = first('Ann: say "hello\\" <s1><act> to them\nAnn: okay "');
    for (const literal of windowGrammar(window).match(/"(?:[^"\\]|\\.)*"/gu) ?? []) expect(literal).not.toContain('\n');
    expect(window.prompt.match(/<act>/gu)).toBeNull();
  });
});

describe('taskTitle', () => {
  it.each([
    ["I'll phone the depot", null, 'Phone the depot'],
    ['sends the notice', null, 'Send the notice'],
    ['fixes the roof', null, 'Fix the roof'],
    ['um order the salt', null, 'Order the salt'],
    ['pay it', 'the invoice', 'Pay the invoice'],
    ['test on the old phones', null, 'Test on the old phones'],
    ['discuss the budget', null, 'Discuss the budget'],
  ])('%j with %j is %j', (span, subject, title) => expect(taskTitle(span, subject)).toBe(title));
});
