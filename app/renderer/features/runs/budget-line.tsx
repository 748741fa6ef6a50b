import type { PlaybookRun } from '../../../../node-core/contract/index.ts';
import { formatCount, formatDuration } from '../../days.ts';
import css from './playbook-body.module.css';

const time = (seconds: number): string =>
  seconds >= 60 && seconds % 60 === 0 ? `${formatCount(seconds / 60)} min` : formatDuration(seconds * 1_000);

/** So that little is not shown as nothing. */
const money = (value: number): string => (value === 0 || value >= 0.1 ? value.toFixed(2) : value.toPrecision(2));

/** What the run was allowed, and what of it is used. */
export const BudgetLine = ({ playbook: { budget, spent } }: { playbook: PlaybookRun }) => {
  const figures = [
    { name: 'Tokens', used: spent.tokens, of: budget.tokens, says: formatCount },
    { name: 'Calls', used: spent.calls, of: budget.calls, says: formatCount },
    { name: 'Time', used: spent.seconds, of: budget.seconds, says: time },
    ...(budget.cost > 0 || spent.cost > 0 ? [{ name: 'Cost', used: spent.cost, of: budget.cost, says: money }] : []),
  ];
  return (
    <dl className={css.budget} data-testid="budget">
      {figures.map(({ name, used, of, says }) => {
        const share = of > 0 ? Math.min(1, used / of) : 0;
        return (
          <div key={name} data-near={share > 0.9 || undefined}>
            <dt>{name}</dt>
            <dd>
              {says(used)} <span>of {says(of)}</span>
            </dd>
            <span className={css.bar} aria-hidden>
              <span style={{ width: `${share * 100}%` }} />
            </span>
          </div>
        );
      })}
    </dl>
  );
};
