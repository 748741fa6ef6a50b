import type { Llama } from 'node-llama-cpp';
import type { Devices } from '../protocol.ts';
import { openLlama } from './llama.ts';

/** llama.cpp as this process has it: one set of compute backends for as long as it lives. */
export interface LlamaLibrary {
  open(gpu: boolean): Promise<Llama>;
  devices(gpu: boolean): Promise<Devices>;
}

export const createLlamaLibrary = (): LlamaLibrary => {
  let opened: { readonly gpu: boolean; readonly llama: Promise<Llama> } | null = null;

  const open = (gpu: boolean): Promise<Llama> => {
    if (opened && opened.gpu !== gpu) throw new Error('The host was opened for other compute backends.');
    opened ??= { gpu, llama: openLlama(gpu) };
    return opened.llama;
  };

  return {
    open,
    async devices(gpu) {
      const llama = await open(gpu);
      if (llama.gpu === false) return { gpu: null };
      const [names, { total, free }] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
      return { gpu: { name: names.join(', '), backend: llama.gpu, memory: { total, free } } };
    },
  };
};
