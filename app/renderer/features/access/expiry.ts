import { formatMoment } from '../../days.ts';

const day = 86_400_000;
const spans = [7, 30, 90, 365] as const;

/** How long a key lives: an age from now on, never, or (`keep`) what it has already. */
export type Expiry = 'never' | 'keep' | `${(typeof spans)[number]}`;

export const expiryOf = (at: number | null): Expiry => (at === null ? 'never' : 'keep');

export const expiryChoices = (at: number | null, now: number): { value: Expiry; label: string }[] => [
  ...(at === null ? [] : [{ value: 'keep' as const, label: `${at <= now ? 'Expired' : 'Until'} ${formatMoment(at)}` }]),
  { value: 'never', label: 'Never' },
  ...spans.map((count) => ({ value: `${count}` as const, label: count === 365 ? 'In a year' : `In ${count} days` })),
];

export const expiresAt = (choice: Expiry, at: number | null, now: number): number | null =>
  choice === 'never' ? null : choice === 'keep' ? at : now + Number(choice) * day;
