import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ToolInfo } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';
import { Visible } from '../runs/exact.tsx';
import { showFault } from '../tasks/actions.ts';
import { agentKeys, refresh } from './queries.ts';
import css from './tools.module.css';

type SignIn = NonNullable<ToolInfo['signIn']>;

/** How often is looked whether the person came back from their browser. */
const LOOK_MS = 1_500;

/** The sign-in of an account by the person's browser, where its settings want one. */
export const SignInRow = ({ tool, signIn }: { tool: string; signIn: SignIn }) => {
  const [busy, setBusy] = useState(false);
  const isWaiting = signIn.state === 'waiting';
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => void refresh(agentKeys.tools), LOOK_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  const change = async (make: () => Promise<unknown>, what: string): Promise<void> => {
    setBusy(true);
    try {
      await make();
    } catch (error) {
      showFault(error, what);
    }
    await refresh(agentKeys.tools);
    setBusy(false);
  };
  const begin = () => void change(() => api.tools.signIn({ tool }), 'The sign-in did not begin.');
  if (signIn.state === 'unused') return null;
  return (
    <div className={css.signIn} data-testid="sign-in" data-state={signIn.state}>
      {signIn.state === 'signed-in' ? (
        <>
          <span className={css.chip}>Signed in</span>
          <Button
            variant="subtle"
            color="gray"
            loading={busy}
            onClick={() => void change(() => api.tools.signOut({ tool }), 'You were not signed out.')}
          >
            Sign out
          </Button>
        </>
      ) : (
        <Button variant="default" loading={busy} onClick={begin}>
          {isWaiting ? 'Begin again' : 'Sign in'}
        </Button>
      )}
      {isWaiting && signIn.address !== null ? (
        <p className={css.hint}>
          Sign in with your browser:{' '}
          <a href={signIn.address} target="_blank" rel="noopener noreferrer">
            <Visible text={new URL(signIn.address).host} />
          </a>
        </p>
      ) : null}
      {signIn.error === null ? null : (
        <p className={css.hint} role="alert">
          {signIn.error}
        </p>
      )}
    </div>
  );
};
