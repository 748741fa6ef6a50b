import type { Model } from '../../../../node-core/contract/index.ts';

export type Place = Model['place'];
