/**
 * Writes what the model is trained on.
 *
 *   node generate.ts words                                    the list of common words of the extraction skill
 *   node generate.ts kinds                                    the kinds of goals of the planning skill
 *   node generate.ts vocabulary OUT.json                      the tokenizer (then: export.py --vocab-only OUT.json VOCAB.gguf)
 *   node generate.ts data VOCAB.gguf DIR [PARTS] [SEED]       parts of about 1.5 M tokens: DIR/NNN.tok, DIR/NNN.idx
 *   node generate.ts show [N] [SEED]                          a few examples, to read
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { commonWordList } from './text/common.ts';
import { planKindsSource } from './text/kinds.ts';
import { meetingExamples, type Example } from './text/examples.ts';
import { writeMeeting } from './text/meetings.ts';
import { planExample } from './text/plans.ts';
import { Random } from './text/random.ts';
import { trainVocabulary } from './text/tokenizer.ts';

const VOCABULARY = 4096;
const PART_TOKENS = 1_500_000;
const END_OF_TEXT = 2;
/** Of all tokens, the share of the extraction skill. */
const EXTRACTION_SHARE = 0.7;

function* examples(seed: number): Generator<Example> {
  const random = new Random(seed);
  let extraction = 0;
  let plans = 0;
  for (;;) {
    if (extraction * (1 - EXTRACTION_SHARE) <= plans * EXTRACTION_SHARE) {
      for (const example of meetingExamples(writeMeeting(random))) {
        extraction += example.prompt.length + example.answer.length;
        yield example;
      }
    } else {
      const example = planExample(random);
      if (example === null) continue;
      plans += example.prompt.length + example.answer.length;
      yield example;
    }
  }
}

function vocabulary(out: string): void {
  const texts: string[] = [];
  for (const example of examples(11)) if (texts.push(example.prompt + example.answer) > 90_000) break;
  writeFileSync(out, JSON.stringify({ tokens: trainVocabulary(texts, VOCABULARY) }));
}

async function data(model: string, directory: string, parts: number, seed: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error, progressLogs: false });
  const tokenizer = (await llama.loadModel({ modelPath: model, vocabOnly: true })).tokenizer;
  for (let part = 0; part < parts; part += 1) {
    const tokens: number[] = [];
    const index: number[] = [];
    for (const example of examples(seed + part)) {
      const prompt = tokenizer(example.prompt);
      const answer = tokenizer(example.answer);
      if (prompt.length + answer.length > 700) continue;
      index.push(tokens.length, prompt.length, prompt.length + answer.length + 1);
      for (const token of prompt) tokens.push(token);
      for (const token of answer) tokens.push(token);
      tokens.push(END_OF_TEXT);
      if (tokens.length > PART_TOKENS) break;
    }
    const name = `${directory}/${String(seed + part).padStart(6, '0')}`;
    writeFileSync(`${name}.tok`, new Uint16Array(tokens));
    writeFileSync(`${name}.idx.new`, new Uint32Array(index));
    renameSync(`${name}.idx.new`, `${name}.idx`);
    console.log(name, tokens.length, 'tokens', index.length / 3, 'examples');
  }
}

const [command, first = '', second = '', third = '4', fourth = '1000'] = process.argv.slice(2);
if (command === 'words')
  writeFileSync(new URL('../../../node-core/agents/skills/common-words.ts', import.meta.url), commonWordList());
else if (command === 'kinds')
  writeFileSync(new URL('../../../node-core/agents/skills/plan-kinds.ts', import.meta.url), planKindsSource());
else if (command === 'vocabulary') vocabulary(first);
else if (command === 'data') await data(first, second, Number(third), Number(fourth));
else if (command === 'show') {
  let left = Number(first === '' ? 20 : first);
  for (const example of examples(Number(second === '' ? 1 : second))) {
    console.log(`${example.prompt}\n  => ${example.answer}\n`);
    if ((left -= 1) <= 0) break;
  }
} else console.error('words | vocabulary OUT.json | data VOCAB.gguf DIR [PARTS] [SEED] | show [N] [SEED]');
