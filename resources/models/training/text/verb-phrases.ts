import { inventedWord } from './names.ts';
import * as lexicon from './lexicon.ts';
import type { Random } from './random.ts';
import { items } from './template.ts';

/** A task in every form a sentence may need it in; `it` forms leave the object to a pronoun. */
export interface VerbPhrase {
  base: string;
  third: string;
  past: string;
  gerund: string;
  participle: string;
  object: string;
  /** "pay it", when the object is named elsewhere. */
  baseIt: string;
}

const IRREGULAR_PAST: Record<string, [past: string, participle: string]> = {
  write: ['wrote', 'written'],
  send: ['sent', 'sent'],
  buy: ['bought', 'bought'],
  bring: ['brought', 'brought'],
  get: ['got', 'got'],
  find: ['found', 'found'],
  put: ['put', 'put'],
  take: ['took', 'taken'],
  ring: ['rang', 'rung'],
  make: ['made', 'made'],
  tell: ['told', 'told'],
  speak: ['spoke', 'spoken'],
  'look up': ['looked up', 'looked up'],
  do: ['did', 'done'],
  give: ['gave', 'given'],
  hang: ['hung', 'hung'],
  set: ['set', 'set'],
  build: ['built', 'built'],
  cut: ['cut', 'cut'],
  drive: ['drove', 'driven'],
  feed: ['fed', 'fed'],
  pay: ['paid', 'paid'],
  read: ['read', 'read'],
  run: ['ran', 'run'],
  sell: ['sold', 'sold'],
  show: ['showed', 'shown'],
  draw: ['drew', 'drawn'],
  choose: ['chose', 'chosen'],
  teach: ['taught', 'taught'],
  lend: ['lent', 'lent'],
  throw: ['threw', 'thrown'],
  forward: ['forwarded', 'forwarded'],
  go: ['went', 'gone'],
  hide: ['hid', 'hidden'],
  lay: ['laid', 'laid'],
  sweep: ['swept', 'swept'],
  dig: ['dug', 'dug'],
  shut: ['shut', 'shut'],
  sew: ['sewed', 'sewn'],
  leave: ['left', 'left'],
  hold: ['held', 'held'],
};
const DOUBLING = new Set([
  'get',
  'put',
  'set',
  'cut',
  'run',
  'shut',
  'dig',
  'chop',
  'wrap',
  'scan',
  'plan',
  'swap',
  'trim',
  'mop',
  'zip',
  'tag',
  'ship',
  'drop',
  'flag',
  'map',
  'pin',
  'fit',
  'submit',
]);

const splitVerb = (verb: string): [string, string] => {
  const at = verb.indexOf(' ');
  return at < 0 ? [verb, ''] : [verb.slice(0, at), verb.slice(at)];
};

export function thirdPerson(verb: string): string {
  const [head, rest] = splitVerb(verb);
  if (head === 'do' || head === 'go') return `${head}es${rest}`;
  if (/(?:s|x|z|ch|sh)$/u.test(head)) return `${head}es${rest}`;
  return (/[^aeiou]y$/u.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`) + rest;
}

export function pastForms(verb: string): [past: string, participle: string] {
  const [head, rest] = splitVerb(verb);
  const irregular = IRREGULAR_PAST[head];
  if (irregular !== undefined) return [irregular[0] + rest, irregular[1] + rest];
  const regular = head.endsWith('e')
    ? `${head}d`
    : /[^aeiou]y$/u.test(head)
      ? `${head.slice(0, -1)}ied`
      : DOUBLING.has(head)
        ? `${head}${head.slice(-1)}ed`
        : `${head}ed`;
  return [regular + rest, regular + rest];
}

export function gerundOf(verb: string): string {
  const [head, rest] = splitVerb(verb);
  if (head.endsWith('e') && !head.endsWith('ee')) return `${head.slice(0, -1)}ing${rest}`;
  return (DOUBLING.has(head) ? `${head}${head.slice(-1)}ing` : `${head}ing`) + rest;
}

interface Frame {
  verbs: string[];
  objects: readonly string[];
  /** A part after the object: `about …`, `to …`. */
  tails?: readonly string[];
  /** "call the plumber" is "call them", not "call it". */
  pronoun?: string;
}

const TO_PEOPLE = items(
  `to the {person}, to the {person}, to {N}, to everyone, to the printer, to the client, to the parents, to the board, to the members, to the council, over, out, around, to {B}`,
);
const ABOUT = items(
  `about the {fact}, about the {thing}, about the {doc}, about the {event}, about a new date, because of the {thing}, and ask about the {fact}, for a quote, for a new date, whether they can come, if the {thing} is ready, that the {event} is moved`,
);

const FRAMES: [weight: number, Frame][] = [
  [
    9,
    {
      verbs: items(
        `write, draft, finish, update, proofread, print, sign, check, review, file, scan, shorten, correct, complete, translate, revise, type up, copy, publish, laminate, redo, fill in, fill out, hand in, go through, format, rewrite, read, double-check, renew, submit, pay, design, prepare, put together, sort out, make, set up`,
      ),
      objects: lexicon.DOCUMENTS,
    },
  ],
  [
    5,
    {
      verbs: items(
        `send, send, email, forward, mail, post, hand, pass on, give, upload, fax, show, send out, circulate, share, resend`,
      ),
      objects: lexicon.DOCUMENTS,
      tails: TO_PEOPLE,
    },
  ],
  [
    9,
    {
      verbs: items(
        `call, phone, email, ring, text, write to, ask, remind, contact, talk to, speak to, get back to, chase, chase up, visit, inform, warn, invite, thank, tell, answer, get hold of, meet, check with, follow up with, arrange a date with, sort it out with, drop by at, reply to, negotiate with, update, brief`,
      ),
      objects: lexicon.PEOPLE,
      tails: ABOUT,
      pronoun: 'them',
    },
  ],
  [
    4,
    {
      verbs: items(
        `book, reserve, rent, hire, cancel, rebook, confirm, organise, arrange, find, get, ask for, look for`,
      ),
      objects: lexicon.PLACES,
    },
  ],
  [
    4,
    {
      verbs: items(
        `clean, tidy, clear out, measure, paint, sweep, mop, air, decorate, lock, unlock, open up, inspect, photograph, heat, empty, set up, prepare, repair, weed, sort, insulate, take pictures of, have a look at, put up signs in, board up, seal, disinfect, check, clear`,
      ),
      objects: lexicon.ROOMS,
    },
  ],
  [
    8,
    {
      verbs: items(
        `buy, order, bring, collect, return, repair, replace, pick up, fetch, borrow, label, store, carry up, carry down, pack, unpack, count, clean, test, wash, install, hang up, set up, take down, take back, get, bring back, bring along, put away, put out, throw away, sell, charge, refill, sort, deliver, load, mount, oil, sharpen, lend out, give back, move, drop off, order more, reorder, unload, wrap up, dig out, look for, hand out, swap, water, cut, donate, get rid of`,
      ),
      objects: lexicon.THINGS,
    },
  ],
  [
    7,
    {
      verbs: items(
        `fix, test, retest, deploy, document, merge, roll back, revert, migrate, debug, look into, rewrite, restart, monitor, patch, update, upgrade, switch off, switch on, turn off, turn on, set up, clean up, benchmark, check, review, release, ship, ping the vendor about, write tests for, open a ticket for, reproduce, profile, refactor, disable, enable, translate, redesign, move, back up, export, finish, investigate, sort out, take a look at, add logging to`,
      ),
      objects: lexicon.SOFTWARE,
    },
  ],
  [
    4,
    {
      verbs: items(
        `organise, prepare, schedule, move, postpone, announce, plan, run, lead, film, set up, host, cancel, put in the calendar, advertise, sign up for, take photos at, send invites for, find a date for, find a room for, set a date for, moderate, write up, take over, cover, cater`,
      ),
      objects: lexicon.EVENTS,
    },
  ],
  [
    5,
    {
      verbs: items(
        `find out, look up, check, confirm, ask about, note down, send round, clarify, double-check, calculate, work out, get, collect, compare, verify, add up, pass on, dig up, post, report, send us, find`,
      ),
      objects: lexicon.FACTS,
      tails: lexicon.ON_FACTS,
    },
  ],
];

const GET_DONE = items(
  `repaired, printed, signed, cleaned, inspected, checked, tested, approved, translated, replaced, delivered, fixed, serviced, laminated, painted, measured, copied, certified, scanned, framed, sharpened, collected, ready, sorted, moved, installed, picked up, proofread, cut, stamped`,
);

const TOTAL = FRAMES.reduce((sum, [weight]) => sum + weight, 0);

export interface Fillers {
  number: string;
  name: string;
  person: string;
}

/** A noun phrase with its article: "the spare key for the back door", "two new ladders", "{N}'s invoice" and the like. */
export function nounPhrase(
  random: Random,
  noun: string,
  fill: (template: string) => string,
  tails: readonly string[] = lexicon.TAILS,
): string {
  if (random.chance(0.16))
    noun = random.pick([
      inventedWord(random),
      `${inventedWord(random)}s`,
      `${inventedWord(random)} ${noun}`,
      `${noun.split(' ')[0]} ${inventedWord(random)}`,
    ]);
  const bare = /^(?:the|a|an|two|three|\d)\b/u.test(noun);
  const adjective = !bare && random.chance(0.22) ? `${random.pick(lexicon.ADJECTIVES)} ` : '';
  const tail = random.chance(0.24) ? ` ${fill(random.pick(tails))}` : '';
  if (bare) return noun + tail;
  const plural = noun.endsWith('s') && !noun.endsWith('ss');
  const draw = random.next();
  const article =
    draw < 0.7
      ? 'the '
      : draw < 0.75
        ? 'our '
        : draw < 0.8
          ? `${fill('{N}')}'s `
          : draw < 0.84 && plural
            ? `${random.int(2, 60)} `
            : draw < 0.9 && plural
              ? ''
              : plural
                ? 'new '
                : /^[aeiou]/u.test(adjective + noun)
                  ? 'an '
                  : 'a ';
  return `${article}${article === 'new ' ? '' : adjective}${noun}${tail}`;
}

export function verbPhrase(random: Random, fill: (template: string) => string): VerbPhrase {
  if (random.chance(0.05)) return getDone(random, fill);
  let draw = random.next() * TOTAL;
  const frame = (FRAMES.find(([weight]) => (draw -= weight) < 0) ?? FRAMES[0])?.[1];
  if (frame === undefined) throw new Error('no frames');
  // Verbs that don't exist: what makes a task is the sentence around it, not a list of verbs.
  const verb = random.chance(0.25) ? inventedVerb(random) : random.pick(frame.verbs);
  const object = nounPhrase(
    random,
    random.pick(frame.objects),
    fill,
    frame.pronoun === undefined ? lexicon.TAILS : ['in {N}', 'from {N}', 'again'],
  );
  const tail = frame.tails !== undefined && random.chance(0.6) ? ` ${fill(random.pick(frame.tails))}` : '';
  return forms(
    verb,
    object,
    tail,
    frame.pronoun ??
      (/[^s]s(?: |$)/u.test(object.split(/ (?:for|from|in|of|on|at|with|about|to) /u)[0] ?? '') ? 'them' : 'it'),
  );
}

function inventedVerb(random: Random): string {
  const stem = inventedWord(random);
  const verb =
    random.pick(['', '', '', 're', 'de', 'un', 'over']) + stem + random.pick(['', '', '', 'ise', 'ify', 'ate', 'le']);
  return random.chance(0.15) ? `${verb} ${random.pick(['up', 'out', 'down', 'off', 'over', 'in'])}` : verb;
}

function getDone(random: Random, fill: (template: string) => string): VerbPhrase {
  const object = nounPhrase(random, random.pick([...lexicon.THINGS, ...lexicon.DOCUMENTS]), fill);
  return forms('get', object, ` ${random.pick(GET_DONE)}`, 'it');
}

const PARTICLES = /^(\w+(?:-\w+)?) (up|down|out|back|away|off|on|along|over|in)$/u;

export function forms(verb: string, object: string, tail: string, pronoun: string): VerbPhrase {
  const [past, participle] = pastForms(verb);
  const particle = PARTICLES.exec(verb);
  return {
    base: `${verb} ${object}${tail}`,
    third: `${thirdPerson(verb)} ${object}${tail}`,
    past: `${past} ${object}${tail}`,
    gerund: `${gerundOf(verb)} ${object}${tail}`,
    participle: `${object} ${/^(?:get|ask|look|find)\b/u.test(verb) ? 'sorted' : participle}${tail}`,
    object,
    baseIt: particle === null ? `${verb} ${pronoun}${tail}` : `${particle[1]} ${pronoun} ${particle[2]}${tail}`,
  };
}
