/**
 * Arithmetic on calendar dates, `YYYY-MM-DD`. They have no time zone, so no change of clocks can move them; instants (`Millis`)
 * come in only where a reminder needs one.
 */
const DAY = 86_400_000;

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const from = (millis: number): string => new Date(millis).toISOString().slice(0, 10);

export const isCalendarDate = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(at(date)) && from(at(date)) === date;

/** Months count from 1; days past the end of a month roll over. */
export const calendarDate = (year: number, month: number, day: number): string => from(Date.UTC(year, month - 1, day));
export const addDays = (date: string, days: number): string => from(at(date) + days * DAY);
export const daysBetween = (earlier: string, later: string): number => Math.round((at(later) - at(earlier)) / DAY);

export const yearOf = (date: string): number => Number(date.slice(0, 4));
export const monthOf = (date: string): number => Number(date.slice(5, 7));
export const dayOf = (date: string): number => Number(date.slice(8, 10));
/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (date: string): number => new Date(at(date)).getUTCDay() || 7;
export const daysInMonth = (year: number, month: number): number => dayOf(calendarDate(year, month + 1, 0));
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));

/** The same day of another month; the last one where that month is shorter. */
export const addMonths = (date: string, months: number): string => {
  const index = yearOf(date) * 12 + monthOf(date) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return calendarDate(year, month, Math.min(dayOf(date), daysInMonth(year, month)));
};

/** Turns a wall-clock time of a calendar day into an instant and back, in one time zone. */
export interface Zone {
  instant(date: string, time: string): number;
  wallClock(instant: number): { date: string; time: string };
}

const two = (value: number) => String(value).padStart(2, '0');

/** The machine's own time zone, changes of clocks included. */
export const localZone: Zone = {
  instant(date, time) {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return new Date(yearOf(date), monthOf(date) - 1, dayOf(date), hour, minute).getTime();
  },
  wallClock(instant) {
    const local = new Date(instant);
    return {
      date: `${String(local.getFullYear()).padStart(4, '0')}-${two(local.getMonth() + 1)}-${two(local.getDate())}`,
      time: `${two(local.getHours())}:${two(local.getMinutes())}`,
    };
  },
};

/** A fixed offset from UTC: all that is known of a client in another time zone. */
export const fixedZone = (offsetMinutes: number): Zone => ({
  instant(date, time) {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return at(date) + (hour * 60 + minute - offsetMinutes) * 60_000;
  },
  wallClock(instant) {
    const shifted = new Date(instant + offsetMinutes * 60_000).toISOString();
    return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) };
  },
});

/** The same wall-clock time some days later: a reminder at 9:00 stays at 9:00 when the clocks change in between. */
export const shiftInstant = (instant: number, days: number, zone: Zone = localZone): number => {
  const { date, time } = zone.wallClock(instant);
  const rest = instant - zone.instant(date, time);
  return zone.instant(addDays(date, days), time) + (rest >= 0 && rest < 60_000 ? rest : 0);
};
