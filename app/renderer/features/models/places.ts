import { IconCloud, IconDeviceDesktop, IconServer, type Icon } from '@tabler/icons-react';
import type { Model } from '../../../../node-core/contract/index.ts';

type Place = Model['place'];

/** Where a model computes: in two words, as a sentence about the next answer, of one that is there, and its mark. Never ambiguous. */
export const places: Readonly<
  Record<Place, { readonly name: string; readonly says: string; readonly said: string; readonly icon: Icon }>
> = {
  'this-machine': {
    name: 'this machine',
    says: 'The next answer is computed on this machine. Nothing leaves it.',
    said: 'on this machine',
    icon: IconDeviceDesktop,
  },
  'local-endpoint': {
    name: 'local endpoint',
    says: 'The next answer is computed by another program on this machine.',
    said: 'by another program on this machine',
    icon: IconServer,
  },
  remote: {
    name: 'remote',
    says: 'The next answer is computed on another machine: the prompt is sent there.',
    said: 'on another machine',
    icon: IconCloud,
  },
};
