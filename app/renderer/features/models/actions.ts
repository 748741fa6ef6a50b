import { api, queryClient } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { modelKeys } from './queries.ts';

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: modelKeys.list });

const doing = async (ask: () => Promise<unknown>, failed: string): Promise<void> => {
  try {
    await ask();
  } catch (error) {
    showFault(error, failed);
  }
  await refresh();
};

export const loadModel = (id: string): Promise<void> =>
  doing(() => api.models.load({ id }), 'The model was not loaded.');
export const unloadModel = (id: string): Promise<void> =>
  doing(() => api.models.unload({ id }), 'The model was not unloaded.');
export const calibrateModel = (id: string): Promise<void> =>
  doing(() => api.models.calibrate({ id }), 'The speed was not measured.');
export const removeModel = (id: string): Promise<void> =>
  doing(() => api.models.remove({ id }), 'The model was not removed.');
export const makeDefault = (id: string): Promise<void> =>
  doing(() => api.models.setDefault({ id }), 'The model was not chosen.');
export const refreshModels = refresh;
