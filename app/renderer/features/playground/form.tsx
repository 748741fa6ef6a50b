import { Checkbox } from '@mantine/core';
import { IconPlus, IconSwitchHorizontal, IconX } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { IconButton, type NumberFieldOf, NumberFields } from '../../components/index.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import type { PlayForm, PlayMessage, PlayParams } from './request.ts';
import { addMessage, usePlayground, writeForm } from './store.ts';
import css from './playground.module.css';

const figures: readonly NumberFieldOf<keyof PlayParams>[] = (
  [
    { name: 'temperature', label: 'Temperature', min: 0, max: 2 },
    { name: 'max_completion_tokens', label: 'Most tokens', min: 1, max: 1_000_000, whole: true },
    { name: 'top_p', label: 'Top P', min: 0.001, max: 1 },
    { name: 'top_k', label: 'Top K', min: 0, max: 100_000, whole: true },
    { name: 'min_p', label: 'Min P', min: 0, max: 1 },
    { name: 'seed', label: 'Seed', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
    { name: 'presence_penalty', label: 'Presence penalty', min: -2, max: 2 },
    { name: 'frequency_penalty', label: 'Frequency penalty', min: -2, max: 2 },
  ] as const
).map((field) => ({ ...field, placeholder: 'default' }));

interface AreaProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly error?: string | undefined;
  readonly code?: boolean;
  readonly onChange: (value: string) => void;
}

const Area = ({ label, value, placeholder, error, code, onChange }: AreaProps) => {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={css.area}
        data-code={code || undefined}
        spellCheck={!code}
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
};

const Message = ({ message, count }: { message: PlayMessage; count: number }) => {
  const { messages } = usePlayground((state) => state.form);
  const name = message.role === 'user' ? 'User' : 'Assistant';
  const change = (patch: Partial<PlayMessage>): void =>
    writeForm({ messages: messages.map((one) => (one.id === message.id ? { ...one, ...patch } : one)) });
  return (
    <div className={css.message} data-testid="play-message">
      <div className={css.messageTop}>
        <button
          type="button"
          className={css.role}
          aria-label={`Role: ${name}. Change it`}
          onClick={() => change({ role: message.role === 'user' ? 'assistant' : 'user' })}
        >
          {name}
          <IconSwitchHorizontal size={16} stroke={1.5} aria-hidden />
        </button>
        {count > 1 ? (
          <IconButton
            icon={IconX}
            label="Leave this message out"
            onClick={() => writeForm({ messages: messages.filter(({ id }) => id !== message.id) })}
          />
        ) : null}
      </div>
      <textarea
        className={css.messageText}
        aria-label={`${name} message`}
        value={message.text}
        placeholder={message.role === 'user' ? 'What should it answer?' : 'What did it say?'}
        onChange={(event) => change({ text: event.target.value })}
      />
    </div>
  );
};

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={css.group}>
    <h2 className={css.groupTitle}>{title}</h2>
    {children}
  </section>
);

const Switches = ({ form }: { form: PlayForm }) => (
  <div className={css.switches}>
    <Checkbox
      size="xs"
      label="Stream"
      checked={form.stream}
      onChange={(event) => writeForm({ stream: event.currentTarget.checked })}
    />
    <Checkbox
      size="xs"
      label="Probabilities of tokens"
      checked={form.logprobs}
      onChange={(event) => writeForm({ logprobs: event.currentTarget.checked })}
    />
  </div>
);

/** What is asked: model, messages, figures, and the form that the answer must have. */
export const PlaygroundForm = () => {
  const form = usePlayground((state) => state.form);
  const fault = usePlayground((state) => state.fault);
  const errorOf = (field: NonNullable<typeof fault>['field']): string | undefined =>
    fault?.field === field ? fault.message : undefined;
  return (
    <div className={css.form} data-testid="play-form">
      <div className={css.modelLine}>
        <ModelPicker
          value={form.modelId}
          onPick={(modelId) => writeForm({ modelId })}
          label="Model of the request"
          offersDefault
        />
        <Switches form={form} />
      </div>
      <Area
        label="System"
        value={form.system}
        placeholder="You answer in one sentence."
        onChange={(system) => writeForm({ system })}
      />
      <Group title="Messages">
        {form.messages.map((message) => (
          <Message key={message.id} message={message} count={form.messages.length} />
        ))}
        {errorOf('messages') ? (
          <p className={css.error} role="alert">
            {errorOf('messages')}
          </p>
        ) : null}
        <button type="button" className={css.add} onClick={addMessage}>
          <IconPlus size={16} stroke={1.6} aria-hidden />
          Add a message
        </button>
      </Group>
      <Group title="Parameters">
        <div className={css.figures}>
          <NumberFields
            fields={figures}
            values={form.params}
            onChange={(name, value) => {
              const { [name]: _, ...rest } = form.params;
              writeForm({ params: value === undefined ? rest : { ...rest, [name]: value } });
            }}
          />
        </div>
        <Area
          label="Stop at, one a line"
          value={form.stop}
          placeholder={'END\n###'}
          code
          onChange={(stop) => writeForm({ stop })}
        />
      </Group>
      <Group title="Form of the answer">
        <Area
          label="JSON schema"
          value={form.schema}
          placeholder={'{ "type": "object", "properties": { "city": { "type": "string" } } }'}
          error={errorOf('schema')}
          code
          onChange={(schema) => writeForm({ schema })}
        />
        <Area
          label="Tools, as JSON"
          value={form.tools}
          placeholder={'[{ "name": "weather", "parameters": { "type": "object" } }]'}
          error={errorOf('tools')}
          code
          onChange={(tools) => writeForm({ tools })}
        />
      </Group>
    </div>
  );
};
