import { Button } from '@mantine/core';
import { CopyButton } from '../../components/index.ts';
import css from './form.module.css';

interface KeyMadeProps {
  readonly name: string;
  readonly secret: string;
  /** Of the API, with `/v1`. */
  readonly url: string;
  readonly onDone: () => void;
}

const Line = ({ label, text, testId }: { label: string; text: string; testId?: string }) => (
  <div className={css.field}>
    <span>{label}</span>
    <div className={css.code}>
      <code data-testid={testId}>{text}</code>
      <CopyButton text={() => text} label={`Copy: ${label}`} />
    </div>
  </div>
);

/** The one time a key is shown, with what a program needs beside it. */
export const KeyMade = ({ name, secret, url, onDone }: KeyMadeProps) => (
  <div className={css.form}>
    <p className={css.lead}>
      The key of “{name}”. It is shown only now: Jan keeps no copy that could be read. Put it where the program asks for
      an API key, and the address where it asks for a base URL.
    </p>
    <Line label="Key" text={secret} testId="new-key" />
    <Line label="Base URL" text={url} />
    <div className={css.buttons}>
      <Button onClick={onDone} data-autofocus>
        Done
      </Button>
    </div>
  </div>
);
