import { expect, it } from 'vitest';
import { z } from 'zod';
import { rules } from './index.ts';

it('takes no source for a number that has the digit for something else', () => {
  const { value } =
    rules.get('deck')?.decide(
      {
        company: 'Lumen',
        sections: [{ id: 'traction', title: 'Traction', evidence: '' }],
        slides: [{ headline: 'Growing', bullets: ['Revenue of 8 million euros', 'Revenue in four shops of 3m euros'] }],
        sources: [
          { number: 1, title: 'Plan', url: '', text: 'Revenue comes 8 weeks after the start.' },
          { number: 2, title: 'Books', url: '', text: 'Revenue was 3 million euros in four shops.' },
        ],
      },
      { today: '2026-05-04' },
    ) ?? {};
  const { numbers, notices } = z.object({ numbers: z.array(z.unknown()), notices: z.array(z.string()) }).parse(value);
  expect(numbers).toEqual([
    { value: '8', slide: 'Traction', source: null },
    { value: '3', slide: 'Traction', source: 1 },
  ]);
  expect(notices).toEqual([expect.stringContaining('Revenue of 8 million euros')]);
});
