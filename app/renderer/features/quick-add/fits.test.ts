import { expect, it } from 'vitest';
import { fits } from './fits.ts';

it('finds the playbook that a line names, and no other', () => {
  expect(fits('Plan product launch', 'Plan the Q2 product launch by June 30')).toBe(true);
  expect(fits('Research and write', 'Research and write about heat pumps')).toBe(true);
  expect(fits('Plan product launch', 'Plan the holidays')).toBe(false);
  expect(fits('Pitch', 'Prepare the pitch')).toBe(true);
  expect(fits('To do', 'to do')).toBe(false);
});
