import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PairingRequest } from '../../../../node-core/contract/index.ts';
import { Choice } from '../../components/index.ts';
import { approvePairing, denyPairing } from './actions.ts';
import { type Expiry, expiresAt, expiryChoices } from './expiry.ts';
import { ScopeFields } from './scope-fields.tsx';
import css from './form.module.css';

const useSecondsLeft = (until: number): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / 1_000));
};

const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** One program that asks for a key: what it is called, what it wants, and the code by which to know it. The safe answer comes first. */
export const PairingCard = ({ request }: { request: PairingRequest }) => {
  const [scopes, setScopes] = useState(request.scopes);
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [busy, setBusy] = useState(false);
  const left = useSecondsLeft(request.expiresAt);
  const answer = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  return (
    <div className={css.pairing} data-testid="pairing-request">
      <p>
        A program on this machine that calls itself <strong>“{request.name}”</strong> asks for a key. Allow it only if
        you started it and it shows this code:
      </p>
      <output className={css.pairingCode} aria-label={`Code ${request.code.split('').join(' ')}`}>
        {request.code}
      </output>
      <ScopeFields value={scopes} offered={request.scopes} onChange={setScopes} />
      <div className={css.field}>
        <span>The key expires</span>
        <Choice
          wide
          label="The key expires"
          value={expiry}
          choices={expiryChoices(null, request.requestedAt)}
          onChange={setExpiry}
        />
      </div>
      <div className={css.pairingEnd}>
        <span className={css.hint}>Waits another {clockOf(left)}</span>
        <Button
          variant="default"
          data-autofocus
          disabled={busy}
          onClick={() => void answer(() => denyPairing(request.code))}
        >
          Deny
        </Button>
        <Button
          disabled={busy || scopes.length === 0}
          onClick={() =>
            void answer(() =>
              approvePairing({ code: request.code, scopes, expiresAt: expiresAt(expiry, null, Date.now()) }),
            )
          }
        >
          Allow
        </Button>
      </div>
    </div>
  );
};
