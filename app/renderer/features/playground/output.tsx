import { Button, SegmentedControl } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyButton, EmptyState, FaultNote, Keys, Spinner } from '../../components/index.ts';
import { formatCount, formatDuration, formatSpeed, plural } from '../../days.ts';
import { useInfo } from '../settings/queries.ts';
import { useTicking } from '../runs/use-ticking.ts';
import { curlOf } from './request.ts';
import { type PlayRun, writeForm } from './store.ts';
import { Tokens } from './tokens.tsx';
import css from './playground.module.css';

const tabs = ['answer', 'tokens', 'request', 'response'] as const;
type Tab = (typeof tabs)[number];

const Raw = ({ text, label }: { text: string; label: string }) => (
  <pre className={css.raw} tabIndex={0} role="region" aria-label={label} data-testid={`raw-${label.toLowerCase()}`}>
    {text}
  </pre>
);

const endings: Readonly<Record<string, string>> = {
  stop: 'came to its end',
  length: 'cut off at the most tokens',
  tool_calls: 'waits for a tool',
};

/** Speed, tokens and what the cache and the draft spared, in one line. */
const Speed = ({ run }: { run: PlayRun }) => {
  const isRunning = run.endedAt === null;
  const now = useTicking(isRunning);
  const { usage, timings, finish } = run.reading;
  const first =
    timings?.firstTokenMs ?? (run.firstTextAt === null ? null : Math.max(0, run.firstTextAt - run.startedAt));
  const parts = [
    formatDuration((run.endedAt ?? now) - run.startedAt),
    ...(timings && timings.speed > 0 ? [formatSpeed(timings.speed)] : []),
    ...(first === null ? [] : [`first token after ${formatDuration(first)}`]),
    ...(usage
      ? [
          `${plural(usage.output, 'token')} written`,
          `${formatCount(usage.prompt)} read${usage.cached > 0 ? `, ${formatCount(usage.cached)} cached` : ''}`,
        ]
      : []),
    ...(timings && timings.drafted > 0 ? [`draft ${timings.accepted} of ${timings.drafted} taken`] : []),
    ...(run.wasStopped ? ['stopped'] : finish ? [endings[finish] ?? `ended: ${finish}`] : []),
  ];
  return (
    <p className={css.speed} data-testid="play-speed">
      {isRunning ? <Spinner size={12} /> : null}
      {parts.join(' · ')}
    </p>
  );
};

const Answer = ({ run }: { run: PlayRun }) => {
  const { text, reasoning, toolCalls, error } = run.reading;
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Answer" data-testid="play-answer">
      {reasoning === '' ? null : <p className={css.reasoning}>{reasoning}</p>}
      {text === '' ? null : <p className={css.text}>{text}</p>}
      {toolCalls.map((call, index) => (
        <div key={index} className={css.call} data-testid="tool-call">
          <span className={css.callName}>{call.name}</span>
          <code>{call.arguments}</code>
        </div>
      ))}
      {error ? <FaultNote what="The request was refused." error={{ ...error }} /> : null}
    </div>
  );
};

const NoTokens = ({ run }: { run: PlayRun }) =>
  run.form.logprobs ? (
    <p className={css.none}>{run.endedAt === null ? 'None yet.' : 'The answer came without probabilities.'}</p>
  ) : (
    <EmptyState
      icon={IconFlask}
      title="This run was made without probabilities"
      text="Each token can come with how likely it was, and with what the model would have written instead."
      action={<Button onClick={() => writeForm({ logprobs: true })}>Switch them on for the next run</Button>}
    />
  );

/** What came back, in four ways of looking at it. */
export const Output = ({ run }: { run: PlayRun | undefined }) => {
  const [tab, setTab] = useState<Tab>('answer');
  const origin = useInfo()?.url || location.origin;
  if (!run)
    return (
      <div className={css.output}>
        <EmptyState
          icon={IconFlask}
          title="Try a request"
          text="It goes to /v1/chat/completions as a program would send it. The answer, its tokens and the raw bytes of both sides appear here."
          action={
            <span className={css.hint}>
              <Keys combo="mod+enter" /> runs it from anywhere on this page
            </span>
          }
        />
      </div>
    );
  const status = run.status === null ? '' : `HTTP ${run.status}\n`;
  const headers = Object.entries(run.headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
  return (
    <div className={css.output}>
      <div className={css.tabs}>
        <SegmentedControl
          size="xs"
          aria-label="What to show"
          value={tab}
          onChange={(value) => setTab(tabs.find((one) => one === value) ?? 'answer')}
          data={[
            { value: 'answer', label: 'Answer' },
            { value: 'tokens', label: 'Tokens' },
            { value: 'request', label: 'Request' },
            { value: 'response', label: 'Response' },
          ]}
        />
        <span className={css.tabEnd}>
          {tab === 'answer' ? <CopyButton text={() => run.reading.text} label="Copy the answer" /> : null}
          {tab === 'request' ? (
            <>
              <Button
                variant="default"
                onClick={() => void navigator.clipboard.writeText(curlOf(origin, run.requestBody))}
              >
                Copy as curl
              </Button>
              <CopyButton text={() => run.requestBody} label="Copy the body" />
            </>
          ) : null}
          {tab === 'response' ? <CopyButton text={() => run.responseBody} label="Copy the body" /> : null}
        </span>
      </div>
      {tab === 'answer' ? <Answer run={run} /> : null}
      {tab === 'tokens' ? (
        run.reading.tokens.length > 0 ? (
          <Tokens tokens={run.reading.tokens} />
        ) : (
          <NoTokens run={run} />
        )
      ) : null}
      {tab === 'request' ? <Raw text={`POST /v1/chat/completions\n\n${run.requestBody}`} label="Request" /> : null}
      {tab === 'response' ? <Raw text={`${status}${headers}\n${run.responseBody}`} label="Response" /> : null}
      <Speed run={run} />
    </div>
  );
};
