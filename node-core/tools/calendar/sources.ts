import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';

const MAX_BYTES = 5_000_000;
const tooLong = (name: string) =>
  new AppError('TOOL_FAILED', `${name} is longer than ${MAX_BYTES / 1_000_000} MB. Use a smaller calendar.`);

const asHttps = (line: string): string => line.trim().replace(/^webcals?:/iu, 'https:');
const linesOf = (setting: ToolContext['setting']): readonly string[] =>
  (setting('ics') ?? '')
    .split(/\n|, /u)
    .map(asHttps)
    .filter((line) => line !== '');
const isAddress = (line: string): boolean => /^https?:/iu.test(line) && URL.canParse(line);

/** Addresses of ICS files that a person set. */
export const icsAddresses = (setting: ToolContext['setting']): readonly string[] => linesOf(setting).filter(isAddress);

const download = async (address: string, context: ToolContext): Promise<string> => {
  const { status, body, truncated } = await context.fetch(address, { maxBytes: MAX_BYTES });
  const { host } = new URL(address);
  if (status !== 200)
    throw new AppError('TOOL_FAILED', `${host} answers ${status} for the calendar. Check its address.`);
  if (truncated) throw tooLong(host);
  return new TextDecoder().decode(body);
};

/** The ICS files of the settings, each with what a person calls it. */
export const readIcsFiles = async (
  context: ToolContext,
): Promise<readonly { readonly name: string; readonly text: string }[]> => {
  return Promise.all(
    linesOf(context.setting).map(async (line) => {
      if (isAddress(line)) {
        const { host, pathname } = new URL(line);
        return { name: `${host}/${basename(pathname)}`, text: await download(line, context) };
      }
      const name = basename(line);
      try {
        if ((await stat(line)).size > MAX_BYTES) throw tooLong(name);
        return { name, text: await readFile(line, 'utf8') };
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError('TOOL_FAILED', `${name} can't be read. Check its path under Agents, Tools.`, {
          cause: error,
        });
      }
    }),
  );
};
