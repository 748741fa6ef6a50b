import { ownerName } from './titles.ts';
import type { Transcript, Unit } from './transcript.ts';

/** An answer that turns down what was asked. */
export const REFUSAL =
  /^(?:no\b|nope|nah|not (?:now|today|me|this|yet|really)|leave it|let'?s not|better not|forget it|too |i'?d rather not|not me\b|i(?:'ve| have)(?: already)? (?:got )?(?:enough|too much)\b|i'?m (?:away|off|on holiday)\b|sorry,? (?:no|i can)|can'?t|i can'?t|won'?t|never mind|already|done|did|was,? and did|i did|it'?s done|that'?s done)/i;
/** One that agrees. */
export const CONSENT =
  /^(?:yes|yeah|please|oh yes|good idea|great|that would|that'd|do that|do it|go ahead|perfect|absolutely|sure|ok)/i;

/** "Somebody should …": nobody has it yet. */
export const isNobodys = (text: string): boolean =>
  /\b(?:some(?:body|one)|one of us) (?:should|has to|must|needs to|ought to|will have to)\b/iu.test(text);

/** Whom a line of a list names as the one to do it: before a colon, at its beginning, or set apart. */
export const ownersIn = ({ people }: Transcript, { text, speaker }: Unit): string[] => {
  if (speaker !== null) return [ownerName(people, speaker)];
  const name = "\\p{Lu}[\\p{L}'’-]*";
  const places = new RegExp(`(?:^|[–(@-]\\s*|\\bowner:\\s*)(${name}(?:\\s*(?:,|&|\\+|and|und)\\s*${name})*)`, 'gu');
  const words = [...text.matchAll(places)].flatMap(([, names = '']) => names.match(/[\p{L}'’-]+/gu) ?? []);
  return [...new Set(words.flatMap((word) => people.known.get(word.toLowerCase()) ?? []))];
};

/** What was settles nothing, unless the sentence says that it was settled. */
export const isTold = (text: string): boolean =>
  /\b(?:was|were|had|has been|have been|took|cost|came|went|looked|seemed|surprised|worked|lived|years ago)\b/iu.test(
    text,
  ) &&
  !/\b(?:decided|agreed|resolved|approved|accepted|settled|fixed|closed|cancell?ed|postponed|moved|dropped)\b/iu.test(
    text,
  );

/** A question whose answer turns it down. */
export const isTurnedDown = ({ units }: Transcript, start: number | undefined): boolean => {
  const at = units.findIndex((unit) => unit.start === start);
  const unit = units[at];
  const answer = units.slice(at + 1, at + 4).find(({ line }) => line !== unit?.line);
  return unit?.text.endsWith('?') === true && REFUSAL.test(answer?.text.trim() ?? '');
};
