import type { Notice, Refusal } from './types.ts';

export const MAX_GOAL_CHARS = 600;
export const MAX_TRANSCRIPT_CHARS = 200_000;

const ENGLISH = new Set(
  'the a an and or but to of in on for with by at from is are was were be been it its this that i we you he she they me my our your not no do does did have has had will can could would should if so then as up out one all get make plan learn build start'.split(
    ' ',
  ),
);

export interface CleanInput {
  text: string;
  notices: Notice[];
}

/** Decides whether bytes read as text are text, cuts them to a bound, and removes markup, saying so. Line numbers stay as they were. */
export function cleanInput(raw: string, limit: number, what: string): CleanInput | Refusal {
  const notices: Notice[] = [];
  let text = raw;
  if (text.length > limit) {
    const cut = text.lastIndexOf('\n', limit);
    text = text.slice(0, cut > limit / 2 ? cut : limit);
    notices.push({
      code: 'TRUNCATED',
      message: `The ${what} is longer than ${limit.toLocaleString('en')} characters; the rest was left out.`,
    });
  }
  const strange = text.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/gu)?.length ?? 0;
  if (strange > 2 && strange > text.length / 200) {
    return { code: 'NOT_TEXT', message: `The ${what} is not text. Give it as plain text, or paste its words.` };
  }
  const bare = text
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/giu, (block) => block.replace(/[^\n]/gu, ''))
    .replace(
      /<\/?(?:a|abbr|b|blockquote|body|br|button|code|div|em|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|object|ol|option|p|pre|section|select|small|span|strong|style|sub|sup|svg|table|tbody|td|textarea|th|thead|title|tr|u|ul|video|script)\b[^<>\n]{0,300}>/giu,
      ' ',
    );
  if (bare !== text) notices.push({ code: 'CLEANED', message: `Markup was removed from the ${what}.` });
  text = bare.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu, '');
  if (!/[\p{L}\p{N}]/u.test(text))
    return { code: 'EMPTY', message: `The ${what} is empty. Write what it is about in a few words.` };
  if (!looksEnglish(text)) {
    notices.push({
      code: 'NOT_ENGLISH',
      message: 'The built-in model reads English only; the result may be poor. A larger model reads more languages.',
    });
  }
  return { text, notices };
}

function looksEnglish(text: string): boolean {
  const sample = text.slice(0, 4000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin < letters * 0.6) return false;
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length < 12 || words.filter((word) => ENGLISH.has(word)).length >= words.length * 0.1;
}
