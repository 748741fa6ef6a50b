import type { GenerateRequest } from '../inference/index.ts';

const planned = [
  'Agree on the goal of the <t>',
  'Write the announcement',
  'Prepare the web page',
  'Brief the sales team',
  'Hold the <t>',
  'Look back on the <t>',
];

/** A plan as the built-in model writes it; the topic is copied from the goal. */
const builtinPlan = (prompt: string): string => {
  const words = prompt
    .slice('<plan> '.length, -'<answer>'.length)
    .split(' ')
    .map((word) => word.replace(/[.,;:!?)]+$/u, ''));
  return [
    ` ${words.slice(-2).join(' ')}`,
    ...planned.map((title, index) => ` ${title}${index === 5 ? '<after>34' : ''}<days>${index + 1}`),
  ].join('\n');
};

/** A general model's plan, as its JSON schema wants it. */
const generalPlan = (goal: string): string =>
  JSON.stringify({
    topic: goal,
    steps: planned.map((title, index) => ({
      title: title.replace('<t>', 'launch'),
      dependsOn: index === 0 ? [] : [index],
      days: 3,
    })),
  });

/** Marks every unit that holds "I'll" as the speaker's action, in the unit's own last words, and nothing else. */
const judgement = (prompt: string): string =>
  [...prompt.matchAll(/((?:(?!<[a-h.]>)[^\n])*)<([a-h])>/gu)]
    .map(([, text = '', marker]) => {
      const [, promised] = /\bi'll (.*?)[.,;:!?]*$/u.exec(text) ?? [];
      const [due] = /<d\d>/u.exec(text) ?? [];
      return promised === undefined
        ? `<${marker}><no>`
        : `<${marker}><act><me> ${promised}${due === undefined ? '' : `<by>${due}`}`;
    })
    .join('');

/** What the scripted model says; the same to the same question, as a model does at temperature 0. */
export const scriptedAnswer = ({ input }: GenerateRequest): string => {
  if ('messages' in input) return generalPlan(input.messages.at(-1)?.content.slice(0, 40) ?? '');
  if ('tokens' in input) return '';
  return input.prompt.startsWith('<plan>') ? builtinPlan(input.prompt) : judgement(input.prompt);
};

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
