import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { QuickAddResult } from '../../contract/workspace.ts';
import { hereFrom, parseQuickAdd } from './parse.ts';

/** A Wednesday morning. */
const here = hereFrom('2026-06-03T10:00:00+00:00', 0);
const projects = [
  { id: 'home', name: 'Home' },
  { id: 'renovation', name: 'Home renovation' },
];
const agents = [{ id: 'researcher', name: 'Researcher' }];
const parse = (text: string, ignore: readonly number[] = []): QuickAddResult =>
  parseQuickAdd(text, { here, projects, agents, ignore });

const summary = ({ draft }: QuickAddResult): string =>
  [
    draft.dueDate && `due ${draft.dueDate}${draft.dueTime ? ` ${draft.dueTime}` : ''}`,
    draft.doDate && `do ${draft.doDate}`,
    draft.recurrence && `${draft.recurrence.anchor} ${draft.recurrence.rule}`,
    ...(draft.tags ?? []).map((tag) => `#${tag}`),
    draft.projectId && `project ${draft.projectId}`,
    draft.projectName && `new project ${draft.projectName}`,
    draft.priority && `!${draft.priority}`,
    draft.assignee && `@${draft.assignee}`,
    ...(draft.reminders ?? []).map(({ at }) => `remind ${new Date(at).toISOString().slice(0, 16)}`),
  ]
    .filter(Boolean)
    .join(', ');

/** What is written, the title that stays, what was understood. */
const understood: readonly (readonly [text: string, title: string, meaning: string])[] = [
  ['Plan Q2 product launch by June 30 #marketing', 'Plan Q2 product launch', 'due 2026-06-30, #marketing'],
  ['Call mom tomorrow', 'Call mom', 'due 2026-06-04'],
  ['Call mom tomorrow at 5pm', 'Call mom', 'due 2026-06-04 17:00'],
  ['Call mom tomorrow 5pm', 'Call mom', 'due 2026-06-04 17:00'],
  ['Call mom 5pm tomorrow', 'Call mom', 'due 2026-06-04 17:00'],
  ['tomorrow call mom', 'call mom', 'due 2026-06-04'],
  ['Submit tax due friday', 'Submit tax', 'due 2026-06-05'],
  ['Submit tax due: friday', 'Submit tax', 'due 2026-06-05'],
  ['Submit tax by next friday', 'Submit tax', 'due 2026-06-12'],
  ['Meet Anna on June 30 at 17:00', 'Meet Anna', 'due 2026-06-30 17:00'],
  ['Meet Anna 30 June 5:30pm', 'Meet Anna', 'due 2026-06-30 17:30'],
  ['Meet Anna on the 15th', 'Meet Anna', 'due 2026-06-15'],
  ['Pay by the 3rd', 'Pay', 'due 2026-06-03'],
  ['Dentist Fri', 'Dentist', 'due 2026-06-05'],
  ['Dentist sat 5pm', 'Dentist', 'due 2026-06-06 17:00'],
  ['Dentist on sat', 'Dentist', 'due 2026-06-06'],
  ['Dentist Sat', 'Dentist', 'due 2026-06-06'],
  ['Report in 3 days', 'Report', 'due 2026-06-06'],
  ['Report in two weeks', 'Report', 'due 2026-06-17'],
  ['Report within 2 weeks', 'Report', 'due 2026-06-17'],
  ['Report 2 weeks from now', 'Report', 'due 2026-06-17'],
  ['Report end of month', 'Report', 'due 2026-06-30'],
  ['Report by end of next month', 'Report', 'due 2026-07-31'],
  ['Report by the end of the week', 'Report', 'due 2026-06-05'],
  ['Report eod', 'Report', 'due 2026-06-03'],
  ['Report EOM', 'Report', 'due 2026-06-30'],
  ['Report next week', 'Report', 'due 2026-06-12'],
  ['Report this week', 'Report', 'due 2026-06-05'],
  ['Report next month', 'Report', 'due 2026-07-31'],
  ['Report this weekend', 'Report', 'due 2026-06-07'],
  ['Report by June', 'Report', 'due 2026-06-30'],
  ['Report by end of June', 'Report', 'due 2026-06-30'],
  ['Report by end of June 2027', 'Report', 'due 2027-06-30'],
  ['Pay 30.6.', 'Pay', 'due 2026-06-30'],
  ['Pay by 3.4.', 'Pay', 'due 2027-04-03'],
  ['Pay 05.07.', 'Pay', 'due 2026-07-05'],
  ['Pay 30.6.2026', 'Pay', 'due 2026-06-30'],
  ['Pay 2026-06-30', 'Pay', 'due 2026-06-30'],
  ['Pay 2026-06-30T17:00', 'Pay', 'due 2026-06-30 17:00'],
  ['Pay 2026/06/30', 'Pay', 'due 2026-06-30'],
  ['Pay 6/30/2026', 'Pay', 'due 2026-06-30'],
  ['Pay by 6/30', 'Pay', 'due 2026-06-30'],
  ['Pay 30/6/2026', 'Pay', 'due 2026-06-30'],
  ['Call at 9', 'Call', 'due 2026-06-04 09:00'],
  ['Call at 4', 'Call', 'due 2026-06-03 16:00'],
  ['Call at 9:30', 'Call', 'due 2026-06-04 09:30'],
  ['Call at 17:45', 'Call', 'due 2026-06-03 17:45'],
  ['Call 8pm', 'Call', 'due 2026-06-03 20:00'],
  ['Call at noon', 'Call', 'due 2026-06-03 12:00'],
  ['Lunch tomorrow noon', 'Lunch', 'due 2026-06-04 12:00'],
  ['Draft tomorrow morning', 'Draft', 'due 2026-06-04 09:00'],
  ['Party tonight', 'Party', 'due 2026-06-03 20:00'],
  ['Draft this evening', 'Draft', 'due 2026-06-03 18:00'],
  ['Draft day after tomorrow', 'Draft', 'due 2026-06-05'],
  ['Draft start monday', 'Draft', 'do 2026-06-08'],
  ['Draft start monday by friday', 'Draft', 'due 2026-06-05, do 2026-06-08'],
  ['Draft do tomorrow due friday', 'Draft', 'due 2026-06-05, do 2026-06-04'],
  ['Draft ^friday', 'Draft', 'do 2026-06-05'],
  ['Draft ^2026-06-30', 'Draft', 'do 2026-06-30'],
  ['Draft starting next week', 'Draft', 'do 2026-06-08'],
  ['Pack for friday', 'Pack', 'due 2026-06-05'],
  ['Taxes until 31 July', 'Taxes', 'due 2026-07-31'],
  ['Review no later than June 12', 'Review', 'due 2026-06-12'],
  ['Review before friday', 'Review', 'due 2026-06-05'],
  ['Water every day', 'Water', 'due 2026-06-03, schedule FREQ=DAILY'],
  ['Water every! 3 days', 'Water', 'due 2026-06-03, completion FREQ=DAILY;INTERVAL=3'],
  ['Water every 3 days after completion', 'Water', 'due 2026-06-03, completion FREQ=DAILY;INTERVAL=3'],
  ['Water 3 days after completion', 'Water', 'due 2026-06-03, completion FREQ=DAILY;INTERVAL=3'],
  ['Rent every month on the 1st', 'Rent', 'due 2026-07-01, schedule FREQ=MONTHLY;BYMONTHDAY=1'],
  ['Rent every month on the 31st', 'Rent', 'due 2026-06-30, schedule FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['Rent every 15th', 'Rent', 'due 2026-06-15, schedule FREQ=MONTHLY;BYMONTHDAY=15'],
  ['Rent every 15th of the month', 'Rent', 'due 2026-06-15, schedule FREQ=MONTHLY;BYMONTHDAY=15'],
  ['Rent monthly on the 15th', 'Rent', 'due 2026-06-15, schedule FREQ=MONTHLY;BYMONTHDAY=15'],
  ['Report every last friday of the month', 'Report', 'due 2026-06-26, schedule FREQ=MONTHLY;BYDAY=-1FR'],
  ['Report last friday of every month', 'Report', 'due 2026-06-26, schedule FREQ=MONTHLY;BYDAY=-1FR'],
  ['Report every first monday of the month', 'Report', 'due 2026-07-06, schedule FREQ=MONTHLY;BYDAY=1MO'],
  ['Report every month on the last day', 'Report', 'due 2026-06-30, schedule FREQ=MONTHLY;BYMONTHDAY=-1'],
  ['Report last day of every month', 'Report', 'due 2026-06-30, schedule FREQ=MONTHLY;BYMONTHDAY=-1'],
  ['Trash every other friday', 'Trash', 'due 2026-06-05, schedule FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
  ['Trash every 2 weeks', 'Trash', 'due 2026-06-03, schedule FREQ=WEEKLY;INTERVAL=2'],
  ['Trash every two weeks on friday', 'Trash', 'due 2026-06-05, schedule FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
  ['Trash every second tuesday', 'Trash', 'due 2026-06-09, schedule FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['Gym weekly on mon and thu', 'Gym', 'due 2026-06-04, schedule FREQ=WEEKLY;BYDAY=MO,TH'],
  ['Gym every mon, wed and fri at 7am', 'Gym', 'due 2026-06-05 07:00, schedule FREQ=WEEKLY;BYDAY=MO,WE,FR'],
  ['Gym every mon/thu', 'Gym', 'due 2026-06-04, schedule FREQ=WEEKLY;BYDAY=MO,TH'],
  ['Standup every weekday at 9:30', 'Standup', 'due 2026-06-04 09:30, schedule FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['Standup every workday', 'Standup', 'due 2026-06-03, schedule FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['Sleep in every weekend', 'Sleep in', 'due 2026-06-06, schedule FREQ=WEEKLY;BYDAY=SA'],
  ['Meds daily', 'Meds', 'due 2026-06-03, schedule FREQ=DAILY'],
  ['Meds daily at 9', 'Meds', 'due 2026-06-04 09:00, schedule FREQ=DAILY'],
  ['Meds every morning', 'Meds', 'due 2026-06-04 09:00, schedule FREQ=DAILY'],
  ['Meds every evening', 'Meds', 'due 2026-06-03 18:00, schedule FREQ=DAILY'],
  ['Sync weekly', 'Sync', 'due 2026-06-03, schedule FREQ=WEEKLY'],
  ['Bill quarterly', 'Bill', 'due 2026-06-03, schedule FREQ=MONTHLY;INTERVAL=3'],
  ['Bill every quarter', 'Bill', 'due 2026-06-03, schedule FREQ=MONTHLY;INTERVAL=3'],
  ['Checkup yearly', 'Checkup', 'due 2026-06-03, schedule FREQ=YEARLY'],
  ['Birthday every year on June 30', 'Birthday', 'due 2026-06-30, schedule FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30'],
  ['Birthday every June 30', 'Birthday', 'due 2026-06-30, schedule FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30'],
  [
    'Birthday every 29 February',
    'Birthday',
    'due 2027-02-28, schedule FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1',
  ],
  ['Backup every 6 months', 'Backup', 'due 2026-06-03, schedule FREQ=MONTHLY;INTERVAL=6'],
  ['Class every tue until June 30', 'Class', 'due 2026-06-09, schedule FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630'],
  ['Class every tue 5 times', 'Class', 'due 2026-06-09, schedule FREQ=WEEKLY;BYDAY=TU;COUNT=5'],
  ['Class every day for 10 times', 'Class', 'due 2026-06-03, schedule FREQ=DAILY;COUNT=10'],
  ['Gym every friday starting July 3', 'Gym', 'due 2026-07-03, schedule FREQ=WEEKLY;BYDAY=FR'],
  ['Gym every friday from tomorrow', 'Gym', 'due 2026-06-05, schedule FREQ=WEEKLY;BYDAY=FR'],
  ['Call Anna remind me at 9', 'Call Anna', 'remind 2026-06-04T09:00'],
  ['Call Anna remind me tomorrow at 9', 'Call Anna', 'remind 2026-06-04T09:00'],
  ['Call Anna tomorrow remind me 1 day before', 'Call Anna', 'due 2026-06-04, remind 2026-06-03T09:00'],
  ['Call Anna tomorrow 5pm remind me 30 minutes before', 'Call Anna', 'due 2026-06-04 17:00, remind 2026-06-04T16:30'],
  ['Call Anna tomorrow 5pm remind me an hour before', 'Call Anna', 'due 2026-06-04 17:00, remind 2026-06-04T16:00'],
  ['Call Anna remind me in 2 hours', 'Call Anna', 'remind 2026-06-03T12:00'],
  ['Call Anna remind me on friday', 'Call Anna', 'remind 2026-06-05T09:00'],
  ['Remind me to call Anna tomorrow at 5pm', 'call Anna', 'due 2026-06-04 17:00, remind 2026-06-04T17:00'],
  [
    'Call Anna friday remind me at 8 remind me 2 days before',
    'Call Anna',
    'due 2026-06-05, remind 2026-06-03T09:00, remind 2026-06-05T08:00',
  ],
  ['Call Anna remind 1 day before', 'Call Anna remind 1 day before', ''],
  ['Fix sink !1', 'Fix sink', '!1'],
  ['Fix sink p2', 'Fix sink', '!2'],
  ['Fix sink +Home', 'Fix sink', 'project home'],
  ['Fix sink +home renovation tomorrow', 'Fix sink', 'due 2026-06-04, project renovation'],
  ['Fix sink +"Summer house" !2', 'Fix sink', 'new project Summer house, !2'],
  ['Fix sink +garage', 'Fix sink', 'new project garage'],
  ['Fix sink @agent', 'Fix sink', '@agent'],
  ['Fix sink @me #a #b-c #d/e', 'Fix sink', '#a, #b-c, #d/e, @me'],
  ['Grüße schicken #größe morgen tomorrow', 'Grüße schicken morgen', 'due 2026-06-04, #größe'],
  ['買い物 #買い物 tomorrow', '買い物', 'due 2026-06-04, #買い物'],
  ['🎉 party #🎉 friday', '🎉 party', 'due 2026-06-05, #🎉'],
  ['Buy milk (by friday)', 'Buy milk', 'due 2026-06-05'],
  ['Buy milk, tomorrow, with Anna', 'Buy milk, with Anna', 'due 2026-06-04'],
  ['Buy milk tomorrow!', 'Buy milk!', 'due 2026-06-04'],
  ['call anna tmrw', 'call anna', 'due 2026-06-04'],
  ['Email bob@x.org by friday #mail', 'Email bob@x.org', 'due 2026-06-05, #mail'],
  ['See https://a.b/#x by friday', 'See https://a.b/#x', 'due 2026-06-05'],
  ['"Tomorrow" review by friday', '"Tomorrow" review', 'due 2026-06-05'],
  [
    'Do laundry every sunday at 6pm #home !3',
    'Do laundry',
    'due 2026-06-07 18:00, schedule FREQ=WEEKLY;BYDAY=SU, #home, !3',
  ],
  ['Call the 7 people on friday', 'Call the 7 people', 'due 2026-06-05'],
  ['Report by friday or monday', 'Report or monday', 'due 2026-06-05'],
  ['Pay 12 June 13 people', 'Pay 13 people', 'due 2026-06-12'],
  ['Buy 4 tickets for June 12', 'Buy 4 tickets', 'due 2026-06-12'],
  ['Ship it next Monday', 'Ship it', 'due 2026-06-08'],
  ['Ship it coming monday', 'Ship it', 'due 2026-06-08'],
  ['Ship it on Saturday, 4 July 2026', 'Ship it', 'due 2026-07-04'],
  ['Ship it July 4th, 2027', 'Ship it', 'due 2027-07-04'],
  ['Ship it the 4th of July', 'Ship it', 'due 2026-07-04'],
  ['Ship it 4th July', 'Ship it', 'due 2026-07-04'],
];

/** Titles, whole: nothing in them is a date, a tag or anything else. */
const plain: readonly string[] = [
  'Read chapter 4',
  'Buy 2 monitors',
  'May call Anna',
  'C# course',
  'F# and C# exercises',
  'version 1.2.3',
  'Upgrade to version 3.4.',
  'Upgrade node to 24.1.0',
  'Write to bob@example.com',
  'Mail me@home.org about it',
  'See https://example.com/#today',
  'See http://a.b/?due=tomorrow#friday',
  'www.monday.com account',
  'Cancel monday.com subscription',
  'second draft',
  'Write second draft of chapter 3',
  'Call Mark',
  'Marching band',
  'sat exam',
  'SAT exam practice',
  'Sun screen for the beach',
  'Lie in the sun',
  'Where the cat sat down',
  'Wed the two databases',
  'Black Friday deals page',
  'Good Friday service',
  'Watch Casual Friday episode',
  "Friday's menu",
  "Today's standup notes",
  "Prepare tomorrow's agenda",
  'Watch "Tomorrow Never Dies"',
  'Watch Tomorrow Never Dies',
  'Read USA Today article',
  '24/7 support contract',
  '9/11 memorial visit',
  '1/2 cup of sugar',
  'Mix 3/4 and 1/4',
  'John 3:16',
  'Read Psalm 23:4',
  'Aspect ratio 16:9',
  'Score was 2:1',
  'Run 5k',
  'Run 5k in 30 minutes',
  'Buy 3.5 mm jack',
  'Pay 12.50 to Anna',
  'Invoice 2026-17',
  'Room 12.30',
  'Issue #12',
  'Fix #4711',
  'Colour #ff0000',
  'Colour #FFFFFF',
  'A + B',
  'C++ book',
  'Call +49 30 123456',
  '+1 for the idea',
  'Give it +1',
  'Grade A+',
  'P1 incident review',
  'Terminal p5 door',
  'mp3 player',
  'Fix !important in CSS',
  'Wow!!',
  'Say hi!',
  'Really !?',
  'Email agent@smith.com',
  '@agents meeting',
  'Ask @anna',
  'Every detail matters',
  'Check every box',
  'Everyone pays',
  'Read Everyday Zen',
  'Every second counts',
  'Write the daily',
  'Read the Daily Mail',
  'Daily Mail subscription',
  'Write weekly report',
  'Monthly budget review',
  'Yearly review with Anna',
  'Annual report',
  'Count to 10',
  'Meet at 5 Main Street',
  'Look at 9 houses',
  'Top 10 list',
  'Book 4 tickets',
  'Level 3 support',
  'The 3rd chapter',
  'Comment on the 3rd draft',
  '2nd floor window',
  'First of all, breathe',
  'Last friday we forgot the bins',
  'Notes from last week',
  'Log from 2026-01-02',
  'Scan invoice from 3 May 2019',
  '3 days ago bug',
  'What happened yesterday',
  'Since monday the door is stuck',
  'Minutes of June 2',
  'Email from June 30',
  'Reply after friday',
  'Not on friday',
  'Remind Anna of the keys',
  'Send reminder tomorrowish',
  'A reminder about love',
  'remind me',
  'Remindme app',
  'now or never',
  'Do the dishes',
  'Start the car',
  'Due diligence',
  'By the way',
  'On second thought',
  'Until the end',
  'March for climate',
  'march on',
  'August Strindberg biography',
  "April O'Neil costume",
  'June Carter records',
  'Jan Smith interview',
  'Jane and Mark',
  'Augustus',
  'Mayday call',
  'Decide on decor',
  'Sepia photo',
  'Monday-Friday opening hours',
  'Mid-June plan',
  'the-end-of-month-report.pdf',
  'notes-2026-06-30.md',
  'backup_2026-06-30.zip',
  '/tmp/friday/list',
  '3-5pm shift plan',
  'Open 9-17',
  '2001: A Space Odyssey',
  'Review 2025 budget',
  '1984 by Orwell',
  'Plan for 2030',
  "Ocean's 11",
  'Seven of nine',
  '40°C wash',
  '50% off',
  '5€ note',
  '$5 bill',
  '10:30',
  'Use `every friday` syntax',
  'He said "call me tomorrow"',
  'Read „Morgen und heute“ by friday-club',
  'x^2 + y^2',
  'a^friday',
  '#',
  '##',
  '+',
  '!',
  '@',
  '^',
  '!5',
  'p0',
  '#-',
  '+-',
  'Q2 numbers',
  'week 23 numbers',
  "Prepare next week's menu",
  'Prepare next week menu',
  'Plan this weekend trip',
  'end of day report',
  'End of story',
  'night shift',
  'morning routine',
  'Noon chime',
  'Midnight in Paris',
  'good morning song',
  'in a nutshell',
  'In 5 days of work',
  "Rome wasn't built in a day",
  'Within reason',
  '2 weeks notice',
  'Two days holiday',
  '30 days of yoga',
  'do it',
  'Do or do not',
  "Thu Trang's birthday gift",
  'Fri Tuck story',
  'Mon Ami restaurant',
  'Monaco trip',
  'Sunday Times',
  'Write about Super Tuesday',
  'Tuesdays with Morrie',
  'wednesday-ish',
  'Meet at noon tide',
  'I am 5 am I',
  'Ampere 5 A',
  'at',
  'at 25',
  'by',
  'every',
  'every!',
  'every 0 days',
  'every 99999 days',
  'every 3 minutes',
  'Every other thing',
  'each one',
  'June',
  'june bug',
  'in June',
  '2026-02-30',
  '2026-13-01',
  'June 31',
  'Feb 30',
  '31.2.',
  '30.13.',
  '99.99.',
  '12.12',
  '0/0',
  '32/32/2026',
  'remind me at 99',
  'remind me at',
  'Remind me to',
  '🎉 party',
  'مرحبا بالعالم',
  '<b>bold</b>',
  '<script>alert(1)</script>',
  "'; DROP TABLE tasks; --",
  '${friday}x',
  '{{7*7}}',
  'a‮b',
  'Call Anna p. 4',
  'p1.txt',
  '!1a',
  '$!1',
];

describe('what quick add understands', () => {
  test.each(understood)('%s', (text, title, meaning) => {
    const result = parse(text);
    expect({ title: result.draft.title, meaning: summary(result) }).toEqual({ title, meaning });
    for (const chip of result.chips) expect(chip.text).toBe(text.slice(chip.start, chip.end));
  });
});

describe('what quick add leaves alone', () => {
  test.each(plain)('%s', (text) => {
    const result = parse(text);
    expect(result.chips).toEqual([]);
    expect(result.draft).toEqual({ title: text.replace(/\s+/g, ' ').trim() });
  });
});

test('the chips of the line on the box', () => {
  const text = 'Plan Q2 product launch by June 30 #marketing';
  expect(parse(text).chips).toEqual([
    { kind: 'due', label: 'Tue 30 Jun', start: 23, end: 33, text: 'by June 30' },
    { kind: 'tag', label: '#marketing', start: 34, end: 44, text: '#marketing' },
  ]);
});

describe('a chip turned back into text', () => {
  test('is part of the title again, and what it meant is gone', () => {
    const text = 'Call Anna tomorrow #work';
    const result = parse(text, [10]);
    expect(result.draft).toEqual({ title: 'Call Anna tomorrow', tags: ['work'] });
    expect(result.chips.map((chip) => chip.kind)).toEqual(['tag']);
  });
  test('does not come back as another kind', () => {
    expect(parse('Water every friday at 5pm', [6])).toEqual({
      chips: [],
      draft: { title: 'Water every friday at 5pm' },
    });
  });
  test('makes room for the next one of its kind', () => {
    const text = 'Call about monday on friday';
    expect(parse(text).chips.map((chip) => chip.text)).toEqual(['monday']);
    expect(parse(text, [11]).chips.map((chip) => chip.text)).toEqual(['on friday']);
    expect(parse(text, [11, 18]).draft).toEqual({ title: text });
  });
});

describe('the title', () => {
  test('is the text itself where only chips are left', () => {
    expect(parse('  tomorrow #home ')).toMatchObject({
      draft: { title: 'tomorrow #home', dueDate: '2026-06-04', tags: ['home'] },
    });
  });
  test('is empty only for an empty line', () => {
    expect(parse(' \n\t ').draft).toEqual({ title: '' });
  });
  test('is the first line; the rest becomes notes, and no chip is read there', () => {
    const text = '\n  Buy paint by friday\r\n- white #home\n- call tomorrow\n';
    const result = parse(text);
    expect(result.draft).toEqual({
      title: 'Buy paint',
      dueDate: '2026-06-05',
      notes: '- white #home\n- call tomorrow',
    });
    expect(text.slice(result.chips[0]?.start, result.chips[0]?.end)).toBe('by friday');
  });
  test('of a line over 2,000 characters is cut at a word, and nothing is lost', () => {
    const text = 'word '.repeat(1_000).trim();
    const { title, notes } = parse(text).draft;
    expect(title.length).toBeLessThanOrEqual(2_000);
    expect(`${title} ${notes}`).toBe(text);
    const emoji = '🎉'.repeat(2_500);
    const cut = parse(emoji).draft;
    expect(cut.title + (cut.notes ?? '')).toBe(emoji);
    expect(cut.title.isWellFormed()).toBe(true);
  });
});

describe('large input', () => {
  test('a million characters are read', () => {
    const { title, notes } = parse(`${'tomorrow every mon and '.repeat(43_000)}`.slice(0, 1_000_000)).draft;
    expect(title.length + (notes?.length ?? 0)).toBeGreaterThan(900_000);
    expect(parse(' '.repeat(1_000_000)).draft.title).toBe('');
  });
  test('more is refused with what to do', () => {
    expect(() => parse('x'.repeat(1_000_001))).toThrow(
      expect.objectContaining({ code: 'INPUT_TOO_LONG', message: expect.stringContaining('note') }),
    );
  });
});

describe("the person's own clock", () => {
  const at = (now: string, text: string) => parseQuickAdd(text, { here: hereFrom(now, 0), projects: [] }).draft;
  test('decides what tomorrow is', () => {
    expect(at('2026-06-03T23:30:00+14:00', 'x tomorrow').dueDate).toBe('2026-06-04');
    expect(at('2026-06-03T23:30:00-11:00', 'x tomorrow').dueDate).toBe('2026-06-04');
    expect(at('2026-12-31T12:00:00Z', 'x tomorrow').dueDate).toBe('2027-01-01');
  });
  test('decides when a reminder is due', () => {
    const reminders = at('2026-06-03T10:00:00+05:30', 'x remind me tomorrow at 9').reminders;
    expect(reminders).toEqual([{ at: Date.parse('2026-06-04T09:00:00+05:30'), firedAt: null }]);
  });
  test('takes a past day of the year for the next one', () => {
    expect(at('2026-11-20T12:00:00Z', 'x by June 30').dueDate).toBe('2027-06-30');
    expect(at('2026-06-30T12:00:00Z', 'x by June 30').dueDate).toBe('2026-06-30');
    expect(at('2026-06-05T12:00:00Z', 'x friday').dueDate).toBe('2026-06-12');
    expect(at('2026-06-05T12:00:00Z', 'x this friday').dueDate).toBe('2026-06-05');
    expect(at('2028-02-28T12:00:00Z', 'x Feb 29').dueDate).toBe('2028-02-29');
  });
  test('falls back to the clock of the node', () => {
    const now = new Date(2026, 5, 3, 10).getTime();
    expect(parseQuickAdd('x tomorrow', { here: hereFrom(undefined, now), projects: [] }).draft.dueDate).toBe(
      '2026-06-04',
    );
  });
});

test('every example of docs/workspace.md is understood whole', () => {
  const page = readFileSync(new URL('../../../docs/workspace.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((row) => row.startsWith('| `'));
  const examples = rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  expect(examples.length).toBeGreaterThan(50);
  // Playbooks begin a line of their own: `playbook-line.test.ts`.
  for (const example of examples.filter((text) => !text.includes('…') && !text.startsWith('/'))) {
    const line = `Paint fence ${example.endsWith(' before') ? 'tomorrow ' : ''}${example}`;
    expect([example, parse(line).draft.title]).toEqual([example, 'Paint fence']);
  }
});
