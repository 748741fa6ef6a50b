import { SegmentedControl } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { EmptyState, FaultNote, SkeletonRows, View } from '../../components/index.ts';
import { addDays, formatCount, plural, today } from '../../days.ts';
import { queryClient } from '../../rpc/index.ts';
import { useModels } from '../models/queries.ts';
import { AccessTabs } from './access-tabs.tsx';
import { accessKeys, useUsage } from './queries.ts';
import { UsageChart } from './usage-chart.tsx';
import { daysFrom, type Measure, seriesOf, totalsOf } from './usage-series.ts';
import access from './access.module.css';
import requests from './requests.module.css';
import css from './usage.module.css';

const ranges = ['7', '30', '90'] as const;
type Range = (typeof ranges)[number];
const isRange = (value: string): value is Range => ranges.some((range) => range === value);

export const UsageView = () => {
  const [range, setRange] = useState<Range>('30');
  const [measure, setMeasure] = useState<Measure>('tokens');
  const to = today();
  const from = addDays(to, 1 - Number(range));
  const { data: report, error } = useUsage(from, to);
  const { models } = useModels();
  const days = useMemo(() => daysFrom(from, Number(range)), [from, range]);
  const series = useMemo(() => (report ? seriesOf(report, days, measure) : []), [report, days, measure]);
  const totals = useMemo(() => (report ? totalsOf(report) : []), [report]);
  const colors = new Map(series.map(({ id, color }) => [id, color]));
  const nameOf = (id: string | null): string =>
    id === null ? 'No model reached' : (models.find((model) => model.id === id)?.name ?? id);
  const sum = (name: 'requests' | 'errors' | 'promptTokens' | 'cachedTokens' | 'outputTokens'): number =>
    totals.reduce((all, total) => all + total[name], 0);

  return (
    <View
      title="API"
      testId="view-usage"
      context={
        report && totals.length > 0
          ? `${plural(sum('promptTokens') + sum('outputTokens'), 'token')} in ${plural(sum('requests'), 'request')} over ${range} days`
          : 'Who used which model, and how much of it'
      }
    >
      <AccessTabs />
      <div className={requests.filters}>
        <SegmentedControl
          size="xs"
          aria-label="Range"
          value={range}
          onChange={(value) => {
            if (isRange(value)) setRange(value);
          }}
          data={ranges.map((value) => ({ value, label: `${value} days` }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="What is counted"
          value={measure}
          onChange={(value) => setMeasure(value === 'requests' ? 'requests' : 'tokens')}
          data={[
            { value: 'tokens', label: 'Tokens' },
            { value: 'requests', label: 'Requests' },
          ]}
        />
      </div>
      {error && !report ? (
        <FaultNote
          what="The usage can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: accessKeys.usage }) }}
        />
      ) : null}
      {!report && !error ? <SkeletonRows count={1} height={240} /> : null}
      {report && totals.length === 0 ? (
        <EmptyState
          icon={IconChartBar}
          title="Nothing was asked yet"
          text={`What programs, chats and runs ask of models is counted here, by day, key and model. In the last ${range} days there was nothing.`}
        />
      ) : null}
      {report && totals.length > 0 ? (
        <>
          <UsageChart days={days} series={series} measure={measure} />
          <div className={css.scroll} tabIndex={0} role="region" aria-label="Usage by key and model">
            <table className={css.table} data-testid="usage-table">
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">Model</th>
                  <th scope="col">Requests</th>
                  <th scope="col">Failed</th>
                  <th scope="col">Prompt</th>
                  <th scope="col" className={css.cached}>
                    Cached
                  </th>
                  <th scope="col">Written</th>
                </tr>
              </thead>
              <tbody>
                {totals.map((total) => (
                  <tr key={`${total.keyId} ${total.modelId ?? ''}`}>
                    <th scope="row">
                      <span className={css.keyName}>
                        <span
                          className={css.swatch}
                          style={{ background: colors.get(total.keyId) ?? 'var(--jan-project-gray)' }}
                          aria-hidden
                        />
                        <span className="truncate">{total.keyName}</span>
                        {total.revoked ? <span className={access.chip}>Revoked</span> : null}
                      </span>
                    </th>
                    <td>
                      <span className={css.model}>{nameOf(total.modelId)}</span>
                    </td>
                    <td>{formatCount(total.requests)}</td>
                    <td>{formatCount(total.errors)}</td>
                    <td>{formatCount(total.promptTokens)}</td>
                    <td className={css.cached}>{formatCount(total.cachedTokens)}</td>
                    <td>{formatCount(total.outputTokens)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>
                    In all
                  </th>
                  <td>{formatCount(sum('requests'))}</td>
                  <td>{formatCount(sum('errors'))}</td>
                  <td>{formatCount(sum('promptTokens'))}</td>
                  <td className={css.cached}>{formatCount(sum('cachedTokens'))}</td>
                  <td>{formatCount(sum('outputTokens'))}</td>
                </tr>
              </tfoot>
            </table>
          </div>
          <p className={access.advice}>
            Tokens of prompts and answers. Cached ones are part of the prompt and were not computed again.
          </p>
        </>
      ) : null}
    </View>
  );
};
