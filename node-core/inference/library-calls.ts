import { availableParallelism, totalmem } from 'node:os';
import { AppError, type CatalogEntry, type ContractHandlers } from '../contract/index.ts';
import { type CatalogModel, catalogSize } from './catalog.ts';
import type { Downloads } from './downloads/downloads.ts';
import { fitOf } from './fit.ts';
import type { Library } from './library.ts';
import { memoryNeeded, shapeOf } from './load-plan.ts';

/** Below it a model runs from the processor's cache and says nothing about larger ones. */
const TELLING_BYTES = 100 * 2 ** 20;
/** Vocabulary and width of the largest models in the catalog. */
const WIDEST = { vocabularySize: 262_144, embeddingLength: 4_096, heads: 32 };

export interface LibraryCallComponents {
  readonly catalog: readonly CatalogModel[];
  readonly downloads: Downloads;
  readonly library: Library;
  readonly availableMemory: () => number;
  /** The graphics card that models may use; `null` where none is. */
  readonly graphicsCard: () => { readonly name: string; readonly free: number } | null;
}

type LibraryCalls = Pick<
  ContractHandlers['models'],
  'catalog' | 'downloads' | 'download' | 'pauseDownload' | 'cancelDownload'
>;

/** What can be fetched, and the fetching of it. */
export const createLibraryCalls = (components: LibraryCallComponents): LibraryCalls => {
  const { catalog, downloads, library, graphicsCard } = components;

  const entry = (model: CatalogModel, situation: Situation): CatalogEntry => {
    const { memory, gpu, measuredBandwidth, models } = situation;
    const size = catalogSize(model);
    const installed = models.find(({ id, source }) => id === model.id && source === 'download');
    const weights = installed?.size ?? size ?? model.about;
    const info = {
      ...WIDEST,
      kind: model.kind,
      size: weights,
      cacheBytesPerToken: model.cacheBytesPerToken,
      contextLength: model.context,
    };
    return {
      id: model.id,
      name: model.name,
      author: model.author,
      kind: model.kind,
      description: model.description,
      goodAt: model.goodAt,
      parameters: model.parameters,
      quantization: model.quantization,
      contextLength: model.context,
      license: model.licence,
      repository: model.repository,
      size,
      estimatedSize: size ?? model.about,
      fit: fitOf({
        weights,
        needed: installed?.memory ?? memoryNeeded(info, shapeOf(info, memory.available)),
        memory,
        cores: availableParallelism(),
        gpu,
        measuredBandwidth,
        embedding: model.kind === 'embedding',
      }),
      installed: installed !== undefined,
      download: downloads.find(model.id),
    };
  };

  const situation = () => {
    const models = library.list();
    const loaded = models.filter(({ state, pinned, source }) => state === 'ready' && !pinned && source !== 'endpoint');
    const measured = models.flatMap(({ calibration, size }) =>
      calibration && size !== null && size >= TELLING_BYTES ? [calibration.decodeSpeed * size] : [],
    );
    return {
      models,
      // Those that are loaded make room for another one.
      memory: {
        total: totalmem(),
        available: components.availableMemory() + loaded.reduce((sum, { memory }) => sum + (memory ?? 0), 0),
      },
      gpu: graphicsCard(),
      measuredBandwidth: measured.length === 0 ? null : Math.max(...measured),
    };
  };
  type Situation = ReturnType<typeof situation>;

  return {
    catalog() {
      const now = situation();
      return catalog.map((model) => entry(model, now));
    },
    downloads: () => downloads.list(),
    download({ id, acceptLicense }) {
      const model = catalog.find((candidate) => candidate.id === id);
      if (!model)
        throw new AppError(
          'MODEL_NOT_FOUND',
          `The catalog has no model "${id.slice(0, 200)}". Choose one under Models.`,
        );
      library.requireEngine();
      library.requireFree(id, downloads.home(id));
      return downloads.begin(model, acceptLicense);
    },
    pauseDownload: ({ id }) => downloads.pause(id),
    cancelDownload: ({ id }) => downloads.cancel(id),
  };
};
