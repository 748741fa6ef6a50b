/** What fits goals that belong to no other kind, and side conditions of goals; formats as in `events-and-work.ts`. */
export const GENERAL = `
goal: {V} (the|my|our|a|an|some|all|) {T} (for|in|at|with|on|before|without|into|from|through|near) {U} | {V} (the|my|our|a|) {T} | {V} (the|my|our|a|) {T} (for|in|at|with|on|before|without|up) {U} | {V} {T} (for|in|from) {U} | {T} | (get|do|manage|sort out|handle|deal with|take care of) (the|my|our|) {T} | (finish|set up|arrange|prepare) (the|my|our|a) {T} | {T} for {U} | (get|bring) (the|my|our) {T} (to|into) {U} | (win|solve|fix|handle) (the|our) {T} | {T} (with|in) {U}
T: neighbour dispute, school play, time capsule, exchange programme, parking problem, class project, ham radio contest, sourdough sale, lighthouse tour, cheese wheel, kite festival, star party, snow sculpture, marble run, telescope evening, snail race, night market, treasure hunt, flash mob, record attempt, domino chain, living nativity, puppet parade, pumpkin boat, ice rink, sundial, hedge maze, ghost tour, rain barrel, bat survey, frog crossing, bird count, map of springs, fountain, bell, clock tower, wayside cross, bench by the river, summit book, ski lift, ferry, swimming pond, message in a bottle, guest book, flag, coat of arms, town twinning, school garden, visit of the minister, inspection, inventory, warranty case, complaint, lawsuit, visa problem, passport, name change, adoption, custody papers, will, living will, power of attorney, house number, mailbox, key system, alarm, lost luggage, insurance case
U: the school, the town, the neighbours, spring, our club, the museum, the children, five friends, the whole street, the office, an old friend, the next level, the finals, the festival, tourists, my uncle
1 Write down what a good result for the <t> would be | Describe in three sentences what is to be different for the <t>
1 Find out what others have done in such a case | Ask somebody who has done such a thing before
1 ~ Check rules, permits and costs | Find out which rules apply and what it will cost
1 List what is needed for the <t>: people, things, money | Make a list of what is there and what is missing for the <t>
1 Divide the work into parts with a date each | Break the work down into small steps
1 ~ Ask people to help and share out the parts | Agree on who does what
2 Get what is missing | Buy, borrow or order what is missing
2 Do a small test first | Try the hardest part on a small scale
4 Do the main part of the work on the <t> | Work through the parts for the <t> one by one
1 Check the result and fix what is not right | Compare the result with what you wanted
1 Finish the last parts and tell the people it matters to | Pay what is open and thank everyone who helped with the <t>
`;

/** `phrase` is added to a goal, `step` to its plan: early, in the middle or late. */
export const SIDE_CONDITIONS = `
with {U}: my friend {N} / two friends / my sister / my brother / four colleagues / the neighbours / the whole class / my dad / {N} and {N} / five volunteers
early 1 Agree with <u> on who does what | Talk with <u> about time, money and tasks

must (still|) pass {U}: inspection / the inspection / the safety check / the fire inspection / the health inspection / the exam / customs / the emissions test / the audit
early 1 Ask what is checked to pass <u> | Find out early what <u> looks at
late 2 Prepare for <u> and fix what would fail | Do a trial check before <u>

(and|) (we have|I have) no {U}: compliance officer / budget / garden / car / experience / workshop / treasurer / idea / oven / lawyer / project manager / accountant / room / tools / sewing machine
early 1 Decide how to manage without <u> | Find out who can help, as there is no <u>

(zero|no|little|hardly any) experience with {U}: contracts / permits / engines / children / computers / electricity / stage lights / taxes / horses / knitting / paperwork / wood / large groups / authorities
early 2 Ask somebody who knows about <u> | Learn the basics of <u> or find help with it

(of whom|and) (none|nobody|hardly anyone) can {U}: read music / swim / drive / cook / speak English / sew / read maps / code / sing in tune / use a computer
early 1 Find a way that works although nobody can <u> | Plan the work so that nobody has to <u>

without {U}: a car / money / biting anyone / hurting my back / waking the baby / losing data / a bank loan / closing the shop / spending a fortune / flying / plastic / upsetting the neighbours / stopping production
mid 1 Check every step against the rule: without <u> | Write down what could lead to <u> and how to avoid it

on a (small|tiny|tight) budget: -
early 1 Set a firm limit for the costs | Borrow and swap before buying anything

(money|cash|savings) for {U}: six months / three months / one year / a few weeks / half a year / eight weeks
early 1 Plan the costs so that the money lasts for <u> | Work out how to get by with money for <u>

for {U} people: twelve / thirty / fifty / 80 / 120 / eight / two hundred
mid 1 Check that everything is enough for <u> people | Count places, portions and helpers for <u> people

we have {U} (and no idea|): 200 addresses / 15 volunteers / 300 members / an old van / 2000 photos / a big garden / 40 chairs / three weeks / 900 euros / 120 contacts
early 1 Look through what is there: <u> | Check how good the <u> really are

and (the|a|our) {U} (is against it|only answers letters|never answers|is very strict|wants to see a plan|has doubts): landlord / boss / council / neighbour / bank / board / head teacher / mayor / owner / architect
early 1 Write to the <u> and ask for a clear answer | Convince the <u> with a short written plan

(next to|beside|while having) (a full-time job|two small children|school|my studies|night shifts): -
early 1 Find fixed hours in the week for it | Plan small pieces that fit between other duties

and I (don't know|have no idea) where to (start|begin): -
early 1 Take one hour to collect all open questions | Start with the smallest useful step and a date for it
`;
