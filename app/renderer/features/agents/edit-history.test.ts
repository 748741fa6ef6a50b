import { expect, it } from 'vitest';
import { begun, changed, redone, undone } from './edit-history.ts';

it('goes back and forth; the letters of one field are one step', () => {
  let history = changed(begun('a'), 'b');
  history = changed(history, 'bc', 'title');
  history = changed(history, 'bcd', 'title');
  history = changed(history, 'bcd!', 'prompt');
  expect(undone(history).now).toBe('bcd');
  expect(undone(undone(history)).now).toBe('b');
  expect(redone(undone(undone(history))).now).toBe('bcd');
  expect(undone(undone(undone(undone(history)))).now).toBe('a');
  expect(redone(changed(undone(history), 'x')).now).toBe('x');
  expect(changed(history, history.now)).toBe(history);
  const again = changed(undone(history), 'bcde', 'title');
  expect(undone(again).now).toBe('bcd');
});

it('forgets what is long ago', () => {
  let history = begun(0);
  for (let at = 1; at <= 500; at += 1) history = changed(history, at);
  expect(history.past).toHaveLength(100);
  for (let at = 0; at < 500; at += 1) history = undone(history);
  expect(history.now).toBe(400);
});
