import type { GenerateRequest } from '../inference/index.ts';

/** A general model's plan, as its JSON schema wants it. */
const plan = {
  title: 'Q2 product launch',
  topic: 'product launch',
  steps: ['Agree on the goal of the launch', 'Write the announcement', 'Prepare the web page', 'Brief the sales team', 'Launch and watch the numbers', 'Look back on the launch'].map(
    (title, index) => ({ title, dependsOn: index === 0 ? [] : [index], days: 3 }),
  ),
};

/** Marks every unit that holds "I'll" as the speaker's action, in the unit's own last words, and nothing else. */
const judgement = (prompt: string): string =>
  [...prompt.matchAll(/((?:(?!<[a-h.]>)[^\n])*)<([a-h])>/gu)]
    .map(([, text = '', marker]) => {
      const [, promised] = /\bi'll (.*?)[.,;:!?]*$/u.exec(text) ?? [];
      const [due] = /<d\d>/u.exec(text) ?? [];
      return promised === undefined ? `<${marker}><no>` : `<${marker}><act><me> ${promised}${due === undefined ? '' : `<by>${due}`}`;
    })
    .join('');

/** What the scripted model says; the same to the same question, as a model does at temperature 0. */
export const scriptedAnswer = ({ input }: GenerateRequest): string => ('prompt' in input ? judgement(input.prompt) : JSON.stringify(plan));

export const scriptedTranscript = [
  'Priya: are we all here?',
  'Dom: the courier app dies on Android 11 when you open a long route.',
  "Dom: I'll fix the photo loading.",
  'Hanna: login is not translated anyway.',
  "Hanna: I'll test it on the old devices.",
  'Priya: good.',
  'Lukas: makes sense to me.',
  'Dom: by the way, do we keep supporting Android 9?',
  'Hanna: five people since yesterday.',
  'Lukas: nobody will cry about that.',
  "Lukas: I'll phone the depot tomorrow.",
  'Priya: the invoice from the translation agency, who has it?',
  'Lukas: not me at all.',
  "Priya: I'll pay the invoice.",
  'Hanna: nice weekend then.',
  'Priya: you too, everyone.',
].join('\n');
