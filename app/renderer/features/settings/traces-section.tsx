import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { updateSettings, useSettings } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);

/** Who is told of runs, if anyone. */
export const TracesSection = () => {
  const kept = useSettings()?.traceEndpoint ?? '';
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
      text="Each run shows its own trace. A collector of yours can be told too: which steps, how long, how many tokens; never what was written."
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
    </Section>
  );
};
