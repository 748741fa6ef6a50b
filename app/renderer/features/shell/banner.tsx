import { useEffect, useState } from 'react';
import { connection, useConnection } from '../../rpc/index.ts';
import css from './banner.module.css';

const quietFor = 600;

/** A calm line while the core can't be reached: what is on the screen stays, changes wait. */
export const ConnectionBanner = () => {
  const state = useConnection();
  const isDown = state.status === 'waiting' || state.status === 'connecting';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!isDown) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), quietFor);
    return () => clearTimeout(timer);
  }, [isDown]);
  if (!shown) return null;
  return (
    <div className={css.banner} role="status" data-testid="connection-banner">
      <span>The connection to Jan is down. It comes back by itself; what you see is what was there last.</span>
      <button type="button" className={css.retry} onClick={() => connection.retryNow()}>
        Try now
      </button>
    </div>
  );
};
