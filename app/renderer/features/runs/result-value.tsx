import { useRef, useState } from 'react';
import { useOverflow } from '../../components/index.ts';
import { formatDate } from '../../days.ts';
import { Markdown, NoteLinks } from '../chat/markdown/markdown.tsx';
import { OutsideLink } from '../chat/markdown/outside-link.tsx';
import { asText, Visible } from './exact.tsx';
import css from './result-value.module.css';

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const mostColumns = 6;
const longestCell = 80;

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(cellOf).join(', ');
  return typeof value === 'string' ? formatDate(value) : asText(value);
};

/** `isRead` and `due-date` as a person says them. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .replaceAll(/[-_]/gu, ' ')
    .toLowerCase();

const columnsOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => cellOf(row[name]) !== ''))),
];

const titles = ['title', 'name', 'heading', 'task', 'claim', 'text'];
const isAddress = /^https?:\/\/\S+$/u;

const Cell = ({ value }: { value: unknown }) => {
  const text = cellOf(value);
  return isAddress.test(text) ? (
    <OutsideLink href={text}>
      <Visible text={text} />
    </OutsideLink>
  ) : (
    text
  );
};

/** Things with a few short properties each. */
const Table = ({ rows, columns }: { rows: readonly Row[]; columns: readonly string[] }) => {
  const figures = new Set(columns.filter((name) => rows.every((row) => typeof (row[name] ?? 0) === 'number')));
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" data-figure={figures.has(name) || undefined}>
                {wordsOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((name) => (
                <td key={name} data-figure={figures.has(name) || undefined}>
                  <Cell value={row[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Things of which there is more to say than a row of a table holds. */
const Records = ({ rows, columns }: { rows: readonly Row[]; columns: readonly string[] }) => {
  const title = titles.find((name) => columns.includes(name)) ?? columns[0];
  return (
    <ol className={css.records}>
      {rows.map((row, at) => (
        <li key={at}>
          {title === undefined ? null : (
            <p className={css.recordName}>
              <Cell value={row[title]} />
            </p>
          )}
          <dl className={css.facts}>
            {columns
              .filter((name) => name !== title && cellOf(row[name]) !== '')
              .map((name) => (
                <div key={name}>
                  <dt>{wordsOf(name)}</dt>
                  <dd>
                    <Cell value={row[name]} />
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ol>
  );
};

const Shape = ({ value }: { value: unknown }) => {
  if (typeof value === 'string')
    return (
      <NoteLinks value>
        <Markdown text={value} isGrowing={false} />
      </NoteLinks>
    );
  if (typeof value === 'number' || typeof value === 'boolean') return <p>{cellOf(value)}</p>;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === 'string' || typeof one === 'number'))
      return (
        <ul className={css.values}>
          {value.map((one, at) => (
            <li key={at}>{one}</li>
          ))}
        </ul>
      );
    if (value.every(isRow)) {
      const columns = columnsOf(value);
      const isTable =
        columns.length <= mostColumns &&
        value.every((row) => columns.every((name) => cellOf(row[name]).length <= longestCell));
      return isTable ? <Table rows={value} columns={columns} /> : <Records rows={value} columns={columns} />;
    }
  }
  return <pre className={css.json}>{asText(value)}</pre>;
};

/** What a line of a result holds; of something long the beginning, and the rest one press away. */
export const ResultValue = ({ value }: { value: unknown }) => {
  const box = useRef<HTMLDivElement>(null);
  const isLong = useOverflow(box);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <div
        ref={box}
        className={css.value}
        data-open={isOpen || undefined}
        data-long={(isLong && !isOpen) || undefined}
        data-testid="result-line"
      >
        <Shape value={value} />
      </div>
      {isLong || isOpen ? (
        <button type="button" className={css.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Show less' : 'Show all of it'}
        </button>
      ) : null}
    </>
  );
};
