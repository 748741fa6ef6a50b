import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconChevronRight, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useStore } from 'zustand';
import type { ThreadMessage } from '../../../../node-core/contract/index.ts';
import { CopyButton, FaultNote, IconButton, Spinner } from '../../components/index.ts';
import { formatCount, formatDuration, formatSpeed, plural } from '../../days.ts';
import { useModelItems } from '../models/model-picker.tsx';
import { places } from '../models/places.ts';
import { useModels } from '../models/queries.ts';
import { answerAgain } from './actions.ts';
import { BranchSwitch } from './branch-switch.tsx';
import { Markdown } from './markdown/markdown.tsx';
import type { Progress, ThreadStore } from './watch.ts';
import iconCss from '../../components/icon-button.module.css';
import css from './messages.module.css';

const phases: Readonly<Record<Progress['phase'], string>> = {
  queued: 'Waits for its turn',
  loading: 'Loading the model',
  reading: 'Reading',
};

const Waiting = ({ progress }: { progress: Progress | undefined }) => (
  <p className={css.waiting} data-testid="answer-progress">
    <Spinner size={12} />
    <span className="tabular">
      {progress
        ? `${phases[progress.phase]}${progress.phase === 'queued' ? '' : ` ${Math.round(progress.value * 100)} %`}`
        : 'Waits for the first word'}
    </span>
  </p>
);

/** What a model thought before it answered: folded, because it is not the answer. */
const Reasoning = ({ text, isGrowing }: { text: string; isGrowing: boolean }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={css.reasoning}>
      <button
        type="button"
        className={css.reasoningToggle}
        aria-expanded={isOpen}
        data-testid="reasoning"
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight size={16} stroke={1.6} className={css.chevron} data-open={isOpen || undefined} aria-hidden />
        {isGrowing ? 'Thinks…' : 'Thought before it answered'}
      </button>
      {isOpen ? (
        <div className={css.thought}>
          <Markdown text={text} isGrowing={isGrowing} />
        </div>
      ) : null}
    </div>
  );
};

/** Mounted with the open menu only: a long chat asks once for the models, not once per answer. */
const OtherModels = ({ message }: { message: ThreadMessage }) => {
  const items = useModelItems(message.modelId, (id) => void answerAgain(message.id, id));
  return (
    <>
      {items.length > 1 ? <Menu.Divider /> : null}
      {items
        .filter(({ id }) => id !== message.modelId)
        .slice(0, 12)
        .map((item) => (
          <Menu.Item key={item.id} leftSection={item.icon} onClick={item.run}>
            {item.label}
          </Menu.Item>
        ))}
    </>
  );
};

const Again = ({ message }: { message: ThreadMessage }) => (
  <Menu position="bottom-start" width={240} withinPortal>
    <Menu.Target>
      <Tooltip label="Answer again">
        <ActionIcon aria-label="Answer again" className={iconCss.button ?? ''} data-testid="answer-again">
          <IconRefresh size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item onClick={() => void answerAgain(message.id)}>With the same model</Menu.Item>
      <OtherModels message={message} />
    </Menu.Dropdown>
  </Menu>
);

const Usage = ({ message }: { message: ThreadMessage }) => {
  const { models } = useModels();
  const { usage, place } = message;
  const name = models.find(({ id }) => id === message.modelId)?.name ?? message.modelId ?? 'unknown';
  const lines: readonly (readonly [string, string])[] = [
    ['Model', name],
    ...(place ? [['Computed', places[place].said] as const] : []),
    ...(usage
      ? [
          [
            'Read',
            `${plural(usage.promptTokens, 'token')}${usage.cachedTokens > 0 ? `, ${formatCount(usage.cachedTokens)} of them cached` : ''}`,
          ] as const,
          ['Wrote', plural(usage.outputTokens, 'token')] as const,
          ['First token', `after ${formatDuration(usage.firstTokenMs)}`] as const,
          ...(usage.speed === null ? [] : [['Speed', formatSpeed(usage.speed)] as const]),
        ]
      : []),
    ...(message.droppedMessages
      ? [['Left out', `${plural(message.droppedMessages, 'earlier message')}: the context was full`] as const]
      : []),
  ];
  return (
    <dl className={css.usage} data-testid="usage">
      {lines.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
};

interface AnswerProps {
  readonly store: ThreadStore;
  readonly message: ThreadMessage;
  readonly siblings: readonly ThreadMessage[];
  readonly onShow: (id: string) => void;
  readonly isLast: boolean;
  readonly isFar: boolean;
}

/** What a model answered, or does right now. */
export const Answer = memo(({ store, message, siblings, onShow, isLast, isFar }: AnswerProps) => {
  const growth = useStore(store, (state) => state.growth[message.id]);
  const progress = useStore(store, (state) => state.progress[message.id]);
  const [showsUsage, setShowsUsage] = useState(false);
  const text = growth ? message.text + growth.text : message.text;
  const reasoning = growth ? (message.reasoning ?? '') + growth.reasoning : (message.reasoning ?? '');
  const isWriting = message.state === 'writing';
  return (
    <article
      className={css.answer}
      data-message-id={message.id}
      data-testid="answer"
      data-state={message.state}
      data-far={isFar || undefined}
      aria-label="Answer"
      aria-busy={isWriting}
    >
      {reasoning === '' ? null : <Reasoning text={reasoning} isGrowing={isWriting && text === ''} />}
      {isWriting && text === '' && reasoning === '' ? <Waiting progress={progress} /> : null}
      {text === '' ? null : <Markdown text={text} isGrowing={isWriting} />}
      {message.state === 'failed' ? (
        <FaultNote
          what={text === '' ? 'There is no answer.' : 'The answer broke off.'}
          error={message.error ?? { code: 'INTERNAL', message: 'Ask again.' }}
          action={{ label: 'Try again', run: () => void answerAgain(message.id) }}
        />
      ) : null}
      {message.droppedMessages ? (
        <p className={css.note}>
          The context was full: {plural(message.droppedMessages, 'earlier message')} could not be read for this answer.
        </p>
      ) : null}
      <div className={css.tools} data-kept={isLast || undefined}>
        {isWriting ? null : (
          <>
            <BranchSwitch message={message} siblings={siblings} onShow={onShow} />
            <span className={css.quiet} data-shown={isLast || showsUsage || undefined}>
              {text === '' ? null : <CopyButton text={() => text} label="Copy the answer" />}
              <Again message={message} />
              <IconButton
                icon={IconInfoCircle}
                label="What it took"
                active={showsUsage}
                expanded={showsUsage}
                testId="show-usage"
                onClick={() => setShowsUsage(!showsUsage)}
              />
            </span>
            {message.state === 'stopped' ? <span className={css.hint}>Stopped</span> : null}
          </>
        )}
      </div>
      {showsUsage && !isWriting ? <Usage message={message} /> : null}
    </article>
  );
});
Answer.displayName = 'Answer';
