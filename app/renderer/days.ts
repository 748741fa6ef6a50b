/** Calendar days as `YYYY-MM-DD`, in the person's own time zone. */
export type Day = string;

const pad = (value: number): string => String(value).padStart(2, '0');

export const dayOf = (date: Date): Day =>
  `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
export const today = (): Day => dayOf(new Date());

/** Noon of the day, clear of every change of daylight saving time. */
export const dateOf = (day: Day): Date => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
};

export const addDays = (day: Day, count: number): Day => {
  const date = dateOf(day);
  date.setDate(date.getDate() + count);
  return dayOf(date);
};

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000);

const formats = {
  weekday: new Intl.DateTimeFormat('en-GB', { weekday: 'long' }),
  short: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
  plain: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }),
  year: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
  long: new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
  time: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
};

/** `Today`, `Tomorrow`, `Fri`, `26 Jun`, `26 Jun 2027`: as short as it is clear. */
export const formatDay = (day: Day, now: Day = today()): string => {
  const away = daysBetween(now, day);
  if (away === 0) return 'Today';
  if (away === 1) return 'Tomorrow';
  if (away === -1) return 'Yesterday';
  const date = dateOf(day);
  if (away > 1 && away < 7) return formats.short.format(date).replace(/,/g, '');
  return day.slice(0, 4) === now.slice(0, 4) ? formats.plain.format(date) : formats.year.format(date);
};

export const formatLongDay = (day: Day): string => formats.long.format(dateOf(day)).replace(/,/g, '');
export const weekdayOf = (day: Day): string => formats.weekday.format(dateOf(day));

/** `Fri 26 Jun`, always with the weekday: for pickers. */
export const formatFullDay = (day: Day): string => formats.short.format(dateOf(day)).replace(/,/g, '');

/** `26 Jun 2026`; what is no day of the calendar stays as it is. */
export const formatDate = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}$/u.test(text) && dayOf(dateOf(text)) === text ? formats.year.format(dateOf(text)) : text;

export const formatTime = (millis: number): string => formats.time.format(millis);

/** `14:05` today, `Yesterday 14:05`, else the day. */
export const formatMoment = (millis: number): string => {
  const day = dayOf(new Date(millis));
  const now = today();
  if (day === now) return formats.time.format(millis);
  if (daysBetween(day, now) === 1) return `Yesterday ${formats.time.format(millis)}`;
  return formatDay(day, now);
};

/** `3 ms`, `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`. */
export const formatDuration = (millis: number): string => {
  if (millis < 100) return `${Math.max(0, Math.round(millis))} ms`;
  const seconds = millis / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(Math.floor(seconds % 60))} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
};

const sizes = ['bytes', 'KB', 'MB', 'GB', 'TB'];
export const formatSize = (bytes: number): string => {
  const step = Math.min(sizes.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1_000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${sizes[step] ?? ''}`;
};

const counts = new Intl.NumberFormat('en-GB');
export const formatCount = (value: number): string => counts.format(value);

/** `31.2 tok/s`, `1,240 tok/s`. */
export const formatSpeed = (value: number): string =>
  `${value >= 100 ? formatCount(Math.round(value)) : value.toFixed(1)} tok/s`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
