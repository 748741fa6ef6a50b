import { items, lines } from './template.ts';

/** Small phrases that the scenes are filled with. `|`-choices allowed, one per line. */
export const YES = lines(`
(Sure|Yes|Yep|Okay|Ok|Will do|Of course|No problem|Fine|Alright|Yeah, sure|Can do|Gladly|On it|Done|Okay, I will|I'll try|Consider it done|Yes, I can do that|Yes, will do|You got it|Absolutely|Happy to|Noted|Okay, noted|If I must|Okay okay|Right away|Good, I'll do that|Sure, no problem|Sure thing|Yeah, fine|Leave it to me|Yes boss|Got it)`);
export const DATE_OK = lines(`
(That works|Should work|That's doable|Tight, but okay|Yes, that works|Works for me|No problem|Easy|I can manage that|{Date} works|{Date} is fine|{Date} it is|Sure, {date}|Okay, {date})`);
export const THANKS = lines(`
(Thanks|Thank you|Great|Perfect|Good|Super|Lovely|Cool|Nice|Brilliant|Wonderful|Thanks a lot|Great, thanks|Good, thank you|You're a star|Excellent|Okay|Fine|Alright|Very good|Thanks, {A})`);
export const ACK = lines(`
(Okay|Fine|Good|Great|Agreed|Yes|Makes sense|Fine with me|Works for me|Finally|About time|Good decision|Nobody will miss it|I can live with that|All right|Sounds good|Perfect|Noted|Got it|Better that way|If you say so|Good call)`);
export const ACK_DONE = lines(`
(Great|Good|Perfect|Nice|Very good|Thanks|Then we can tick that off|Tick|Check|Then that's done|Off the list|Wonderful|Excellent|Good job|Ah, good|Lovely|Then that's settled|One less thing|Glad to hear it)`);
export const REASONS = lines(`
, (before I forget|then it's off the table|I'm there anyway|it's on my way|that's quick|it won't take long|they need it|the {person} is waiting for it|otherwise we lose the slot|I have the {thing} here|I've got the number|it's on my desk anyway|because of the {event}|since {C} is away|so that we're ready|so we know)`);
export const REASON_CLAUSES = lines(`
(I'm in {N} all week|my car is broken|I have no key|I'm on holiday|my kid is ill|I'm full until {month}|the system is down|I've got the {event}|I don't have access|I'm not in {date}|there's no budget|nobody asked me|I don't know how|they never answer)`);
export const REASON_OPT = lines(`
(It's cheaper|It's (too expensive|too late|too loud|too much work|not worth it)|Not with these prices|We have enough of those|{num} euros, come on|The {person} wants it that way|It was nice last year|That saves {num} euros|Everyone liked it|Nobody came last time|It's safer|There's no time|Simpler for everyone|We need the space|And half the work|They were late twice||||)`);
export const SMALLTALK = lines(`
(I thought as much|I figured|Told you|I said so|You did|So I hear|Sounds like {N}|That explains it|Makes sense|Good to know|Good point|Great, tick|Perfect|Sweet|Lovely|Wonderful|Brilliant|Poor thing|Ouch|Oh no|Oops|Oh dear|Ah|Hm|Well).
(They always do that|They never do|She always says that|He does that every year|Nobody will notice|Nobody will cry|It's always the same|It's the season|It's only {numsmall} people|Like every year|Not again|Never again|Old story|Long story).
(Somebody|Someone) (was|must have been) (tired|hungry|you|in a hurry).
(He|She) (is|was|'s) (in the lobby|on the phone|in a queue|on the train|two minutes late|fighting with the door|parking the car|on another call).
(I|We) (can't|couldn't) (hear|see|find) (you|anything|the button|the link).
(Which|Whose) (button|one|meeting|cup|phone) is (it|this|that)?
(Nice|Good|Bad|Strange|Loud) (weekend|lunch|noise|hat|question|idea|start) (then|though|indeed|).
(You too|Same to you|Thanks, you too|Likewise|And you).
(Next|Last|First) (point|item|one|thing|question).
(Shoot|Go ahead|Go on|Tell us|I'm listening|Yes please|After you).
(Two minutes|One second|One moment|Hang on|Wait|Hold on).
(Leaving it|Leave it|Forget it|Never mind then|Dropped|Gone|Too late|Fair enough|So be it|As you wish|Up to you).
(That's everything|Nothing else|Nothing from me|All good here|We're through|That was quick|On time for once).
(Ha|Haha|Very funny|As always|Same here|Don't ask|Tell me about it|Oh well|Who would have thought|Typical|That's life|No comment|I noticed|I thought so|Me neither|Good morning everyone|Hi all|Hello|Morning|Hey|Evening everybody).
(Is everyone here|Are we complete|Can everybody hear me|Can you hear me|Shall we start|Who's missing|Is it recording|Where's {C}|Is {B} coming|Did you have a good weekend|How was the holiday|Is there any coffee left|Who brought the cake)?
(The coffee is (terrible|cold|ready) again|My screen is frozen|You're on mute|I can't hear you|The wifi is slow today|It's freezing in here|Somebody close the window|I have {numsmall} minutes|I have to leave at {numsmall}|Let's be quick|Let's get going|Let's go through it|Okay, let's start).
(Sorry I'm late|{B} is stuck in traffic|{B} says hi|{B} will be five minutes late|The train was late again|The lift is broken again|My dog ate it|I slept badly|What a week|It was a long night|The weather is awful|Finally some sun|My back hurts|I had a look at {N} once).
(Nice one|Well done|Good work|Cheers|Happy birthday, {B}|Congratulations|Welcome, {B}|See you {date}|Have a nice weekend|Bye|Ciao|Talk soon|Enjoy your lunch|Have a good one|That's everything|That's it for today|I think we're done|Meeting closed).
(Nobody reads that anyway|There are only {numsmall} of them left|I know|I hear you|True|Right|Exactly|I see|I remember|Could be worse|It is what it is|No panic|Nobody panics|No worries|Don't worry|Just kidding|I was joking|Never mind|Whatever|Fair|Fair point).
`);
export const STATUS = lines(`
(Roof|Road|Heating|Water|Door|Line|Pipe|Alarm) (tight|closed|on|off|blocked|repaired|cut) since {pastday}.
{num2} (days|weeks|points|people|pieces) (behind|ahead of|over|short of) (schedule|plan|target).
(Two|Three|Four) (rain|sick|lost|quiet) days (this week|since the last meeting|so far).
{np} (went out|came back|arrived|was delivered|was picked up|was sent) {pastdate}.
The {person} (confirmed|agreed|signed|paid|replied) {pastdate}.
(They|She|He) (thinks|hopes|says|believes|guesses) (it'll be|it is|maybe) (in {month}|fine|a bit late|more like {num}).
(That'd be|That would be|That makes|That's) {num} (more|extra|less|euros more|in total).
The {thing} (gets|is getting|got) (wet|hot|loose|dirty|old|louder).
I (can|could) (see|hear|reproduce|smell|confirm) (it|that|the problem).
We (load|store|print|count|check|keep) (every|each|all the) {thing} (twice|at once|by hand|in the {room}).
(Only|Just) {num2} (of|from) {num} (are|were) (left|there|open|missing|any good).
{np} (costs|cost) {num} (euros|) (now|more than last year|a piece|a kilo).
The {person} (wants|would like) to (redo|repeat|move|skip) the {event}.
{N} (has|needs|had|wants) {num} {things} (a day|a week|by then|).
{np} (doesn't|don't) (fit|work|open|close|load|start|print) (in {N}|on {N}|any more|properly|since the update).
(There's|There is) (a problem with|a hole in|something wrong with|a stain on|dust on|no space for|a queue at) {np}.
(It|That) (dies|stops|hangs|breaks|leaks) (when|every time|as soon as) (you open it|it rains|there are more than {num2} {things}|someone prints).
{person} on site {pastdate}.
(The|That) {event} (was|is) (fully booked|cancelled by {N}|quiet|a mess|fun).
(In|For) {month} we (had|have|expect) {num} {things}.
{B} (was|is|went) (at|in) {N} {pastdate}.
{np} (sits|lies|stands|hangs) in the {room}.
(Numbers|Sales|Bookings|Visitors|Costs) are (up|down|stable) by {num2} per cent.
(The|Our) ({thing}|{software}|{room}) (is|was|has been) (broken|down|empty|full|slow|leaking|missing|too old|out of order|stuck|noisy|dirty|still not fixed|offline) (again|since {pastday}|since {pastdate}|).
The ({software}|{thing}|{doc}) (broke|failed|crashed|disappeared|got lost|fell over|froze) (twice|again|{pastdate}|on {pastday}|over the weekend|when it rained).
The {person} (hasn't (answered|called back|paid|delivered|confirmed)|never answers|called {pastdate}|is not happy|complained (again|)|wants more money|cancelled|said yes|sent {np}|wants {np}).
(We|They) (have|had|need|got|lost|sold|ordered|counted) {num} {things}( left| so far| too many| in stock|).
{vpp} {pastdate}.
{np} (is|are) still (missing|open|not there|unclear|in the {room}|at the {person}'s).
{np} (isn't|aren't) (ready|translated|finished|signed|paid|booked|there) yet.
(Everything|All|Most of it) is (booked|done|ready|on track|on schedule|paid|tested).
{num2} of {num} {things} are (done|booked|sold|ready|back).
(It|That) (takes|costs|needs|is) about {num} (euros|hours|minutes|metres|kilos|people).
(I|We) can('t| not|) reproduce it (every time|at all|on {N}).
(The deadline|The {event}|The delivery) (is|was moved to|is planned for) {date}.
(We're|They're) ({num2} days|a week|two weeks) (late|behind|behind schedule|ahead).
{N} (wrote|called|said|told me) that {np} (is|will be) (late|more expensive|cheaper|delayed|cancelled|here {date}).
I (forwarded|sent|gave|showed) (you|them|{C}) {np} {pastdate}.
I (think|guess|heard|read|noticed) (the|that the) {thing} (is|was) (too small|too old|the problem|in the wrong place|gone).
(The|This) {event} (went well|was a success|is full|is sold out|has {num} guests|needs more people|was cancelled).
`);
export const QUESTIONS = lines(`
(Does|Did) (anyone|anybody|somebody) (know|remember|hear) (why|when|how|what) (it|that|{N}) (broke|happened|works|said|wants)?
(Isn't|Wasn't|Aren't) (that|it|those) (done|yours|new|too late|the old one|from {N})?
(Is|Was) (the|our) ({thing}|{room}|{event}) (free|full|open|working|any good|worth it) (again|today|now|)?
(How|What) (long|late|much|far|big) (is it|is that|will it be|was it)?
(Who|Which of you) (has|had|took|saw|knows|wants) {np}?
(Since|Until) when?
(And|But) (who|what|where|why|how)?
(What|Which) (kind|size|colour|number|version|date) (is it|do you mean|was that)?
(Is that|Was that|Is it) (us or them|the new or the old one|the {thing} or the {software}|because of {N}|normal|a problem|still the plan|your idea)?
(How many|How much) ({things}|money|time|people|space) do we (have|need)?
(When|Where|Why) (is|was) the {event}?
(Who|What) (is|was) that?
Do we (still|really|even) (need|use|have|support|want) {np}?
(Has|Did) the {person} (answered|called|paid|say anything|answer|call|pay)?
(What|How) (about|is) {topic}?
(Does|Is) {N} (know|coming|involved|happy|open {date}|aware of that)?
Can (it|that) wait (until {date}|until {month}|a bit|for the next release)?
`);
export const ANSWERS = lines(`
(Went out|Came in|Arrived|Gone|Sent|Signed|Paid) {pastdate}
(Not me|Not mine|Me neither|None of us|Nobody|All of them|Everyone|A few|Most of them|Half of them)
(Since|Five since|Two since) (yesterday|{pastday}|the update)
(On|Off|Open|Closed|Full|Empty|Broken|Fine|Good|Late|Early), (as always|as usual|I think|more or less|thank God)
(No|Yes|I think so|Probably|Not really|Us|Them|Both|Neither|About {num}|{num}|{num2}, I think|Since {pastday}|In the {room}|In {N}|{N}, I think|It depends|Only on {pastday}|Every time|Not any more|Hard to say|As far as I know, yes|No, they can't|No, {status})
`);
export const OPINIONS = lines(`
(I'm for {np}|I'd (take|prefer|say) ({np}|{num}|{num2})|{num} is (too much|enough|too few)|I like (the first|the second|both)|I don't care|Either|Not again|The {person} would like {np}|{num2}, if you ask me|The cheap one|I have no opinion|We had {num} last year|They (preordered|sold|used) {num}|Both are fine|The old one was better)
`);
export const PROPOSALS = lines(`
(What if|How about|Why don't|Maybe|Couldn't|Or) we (just|simply|) {decinf}?
(We could|We might|Perhaps we should|One idea:|I had an idea: we could) {decinf}( instead| as well| for a change|).
(Why not|How about) {decger}?
(I'd suggest|I would suggest|I suggest|I'd like|My idea:) (that we|to) {decinf}.
`);
export const OPTION_QUESTIONS = lines(`
(Do we|Should we|Shall we) (take|use|buy|keep|print|order|go for) {np1} or {np2}?
{Topic}: {num} or {num2}?
{np1} or {np2}, (what do you think|what do we want|opinions|which one)?
(On our own|Alone), or (together with|share with) {N}( again|)?
`);
export const TOPIC_LINES = lines(`
(Next|Next point|Okay, next|Then|And|Now|So|First|Second|Moving on|Right)(:|,) {topic}.
(What about|How about|How is|How's|Any news on|What's up with|Let's talk about|Where are we with) {topic}?
{Topic}. ({B}?|Anything new?|How does it look?|Who knows more?|)
`);
export const PAST_DATES = items(
  `yesterday, last week, last month, this morning already, on Monday already, two days ago, last Friday, the day before yesterday, a week ago, earlier, before lunch already, last night, on Tuesday already, weeks ago, just now, before the meeting`,
);
export const PAST_DAYS = items(
  `last Monday, yesterday, last week, the weekend, last month, last Tuesday, last Thursday, last year`,
);
export const MONTHS = items(
  `January, February, March, April, May, June, July, August, September, October, November, December`,
);
export const WEEKDAYS = items(`Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday`);
