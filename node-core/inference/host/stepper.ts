import { createPlainStepper, type PlainStepperComponents } from './step-plain.ts';
import type { Stepper } from './step.ts';

/** The fastest way of computing batches that there is on this machine. */
export const createStepper = (components: PlainStepperComponents): Stepper => createPlainStepper(components);
