import { Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconDownload, IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CatalogEntry } from '../../../../node-core/contract/index.ts';
import { FaultNote, SkeletonRows } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { queryClient } from '../../rpc/index.ts';
import { beginChat } from '../chat/actions.ts';
import { DownloadDialog } from './download-dialog.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { contextText, filterLibrary, fitWords, type LibraryFilter, sizeText } from './library.ts';
import { modelKeys, useCatalog } from './queries.ts';
import css from './library.module.css';

const tones = { fits: 'success', slow: 'warning', 'wont-fit': 'danger' } as const;

const Row = ({ entry, onAsk: ask }: { entry: CatalogEntry; onAsk: (row: HTMLElement) => void }) => {
  const { fit, download } = entry;
  const row = useRef<HTMLLIElement>(null);
  const onAsk = (): void => {
    if (row.current) ask(row.current);
  };
  const hadFocus = useRef(false);
  const isUnderWay = download !== null;
  // The button that had it gives way to others.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) row.current?.focus({ preventScroll: true });
  }, [isUnderWay, entry.installed]);
  const facts = [
    entry.author,
    entry.parameters,
    entry.quantization,
    sizeText(entry),
    `${contextText(entry.contextLength)} context`,
    entry.license.name,
  ];
  return (
    <li
      ref={row}
      className={css.row}
      data-testid="library-row"
      data-model-id={entry.id}
      data-verdict={fit.verdict}
      tabIndex={-1}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={(event) => {
        hadFocus.current = event.relatedTarget === null;
      }}
    >
      <div className={css.head}>
        <div className={css.names}>
          <h3 className={css.name}>
            {entry.name}
            <Tooltip label={fit.reason} multiline maw={280}>
              <button
                type="button"
                className={css.fit}
                data-tone={tones[fit.verdict]}
                aria-label={`${fitWords[fit.verdict]}: ${fit.reason}`}
                onClick={entry.installed || download !== null ? undefined : onAsk}
              >
                {fitWords[fit.verdict]}
              </button>
            </Tooltip>
          </h3>
          <p className={css.facts}>{facts.join(' · ')}</p>
        </div>
        {download ? null : entry.installed ? (
          entry.kind === 'chat' ? (
            <Button variant="default" onClick={() => beginChat(entry.id)}>
              Chat
            </Button>
          ) : (
            <span className={css.here}>
              <IconCheck size={16} stroke={1.6} aria-hidden />
              Here
            </span>
          )
        ) : (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            aria-label={`Download ${entry.name}`}
            onClick={onAsk}
          >
            Download
          </Button>
        )}
      </div>
      <p className={css.about}>{entry.description}</p>
      <ul className={css.goodAt} aria-label="Good at">
        {entry.goodAt.map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      {download ? <DownloadProgress download={download} name={entry.name} /> : null}
    </li>
  );
};

const filters: readonly { value: LibraryFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'fits', label: 'Fits here' },
  { value: 'chat', label: 'Chat' },
  { value: 'embedding', label: 'Embedding' },
];

/** Models that can be fetched: what they are good at, whether they suit this machine, under which licence. */
export const LibrarySection = () => {
  const { entries, pending, error } = useCatalog();
  const [filter, setFilter] = useState<LibraryFilter>('all');
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<{ id: string; row: HTMLElement } | null>(null);
  const shown = filterLibrary(entries, filter, query);
  const wanted = entries.find(({ id }) => id === asked?.id);
  return (
    <section className={css.section} aria-labelledby="library">
      <div className={css.top}>
        <h2 id="library">Library</h2>
        <span className={css.count} role="status">
          {pending ? '' : plural(shown.length, 'model')}
        </span>
      </div>
      <div className={css.filters}>
        <TextInput
          className={css.search ?? ''}
          size="xs"
          autoComplete="off"
          aria-label="Search the library"
          placeholder="Search…"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which models"
          value={filter}
          onChange={(value) => setFilter(filters.find((one) => one.value === value)?.value ?? 'all')}
          data={[...filters]}
        />
      </div>
      {pending ? <SkeletonRows count={4} height={112} /> : null}
      {error ? (
        <FaultNote
          what="The library can't be shown."
          error={error}
          action={{
            label: 'Try again',
            run: () => void queryClient.invalidateQueries({ queryKey: modelKeys.catalog }),
          }}
        />
      ) : null}
      {!pending && !error && shown.length === 0 ? (
        <p className={css.none}>
          {entries.length === 0 ? 'This build comes with no library.' : 'No model of the library is like that.'}
        </p>
      ) : null}
      <ul className={css.rows}>
        {shown.map((entry) => (
          <Row key={entry.id} entry={entry} onAsk={(row) => setAsked({ id: entry.id, row })} />
        ))}
      </ul>
      {wanted && asked ? <DownloadDialog entry={wanted} row={asked.row} onClose={() => setAsked(null)} /> : null}
    </section>
  );
};
