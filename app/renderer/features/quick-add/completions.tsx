import { IconRoute, IconSparkles, IconUser, type Icon } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { usePlaybooks, useProfiles } from '../agents/queries.ts';
import { type Offer, offersFor, type Trigger } from './trigger.ts';
import css from './completions.module.css';

const anyone: readonly Offer[] = [
  { id: 'agent', name: 'Agent', hint: 'whichever fits' },
  { id: 'me', name: 'Me', hint: '' },
];
const iconOf = (kind: Trigger['kind'], id: string): Icon =>
  kind === 'playbook' ? IconRoute : id === 'me' ? IconUser : IconSparkles;

interface CompletionsProps {
  readonly id: string;
  readonly trigger: Trigger;
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** What there is to choose now: the line's keys act on it. `null`: it is on its way. */
  readonly onOffers: (offers: readonly Offer[] | null) => void;
  readonly onPick: (offer: Offer) => void;
}

const Rows = ({
  id,
  trigger,
  known,
  pending,
  active,
  onActive,
  onOffers,
  onPick,
}: CompletionsProps & { readonly known: readonly Offer[]; readonly pending: boolean }) => {
  const list = useRef<HTMLDivElement>(null);
  const offers = offersFor(trigger.query, known);
  const names = offers.map((offer) => offer.id).join(' ');
  const tell = useRef(onOffers);
  tell.current = onOffers;
  const shown = useRef(offers);
  shown.current = offers;
  // In the commit: the next key may be Enter.
  useLayoutEffect(() => tell.current(pending ? null : shown.current), [names, pending]);
  useLayoutEffect(() => () => tell.current([]), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, names]);
  if (offers.length === 0) return null;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={trigger.kind === 'playbook' ? 'Playbooks' : 'Who does it'}
      className={css.list}
      data-testid="completions"
    >
      <div className={css.group} role="presentation">
        {trigger.kind === 'playbook' ? 'Run a playbook' : 'Assign to'}
      </div>
      {offers.map((offer, index) => {
        const Glyph = iconOf(trigger.kind, offer.id);
        return (
          <div
            key={offer.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={css.item}
            onPointerMove={() => onActive(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(offer)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onPick(offer);
            }}
          >
            <Glyph size={16} stroke={1.6} className={css.icon} aria-hidden />
            <span className={css.name}>{offer.name}</span>
            <span className={css.hint}>{offer.hint || `${trigger.kind === 'playbook' ? '/' : '@'}${offer.id}`}</span>
          </div>
        );
      })}
    </div>
  );
};

const Agents = (props: CompletionsProps) => {
  const { items, pending } = useProfiles();
  return (
    <Rows {...props} pending={pending} known={[...anyone, ...items.map(({ id, name }) => ({ id, name, hint: '' }))]} />
  );
};

const PlaybooksToRun = (props: CompletionsProps) => {
  const { items, pending } = usePlaybooks();
  return <Rows {...props} pending={pending} known={items.map(({ id, name }) => ({ id, name, hint: '' }))} />;
};

/** Names that what is being typed may become, under the line. */
export const Completions = (props: CompletionsProps) =>
  props.trigger.kind === 'agent' ? <Agents {...props} /> : <PlaybooksToRun {...props} />;
