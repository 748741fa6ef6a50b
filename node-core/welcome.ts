import { type Clock, localDay } from './common/index.ts';
import type { Store } from './storage/index.ts';
import type { Workspace } from './workspace/index.ts';

const day = 24 * 60 * 60 * 1_000;

/** Each paragraph is one line: a line's end in a note is a line's end on the screen. */
const note = [
  '# Start here',
  'Type what is on your mind into **quick add**: `Call the bank tomorrow 9am #home`. Dates, #tags, +projects, !1 and “every other friday” become chips; Backspace takes each of them away again.',
  '**Hand a task to an agent** and it becomes a project with steps, dates and a note. **Paste a meeting transcript** and its decisions and action items become tasks that lead back to the line they came from. Both run on this machine, with no network.',
  'Everything can be undone, an agent’s work as one step. All of it lies encrypted on this disk: see Settings for a passphrase and a recovery code.',
  'Press `?` for the keys.\n',
].join('\n\n');

/** What a new vault holds: an inbox that shows what can be done, as one step of history that one undo takes away. */
export const addWelcome = (store: Store, workspace: Workspace, clock: Clock): void => {
  const dueDate = localDay(clock.now() + 14 * day);
  store.transact({ actor: 'user', label: 'Add three examples and a note' }, (tx) => {
    const tasks = [
      {
        title: 'Plan a birthday dinner for eight',
        dueDate,
        notes: 'An example. Press `a` to hand it to an agent and watch the plan grow. `Delete` removes it.',
      },
      {
        title: 'Get the action items out of a meeting transcript',
        notes: 'An example. Paste the transcript under Runs, or try `jan extract meeting.txt`. `Delete` removes it.',
      },
      {
        title: 'Read "Start here" in Notes',
        notes: 'An example. It takes two minutes. `x` marks it as done, `Delete` removes it.',
      },
    ];
    for (const task of tasks) workspace.addTask(tx, task, null);
    workspace.addNote(tx, { text: note }, null);
  });
};
