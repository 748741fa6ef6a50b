import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { Labels } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createTools, type Tools } from '../../tools/index.ts';
import { unlabelled } from '../labels.ts';
import { decide } from './index.ts';

let opened: ReturnType<typeof openTestStore>;
let tools: Tools;
beforeAll(() => {
  opened = openTestStore();
  tools = createTools({ store: () => opened.store, clock: systemClock, logger: silentLogger });
});
afterAll(async () => {
  await tools.stop();
  opened.dispose();
});

const verdicts = (labels: Labels): Record<string, string[]> => {
  const all = tools.box.list().map((tool) => {
    const { verdict } = decide({
      tool,
      definitionHash: tools.box.definitionHash(tool),
      arguments: {},
      argumentLabels: { any: labels },
      control: unlabelled,
      tools: [tool.name],
      egress: [],
      origins: [],
    });
    return [verdict, tool.name] as const;
  });
  return Object.fromEntries(
    ['allow', 'ask', 'refuse'].map((verdict) => [
      verdict,
      all.flatMap(([of, name]) => (of === verdict ? [name] : [])).toSorted(),
    ]),
  );
};

/** Whoever adds a tool, or changes what one does, says here whether a person is asked. */
const sends = [
  'browser.click',
  'browser.type',
  'calendar.write',
  'github.comment',
  'mail.send',
  'notion.write',
  'slack.send',
];
const asksOutside = [
  'browser.open',
  'github.read',
  'github.search',
  'github.stats',
  'notion.read',
  'notion.search',
  'slack.search',
  'web.read',
  'web.search',
];

it('nothing is sent by any tool without a person, whatever it is called with', () => {
  expect(verdicts(unlabelled)).toMatchObject({ ask: sends, refuse: [] });
});

it('nothing that is kept here goes to a tool outside where others or a model had a part', () => {
  const asked = [...sends, ...asksOutside].toSorted();
  expect(verdicts({ ...unlabelled, private: true, untrusted: true })).toMatchObject({ ask: asked, refuse: [] });
  expect(verdicts({ ...unlabelled, private: true, model: true })).toMatchObject({ ask: asked, refuse: [] });
});

it('what comes from other machines is what others wrote', () => {
  const known = tools.box.list().filter(({ outside, origins }) => outside || origins !== undefined);
  expect(known.length).toBeGreaterThan(10);
  expect(known.filter(({ labels }) => !labels.untrusted).map(({ name }) => name)).toEqual([]);
});

it('what went out is not sent again because nobody knows whether it did', () => {
  const all = tools.box.list().filter(({ effect }) => effect === 'send-out' || effect === 'spend');
  expect(all.filter(({ repeatable }) => repeatable).map(({ name }) => name)).toEqual([]);
});
