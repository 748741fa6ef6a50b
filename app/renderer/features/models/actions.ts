import type { Model } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { applyDownload, modelKeys } from './queries.ts';

const refresh = async (): Promise<void> => {
  await Promise.all(
    [modelKeys.list, modelKeys.catalog, modelKeys.machine].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
};

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
export const removeModel = (id: string, deleteFile: boolean): Promise<void> =>
  doing(() => api.models.remove({ id, deleteFile }), 'The model was not removed.');
export const makeDefault = (id: string): Promise<void> =>
  doing(() => api.models.setDefault({ id }), 'The model was not chosen.');
export const pinModel = (id: string, pinned: boolean): Promise<void> =>
  doing(() => api.models.pin({ id, pinned }), pinned ? 'The model was not pinned.' : 'The model is still pinned.');
export const chooseDraft = (id: string, draftModel: string): Promise<void> =>
  doing(() => api.models.setDraft({ id, draftModel }), 'The choice was not kept.');
export const setPrice = (id: string, price: Model['price']): Promise<void> =>
  doing(() => api.models.setPrice({ id, price }), 'The price was not kept.');
export const refreshModels = refresh;

/** Starts a download whose licence the person has seen, or goes on with one. Answers with the fault, if there is one. */
export const startDownload = async (id: string): Promise<unknown> => {
  try {
    applyDownload(await api.models.download({ id, acceptLicense: true }));
    return null;
  } catch (error) {
    return error;
  }
};

export const resumeDownload = async (id: string): Promise<void> => {
  const error = await startDownload(id);
  if (error !== null) showFault(error, 'The download did not go on.');
};

export const pauseDownload = async (id: string): Promise<void> => {
  try {
    applyDownload(await api.models.pauseDownload({ id }));
  } catch (error) {
    showFault(error, 'The download was not paused.');
  }
};

export const cancelDownload = (id: string, name: string): void =>
  confirm({
    title: `Cancel the download of “${name}”?`,
    text: 'What was fetched so far is deleted. To keep it and go on later, pause instead.',
    action: 'Cancel the download',
    danger: true,
    run: async () => {
      try {
        await api.models.cancelDownload({ id });
        await Promise.all(
          [modelKeys.downloads, modelKeys.catalog, modelKeys.machine].map((queryKey) =>
            queryClient.invalidateQueries({ queryKey }),
          ),
        );
      } catch (error) {
        showFault(error, 'The download was not cancelled.');
      }
    },
  });
