import { z } from 'zod';
import type { GenerateRequest } from '../inference/index.ts';
import { textCitations } from '../tools/citations/citations.ts';
import type { Tool } from '../tools/index.ts';
import { accountsNotSetUp, scriptedTool } from './scripted-tools.ts';

/** Pages of a web that tests search: a sentence of each is worth quoting. */
export const scriptedPages = [
  {
    url: 'https://coffee.example/market',
    title: 'The coffee market',
    text: 'People drink more coffee at home than in cafés. The market for home coffee grew by 12 percent in 2025. Most buyers are between 30 and 45 years old. They want fresh beans that arrive by mail.',
  },
  {
    url: 'https://beans.example/prices',
    title: 'What beans cost',
    text: 'A subscription for coffee beans costs 14 euros a month on average. Three large companies share the market. Small roasters win customers by fresh beans and by telling where they come from.',
  },
  {
    url: 'https://roast.example/guide',
    title: 'A guide to roasting',
    text: 'Roasting changes the taste of coffee beans within minutes. Light roasts keep more of the acids of the bean. Fresh beans taste best within 30 days after roasting.',
  },
] as const;

const outside = { outside: true, labels: { untrusted: true, private: false } };

/** A search engine that finds these pages, and what else the shipped playbooks call; no account is set up. */
export const scriptedWeb = (): Tool[] => [
  scriptedTool(
    'web.search',
    () => ({ results: scriptedPages.map(({ title, url, text }) => ({ title, url, snippet: text.slice(0, 60) })) }),
    outside,
  ),
  scriptedTool('web.read', ({ url }) => scriptedPages.find((page) => page.url === url) ?? null, outside),
  scriptedTool('knowledge.search', () => ({ passages: [] }), { labels: { untrusted: false, private: true } }),
  scriptedTool('text.grammar', () => ({ faults: [], total: 0 })),
  textCitations,
  scriptedTool('text.readability', () => ({ flesch: 61 })),
  ...accountsNotSetUp(),
];

const sentencesOf = (text: string): string[] => text.split(/(?<=\.)\s+/u);
const padding =
  'It is said here in plain words so that everyone who reads it knows what is meant and can decide what to do next without asking anyone else about it.';

/** The text with so many words, or a few more. */
const filled = (text: string, words: number): string => {
  const missing = words - text.split(/\s+/u).length;
  const count = Math.max(0, Math.round(missing / padding.split(' ').length));
  return [text, ...Array.from({ length: count }, () => padding)].join(' ');
};

/** What a good model would say to a question of a shipped playbook: told apart by the answer's schema and by words of the prompt. */
export const scriptedWriter = ({ input, schema }: GenerateRequest): string => {
  const messages = 'messages' in input ? input.messages : [];
  const prompt = messages
    .map(({ content }) => content)
    .join('\n')
    .replaceAll(/<\/?quoted>/gu, '');
  const fields = new Set(
    Object.keys(
      z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).parse(schema ?? {}).properties ?? {},
    ),
  );
  const say = (value: unknown) => JSON.stringify(value);
  if (fields.has('met')) return say({ reason: 'It is there.', met: true });
  if (fields.has('supported')) {
    const isWrong = prompt.includes('moon');
    return say({ reason: isWrong ? 'No word of a moon.' : 'It says so.', supported: !isWrong });
  }
  if (fields.has('queries'))
    return say({
      queries: ['coffee market', 'coffee bean prices', 'roasting coffee', 'coffee news'].slice(
        0,
        prompt.includes('Write 3 short') ? 3 : 4,
      ),
    });
  if (fields.has('points')) {
    const page = scriptedPages.find(({ text }) => prompt.includes(text.slice(0, 40)));
    return say({
      points: sentencesOf(page?.text ?? '')
        .slice(1, 3)
        .map((quote) => ({ quote, claim: `It is known that ${quote}` })),
    });
  }
  if (fields.has('title') && fields.has('sections'))
    return say({
      title: 'Coffee at home',
      sections: [
        { heading: 'The market', facts: [1, 2] },
        { heading: 'Prices', facts: [3, 4] },
        { heading: 'Taste', facts: [5, 6] },
      ],
    });
  if (fields.has('steps'))
    return say({
      steps: ['Talk to ten customers', 'Set the price', 'Write the page', 'Hold a trial', 'Send the announcement'].map(
        (title, index) => ({
          title,
          dependsOn: index === 0 ? [] : [index],
          days: index + 1,
        }),
      ),
    });
  if (fields.has('items'))
    return say({
      items: ['Page and pictures', 'Advertising', 'Samples', 'Press'].map((item, index) => ({
        item,
        share: [30, 30, 20, 10][index],
      })),
    });
  if (fields.has('decisions'))
    return say({
      decisions: [{ text: 'Take the blue logo', quote: 'We go with the blue logo.' }],
      actions: [
        { task: 'Book the hall', owner: 'Lee', due: 'by June 12', quote: 'I will book the hall by June 12.' },
        {
          task: 'Call the printer',
          owner: 'Dana',
          due: 'tomorrow',
          quote: "I'll call the printer tomorrow, it is urgent.",
        },
      ],
    });
  if (fields.has('headline')) {
    const [, line = ''] = /^- ([^\n]*\[\d+\])$/mu.exec(prompt.split('numbers of the sources:').at(-1) ?? '') ?? [];
    return say({ headline: 'What is known', bullets: line === '' ? [] : [line.slice(0, 130)] });
  }
  if (fields.has('name')) return say({ name: 'Named theme' });
  if (prompt.includes('Write this section, about')) {
    const [, source = '1'] = /\[(\d+)\] \(“/u.exec(prompt) ?? [];
    const [, claim = ''] = /^- (It is known that [^[]*?)\.? \[\d+\]/mu.exec(prompt) ?? [];
    const [, words = '100'] = /about (\d+) words/u.exec(prompt) ?? [];
    const wrong = prompt.includes('section “Taste”')
      ? ` Roasted on the moon, beans glow in the dark for weeks [${source}].`
      : '';
    // Too short at first, as models write.
    return filled(`${claim} [${source}].${wrong}`, Number(words) * 0.6);
  }
  if (prompt.includes('What has to change')) {
    const [, text = ''] = /As it stands:\n\n([^]*?)\n\nWhat has to change/u.exec(prompt) ?? [];
    const [, words = '0'] = /and about (\d+) are wanted/u.exec(prompt) ?? [];
    return filled(text.replace(/ Roasted on the moon[^.]*\./u, '').trim(), Number(words));
  }
  if (prompt.includes('Write its opening'))
    return `Coffee at home matters to everyone who buys beans, because they pay for it each month. ${padding} ${padding}`;
  if (prompt.includes('Write the announcement'))
    return `Fresh beans by mail\n\nFrom now on, fresh coffee beans come to your home. ${Array.from({ length: 5 }, () => padding).join(' ')}`;
  return Array.from({ length: 3 }, () => padding).join(' ');
};
