import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Day, formatCount, formatFullDay, plural } from '../../days.ts';
import { type Measure, type Series, topOf } from './usage-series.ts';
import { formatShort } from './words.ts';
import css from './usage.module.css';

interface UsageChartProps {
  readonly days: readonly Day[];
  readonly series: readonly Series[];
  readonly measure: Measure;
}

const height = 168;
const gap = 0.24;

const amount = (value: number, measure: Measure): string =>
  measure === 'requests' ? plural(value, 'request') : plural(value, 'token');

/** Each day a bar, stacked by key. The arrow keys or the pointer choose a day, whose figures are read out below. */
export const UsageChart = ({ days, series, measure }: UsageChartProps) => {
  const [chosen, setChosen] = useState(days.length - 1);
  const at = Math.min(chosen, days.length - 1);
  const sums = days.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const top = topOf(Math.max(0, ...sums));
  const day = days[at] ?? '';
  const parts = series.filter(({ values }) => (values[at] ?? 0) > 0);
  const told = `${formatFullDay(day)}: ${amount(sums[at] ?? 0, measure)}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 7,
      PageUp: at + 7,
      Home: 0,
      End: days.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(Math.max(0, Math.min(days.length - 1, next)));
  };
  const onPointer = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - box.left) / box.width) * days.length);
    setChosen(Math.max(0, Math.min(days.length - 1, index)));
  };

  return (
    <figure className={css.figure} data-testid="usage-chart">
      <div className={css.plot}>
        <div className={css.scale} aria-hidden>
          <span>{formatShort(top)}</span>
          <span>{formatShort(top / 2)}</span>
          <span>0</span>
        </div>
        <div
          className={css.bars}
          role="slider"
          tabIndex={0}
          aria-label="Day"
          aria-valuemin={0}
          aria-valuemax={days.length - 1}
          aria-valuenow={at}
          aria-valuetext={[told, ...parts.map(({ name, values }) => `${name} ${formatCount(values[at] ?? 0)}`)].join(
            '; ',
          )}
          onKeyDown={onKeyDown}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
        >
          <svg viewBox={`0 0 ${days.length} ${height}`} height={height} preserveAspectRatio="none" aria-hidden>
            <line x1={0} x2={days.length} y1={height / 2} y2={height / 2} className={css.grid} />
            <rect x={at} y={0} width={1} height={height} className={css.cursor} />
            {days.map((one, index) => {
              let y = height;
              return series.map(({ id, color, values }) => {
                const tall = ((values[index] ?? 0) / top) * height;
                if (tall === 0) return null;
                y -= tall;
                return (
                  <rect
                    key={`${one} ${id}`}
                    x={index + gap / 2}
                    y={y}
                    width={1 - gap}
                    height={tall}
                    fill={color}
                    className={css.bar}
                  />
                );
              });
            })}
          </svg>
        </div>
        <div className={css.ends} aria-hidden>
          <span>{formatFullDay(days[0] ?? '')}</span>
          <span>{formatFullDay(days.at(-1) ?? '')}</span>
        </div>
      </div>
      <figcaption className={css.told} data-testid="usage-day">
        <span className={css.toldDay}>{told}</span>
        {/* Every key each day, so that nothing moves while one goes from day to day. */}
        {series.map(({ id, name, color, values }) => (
          <span key={id} className={css.part} data-none={(values[at] ?? 0) === 0 || undefined}>
            <span className={css.swatch} style={{ background: color }} aria-hidden />
            <span className={css.partName}>{name}</span>
            <span className={css.figureText}>{formatCount(values[at] ?? 0)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
};
