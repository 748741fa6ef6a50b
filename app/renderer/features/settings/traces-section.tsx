import { Button, Switch, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { updateSettings, useSettings } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);

/** Who is told of runs, if anyone. */
export const TracesSection = () => {
  const settings = useSettings();
  const kept = settings?.traceEndpoint ?? '';
  const sendsContent = settings?.traceContent ?? false;
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? kept;
  const isWrong = value !== '' && !isAddress(value);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isWrong) return;
    await updateSettings({ traceEndpoint: value === '' ? null : value });
    setTyped(null);
  };
  return (
    <Section
      title="Traces of runs"
      text="Each run shows its own trace. A collector of yours can be told too: which steps, how long, how many tokens. What was written stays here, unless you send it along."
    >
      <form className={css.inline} onSubmit={(event) => void save(event)}>
        <TextInput
          className={css.inlineField ?? ''}
          label="OpenTelemetry collector"
          description="OTLP over HTTP, such as http://127.0.0.1:4318. Empty: nobody is told."
          value={value}
          autoComplete="off"
          error={isWrong ? 'An address with http:// or https://' : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={value === kept || isWrong}>
          Save
        </Button>
      </form>
      <div className={css.row}>
        <div className={css.rowText}>
          <span>Send what was asked and written along</span>
          <span className={css.hint} id="trace-content-hint">
            {kept === ''
              ? 'Needs a collector.'
              : 'Prompts, answers, and what tools were given and gave back, also what you keep here: notes, mail, transcripts. Whoever reads the collector reads them. Off again when the address changes.'}
          </span>
        </div>
        <Switch
          size="sm"
          aria-label="Send what was asked and written along"
          aria-describedby="trace-content-hint"
          checked={sendsContent}
          disabled={kept === ''}
          onChange={({ currentTarget: { checked } }) => void updateSettings({ traceContent: checked })}
        />
      </div>
      {sendsContent ? (
        <p className={css.traceWarning} role="status">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          The words of every run that ends from now on are sent to {kept}, private ones included.
        </p>
      ) : null}
    </Section>
  );
};
