import type { Gold } from './score.ts';
import { findDates } from '../../../node-core/agents/skills/dates.ts';
import { taskTitle } from '../../../node-core/agents/skills/titles.ts';
import * as own from './text/heldout-scenes.ts';
import { writeMeeting, type Meeting, type SceneBank } from './text/meetings.ts';
import { Random } from './text/random.ts';
import { forms } from './text/verb-phrases.ts';

export const HELD_OUT: SceneBank = {
  bank: {
    fillers: own.FILLERS,
    weDecisions: own.WE_DECISIONS,
    clauseDecisions: own.CLAUSE_DECISIONS,
    person: (random) => random.pick(own.PEOPLE),
    place: (random) => random.pick(own.PLACES),
    verbPhrase(random, fill) {
      const [verb = '', object = '', tail = '', pronoun = 'it'] = random
        .pick(own.TASKS)
        .split('/')
        .map((part) => part.trim());
      return forms(verb, object, tail === '' ? '' : ` ${fill(tail)}`, pronoun);
    },
  },
  chat: { action: own.CHAT_ACTIONS, decision: own.CHAT_DECISIONS, nothing: own.CHAT_NOTHING },
  voice: { action: own.VOICE_ACTIONS, decision: own.VOICE_DECISIONS, nothing: own.VOICE_NOTHING },
  minutes: { action: own.MINUTES_ACTIONS, decision: own.MINUTES_DECISIONS, nothing: own.MINUTES_NOTHING },
  mail: { action: own.MAIL_ACTIONS, decision: own.MAIL_DECISIONS, nothing: own.MAIL_NOTHING },
};

/** What a perfect reader would take out of a generated meeting. */
export function goldOf(meeting: Meeting): Gold {
  const gold: Gold = { actions: [], decisions: [] };
  for (const mark of meeting.marks) {
    const span = meeting.text.slice(mark.start, mark.end);
    const related = meeting.marks.filter((other) => other.scene === mark.scene);
    const antecedent = mark.refers ? related.find((other) => other.tag === '~') : undefined;
    const subject = antecedent === undefined ? null : meeting.text.slice(antecedent.start, antecedent.end);
    if (mark.tag === '=') gold.decisions.push(subject === null ? span : `${subject} ${span}`);
    if (/^[=~@]/u.test(mark.tag)) continue;
    const near = (date: { start: number }): number => Math.abs(date.start - mark.end);
    const date = related
      .filter((other) => other.tag === '@')
      .filter((candidate) =>
        related.every((other) => /^[=~@]/u.test(other.tag) || near(candidate) <= Math.abs(candidate.start - other.end)),
      )
      .sort((a, b) => near(a) - near(b))[0];
    const before = date === undefined ? '' : meeting.text.slice(Math.max(0, date.start - 8), date.start);
    const due =
      date === undefined
        ? null
        : (findDates(before + meeting.text.slice(date.start, date.end), meeting.date)[0]?.date ?? null);
    const owner =
      mark.tag === 'who'
        ? null
        : mark.tag === 'all'
          ? 'everybody'
          : mark.tag === 'me'
            ? speakerAt(meeting, mark.start)
            : mark.tag.replace('+', ' and ').replace(/\bme\b/u, speakerAt(meeting, mark.start));
    const task = taskTitle(span, subject);
    const twin = gold.actions.find((other) => other.task === task && other.owner === owner);
    if (twin === undefined) gold.actions.push({ owner, task, due });
    else twin.due ??= due;
  }
  return gold;
}

function speakerAt(meeting: Meeting, position: number): string {
  const line = meeting.text.slice(meeting.text.lastIndexOf('\n', position) + 1, position);
  return /^(?:\[[\d:]+\] )?[*<]*([^:*<>]+?)[*>]* ?:/u.exec(line)?.[1] ?? meeting.author;
}

export function heldOutMeetings(count: number): { id: string; text: string; date: string; gold: Gold }[] {
  const random = new Random(4242);
  return Array.from({ length: count }, (_, index) => {
    const meeting = writeMeeting(random, HELD_OUT);
    return { id: `${meeting.style} ${index}`, text: meeting.text, date: meeting.date, gold: goldOf(meeting) };
  });
}

export const heldOutGoals = (): { goal: string; topic: string[] }[] =>
  own.GOALS.map((entry) => {
    const [goal = '', topic = ''] = entry.split(' / ');
    return { goal, topic: topic.split(',').map((word) => word.trim()) };
  });
