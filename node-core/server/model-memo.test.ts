import { expect, it } from 'vitest';
import { Emitter } from '../common/index.ts';
import { AppError, type Model } from '../contract/index.ts';
import type { ModelChange } from '../inference/index.ts';
import { scriptedInference } from '../testing/scripted-inference.ts';
import { rememberModels } from './model-memo.ts';

it('looks a model up once, until one changes, and again where there was none', () => {
  const changes = new Emitter<ModelChange>();
  const asked: (string | undefined)[] = [];
  let state: Model['state'] = 'ready';
  const { model: scripted } = scriptedInference({ answer: () => '' });
  const model = (id?: string): Model => {
    asked.push(id);
    return { ...scripted(id), state };
  };
  const remembered = rememberModels({ model, onDidChangeModels: changes.event });
  expect([remembered.model('scripted').state, remembered.model('scripted').state]).toEqual(['ready', 'ready']);
  expect(asked).toEqual(['scripted']);
  state = 'unloaded';
  changes.fire({ id: 'another' });
  expect(remembered.model('scripted').state).toBe('unloaded');
  expect(() => remembered.model('none')).toThrow(AppError);
  expect(() => remembered.model('none')).toThrow(AppError);
  expect(asked).toEqual(['scripted', 'scripted', 'none', 'none']);
});
