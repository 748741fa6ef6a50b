import { AppError } from '../contract/index.ts';
import type { Endpoint } from './endpoint.ts';
import type { EngineModelState } from './residency.ts';

/** What endpoints last said, shown as the state of their models. */
export interface EndpointStates {
  get(id: string): EngineModelState;
  /** Runs a call to an endpoint and keeps what it says about the endpoint's state. */
  watch<T>(id: string, work: () => Promise<T>): Promise<T>;
  probe(id: string, endpoint: Endpoint): Promise<void>;
  forget(id: string): void;
}

const stateOf = (state: EngineModelState['state'], error: string | null = null): EngineModelState => ({
  state,
  progress: null,
  error,
  memory: null,
  offload: null,
});

export const createEndpointStates = (onChange: (id: string) => void): EndpointStates => {
  const states = new Map<string, EngineModelState>();

  const announce = (id: string, next: EngineModelState) => {
    const before = states.get(id);
    states.set(id, next);
    if (before?.state !== next.state || before.error !== next.error) onChange(id);
  };

  const watch = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      announce(id, stateOf('ready'));
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'ENDPOINT_FAILED') announce(id, stateOf('failed', error.message));
      throw error;
    }
  };

  return {
    get: (id) => states.get(id) ?? stateOf('unloaded'),
    watch,
    async probe(id, endpoint) {
      announce(id, stateOf('loading'));
      await watch(id, () => endpoint.probe());
    },
    forget: (id) => void states.delete(id),
  };
};
