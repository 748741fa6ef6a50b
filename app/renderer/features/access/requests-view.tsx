import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import type { RequestEntry } from '../../../../node-core/contract/index.ts';
import { Choice, EmptyState, FaultNote, SkeletonRows, View, walkRows } from '../../components/index.ts';
import { formatCount, formatDuration, formatMoment } from '../../days.ts';
import { queryClient } from '../../rpc/index.ts';
import { useModels } from '../models/queries.ts';
import { updateSettings, useSettings } from '../settings/queries.ts';
import { AccessTabs } from './access-tabs.tsx';
import { clearRequests } from './actions.ts';
import { accessKeys, type RequestFilter, useKeys, useRequests } from './queries.ts';
import { RequestPane } from './request-pane.tsx';
import access from './access.module.css';
import css from './requests.module.css';

const shownAtMost = 300;
const all = '';

const toneOf = (status: number): 'ok' | 'stopped' | 'failed' =>
  status < 400 ? 'ok' : status === 499 ? 'stopped' : 'failed';

const Row = ({ entry, isOpen, onOpen }: { entry: RequestEntry; isOpen: boolean; onOpen: () => void }) => (
  <button
    type="button"
    className={css.request}
    data-row
    data-testid="request-row"
    aria-expanded={isOpen}
    onClick={onOpen}
  >
    <span className={css.requestTime}>{formatMoment(entry.at)}</span>
    <span className={css.status} data-tone={toneOf(entry.status)}>
      {entry.status}
    </span>
    <span className={css.path}>
      <span className={css.method}>{entry.method}</span> {entry.path}
    </span>
    <span className={css.requestKey}>{entry.keyName}</span>
    <span className={css.tokens}>
      {entry.promptTokens + entry.outputTokens > 0 ? `${formatCount(entry.promptTokens + entry.outputTokens)} tok` : ''}
    </span>
    <span className={css.took}>{formatDuration(entry.durationMs)}</span>
  </button>
);

export const RequestsView = () => {
  const [filter, setFilter] = useState<RequestFilter>({});
  const [openId, setOpenId] = useState<string | null>(null);
  const { data: requests, error } = useRequests(filter);
  const { data: keys } = useKeys();
  const { models } = useModels();
  const settings = useSettings();
  const isOn = settings?.requestLog ?? true;
  const isFiltered = Object.keys(filter).length > 0;
  const open = requests?.find(({ id }) => id === openId);
  const choose = (name: keyof RequestFilter, value: string): void => {
    const { [name]: _before, ...rest } = filter;
    setFilter(value === all ? rest : { ...rest, [name]: value });
  };

  return (
    <>
      <View
        title="API"
        testId="view-requests"
        context="The last thousand requests of seven days, without a word of what was asked or answered"
        actions={
          requests && requests.length > 0 && !isFiltered ? (
            <Button variant="default" onClick={clearRequests}>
              Clear
            </Button>
          ) : null
        }
      >
        <AccessTabs />
        <div className={css.filters}>
          <SegmentedControl
            size="xs"
            aria-label="Outcome"
            value={filter.outcome ?? all}
            onChange={(value) => choose('outcome', value)}
            data={[
              { value: all, label: 'All' },
              { value: 'ok', label: 'Answered' },
              { value: 'failed', label: 'Failed' },
            ]}
          />
          <Choice
            label="Key"
            value={filter.keyId ?? all}
            choices={[
              { value: all, label: 'Any key' },
              ...(keys ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => choose('keyId', value)}
          />
          <Choice
            label="Model"
            value={filter.modelId ?? all}
            choices={[
              { value: all, label: 'Any model' },
              ...models.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => choose('modelId', value)}
          />
          <Checkbox
            className={css.filterEnd ?? ''}
            label="Note requests"
            checked={isOn}
            disabled={!settings}
            onChange={({ currentTarget: { checked } }) => void updateSettings({ requestLog: checked })}
          />
        </div>
        {error && !requests ? (
          <FaultNote
            what="The requests can't be shown."
            error={error}
            action={{
              label: 'Try again',
              run: () => void queryClient.invalidateQueries({ queryKey: accessKeys.requests }),
            }}
          />
        ) : null}
        {!requests && !error ? <SkeletonRows count={6} /> : null}
        {requests && requests.length === 0 ? (
          <EmptyState
            icon={IconListDetails}
            title={isFiltered ? 'No such request' : isOn ? 'No requests yet' : 'Requests are not noted'}
            text={
              isFiltered
                ? 'Nothing of the last seven days fits. Choose another key, model or outcome.'
                : isOn
                  ? 'What programs send to /v1 shows here: when, by which key, to which model, how it ended and how long it took. Never what was said.'
                  : 'Switch “Note requests” on to see when which key asked which model, and how it ended. Usage is counted in any case.'
            }
          />
        ) : null}
        <div className={access.rows} role="presentation" onKeyDown={walkRows}>
          {requests?.slice(0, shownAtMost).map((entry) => (
            <Row key={entry.id} entry={entry} isOpen={entry.id === openId} onOpen={() => setOpenId(entry.id)} />
          ))}
        </div>
        {requests && requests.length > shownAtMost ? (
          <p className={access.advice}>
            The newest {shownAtMost} of {formatCount(requests.length)}. Choose a key, a model or an outcome to see older
            ones.
          </p>
        ) : null}
      </View>
      {open ? <RequestPane key={open.id} entry={open} onClose={() => setOpenId(null)} /> : null}
    </>
  );
};
