import type { NativeAddon } from './native.ts';
import { createPlainStepper, type PlainStepperComponents } from './step-plain.ts';
import { createNativeStepper } from './step-native.ts';
import type { Stepper } from './step.ts';

export interface StepperComponents extends Omit<PlainStepperComponents, 'canForget'> {
  /** Null where none was built for this machine. */
  readonly addon: NativeAddon | null;
  readonly batchSize: number;
  readonly sequences: number;
  /** Computes by turns with this one, on the same threads where there are lasting ones. */
  readonly beside?: Stepper;
}

/** The fastest way of computing batches that there is on this machine. */
export const createStepper = ({ addon, ...rest }: StepperComponents): Stepper => {
  const { bindings, model } = rest;
  const [architecture = ''] = model.getModelDescription().split(' ');
  const canForget = !bindings.getIsArchRecurrent(architecture) && !bindings.getIsArchHybrid(architecture);
  const components = { ...rest, canForget };
  if (!addon) return createPlainStepper(components);
  try {
    return createNativeStepper({ addon, ...components });
  } catch {
    // A context that is laid out otherwise than that of the library's own version.
    return createPlainStepper(components);
  }
};
