import { Component, type ReactNode } from 'react';
import { FaultNote } from './fault-note.tsx';
import css from './error-boundary.module.css';

interface Props {
  /** A new value, such as a new place, tries again. */
  readonly resetBy: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly resetBy: string;
}

/** A fault in one view stays in that view. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetBy: this.props.resetBy };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetBy === state.resetBy ? null : { error: null, resetBy: props.resetBy };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className={css.main}>
        <h1 className="visually-hidden">Something went wrong</h1>
        <FaultNote
          what="This part of Jan stopped."
          error={{
            code: 'INTERNAL',
            message:
              'Your data is safe in the vault. Load the window again; if it comes back, say what you did just before.',
          }}
          action={{ label: 'Load again', run: () => location.reload() }}
        />
      </main>
    );
  }
}
