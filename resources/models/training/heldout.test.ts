import { describe, expect, it } from 'vitest';
import { heldOutMeetings } from './heldout.ts';
import * as chat from './text/chat-scenes.ts';
import * as decisions from './text/decisions.ts';
import * as fillers from './text/fillers.ts';
import * as heldOut from './text/heldout-scenes.ts';
import { meetingExamples } from './text/examples.ts';
import { writeMeeting } from './text/meetings.ts';
import { GOAL_KINDS, planExample } from './text/plans.ts';
import { Random } from './text/random.ts';
import { expand } from './text/template.ts';
import * as voice from './text/voice-scenes.ts';
import { FIRST_NAMES } from '../../../node-core/agents/skills/words.ts';

const strings = (module: Record<string, readonly string[]>): string[] => Object.values(module).flat();
const plain = (template: string): string =>
  template
    .replace(/\[\[[^:\]]*:|\]\]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

describe('the held-out set', () => {
  const { FILLERS, GOALS, PEOPLE, TASKS, PLACES: _places, ...scenes } = heldOut;
  const training = new Set(
    [...strings(chat), ...strings(decisions), ...strings(fillers), ...strings(voice)]
      .flatMap((template) => template.split('\n'))
      .map(plain),
  );

  it('shares no line of a template with the training set, however it is written out, short answers apart', () => {
    const lines = [...strings(scenes), ...strings(FILLERS)]
      .flatMap((template) => template.split('\n'))
      .map(plain)
      .filter((line) => line.split(' ').length > 3);
    expect(lines.length).toBeGreaterThan(100);
    const random = new Random(3);
    const writtenOut = new Set(
      [...training].flatMap((template) =>
        Array.from({ length: 60 }, () => expand(template, random, (name) => `<${name}>`)),
      ),
    );
    expect(lines.filter((line) => writtenOut.has(expand(line, random, (name) => `<${name}>`)))).toEqual([]);
  });

  it('shares no name, task or goal', () => {
    expect(PEOPLE.filter((name) => FIRST_NAMES.has(name.toLowerCase()))).toEqual([]);
    const goals = GOAL_KINDS.flatMap(({ topics, details }) => [...topics, ...details])
      .join('\n')
      .toLowerCase();
    const subjects = GOALS.map((goal) => (goal.split(' / ')[1] ?? '').split(',')[0] ?? '');
    expect(subjects.filter((subject) => goals.includes(subject))).toEqual([]);
    expect(TASKS.length).toBeGreaterThan(20);
  });

  it('is the same every time and holds something to find', () => {
    const meetings = heldOutMeetings(10);
    expect(heldOutMeetings(10)).toEqual(meetings);
    expect(meetings.flatMap(({ gold }) => gold.actions).length).toBeGreaterThan(10);
  });
});

describe('the generator', () => {
  it('writes the same text for the same seed', () => {
    const write = (): unknown => [writeMeeting(new Random(7)), planExample(new Random(8))];
    expect(write()).toEqual(write());
  });

  it('hardly loses what it marked', () => {
    const lost = { marks: 0, spans: 0, dues: 0, owners: 0, references: 0 };
    const random = new Random(99);
    for (let count = 0; count < 200; count += 1) meetingExamples(writeMeeting(random), lost);
    expect(lost.marks).toBeGreaterThan(300);
    expect(lost.spans).toBe(0);
    expect(lost.owners / lost.marks).toBeLessThan(0.03);
  });

  it('never trains on the development goals or meetings', () => {
    const random = new Random(5);
    const goals = Array.from({ length: 2000 }, () => planExample(random)?.prompt ?? '').join('\n');
    for (const phrase of ['falconry', 'donkey to walk in the nativity', 'kurrent', 'iso 27001', 'campervan'])
      expect(goals).not.toContain(phrase);
  });
});
