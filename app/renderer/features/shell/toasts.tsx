import { IconAlertCircle, IconX } from '@tabler/icons-react';
import { Keys } from '../../components/index.ts';
import { dismissToast, useUi } from '../../ui-store.ts';
import css from './toasts.module.css';

/** Short words about what just happened, with the way back. */
export const Toasts = () => {
  const toasts = useUi((state) => state.toasts);
  return (
    <section className={css.stack} aria-label="Notifications" aria-live="polite" data-testid="toasts">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={css.toast}
          data-tone={toast.tone}
          role={toast.tone === 'error' ? 'alert' : undefined}
        >
          {toast.tone === 'error' ? <IconAlertCircle size={16} stroke={1.6} className={css.icon} aria-hidden /> : null}
          <div className={css.body}>
            <p className={css.text}>{toast.text}</p>
            {toast.detail ? <p className={css.detail}>{toast.detail}</p> : null}
          </div>
          {toast.action ? (
            <button
              type="button"
              className={css.action}
              onClick={() => {
                dismissToast(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
              {toast.action.label === 'Undo' ? <Keys combo="z" /> : null}
            </button>
          ) : null}
          <button type="button" className={css.close} aria-label="Dismiss" onClick={() => dismissToast(toast.id)}>
            <IconX size={16} stroke={1.6} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
};
