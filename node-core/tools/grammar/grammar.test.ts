import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toolContext } from '../../testing/tool-context.ts';
import { faultsOf } from './check.ts';
import { Fault } from './dialect.ts';
import { textGrammar } from './grammar.ts';

describe('the grammar check', () => {
  it('finds what is wrong where it stands, and says what could stand there', async () => {
    const text = '😀 This is an test. They has eaten teh apple.\n\n```\nteh code\n```\n';
    const faults = await faultsOf(text, 'american');
    expect(faults.map(({ problem, suggestions: [first] }) => [problem, first])).toEqual([
      ['an', 'a'],
      ['has', 'have'],
      ['teh', 'the'],
    ]);
    for (const { start, end, problem, message } of faults) {
      expect(text.slice(start, end)).toBe(problem);
      expect(message).not.toBe('');
    }
  });

  it('finds nothing where nothing is wrong, in the English that is meant', async () => {
    expect(await faultsOf('The colour of the sky is blue.', 'british')).toEqual([]);
    expect((await faultsOf('The colour of the sky is blue.', 'american')).map(({ problem }) => problem)).toEqual([
      'colour',
    ]);
    expect(await faultsOf('', 'american')).toEqual([]);
  });

  it('lists five hundred at most, and counts all', async () => {
    const input = { text: 'This is teh test. '.repeat(600) };
    const { faults, total } = z
      .object({ faults: z.array(Fault), total: z.number() })
      .parse(await textGrammar.call(input, toolContext(textGrammar)));
    expect(faults).toHaveLength(500);
    expect(total).toBeGreaterThanOrEqual(600);
  });
});
