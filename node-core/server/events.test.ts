import { describe, expect, it } from 'vitest';
import { Emitter } from '../common/index.ts';
import type { NodeEvent } from '../contract/index.ts';
import { streamNodeEvents } from './events.ts';

const changed = (...ids: string[]): NodeEvent => ({
  type: 'workspace',
  entities: ids.map((id) => ({ kind: 'task', id })),
});
const locked: NodeEvent = { type: 'vault', status: { state: 'locked', slots: [], error: null } };
const open: NodeEvent = { type: 'vault', status: { state: 'open', slots: [], error: null } };

const listen = async () => {
  const emitter = new Emitter<NodeEvent>();
  const controller = new AbortController();
  const stream = streamNodeEvents(emitter.event, controller.signal);
  expect((await stream.next()).value).toEqual({ type: 'hello' });
  return { emitter, controller, stream };
};

describe('the events for one client', () => {
  it('come as they happen', async () => {
    const { emitter, controller, stream } = await listen();
    const next = stream.next();
    emitter.fire(changed('a'));
    expect((await next).value).toEqual(changed('a'));
    controller.abort();
    expect((await stream.next()).done).toBe(true);
  });

  it('wait for a busy one in the space that their newest state takes', async () => {
    const { emitter, controller, stream } = await listen();
    for (let round = 0; round < 1_000; round += 1) {
      emitter.fire(changed('a', 'b'));
      emitter.fire(changed('b', 'c'));
      emitter.fire(locked);
      emitter.fire(open);
    }
    expect((await stream.next()).value).toEqual(changed('a', 'b', 'c'));
    expect((await stream.next()).value).toEqual(open);
    controller.abort();
    expect((await stream.next()).done).toBe(true);
  });

  it('become one greeting where naming all that changed would cost more', async () => {
    const { emitter, controller, stream } = await listen();
    emitter.fire(open);
    for (let round = 0; round < 100; round += 1)
      emitter.fire(changed(...Array.from({ length: 100 }, (_, index) => `${round}-${index}`)));
    const first = (await stream.next()).value;
    expect(first).toEqual({ type: 'hello' });
    emitter.fire(changed('after'));
    const rest: NodeEvent[] = [];
    for await (const event of stream) {
      rest.push(event);
      if (event.type === 'workspace' && event.entities.some(({ id }) => id === 'after')) break;
    }
    expect(rest.length).toBeLessThanOrEqual(2);
    controller.abort();
  });

  it('are told to no one who has left', async () => {
    const { emitter, controller, stream } = await listen();
    const waiting = stream.next();
    controller.abort();
    expect((await waiting).done).toBe(true);
    emitter.fire(open);
    expect((await stream.next()).done).toBe(true);
  });
});
