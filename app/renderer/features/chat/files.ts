import { formatSize } from '../../days.ts';
import { showToast } from '../../ui-store.ts';
import type { DraftFile } from './drafts.ts';

/** Characters of one file, and files of one message: what the contract takes. */
const largestFile = 2_000_000;
const mostFiles = 20;

const decoder = new TextDecoder('utf-8', { fatal: true });

const refuse = (name: string, detail: string): void =>
  showToast({ tone: 'error', text: `“${name}” can’t go with the message.`, detail });

/** Files as text, those left out that are none or too large; the person hears why. */
export const readFiles = async (files: Iterable<File>, already: number): Promise<DraftFile[]> => {
  const read: DraftFile[] = [];
  for (const file of files) {
    if (already + read.length >= mostFiles) {
      refuse(file.name, `A message takes ${mostFiles} files. Send the others with the next one.`);
      break;
    }
    if (file.size > largestFile) {
      refuse(
        file.name,
        `It has ${formatSize(file.size)}; a file may have ${formatSize(largestFile)}. Attach the part that matters.`,
      );
      continue;
    }
    try {
      const text = decoder.decode(await file.arrayBuffer());
      if (text.includes('\0')) throw new TypeError('It holds zero bytes.');
      if (text === '') refuse(file.name, 'It is empty.');
      else read.push({ name: file.name || 'text.txt', text });
    } catch {
      refuse(file.name, 'It is not text. Plain text, Markdown, CSV, JSON and code can be attached.');
    }
  }
  return read;
};

/** About how many tokens a text takes: four characters each, which is right enough to warn. */
export const roughTokens = (characters: number): number => Math.ceil(characters / 4);
