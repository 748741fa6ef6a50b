import type { Clock } from '../common/index.ts';
import type { Call } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { createWorkspace, type Workspace, type WorkspaceHandlers } from '../workspace/index.ts';
import { openTestStore } from './open-test-store.ts';

export interface TestClock extends Clock {
  set(iso: string | number): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is told otherwise. Without an offset, `iso` is the machine's own time. */
export const createTestClock = (iso = '2026-06-03T10:00:00'): TestClock => {
  let now = Date.parse(iso);
  return {
    now: () => now,
    monotonic: () => now,
    set: (next) => {
      now = typeof next === 'number' ? next : Date.parse(next);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};

export const userCall: Call = { signal: new AbortController().signal, actor: 'user' };
export const apiCall: Call = { signal: new AbortController().signal, actor: 'api' };

/** A workspace on a real encrypted store of its own, with a clock that is set by hand. */
export const openTestWorkspace = (
  clock: TestClock = createTestClock(),
): WorkspaceHandlers & {
  readonly clock: TestClock;
  readonly store: Store;
  readonly workspace: Workspace;
  dispose(): void;
} => {
  const { store, dispose } = openTestStore({ clock });
  const workspace = createWorkspace({ store: () => store, clock });
  return { ...workspace.handlers, clock, store, workspace, dispose };
};
