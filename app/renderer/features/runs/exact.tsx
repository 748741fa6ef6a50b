import { IconAlertTriangle } from '@tabler/icons-react';
import type { Effect, Labels, ToolCall } from '../../../../node-core/contract/index.ts';
import { visible } from '../../../../node-core/contract/visible.ts';
import { ScrollText } from '../../components/index.ts';
import { formatCount } from '../../days.ts';
import { showHidden } from './hidden-text.ts';
import css from './exact.module.css';

/** What a tool may do, as a person says it. */
export const effectNames: Readonly<Record<Effect, string>> = {
  read: 'Reads',
  'write-local': 'Changes here',
  'send-out': 'Sends out',
  spend: 'Costs money',
};

/** A text as it is, with what would be hidden named. */
export const Visible = ({ text }: { text: string }) =>
  showHidden(text).map((part, at) =>
    part.isHidden ? (
      <mark key={at} className={css.hidden} title="A character that is not seen">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );

export const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

export const labelWords = (labels: Labels): string[] => [
  ...(labels.untrusted ? ['from outside'] : []),
  ...(labels.private ? ['what you keep here'] : []),
  ...(labels.model ? ['written by the model'] : []),
];

/** Where a value came from. */
export const Origin = ({ labels }: { labels: Labels | null | undefined }) => {
  if (!labels) return null;
  const words = labelWords(labels);
  return (
    <span className={css.origin} data-testid="origin">
      {labels.untrusted ? <IconAlertTriangle size={16} stroke={1.6} aria-hidden /> : null}
      <span>
        {words.length > 0 ? words.join(', ') : 'from the playbook or your own words'}
        {labels.sources.length > 0 ? (
          <>
            {': '}
            {labels.sources.map((source, at) => (
              <span key={at} className={css.source}>
                <Visible text={source} />
              </span>
            ))}
          </>
        ) : null}
      </span>
    </span>
  );
};

/** Beyond it a text scrolls, and its length is told. */
const longText = 600;

/** The exact arguments of a call, each with where it came from. */
export const Arguments = ({ call }: { call: ToolCall }) => {
  const given =
    typeof call.arguments === 'object' && call.arguments !== null && !Array.isArray(call.arguments)
      ? Object.entries(call.arguments)
      : [['', call.arguments] as const];
  return (
    <dl className={css.arguments} data-testid="arguments">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Visible text={name} />
            <Origin labels={call.argumentLabels[name]} />
            {typeof value === 'string' && value.length > longText ? (
              <span className={css.size}>{formatCount(value.length)} characters</span>
            ) : null}
          </dt>
          <dd>
            <ScrollText label={name} className={css.value}>
              {visible(value).replaceAll('\\n', '\\n\n')}
            </ScrollText>
          </dd>
        </div>
      ))}
      {given.length === 0 ? <p className={css.origin}>No arguments.</p> : null}
    </dl>
  );
};
