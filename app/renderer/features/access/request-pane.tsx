import type { RequestEntry } from '../../../../node-core/contract/index.ts';
import { CopyButton, Pane } from '../../components/index.ts';
import { formatCount, formatDuration } from '../../days.ts';
import { useInfo } from '../settings/queries.ts';
import { curlOf } from './curl.ts';
import form from './form.module.css';
import css from './requests.module.css';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const Fact = ({ name, children, mono }: { name: string; children: string; mono?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd data-mono={mono || undefined}>{children}</dd>
  </div>
);

/** All that is known of one request. */
export const RequestPane = ({ entry, onClose }: { entry: RequestEntry; onClose: () => void }) => {
  const info = useInfo();
  const command = curlOf(entry, info?.url.replace(/\/$/, '') ?? '');
  return (
    <Pane title={`${entry.method} ${entry.path}`} testId="request-pane" onClose={onClose}>
      <dl className={css.list}>
        <Fact name="Time">{moment.format(entry.at)}</Fact>
        <Fact name="Status">{`${entry.status}${entry.errorCode === null ? '' : ` · ${entry.errorCode}`}`}</Fact>
        <Fact name="Key">{entry.keyName}</Fact>
        {entry.modelId === null ? null : (
          <>
            <Fact name="Model">{entry.modelId}</Fact>
            <Fact name="Prompt">
              {`${formatCount(entry.promptTokens)} tokens${entry.cachedTokens > 0 ? `, ${formatCount(entry.cachedTokens)} of them cached` : ''}`}
            </Fact>
            <Fact name="Written">{`${formatCount(entry.outputTokens)} tokens${entry.stream ? ', streamed' : ''}`}</Fact>
          </>
        )}
        {entry.firstTokenMs === null ? null : <Fact name="First token">{formatDuration(entry.firstTokenMs)}</Fact>}
        <Fact name="Took">{formatDuration(entry.durationMs)}</Fact>
        <Fact name="Id" mono>
          {entry.id}
        </Fact>
      </dl>
      <div className={form.field}>
        <span>As a command</span>
        <div className={form.code} data-lines>
          <code data-testid="request-curl">{command}</code>
          <CopyButton text={() => command} label="Copy as curl" />
        </div>
        <span className={form.hint}>
          What was asked is not kept: put it where … stands, and a key into the variable JAN_KEY.
        </span>
      </div>
    </Pane>
  );
};
