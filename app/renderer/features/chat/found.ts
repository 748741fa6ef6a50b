import { create } from 'zustand';
import { navigate } from '../../router.ts';

interface Found {
  readonly threadId: string;
  readonly messageId: string;
  /** As it stands in the message; empty where it is not known. */
  readonly word: string;
}

/** The message that was searched for, until it is shown. Not in the address: that is no place for what a person looks for. */
export const useFound = create<{ readonly found: Found | null }>()(() => ({ found: null }));

/** Opens a chat at one of its messages. */
export const openAt = (found: Found): void => {
  useFound.setState({ found });
  navigate({ view: 'chat', id: found.threadId });
};

const mark = 'jan-found';

const rangeOf = (message: HTMLElement, word: string): Range | undefined => {
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  while (word !== '' && texts.nextNode()) {
    const at = texts.currentNode.nodeValue?.indexOf(word) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(texts.currentNode, at);
    range.setEnd(texts.currentNode, at + word.length);
    return range;
  }
  return undefined;
};

/** Brings the word of a message, or else its beginning, into the middle of `box`, and marks it. */
export const reveal = (box: HTMLElement, message: HTMLElement, word: string): void => {
  // What was only kept room for is measured first.
  message.scrollIntoView({ block: 'start' });
  const range = rangeOf(message, word);
  if (range) CSS.highlights.set(mark, new Highlight(range));
  const place = (range ?? message).getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const room = Math.max(24, (frame.height - Math.min(place.height, frame.height)) / 2);
  box.scrollTop += place.top - frame.top - room;
};

export const forgetMark = (): void => void CSS.highlights.delete(mark);
