import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Clock, Logger } from '../common/index.ts';
import { isCancellation, type Machine } from '../contract/index.ts';
import { modelsDisk } from './downloads/disk.ts';
import { Devices } from './protocol.ts';
import type { Residency } from './residency.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import type { HostProcess } from './types.ts';

export interface MachineInfo {
  read(): Promise<Machine>;
  /** The card as last seen; null where none is used, or none was looked for yet. */
  readonly card: { readonly name: string; readonly free: number } | null;
}

export interface MachineInfoComponents {
  readonly supervisor: Supervisor;
  readonly residency: Residency;
  readonly spawnHost: () => HostProcess;
  readonly engine: () => Machine['engine'];
  /** Where downloaded models lie. */
  readonly modelsDir: string;
  readonly availableMemory: () => number;
  readonly mayHaveGraphicsCard: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Gpu = Machine['gpu'];

const NO_CARD = 'There is no graphics card in this machine, or its driver is not installed.';
const NO_DRIVER =
  'A graphics card may be present, but llama.cpp found none it can use. If there is one, install its current driver and start Jan again.';

/** What models run on here. Whether a graphics card can be used is asked of llama.cpp itself, never guessed. */
export const createMachineInfo = (components: MachineInfoComponents): MachineInfo => {
  const { supervisor, residency, logger } = components;
  let probed: Promise<Gpu> | null = null;
  let card: Gpu = null;

  /** Backends are loaded once in a process: the host that answers without a card is left as it is, and another one looks. */
  const probe = async (): Promise<Gpu> => {
    const other = createSupervisor({ spawnHost: components.spawnHost, clock: components.clock, logger });
    try {
      await other.ensure();
      return Devices.parse(await other.request({ type: 'devices', gpu: true })).gpu;
    } catch (error) {
      if (!isCancellation(error)) logger.warn('looking for a graphics card failed');
      return null;
    } finally {
      await other.stop();
    }
  };

  const look = async (): Promise<Gpu> => {
    if (residency.graphics && supervisor.state === 'ready')
      return Devices.parse(await supervisor.request({ type: 'devices', gpu: true })).gpu;
    probed ??= probe();
    return probed;
  };

  const graphics = async (): Promise<{ gpu: Gpu; gpuReason: string | null }> => {
    if (!components.mayHaveGraphicsCard()) return { gpu: null, gpuReason: NO_CARD };
    if (residency.graphicsFault !== null) return { gpu: null, gpuReason: residency.graphicsFault };
    card = await look();
    return { gpu: card, gpuReason: card ? null : NO_DRIVER };
  };

  return {
    async read() {
      return {
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memory: { total: totalmem(), available: components.availableMemory() },
        ...(await graphics()),
        engine: components.engine(),
        disk: modelsDisk(components.modelsDir),
      };
    },
    get card() {
      return card && { name: card.name, free: card.memory.free };
    },
  };
};
