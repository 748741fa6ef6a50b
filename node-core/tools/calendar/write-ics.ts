import ICAL from 'ical.js';
import { AppError } from '../../contract/index.ts';
import { parseIcs } from './ics.ts';
import { instantOfText, type NamedZone } from './zones.ts';

interface Written {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
}

const stamp = (instant: number): ICAL.Time => ICAL.Time.fromJSDate(new Date(Math.floor(instant / 1_000) * 1_000), true);

/** Times are written in UTC: the instant is right wherever the calendar is read, with or without our zone. */
const timesOf = ({ start, end }: Written, home: NamedZone): { start: ICAL.Time; end: ICAL.Time } => {
  if (start.length === 10) {
    const last = ICAL.Time.fromDateString(end);
    last.adjust(1, 0, 0, 0);
    return { start: ICAL.Time.fromDateString(start), end: last };
  }
  return { start: stamp(instantOfText(start, home)), end: stamp(instantOfText(end, home)) };
};

const put = (event: ICAL.Component, written: Written, home: NamedZone, now: number): void => {
  const { start, end } = timesOf(written, home);
  if (end.compare(start) < 0) throw new AppError('BAD_REQUEST', 'The event ends before it begins.');
  event.updatePropertyWithValue('dtstamp', stamp(now));
  event.updatePropertyWithValue('last-modified', stamp(now));
  event.updatePropertyWithValue('summary', written.title);
  for (const name of ['dtstart', 'dtend', 'duration']) event.removeAllProperties(name);
  event.addPropertyWithValue('dtstart', start);
  event.addPropertyWithValue('dtend', end);
  for (const name of ['location', 'description'] as const)
    if (written[name] !== undefined) event.updatePropertyWithValue(name, written[name]);
};

export const newIcs = (uid: string, written: Written, home: NamedZone, now: number): string => {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Jan Node//EN');
  const event = new ICAL.Component('vevent', calendar);
  event.addPropertyWithValue('uid', uid);
  put(event, written, home, now);
  calendar.addSubcomponent(event);
  return calendar.toString();
};

/** The event with its new words and times; everything else it holds stays as it was. */
export const changedIcs = (text: string, written: Written, home: NamedZone, now: number): string => {
  const [calendar] = parseIcs(text, 'That event');
  const event = calendar?.getFirstSubcomponent('vevent');
  if (!calendar || !event)
    throw new AppError('TOOL_FAILED', 'There is no event at that address. Read the calendar again.');
  if (event.hasProperty('rrule') || event.hasProperty('rdate') || event.hasProperty('recurrence-id'))
    throw new AppError(
      'TOOL_FAILED',
      'That event repeats: change it in your calendar program, where you can say which ones are meant.',
    );
  const sequence: unknown = event.getFirstPropertyValue('sequence');
  event.updatePropertyWithValue('sequence', (typeof sequence === 'number' ? sequence : 0) + 1);
  put(event, written, home, now);
  return calendar.toString();
};
