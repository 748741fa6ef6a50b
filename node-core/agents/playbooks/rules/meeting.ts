import { z } from 'zod';
import { AppError } from '../../../contract/index.ts';
import { tagsOf } from '../../../workspace/index.ts';
import { linkTo, meetingTag, plain, shownDay } from '../../notes.ts';
import { deadlineIn, findDates, mergeFindings, splitTranscript, type Transcript } from '../../skills/index.ts';
import { comparable, isQuoted } from '../checks/sources.ts';
import { defineRule, maybeText } from './rule.ts';

const read = (text: string, date: string | null | undefined, today: string): Transcript => {
  const transcript = splitTranscript(text, { today, date: date ?? undefined });
  if ('code' in transcript)
    throw new AppError(transcript.code === 'NOT_TEXT' ? 'INPUT_NOT_TEXT' : 'BAD_REQUEST', transcript.message);
  return transcript;
};

const Found = z.looseObject({
  decisions: z.array(z.looseObject({ text: z.string().min(1), quote: z.string() })),
  actions: z.array(
    z.looseObject({
      task: z.string().min(1),
      owner: z.string().nullish(),
      due: z.string().nullish(),
      quote: z.string(),
    }),
  ),
});

const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const dayBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
const pressing = /\b(?:urgent|urgently|asap|immediately|right away|as soon as possible|critical|today)\b/iu;

/** How much something presses, by its day and its words: priority, and the days on which it is reminded of. */
const urgency = (due: string | null, said: string, today: string) => {
  const days = due === null ? null : daysFrom(today, due);
  const isPressing = pressing.test(said);
  if (isPressing || (days !== null && days <= 2))
    return { priority: 1, remindOn: due === null ? [] : [dayBefore(due, 1), due] };
  if (due === null || days === null) return { priority: 4, remindOn: [] };
  if (days <= 7) return { priority: 2, remindOn: [dayBefore(due, 1)] };
  return days <= 30 ? { priority: 3, remindOn: [dayBefore(due, 3)] } : { priority: 4, remindOn: [dayBefore(due, 7)] };
};

const lineOf = (lines: readonly string[], quote: string): number => {
  const at = lines.findIndex((line) => isQuoted(quote, line));
  if (at >= 0) return at + 1;
  // A quote over several lines begins where its first words stand.
  const start = comparable(quote).split(' ').slice(0, 4).join(' ');
  return (
    Math.max(
      0,
      lines.findIndex((line) => comparable(line).includes(start)),
    ) + 1
  );
};

/** Models write "I", "all" and "unassigned" for a name. */
const ownerOf = (owner: string | null | undefined, { units }: Transcript, line: number): string | null => {
  const name = owner?.trim() ?? '';
  if (/^(?:|n\/?a|none|null|nobody|no ?one|unassigned|unknown|tbd|someone|somebody|-)$/iu.test(name)) return null;
  if (/^(?:all|everyone|everybody|all of (?:us|them)|the (?:whole )?team)$/iu.test(name)) return 'everybody';
  if (/^(?:i|me|myself|speaker)$/iu.test(name)) return units.find((unit) => unit.line === line)?.speaker ?? null;
  return name;
};

interface Item {
  readonly title: string;
  readonly owner: string | null;
  readonly due: string | null;
  readonly line: number;
  readonly quote: string;
}

/** Decisions and actions, each with the line it was said in. What the model found has to be quoted from the transcript; without a model the build of the sentences tells. */
const items = defineRule({
  name: 'meeting-items',
  input: z.object({ transcript: z.string(), date: maybeText, found: Found.nullish() }),
  decide({ transcript: text, date, found }, { today }) {
    const transcript = read(text, date, today);
    const lines = text.split(/\r\n?|\n/u);
    const at = (line: number) => (lines[line - 1] ?? '').trim();
    let decisions: { text: string; line: number; quote: string }[];
    let actions: Item[];
    let dropped = 0;
    if (found) {
      const isThere = ({ quote }: { readonly quote: string }) => {
        const there = isQuoted(quote, text);
        if (!there) dropped += 1;
        return there;
      };
      decisions = found.decisions
        .filter(isThere)
        .map((decision) => ({ text: decision.text, quote: decision.quote, line: lineOf(lines, decision.quote) }));
      actions = found.actions.filter(isThere).map(({ task, owner, due, quote }) => {
        const line = lineOf(lines, quote);
        return {
          title: task,
          owner: ownerOf(owner, transcript, line),
          due:
            deadlineIn(due ?? '', transcript.date) ??
            findDates(due ?? '', transcript.date)[0]?.date ??
            deadlineIn(quote, transcript.date),
          quote,
          line,
        };
      });
    } else {
      const judged = mergeFindings(transcript, []);
      decisions = judged.decisions.map((decision) => ({ ...decision, quote: at(decision.line) }));
      actions = judged.actions.map((action) => ({ ...action, quote: at(action.line) }));
    }
    const value = actions.map((action) => {
      const { priority, remindOn } = urgency(action.due, `${action.title} ${action.quote}`, today);
      const tags = [...new Set([meetingTag, ...(priority === 1 ? ['urgent'] : []), ...tagsOf(at(action.line))])];
      const title = action.title.replace(/\s*#[\p{L}\p{N}_-]+/gu, '').trim() || action.title;
      return { ...action, title, priority, remindOn: remindOn.filter((day) => day >= today), tags };
    });
    const notices = [
      ...transcript.notices.map(({ message }) => message),
      ...(dropped > 0 ? [`${dropped} findings were left out, because what they quote was not said.`] : []),
      ...(found
        ? []
        : [
            'No model read the transcript: decisions and actions were told by the build of the sentences. Look it over.',
          ]),
    ];
    return {
      value: { date: transcript.date, decisions, actions: value, notices },
      output:
        [
          ...decisions.map((decision) => `Decided: ${decision.text}`),
          ...value.map(
            ({ owner, title, due }) =>
              `${owner ?? 'Nobody yet'}: ${title}${due === null ? '' : `, by ${shownDay(due)}`}`,
          ),
        ].join('\n') || 'Nothing was decided or taken on.',
    };
  },
});

const Listed = z.looseObject({ line: z.number() });

/** The note of a meeting. Lines count in the note that keeps the transcript. */
const minutes = defineRule({
  name: 'minutes',
  input: z.object({
    name: z.string().min(1),
    transcript: z.string(),
    summary: maybeText,
    decisions: z.array(Listed.extend({ text: z.string() })),
    actions: z.array(Listed.extend({ title: z.string(), owner: z.string().nullable(), due: z.string().nullable() })),
    notices: z.array(z.string()).nullish(),
  }),
  decide({ name, transcript, summary, decisions, actions, notices }) {
    const value = [
      `# Decisions and actions: ${plain(name)}`,
      `From ${linkTo(transcript)} #${meetingTag}`,
      ...(summary ? [`## Summary\n\n${summary.trim()}`] : []),
      `## Decisions\n\n${decisions.map(({ text, line }) => `- ${plain(text)} (line ${line})`).join('\n') || 'None found.'}`,
      `## Action items\n\n${
        actions
          .map(
            ({ title, owner, due, line }) =>
              `- ${owner === null ? '' : `**${plain(owner)}**: `}${plain(title)}${due === null ? '' : `, by ${shownDay(due)}`} (line ${line})`,
          )
          .join('\n') || 'None found.'
      }`,
      ...(notices && notices.length > 0
        ? [`## About this reading\n\n${notices.map((notice) => `- ${notice}`).join('\n')}`]
        : []),
    ].join('\n\n');
    return { value, output: value };
  },
});

export const meetingRules = [items, minutes];
