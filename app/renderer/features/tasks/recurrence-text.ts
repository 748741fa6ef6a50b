const units: Readonly<Record<string, readonly [string, string]>> = {
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
};
const days: Readonly<Record<string, string>> = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
};

/** An RRULE in words: `every 2 weeks on Fri`. Parts that it has no words for are left as they are written. */
export const describeRule = (rule: string): string => {
  const parts = new Map(
    rule
      .replace(/^RRULE:/i, '')
      .split(';')
      .map((part): [string, string] => {
        const [key = '', value = ''] = part.split('=');
        return [key.toUpperCase(), value.toUpperCase()];
      }),
  );
  const unit = units[parts.get('FREQ') ?? ''];
  if (!unit) return rule;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const byDay = parts.get('BYDAY');
  if (byDay === 'MO,TU,WE,TH,FR' && interval === 1) return 'every weekday';
  const every = interval === 1 ? `every ${unit[0]}` : `every ${interval} ${unit[1]}`;
  const on = byDay
    ? ` on ${byDay
        .split(',')
        .map((day) =>
          day
            .replace(/^-?\d+/, (n) => `${n === '-1' ? 'last ' : `${n}. `}`)
            .replace(/[A-Z]{2}$/, (name) => days[name] ?? name),
        )
        .join(', ')}`
    : '';
  const month = parts.get('BYMONTHDAY');
  const until = parts.get('COUNT') ? `, ${parts.get('COUNT')} times` : '';
  return `${every}${on}${month ? ` on the ${month}.` : ''}${until}`;
};
