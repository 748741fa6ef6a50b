import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FaultNote } from '../../components/index.ts';
import { connection } from '../../rpc/index.ts';
import css from '../vault/gate.module.css';

/** In a browser the API key opens the door; the desktop never shows this. */
export const SignInView = ({ reason }: { reason: 'missing' | 'refused' | 'used' }) => {
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (key.trim() !== '') connection.signIn(key);
  };
  return (
    <main className={css.gate} data-testid="view-sign-in">
      <form className={css.box} onSubmit={submit}>
        <img src="./icon.svg" alt="" className={css.mark} />
        <h1 className={css.title}>Sign in to Jan</h1>
        <p className={css.text}>
          Open the address that <code>npm start</code> or <code>jan sign-in</code> printed, or paste an API key: the one
          in <code>endpoint.json</code> of the data folder, or one made in Settings.
        </p>
        {reason === 'used' ? (
          <FaultNote
            what="This address does not sign in any more."
            error={{
              code: 'UNAUTHORIZED',
              message:
                'It works once, within ten minutes. If you did not open it before, someone else on this machine did: stop Jan and start it again. Else “jan sign-in” prints a new one.',
            }}
          />
        ) : null}
        {reason === 'refused' ? (
          <FaultNote
            what="The key was refused."
            error={{
              code: 'UNAUTHORIZED',
              message:
                'It may be of an earlier start: the key in endpoint.json is made anew each time. Paste the one that is there now.',
            }}
          />
        ) : null}
        <PasswordInput
          label="API key"
          autoFocus
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth size="sm" disabled={key.trim() === ''}>
          Sign in
        </Button>
      </form>
    </main>
  );
};
