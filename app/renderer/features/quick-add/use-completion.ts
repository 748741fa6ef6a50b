import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { type Offer, type Trigger, triggerAt } from './trigger.ts';

interface Completion {
  readonly id: string;
  /** `null`: nothing is being typed that could become a name. */
  readonly trigger: Trigger | null;
  readonly offers: readonly Offer[];
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** `null`: they are on their way. */
  readonly setOffers: (offers: readonly Offer[] | null) => void;
  readonly pick: (offer: Offer) => void;
  /** Whether the key was meant for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** The names that the word before the caret may become, and the keys that choose one. */
export const useCompletion = (
  text: string,
  caret: number,
  isOpen: boolean,
  write: (text: string, caret: number) => void,
  /** Enter was pressed while the names were on their way, and there is none to choose. */
  onNone: () => void,
): Completion => {
  const id = useId();
  const [known, setOffers] = useState<readonly Offer[] | null>([]);
  const waiting = useRef<string | null>(null);
  const offers = known ?? [];
  const [choice, setChoice] = useState<{ readonly at: string; readonly index: number }>({ at: '', index: 0 });
  const [closed, setClosed] = useState('');
  const found = isOpen ? triggerAt(text, caret) : null;
  const place = found ? `${found.kind} ${found.start}` : '';
  const trigger = found && closed !== place ? found : null;
  const at = `${place} ${trigger?.query ?? ''}`;
  const active = choice.at === at ? Math.min(choice.index, offers.length - 1) : 0;
  const setActive = (index: number): void => setChoice({ at, index });
  if (closed !== '' && !found) setClosed('');

  const pick = (offer: Offer): void => {
    if (!trigger) return;
    const name = `${trigger.kind === 'playbook' ? '/' : '@'}${offer.id}`;
    const rest = text.slice(trigger.end);
    write(
      `${text.slice(0, trigger.start)}${name}${rest.startsWith(' ') ? '' : ' '}${rest}`,
      trigger.start + name.length + 1,
    );
  };
  // Enter chooses, as soon as there is something to choose; where the line goes on first, it is forgotten.
  useLayoutEffect(() => {
    if (waiting.current === null || (waiting.current === at && known === null)) return;
    const isSame = waiting.current === at;
    waiting.current = null;
    const [first] = offers;
    if (!isSame) return;
    if (first) pick(first);
    else onNone();
  });
  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = offers[active];
    if (trigger && known === null && event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      waiting.current = at;
      event.preventDefault();
      event.stopPropagation();
      return true;
    }
    if (!trigger || !chosen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { key } = event;
    if (key === 'ArrowDown') setActive((active + 1) % offers.length);
    else if (key === 'ArrowUp') setActive((active - 1 + offers.length) % offers.length);
    else if (key === 'Enter' || (key === 'Tab' && !event.shiftKey)) pick(chosen);
    else if (key === 'Escape') setClosed(place);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { id, trigger, offers: trigger ? offers : [], active, setActive, setOffers, pick, onKey };
};
