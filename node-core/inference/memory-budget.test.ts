import { describe, expect, it } from 'vitest';
import { makeRoom, type Resident } from './memory-budget.ts';

const resident = (id: string, usedAt: number, rest: Partial<Resident> = {}): Resident => ({
  id,
  memory: 100,
  pinned: false,
  busy: false,
  usedAt,
  ...rest,
});

describe('making room', () => {
  it('unloads nothing where there is room', () => {
    expect(makeRoom(100, 100, [resident('a', 1)])).toEqual({ kind: 'ready', evict: [] });
  });

  it('unloads what was unused for longest, and no more than needed', () => {
    const residents = [resident('b', 2), resident('a', 1), resident('c', 3)];
    expect(makeRoom(100, 0, residents)).toEqual({ kind: 'ready', evict: ['a'] });
    expect(makeRoom(150, 0, residents)).toEqual({ kind: 'ready', evict: ['a', 'b'] });
  });

  it('leaves pinned ones, and waits for busy ones only where idle ones are not enough', () => {
    const pinned = resident('pinned', 1, { pinned: true });
    const busy = resident('busy', 2, { busy: true });
    const idle = resident('idle', 3);
    expect(makeRoom(100, 0, [pinned, busy, idle])).toEqual({ kind: 'ready', evict: ['idle'] });
    expect(makeRoom(200, 0, [pinned, busy, idle])).toEqual({ kind: 'wait', evict: ['idle', 'busy'] });
    expect(makeRoom(300, 0, [pinned, busy, idle])).toEqual({ kind: 'pinned', ids: ['pinned'] });
    expect(makeRoom(301, 0, [pinned, busy, idle])).toEqual({ kind: 'never' });
  });
});
