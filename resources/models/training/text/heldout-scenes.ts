import { items, lines, paragraphs } from './template.ts';

/** The held-out set: scenes, phrases, tasks and names that the training set does not have. `heldout.test.ts` checks that. */
export const CHAT_ACTIONS = paragraphs(`
A: {B}, is there any way you could [[B: {vp}]]{due?}?
B: Yeah, I'll squeeze it in.

A: That still leaves [[~: {obj}]].
B: I'd say that one's mine. I'll [[me^: {vpit}]]{due?}.
A: Marvellous.

A: Would it help if I [[me: {vpd}]]{due?}?
B: Enormously, yes.

A: {B}, we're counting on you to [[B: {vp}]]{due?}.
B: No pressure then. But yes.

A: Fine, I'll bite the bullet and [[me: {vp}]]{due?}.

A: Any hero who could [[B: {vp}]]{due?}?
B: Hero reporting for duty.
A: Bless you.

A: I'm free after this, so I'll just [[me: {vp}]].

A: My part for the coming days: I [[me: {vp}]]{due?}.
B: And mine is easy, I [[me: {vp2}]]{due2?}.

A: {B}, once you're back at your desk, [[B: {vp}]], would you?
B: It's as good as done.

A: Did anybody ever {vp}?
B: Embarrassingly, no. I'll make sure to [[me^: {vpit}]]{duestrict}.

A: Who has the time to {vp}?
B: Count me in. I'll [[me^: {vpit}]]{due?}.

A: {B}, don't forget you promised to [[B: {vp}]]{due?}.
B: How could I forget.

A: The whole lot of us [[all: should {vp}]]{duestrict}, no exceptions.
B: Understood.

A: {C} can't make it, so {B}, would you [[B: {vp}]] in her place{due?}?
B: For {C}, anything.
`);

export const CHAT_DECISIONS = paragraphs(`
A: So here's where we landed: [[=: {dec}]].
B: Amen to that.

A: I take it nobody minds if [[=: {dec}]]?
B: Nobody minds.
C: Do it.

A: {np1} versus {np2}. Gut feeling?
B: {np1}, no contest.
A: Done deal, [[=: we go for {np1}]].

A: After all that talk, [[=: {dec}]]. Write that down.
B: Written down.

A: Last call. [[=: {Dec}]]. Yes?
B: Yes.
C: Yes from me.

A: I've slept on it, and [[=: {dec}]].
B: Right choice.
`);

export const CHAT_NOTHING = paragraphs(`
A: In a perfect world somebody would {vp}.
B: In a perfect world there'd be free biscuits.

A: Remember when {B} {vpd}? Hilarious.
B: I'd rather not remember.

A: Had we known earlier, we would have {vppast}.
B: Hindsight.

A: I was tempted to {vp}, but I resisted.
B: Wise.

A: Shouldn't we {vp}?
B: It was taken care of ages ago.
A: Splendid.

A: {B} finally {vpd}, bless him.
B: Took me long enough.

A: Suppose they {vp} on their own?
B: Then we sit back and watch.

A: I'm toying with the idea to {vp}.
B: Toy away, but not on our time.
A: Message received.

A: Couldn't we {decinf}?
B: Over my dead body.
A: Alright then, withdrawn.

A: Honestly, whether we {decinf} or not is a question for another meeting.
B: Parked.

A: How did it go in {N}?
B: Smoothly, thanks for asking.

A: It turns out {np} was in the cupboard the entire time.
B: Of course it was.

A: I can't be the one to {vp}, my plate is full.
B: Then it'll have to wait, no harm done.
`);

export const MINUTES_ACTIONS = paragraphs(`
It falls to {B} to [[B: {vp}]]{due?}.

{B} takes it upon himself to [[B: {vp}]]{due?}.

{B} commits to [[B: {vpg}]]{due?}.

Task for {B}: [[B: {vp}]]{due?}.

{B} is tasked with [[B: {vpg}]]{due?}.

To be done by {B}: [[B: {vp}]]{duex}.

{B} shall in the meantime [[B: {vp}]]{due?}.

Follow-up, {B}: [[B: {vp}]]{due?}.

{B}, supported by {C}, [[B: {vps}]]{due?}.

Everyone present is requested to [[all: {vp}]]{due?}.
`);

export const MINUTES_DECISIONS = paragraphs(`
Consensus was reached: [[=: {dec}]].

Those present settled on the following: [[=: {dec}]].

Without a dissenting voice: [[=: {dec}]].

Ruling of the chair: [[=: {dec}]].
`);

export const MINUTES_NOTHING = paragraphs(`
The idea to {vp} found no supporters.

{B} recalled how last time he {vpd}.

An update on {topic} was given; no questions.

It remains unclear whether anyone will {vp}.

{B} was pleased to note that {np} had arrived.

Thanks went to {C}, who {vpd} {pastdate}.

Should it come to the worst, {B} might {vp}; nobody expects that.

The matter of {topic} was left for the autumn.
`);

export const VOICE_ACTIONS = paragraphs(`
hey {B} be a dear and [[B: {vp}]]{due?} will you sure will

ive made up my mind [[me: ill {vp}]]{due?} before it drives me mad

{B} has kindly said he would [[B: {vp}]]{due?} which is nice

right team every single one of you [[all: {vps}]]{due?} understood

that job goes to {B} so {B} [[B: {vps}]]{due?}
`);

export const VOICE_DECISIONS = paragraphs(`
after a lot of back and forth we landed on this [[=: {dec}]]

final answer [[=: {dec}]] and nobody complain later
`);

export const VOICE_NOTHING = paragraphs(`
oh look {np} is back where it belongs

{B} was meant to {vp} ages ago and to be fair she did

imagine if we had to {vp} every day no thank you

testing testing one two okay the little light is blinking

somebody will surely {vp} one fine day but dont hold your breath
`);

export const MAIL_ACTIONS = paragraphs(`
{B}, I'm leaving it to you to [[B: {vp}]]{due?}.

Rest assured that I'll [[me: {vp}]]{due?}.

{B} has volunteered his weekend to [[B: {vp}]], how lovely.

A request to every one of you: kindly [[all: {vp}]]{due?}.
`);

export const MAIL_DECISIONS = paragraphs(`
For the record, [[=: {dec}]].

The long and short of it is that [[=: {dec}]].
`);

export const MAIL_NOTHING = paragraphs(`
I hope this finds you in good spirits.

Somebody floated the notion to {vp}; it sank at once.

You will be glad to hear that {B} {vpd} {pastdate}.

Whether we ever {vp} is anyone's guess.
`);

export const WE_DECISIONS = lines(`
scrap {np}
go halves on {np} with {N}
cap the guest list at {num2}
bring the {event} forward to {date}
make {np} compulsory
do away with {np}
`);

export const CLAUSE_DECISIONS = lines(`
the {event} goes ahead as planned
{np} will not be renewed
the winner is {N}
entry is free for children
`);

/** verb / object / what follows / pronoun */
export const TASKS = lines(`
rewire / the doorbell / in the vestry / it
groom / the ponies / before the show / them
transpose / the second hymn / for the altos / it
winterise / the caravan / / it
fumigate / the greenhouse / / it
tally / the raffle stubs / / them
engrave / the rowing cup / / it
shepherd / the exchange students / around {N} / them
renegotiate / the ferry fares / with {N} / them
polish / the brass plaques / / them
reupholster / the piano bench / / it
appeal / the parking ticket / / it
rota / the night watch / for the regatta / it
mend / the puppet strings / / them
restock / the vending machine / / it
calibrate / the kitchen scales / / them
tow / the horsebox / to {N} / it
prune / the pear trees / behind the chapel / them
decipher / the guest book / from 1912 / it
escort / the inspector / through the dairy / him
subtitle / the anniversary film / / it
varnish / the oars / / them
whitewash / the goat shed / / it
register / the trademark / in {N} / it
dismantle / the merry-go-round / / it
anonymise / the interview transcripts / / them
deworm / the kittens / / them
recalculate / the roof load / / it
retune / the harpsichord / / it
summarise / the ombudsman's letter / / it
`);

export const PEOPLE = items(
  `Thandiwe, Oisín, Marisol, Jarek, Ingeborg, Tevita, Nkechi, Ruslan, Philippa-Jane, Bartholomew, Solveig, Ekaterina, Mahmoud, Guðrún, Ximena, Casimir, Odalys, Wilhelmina, Tadhg, Anahit, Yevgenia, Ignatius, Saoirse, Kwabena, Leocadia, Zbigniew, Halldóra, Pascaline, Ruairí, Temperance`,
);
export const PLACES = items(
  `Tromsø, Salamanca, Windhoek, Thunder Bay, Maribor, Kilkenny, Bolzano, Szeged, Whanganui, Uppsala, Ouarzazate, Poznań`,
);

export const FILLERS = {
  YES: ['Right you are', 'Count on it', 'Aye'],
  DATE_OK: ['I should manage'],
  THANKS: ['Much obliged', 'Bless you', 'Splendid'],
  ACK: ['Amen', 'Hear, hear'],
  ACK_DONE: ['What a relief'],
  REASONS: [', it has been bugging me'],
  REASON_CLAUSES: ['the ferry is on strike'],
  REASON_OPT: ['Life is short'],
  SMALLTALK: [
    'Is that a new haircut?',
    'I could murder a sandwich.',
    'My cat walked over the keyboard.',
    'Apologies, the doorbell.',
  ],
  STATUS: [
    'The {thing} gave up the ghost.',
    'Word has it the {person} is retiring.',
    '{N} sends its regards.',
    'Attendance was thin.',
  ],
  QUESTIONS: ['Whose bright idea was that?', 'Are we there yet?'],
  ANSWERS: ['Search me', 'Beats me'],
  OPINIONS: ['My heart says {np1}', 'Whichever costs less'],
  PROPOSALS: ['Picture this: we {decinf}.'],
  OPTION_QUESTIONS: ['{np1} against {np2}, who wins?'],
  TOPIC_LINES: ['On to {topic}, folks.'],
  PAST_DATES: ['ages ago', 'on Sunday last'],
  PAST_DAYS: ['last spring'],
};

/** goal / topic words of which a plan has to name one */
export const GOALS = lines(`
Hold a stone skimming contest at the quarry lake by 3 May / stone skimming, quarry lake
Restore the fresco in our chapel before the bishop comes / fresco, chapel
Get my hot-air balloon pilot's licence / balloon, licence
Teach my three-legged otterhound to use the dog ramp / otterhound
Move our thimble collection into the old dairy until next autumn / thimble, collection
Press cider for my brother's engagement / cider
Qualify for the national yo-yo meet / yo-yo
Write a cookbook about nettles / nettle
Set up a meal train for young parents on our estate / meal train
Save 1800 euros for a harpsichord by March / harpsichord, 1800
Catalogue 900 beetle specimens for the county archive / beetle, specimen
Switch our little ferry to electric propulsion / electric propulsion, ferry
Launch a subscription for pickled samphire in September / samphire, subscription
Get the windmill listed as a landmark / windmill
Sort out grandfather's quarry papers / quarry
Organise a cribbage camp for forty teenagers with no budget / cribbage, camp
Become a certified tree climber this year / tree climber
Convert a hearse into a mobile creamery, must pass the hygiene check / creamery, hearse
Hire a second harpist for the festival season / harpist
Make our post office wheelchair-friendly / wheelchair-friendly, post office
Stop my son from sleepwalking to the fridge / sleepwalking
Publish the letters of a whaling captain / whaling
Train for the fell race up Ben Vane / fell race
Found a cooperative laundry in our tower block / laundry
Move the turnstile software to a new vendor without a gap / turnstile
Plan grandma's ninetieth with all five cousins / ninetieth, grandma
Grow saffron on a roof terrace / saffron
Apply for a cheesemaking permit / cheesemaking
Run a first-aid week at the bouldering gym next month / first-aid, bouldering
Get silverfish out of the parish records / silverfish, parish records
Digitise the choir's psalters, 600 folders, nobody can use a scanner / psalter, choir
Learn Faroese well enough to read the newspaper / faroese
`);
