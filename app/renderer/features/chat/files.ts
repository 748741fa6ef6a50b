import { formatSize } from '../../days.ts';
import { showToast } from '../../ui-store.ts';
import type { DraftFile } from './drafts.ts';

/** Characters of all files of a message, and how many files it takes. */
const mostCharacters = 2_000_000;
const mostFiles = 20;

const decoder = new TextDecoder('utf-8', { fatal: true });

const refuse = (name: string, detail: string): void =>
  showToast({ tone: 'error', text: `“${name}” can’t go with the message.`, detail });

/** Files as text, those left out that are none or too large; the person hears why. */
export const readFiles = async (files: Iterable<File>, already: readonly DraftFile[]): Promise<DraftFile[]> => {
  const read: DraftFile[] = [];
  let left = mostCharacters - already.reduce((sum, { text }) => sum + text.length, 0);
  for (const file of files) {
    if (already.length + read.length >= mostFiles) {
      refuse(file.name, `A message takes ${mostFiles} files. Send the others with the next one.`);
      break;
    }
    if (file.size > left) {
      refuse(
        file.name,
        left === mostCharacters
          ? `It has ${formatSize(file.size)}; files may have ${formatSize(mostCharacters)} in all. Attach the part that matters.`
          : `It has ${formatSize(file.size)}, and beside the other files there is room for ${formatSize(left)}.`,
      );
      continue;
    }
    try {
      const text = decoder.decode(await file.arrayBuffer());
      if (text.includes('\0')) throw new TypeError('It holds zero bytes.');
      if (text === '') refuse(file.name, 'It is empty.');
      else {
        read.push({ name: file.name || 'text.txt', text });
        left -= text.length;
      }
    } catch {
      refuse(file.name, 'It is not text. Plain text, Markdown, CSV, JSON and code can be attached.');
    }
  }
  return read;
};

/** About how many tokens a text takes: four characters each, which is right enough to warn. */
export const roughTokens = (characters: number): number => Math.ceil(characters / 4);
