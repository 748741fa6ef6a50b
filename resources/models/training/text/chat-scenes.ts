import { paragraphs } from './template.ts';

/**
 * Scenes of a meeting in which people speak, one per paragraph. `A:`, `B:`, `C:` are speakers.
 * `[[B: …]]` a task that B takes on (`me`: whoever says it, `all`, `who`: nobody named), `[[=: …]]` a decision, `[[~: …]]` what a pronoun
 * stands for; a tag with `^` needs that. Everything else is talk in which nothing is settled, or nothing new.
 */
export const ACTION_SCENES = paragraphs(`
A: {B}, (it would be great if you could|it'd be nice if you|I'd be grateful if you could|could I bother you to|would you be so kind and) [[B: {vp}]]{due?}.
B: {yes}

A: (I'd like|I want|I need) {B} to [[B: {vp}]]{due?}.
B: {yes}

A: {B}, (would it be possible for you to|are you able to|do you have time to|do you think you could|can I ask you to|may I ask you to|can I count on you to) [[B: {vp}]]{due?}?
B: {yes}

A: {B}, (make sure to|remember to|see that you|try to|go and|just|quickly|be sure to) [[B: {vp}]]{due?}, (please|okay|will you|alright).
B: {yes}

A: (If it helps|To speed things up|In the meantime|On my side|From my side|As for me|After lunch|Right after this|First thing|Once we're done here), [[me: I'll {vp}]]{due?}.

A: (I'm happy to|I'm glad to|I don't mind if I|I'd gladly|I volunteer to|I promise to|I commit myself to|I've agreed to|I was asked to|It's on me to|It's my job to|My job is to|My task is to) [[me: {vp}]]{duestrict}.
B: {thanks}

A: (It's your turn to|It's your job to|Your task is to|You're the one to), {B}: [[B: {vp}]]{due?}.
B: {yes}

A: (The plan is that|The idea is that|We said that|It was agreed that|So) {B} [[B: will {vp}]]{due?}.
B: (Right|Yes|That's right|Correct).

A: (Who else|Anyone|Anybody) (could|can|would) {vp}?
B: (I could do it|Why not me|I'm in|Fine, I'll do it|Give it here|I'd do that). [[me^: I'll {vpit}]]{due?}.

A: Let {B} [[B: {vp}]]{due?}, (she|he)'s (good at that|nearby|free).
B: {yes}

A: {B}'s (job|task|homework) (is|will be) to [[B: {vp}]]{due?}.
B: {yes}

A: (Before|Until) {date} (I want to|I have to|I must|I need to) [[me: {vp}]].

A: [[me: I'm {vpg}]] {date}, (so it's done|promise|then it's off the list).

A: [[me: I {vp}]] {due}, (okay|then|as promised)?
B: {thanks}

A: (Okay|Fine|Right), then [[me: I {vp}]]{due?} and [[B: you {vp2}]]{due2?}, {B}.
B: (Deal|Okay|Fine).

A: We (should|need to|have to|must|ought to) [[me: {vp}]]{due?}. (I'll do that|I can do it|I'll take it|Leave it to me|I'll see to it).

A: {np} (needs|need) (fixing|doing|sorting|a check|attention).
B: (I know|Yes). I've put it on my list, [[me: I'll {vp}]]{due?}.

A: {B}, (while you're there|when you're in {N}|when you see the {person}|since you're going anyway), [[B: (could you|can you|please) {vp}]].
B: {yes}

A: {status}
B: {question}
A: {answer} {B}, can you [[B: {vp}]]{due?}?
B: {dateok}

A: (Good|Okay|Perfect|Fine|Right), decided. {B}, (can|could) you [[B: {vp}]]{due?}?
B: {dateok}

A: {ack} And (somebody|someone) (has to|needs to|should|must) [[B: {vp}]]. {B}?
B: (Okay|Sure|Yes|Fine|Will do). {smalltalk}

A: {ack} And (somebody|someone) (has to|needs to|should|must) {vp}. {B}?
B: [[me^: I'll {vpit}]]{due?}, {statusl}

A: [[~: {Np}]] (is|are) still missing, though. [[me: I'll (remind|ask|chase|call|write to) (the {person}|her|him|them)]]{due?}.
B: {ack}

A: {question}
B: (All|Most|Six of seven|Nearly all) (are|is) (done|booked|ready), only {N} is open. [[me: I'll (call|write to|contact|visit) {np} in {N}]]{due?}.
A: {ack}

A: (Oh|Ah|Oh right|Ah yes). (So it is|Found it|Here it is|I see it|There it is). (Then|) [[me: I'll {vp}]]{due?}{reason?}.
B: {thanks}

A: [[~: {Obj}]] (from|of|for) {N}. Who has (it|that|them)?
B: (Not me|I don't|No idea).
C: I (gave|forwarded|sent) it to you {pastdate}, {A}.
A: Oh. (Found it|Right|True). [[me^: I'll {vpit}]]{due?}.

A: [[me: I'll {vp}]], they need (it|the number|that|an answer) {due}.
B: {thanks}

A: {status}
B: {smalltalk}
A: [[me: I (can|could) {vp}]], (whenever I find an hour|when it's quiet|once I'm back|when there's time|between two meetings).
B: {thanks}

A: I'll be (there|in {N}|at the {person}'s) {date}, so [[me: I'll {vp}]] (then|while I'm there|on the way).

A: {B}, [[B: you could {vp}]]{due?}, (couldn't you|can't you|right)?
B: {yes}

A: What's (next|left|missing|still open)?
B: [[~: {Obj}]].
A: (I'm doing that|That's me|I'll take it|Mine). [[me^: {vpit}]]{duestrict}, promise.

A: {B} [[B: to {vp}]]{due?}, (then|and) {C} [[C: to {vp2}]]{due2?}.
B: {yes}

A: (Give me|I need) until {date}, then [[me: I'll {vp}]].
B: (Okay|Fine|Deal).

A: Okay {B}, you're on {topic}. [[B: {Vp}]]{due?}.
B: {yes}

A: (We|They) (still|really|) need [[~: {np}]].
B: I'll [[me^: (get|organise|bring|order|fetch) (them|it|that)]]{due?}.

A: {B}, (can|could|would|will) you [[B: {vp}]]{due?}?
B: {yes}

A: {B}, (can|could) you (please|) [[B: {vp}]]{due?}?
B: {dateok}

A: (And|So|Next|Okay|Right), (can somebody|who can|could someone) {vp}?
B: (I can do that|I can|I'll do it|Me|Let me do it|I'll take that one|That's me|I will). [[me^: (I'll|I can) {vpit}]]{due?}.

A: [[~: {Obj}]] still (isn't done|needs doing|is on the list|isn't sorted).
B: (Right|Yes|Ah|I know|True), [[me^: I'll {vpit}]]{due?}.
A: {thanks}

A: (Who|Which of you|Somebody has to) (takes|is doing|does) [[~: {obj}]]?
B: (I do|I'll do that|Me). [[me^: I'll {vpit}]]{due?}.

A: {status}
B: [[me: I'll {vp}]]{due?}.
A: {thanks}

A: [[me: I'll {vp}]]{due?}{reason?}.
B: {thanks}

A: {smalltalk} (Anyway|Okay|So), [[me: I'll {vp}]]{due?}{reason?}.

A: I('m going to| am going to|'m gonna) [[me: {vp}]]{due?}{reason?}.
B: {thanks}

A: (Let me|I'd better|I'd like to|I want to|I still have to|I need to|I have to|I've got to|I should) [[me: {vp}]]{duestrict}.
B: {thanks}

A: (Leave that to me|I've got this|I'm on it|That's on me|Give it to me), [[me: I'll {vp}]]{due?}.

A: {topicline}
B: {status}
A: (Then|So|Okay, then|Right,) {B}, [[B: (please|) {vp}]]{due?}.
B: {yes}

A: {B}, (please|) [[B: {vp}]]{due?}{reason?}.
B: {yes}

A: {B}, you('ll|'re going to| will) [[B: {vp}]]{due?}, (right|yes|okay|correct)?
B: {yes}

A: {B}, (would you mind|do you mind|any chance of you|could I ask you to look after) [[B: {vpg}]]{due?}?
B: (Not at all|No problem|No, not at all|Sure|Of course|Happy to).

A: (I need|We need|I'd need) [[~: {obj}]] (from|sorted by) {B}. {B}, [[B^: can you {vpit}]]{due?}?
B: {yes}

A: (Somebody|Someone|One of us) (has to|needs to|should|must|ought to) {vp}. {B}?
B: (Fine|Okay|Sure|Alright|Yes), [[me^: I'll {vpit}]]{due?}.

A: (Somebody|Someone|One of us) (has to|needs to|should|must) [[B: {vp}]]{due?}. {B}, (can you|could you|would you|is that something for you)?
B: {yes}

A: (Somebody|Someone) (has to|needs to|should|must) [[B: {vp}]]{due?}. (Volunteers?|Who?|Who's free?|Any takers?|Who wants to?)
B: (I can|Me|I'll do it|I will|I'll take it|Okay, me|Put me down).
A: {thanks}

A: (Should|Shall) I [[me: {vp}]]{due?}?
B: (Yes please|Yes|Please do|That would be great|Good idea|Do that|Go ahead|Oh yes, please).

A: (I could|I can|I'd be happy to|Happy to) [[me: {vp}]]{due?}, if (that helps|you like|you want|nobody minds).
B: (Yes please|That would help|Please do|Great, do that|Perfect, do it|Great, thanks).

A: Do you want me to [[me: {vp}]]{due?}?
B: (Yes please|Please|Yes|That'd be great|Absolutely).

A: {B}, (weren't you going to|didn't you want to|wanted to) {vp}?
B: (I was|True|Ah, I forgot|Not yet|Sorry, forgot|Haven't got round to it). [[me^: I'll {vpit}]]{duestrict}.

A: {B}, did you {vp}?
B: (Not yet|No, not yet|I forgot|Still on my list|No, sorry|Oh no). [[me^: I'll {vpit}]]{duestrict}.
A: {thanks}

A: (What about|How about|And) [[~: {obj}]]?
B: (Nobody has done that yet|Still open|Not done|Open). [[me^: I'll {vpit}]]{due?}.

A: (What about|Any news on|What's the state of) {topic}?
B: {status} [[me: I'll {vp}]]{due?}.

A: {topic1}: {status}
B: (Then|Okay,|So) [[me: I'll {vp}]]{due?}.

A: {status}
B: (Then|So) we (need to|have to|should|must) [[C: {vp}]]{due?}. {C}?
C: (On it|Okay|I'll do it|Will do|Yes, I'll do that|Yes).

A: {B} and {C}, (can you two|could you|will you) [[B+C: {vp}]]{due?}?
B: {yes}
C: {yes}

A: {B} and I [[me+B: will {vp}]]{due?}.
B: (Yes|Right|That's the plan|Exactly).

A: {B} and {C} [[B+C: {vp}]]{due?}{reason?}.
C: {yes}

A: (Everybody|Everyone|All of you|You all), (please|) [[all: {vp}]]{due?}.
B: {yes}

A: (Everybody|Everyone) [[all: {vps}]]{due?}, (okay|please|no excuses|me included)?
B: {yes}

A: We all (have to|need to|must|should) [[all: {vp}]]{duestrict}.
B: {yes}

A: (Please|Could you) all [[all: {vp}]]{due?}.

A: {B}, (your turn|what about you|anything from you)?
B: (Two things|One thing|Yes|Well). [[me: I'll {vp}]]{due?}. (And|Also|Then) [[me: I'll {vp2}]]{due2?}.

A: {B}, (you have|you've got|can you take) [[B: {np}]] (on your list|over|on your plate){due?}?
B: (Yes, will do|Yes|I have|I do).

A: {C} (asked|wrote|called|rang) (about|because of) {np}. {B}, [[B: can you {vp}]]{due?}?
B: {yes}

A: (That means|Which means|So) {B} [[B: {vps}]]{due?}.
B: (Yes|Right|Exactly|Okay|Fine).

A: {B} [[B: {vps}]]{due?} and [[me: I {vp2}]]{due2?}.
B: (Deal|Fine|Okay|Good).

A: {B}, [[B: you {vp}]]{due?}. {C}, [[C: you {vp2}]]{due2?}.
B: {yes}
C: {yes}

A: Can you {vp}{duex}, {B}?
B: (Not {date}|That's too early|Too tight|Hm, tight), but [[me^: I can {vpit}]]{duestrict}.
A: (Good enough|Fine|That works|OK).

A: {B}, can you {vp}?
B: (I'm away|No time|I can't|I'm on leave|Not this week), sorry.
C: [[me^: I'll {vpit}]]{due?} (then|instead|).
A: {thanks}

A: {B}, (can you|could you) {vp}?
B: (No|Sorry|I can't), {reasonclause}.
A: {C}?
C: (Okay|Fine|Sure), [[me^: I'll {vpit}]]{due?}.

A: I (wanted to|was going to|planned to|should) {vp}, but {reasonclause}. {B}, [[B^: could you {vpit}]]{due?}?
B: {yes}

A: (Last thing|One more thing|Also|Oh, and|Before I forget|By the way|Next point), {B}, [[B: can you {vp}]]{due?}?
B: {yes}

A: (Last thing|One more thing|Also|Oh, and|Before I forget|By the way|Next point), [[~: {obj}]].
B: (What about it?|Oh yes.|Ah.|Right.)
A: [[me^: I'll {vpit}]]{due?}.

A: (Last thing|One more thing|Also|Next), [[~: {obj}]]. (Who has that?|Whose is that?|Who was on that?)
B: (Me|I have|Still me|That's mine). [[me^: I'll {vpit}]]{due?}.

A: (Before I forget|Also|Oh): [[me: I (promised to|promised I'd) {vp}]]{due?}.

A: (Can we|Could we) get [[B: {np} {getdone}]]{due?}? {B}?
B: {yes}

A: {status}
B: (Annoying|Hm|Oh dear|Not good|Again?).
A: {B}, [[B: (have a look at|take care of|look after|see to) {np}]]{due?}, (please|will you|okay)?
B: {yes}

A: {status} [[me: I'll (look into|take care of|see to|deal with|sort out) {np}]]{due?}.

A: (I'll|I will) [[me: remind {pronoun}]]{due?}, {status}

A: {status} [[me: I'll (give|send|write|get) {pronoun} (a call|a mail|a message|a ring|an email|a reminder)]]{due?}.

A: The {person} (wants|needs|asks for|is waiting for) [[~: {np}]].
B: [[me^: I'll (send it|bring it|get it to them|send them that|give it to them|take care of it|handle that)]]{due?}.

A: (When|By when) do you (want|need) [[~: {obj}]]?
B: {Due} (would be good|please|if you can|at the latest).
A: (Okay|Fine|You'll have it|Will do), [[me^: I'll {vpit}]].

A: (I'm seeing|I'm meeting|I'll see) the {person} {date} anyway, [[me: I'll {vp}]] (then|when I'm there|while I'm at it).

A: [[me: I'll {vp}]] (as soon as I can|when I have a minute|as soon as {someone} is back|once the {thing} is there|when I get to it|after the {event}|sometime|whenever there's time).
B: {thanks}

A: (I can|I'll) [[me: {vp}]], (whenever I get to it|no rush though|no date yet|once things calm down|when it's quieter).
B: {thanks}

A: [[B: {vp}]], {B}, (please|would you|okay|will you){due?}.
B: {yes}

A: (So|Okay), to do for {B}: [[B: {vp}]]{due?}.
B: (Noted|Got it|Okay|Yes).

A: (I'll put|I put|I'm putting) {B} down for [[B: {vpg}]]{due?}.
B: (Fine|Okay|Go on then|Alright).

A: {B} (is going to|will|said she'll|said he'd|has promised to|offered to|agreed to) [[B: {vp}]]{due?}.
C: {thanks}

A: {B} (can't be here|is ill|is late) (today|), but (she'll|he'll|they'll) [[B: {vp}]]{due?}.

A: (We agreed that|As agreed,|To recap:|So again:|For the minutes:) {B} [[B: {vps}]]{due?}.
B: (Yes|Correct|Right).

A: (Could|Can) one of you [[B: {vp}]]{due?}?
B: (I'll do it|I can do that|Me|I will|Sure, I'll do it).
`);

export const DECISION_SCENES = paragraphs(`
A: (Here's what we do|This is the plan|So the result is|The outcome|Our decision|We've decided|We concluded|It's clear then|So be it|For the record|Let me sum up)(:| –|,) [[=: {dec}]].
B: {ack}

A: (Is it okay if|Can we say that|Shall we say) [[=: {dec}]]?
B: (Okay|Yes, let's say so|Fine, decided|Do it).

A: {proposal}
B: (Love it|Yes|In|Sold|Let's do it|I'm in).
A: (Sold|Done|Done then|Good, that's settled), [[=: {dec}]].

A: I('ve| have) (thought about it|made up my mind|talked to {N}|asked around), (and|so) [[=: {dec}]].
B: {ack}

A: (All in favour of|Those for) {decger}? (Four|Five|All|Everybody). [[=: {Dec}]].
B: {ack}

A: (Drop it|Leave it|Keep it|Do it). [[=: (From {month} on, |From version {ver} on, |From now on, |){dec}]].
B: {ack}

A: (No|No no|Nope). [[=: We (take|use|keep|stay with|live with) {np} (we have|as it is|from last year|)]].
B: {smalltalk}

A: (then|So|Okay, then) [[=: we {decinf} and (leave|keep|drop|move) {np2} (for later|to {month}|as it is|)]]. (Everyone ok|All fine|Okay for everyone) with that?
B: (Yes|Fine|Yep|Sure)
C: (Yes, {statusl}|Fine|Works)

A: {Np1} (on our own|alone|ourselves), or (share|split) (it|) with {N} again?
B: (Share|Split). (It was nice|It's half the money|Cheaper).
A: (Agreed|Good), [[=: we (share|split) {np1} with {N}]].

A: (By the way|Also|Oh), do we (keep|still use|still need|support) {np}? {status}
B: (Drop it|Get rid of it|No). [[=: {Dec}]].
C: {smalltalk}

A: {Topic}. {num} or {num2}?
B: (The|They) {person} (ordered|wants|asked for) {num}.
A: [[=: Then {num}]].
B: {ack}

A: [[=: {np1} (it is|wins|goes in), {np2} (is out|stays out|has to go)]]. {reasonopt}
B: {ack}

A: (So|Okay|Right|Then|Alright), [[=: {dec}]]. (Everyone|Everybody|All) (ok|okay|fine|happy|agreed) with that?
B: (Yes|Yep|Fine|Sure|Works for me).

A: (Decided|Agreed|Settled|Okay, decided|Then it's decided)(:| then:|,) [[=: {dec}]].
B: {ack}

A: {proposal}
B: (Yes|Agreed|Good idea|I'm for it|Sounds good|Makes sense).
C: (Me too|Same here|Fine with me|Agreed|Yes).
A: (Good|Then|Okay|Right), [[=: {dec}]].

A: (I think we should|I'd say|I propose|My suggestion:|I vote that) [[=: {dec}]].
B: (Agreed|I agree|Yes, let's do that|Yes, decided|Okay, let's).
C: (Fine|Agreed|Yes).

A: {optionq}
B: {Short}. {reasonopt}
A: (Agreed|Fine|Good|Okay|Right), [[=: {dec}]].

A: (We have to decide|We need a decision|Let's decide)(:| about| on) {topic}.
B: {opinion}
C: {opinion}
A: (Okay|Right|Good|Then), [[=: {dec}]].
B: {ack}

A: [[=: {dec}]], (that's decided|we said so|that's settled|it's decided|final).
B: {ack}

A: [[=: {dec}]]. (Any objections?|Objections?|Anyone against?|Everyone in favour?|Hands up?)
B: (No|None|No objections|Nope|In favour|None from me).
A: (Good|Carried|Then that's decided|Unanimous|Great).

A: (Let's|Then let's|Okay, let's|Right, let's) [[=: {decinf}]].
B: {ack}

A: (We'll|Then we'll|Okay, we'll|So we) [[=: {decinf}]]. {reasonopt}
B: {ack}

A: (Do we|Should we|Are we going to|Shall we) {decinf}?
B: (Yes|I'd say yes|Definitely|Of course|Please).
A: (Okay|Good|Fine), [[=: {dec}]].

A: (Do we|Should we|Are we going to) {decinf}?
B: (No|Rather not|Please not|No way).
A: (Okay|Good|Fine|Right|Then), [[=: {dec}]].

A: {status}
B: (Then|So) [[=: {dec}]].
A: (Agreed|Yes|Okay|I agree|Right).

A: (From {date} on|From now on|Starting {date}|As of {date}|From next season|Until further notice), [[=: {dec}]].
B: {ack}

A: [[=: (From now on|As of {date}|From {date} on|Starting next month|With immediate effect),? {dec}]].
B: {ack}

A: {proposal}
B: (No|Too expensive|Not this year|I don't like it).
A: (Okay|Fine|Right|Alright), [[=: we keep {np}]].

A: {np1} or {np2}?
B: (The first|The second|The former|The latter|{np1}|{np2}).
A: (Agreed|Good|Okay), [[=: we (take|go with|choose|buy|use) {np1}]].
B: {ack}

A: [[~: {Topic}]]. {num} or {num2}?
B: {opinion}
A: (Then|Okay,|Fine,|So) [[=^: {num}]].
B: {ack}

A: [[~: {Topic}]]: (yes or no|in or out|keep it or drop it|now or later)?
B: [[=^: (Drop it|Keep it|Later|Out|Yes, we do it|No, we leave it)]].
C: (Agreed|Yes|Fine|Okay).

A: (Can we|Could we|May I) (drop|close|skip|cancel) {topic}?
B: (Yes|Fine by me|I think so). [[=: We (drop|close|skip|cancel) {topic}]].

A: (The vote|Vote|Show of hands): {num2} for, {numsmall} against. [[=: {Dec}]].

A: {B} and I (talked|spoke) about {topic}, (and|) [[=: we decided (that|) {dec}]].
C: (Good|Okay|Fine with me).

A: [[=: {Dec}]]. (End of discussion|No discussion|That's it|That's my decision|I've decided that).
B: {ack}

A: (The board|The boss|The client|{N}) (has decided|decided|says): [[=: {dec}]].
B: {ack}

A: (I don't want|We don't need|No need for) {np}. [[=: {Dec}]].
B: {ack}

A: (We go with|We take|We're going with|Let's go with|We stick with|Let's stick with|We settle on) [[=: {np}]]. {reasonopt}
B: {ack}

A: (So|And) {topic}?
B: [[=: {Dec}]]. {reasonopt}
A: (Agreed|Okay|Good).

A: (So it's final|That's final then|Right then|So)(:|,) [[=: {dec}]].
`);

/** Talk in which no task is given and nothing is decided. */
export const NOTHING_SCENES = paragraphs(`
A: (In theory|Ideally|One day|If we were rich|Some day|Normally) (we|I|somebody|one) (would|should|could) {vp}.
B: (In theory|Ha|True|Dream on|If only).

A: (Had we|If we had) {vppast}, (it would be fine now|nobody would complain|we'd be done).
B: (Too late|True|Next time).

A: (We|I|They) (should have|could have|would have|might have|must have) {vppast}.
B: (Yes|True|Too late now|Who knew).

A: (I was going to|I wanted to|I nearly) {vppast}, but (then I didn't|it's not needed any more|{C} was faster|I let it be).
B: (Good|Wise|Fine).

A: (Imagine|What if) (someone|we had to) {vp}.
B: (Please no|Funny|Let's not).

A: (They|The {person}|Somebody else|Another team) (will|should|can|has to) {vp}, (not us|that's not our problem|not our job|luckily).
B: {smalltalk}

A: (I tried to|We tried to|{B} tried to) {vp}, (no luck|it didn't work|but it's hopeless|without success).
B: {smalltalk}

A: (Whether|If) we {decinf} (at all|), (is another story|we'll see later|depends on {N}|remains open).
B: (Okay|Right|Parked).

A: (I'm thinking about|I'm considering|I've been thinking of) {vpg}.
B: (Think again|Don't|Hm|Not on our time|Better not).
A: (Okay|Fine|You're right|It was just a thought).

A: (It took|It takes) {num2} (minutes|hours|days|people) to {vp}.
B: {smalltalk}

A: Do you (remember|know) how {B} {vpd}?
B: {smalltalk}

A: {B} (at last|actually|even) {vpd} {pastdate}.
C: {ackdone}

A: (I hate to|I love to|I refuse to|Nobody likes to|It's fun to|It's hard to|It's not easy to) {vp}.
B: {smalltalk}

A: (Why|How) (would|should) (anyone|we|I) {vp}?
B: {smalltalk}

A: (You said you'd|You promised to|You wanted to) {vp}.
B: (And I did|Done long ago|Which I have done|I did, {pastdate}).
A: (Ah|Sorry|Oh, good).

A: {question}
B: {answer} {status}
A: {smalltalk}
B: {smalltalk}

A: {Topic}. {question}
B: {status}
C: {smalltalk}

A: {status} (That'd|That would) (cost|take|mean) {num} (more|hours|euros).
B: (No|Nope|Not now|Forget it). {reasonopt}
A: {smalltalk}

A: If (she|he|they) (can't|can|won't|says no), we (might|may|could|would) have to {vp}.
B: (We'll see|Let's see|Not yet|No panic|One step at a time)( in {month}|).

A: I {vpd} and (uploaded it|sent it|it's done|it works|put it on the wall) (already|{pastdate}|).
B: {ackdone}

A: (They|She|He) could {vp} (until (the {thing} is there|it's fixed|then)|meanwhile|).
B: (Makes sense|True|Good idea|Maybe|They know that).

A: {B} (was|is) (going to|supposed to|meant to) {vp}.
B: (Did it|Have done|Done, look|I did, {pastdate}|Was, and did).
A: {ackdone}

A: {C} once (suggested|wanted) {decger}.
B: That was you, and no.
A: {smalltalk}

A: {smalltalk} {status}
B: {question}
C: {answer}
A: {smalltalk}

A: {np}. (Is that|Was that) (us|you|new|on the list)?
B: {answer}

A: Did {np} (go out|arrive|come|work)?
B: (Went out {pastdate}|It did|Yes, {C} has confirmed|Came {pastdate}), {statusl}
A: (Great, tick|Tick|Good|Off the list).

A: {smalltalk}
B: {smalltalk}

A: {smalltalk}
B: {smalltalk}
C: {smalltalk}

A: {topicline}
B: {status}
A: {ackdone}

A: {status}
B: {question}
A: {answer}

A: {proposal}
B: (No|Nah|Rather not|I don't think so|Sweet, but no|Nice idea, but no|Not really|Please not). {reasonopt}
A: (Okay|Fine|Fair enough|Just an idea|Had to ask|Alright|It was worth a try|Too bad).

A: (We could|One could|Maybe we could|What if we|How about we|Perhaps we should) {vp}?
B: (No|Not now|Too much work|That's overkill|Leave it|Not worth it|Let's not|Another time|No money for that|We tried that last year).
A: (Okay|Fine|Alright|Fair enough|I see).

A: (Should|Shall|Could) I (also|) {vp}?
B: (No|No need|Not necessary|Leave it|Don't bother|No, that's fine|No, {C} did that|It's done already|Not yet|Let's wait with that).
A: (Okay|Fine|Even better|Good|Leaving it|Right).

A: (I'll|I can|I could) {vp}.
B: (No need|No, leave it|Don't|Not necessary|Wait with that|Please don't|That's done already|{C} already did|No, no, I've done that).
A: (Ah, okay|Even better|Fine|Good|Oh|Okay, then not).

A: I (might|may|could|would|'d love to) {vp}, (if I ever find the time|if there's ever time|some day|maybe|one day|if I have nothing else to do|but I don't promise anything|but who knows|let's see).
B: (If|Yes, yes|We'll see|One day|Sure, some day).

A: (Maybe|Perhaps) I('ll| will) {vp}, (not sure yet|I don't know yet|we'll see|depends on the weather|depends).

A: If (the {person} (agrees|says yes|calls back|pays)|it rains|they (say no|don't come|are late)|we get the money|there's any money left|that doesn't work|it breaks again), (we (could|might|would have to|'d need to)|I'd (have to|)|{B} would (have to|)) {vp}.
B: (We'll see|Let's wait|Let's hope not|One thing at a time|Not now|Let's see first).

A: (We'll see|Let's see|Let's wait and see) (about {topic}|in {month}|how it goes|what {N} says|after the {event}).

A: {B}, did you {vp}?
B: (Yes|Yes, {pastdate}|Done|Did it {pastdate}|Already done|Yes, it's done|Sure, {pastdate}|All done).
A: {ackdone}

A: {B}, (weren't you going to|didn't you want to) {vp}?
B: (I was, and I did|I did|Was, and have|Done|I have|Did that {pastdate}|It's on your desk|It's in your inbox).
A: (Oh|Ah|Sorry|So it is|Missed that|Right).

A: (Is|Are) {obj} (done|ready|finished)?
B: (Yes|Yes, since {pastday}|{C} did that|Done|Finished {pastdate}|All done|Yes, all of it).
A: {ackdone}

A: (I|I've|I have) (already|) {vpd} {pastdate}.
B: {ackdone}

A: {B} (already|) {vpd} {pastdate}.
C: {ackdone}

A: {vpp} (already|{pastdate}|all).
B: {ackdone}

A: (The {person}|{N}|They) (wanted to|will|is going to|promised to|said they'd) {vp} {date}.
B: (Good|We'll see|I'll believe it when I see it|About time|Finally|Fingers crossed).

A: (The {person} comes|The {thing} (comes|arrives)|They (come|deliver)|{N} opens|The {event} is|The {event} starts) {date}.
B: (Good|Good to know|Okay|At last|Already?|At what time?).

A: (I'm|I'll be|{B} is) (off|away|on holiday|on leave|at the dentist|in {N}|late|out of office|not in) {date}.
B: (Lucky you|Okay|Enjoy|Noted|Good to know|Have fun).

A: I (always|usually|never|often) {vp} (on Fridays|in the morning|when it rains|myself|at the last minute).
B: {smalltalk}

A: (Who|When did you|How did you|Why did they) {vpd}?
B: (No idea|Not me|Long ago|Somebody from {N}|Don't ask).

A: {question}
B: {answer}

A: {question}
B: (No idea|I don't know|Good question|Ask me tomorrow|Who knows|Nobody knows|Depends).
A: (Hm|Okay|Well|Let's leave that open|Let's come back to that).

A: (Somebody|Someone) (should|really should|ought to) {vp} (some day|at some point|one of these years|).
B: (Yes|True|Ha|Some day|Dream on|In theory).
A: (Not today|Next topic|Anyway|Not us|Not now).

A: (Let's|Can we|We should|We'll) (talk about|come back to|discuss|look at|park|postpone) {topic} (next time|later|another day|next week|in the next meeting|when {B} is back).
B: (Okay|Fine|Yes).

A: (Nobody|No one) (needs to|has to) {vp}, (it's done|that's over|not any more|{N} does that).

A: (You|We) don't (need to|have to) {vp}( any more| anymore|), (that's done|the {person} does it|it's sorted|they cancelled).
B: (Oh good|Great|Even better|Perfect).

A: I would {vp}, but {reasonclause}.
B: (Never mind|Then leave it|No worries|Then not|It can wait).

A: I'd {vp} if (somebody paid me|I had the time|they let me|it were up to me|I knew how).
B: {smalltalk}

A: {C} (once|) suggested (that we|we should) {vp}.
B: (And|Yes, and) (we said no|nobody wanted it|it was a bad idea|that was years ago|I still don't like it).

A: (I wish|It would be nice if) (someone|somebody|we) (would|could) {vp}.
B: (Dream on|True|Maybe next year|One day|Ha).

A: (Did anybody|Has anybody|Did anyone) {vpd}?
B: (Not me|No|Nobody|I don't think so).
A: (Not urgent|Doesn't matter|Okay, it can wait|Never mind|Leave it for now).

A: (Can|Could) we (still|) {decinf}?
B: (Not before {date}|Technically yes|Only with {N}|That costs extra|I'd have to ask).
A: (Hm|Let's think about it|Not today|We'll leave it open|No decision today|Let's sleep on it).

A: {proposal}
B: (Hm|Not sure|Maybe|Interesting|I'd like to think about it|Let me think about it|Could be).
A: (Let's come back to it|No decision today|We'll see|Next time|Open, then|We leave it open).

A: {optionq}
B: {opinion}
C: {opinion}
A: (We won't settle that today|Let's sleep on it|Open|Next time|Let's ask {N} first|No decision then).

A: {thanks} (Anything else?|Any other points?|That's all|Next topic|Good|What else?)
B: (No|Nothing from me|Not from my side|I'm good|That was it).

A: (The {thing}|The {doc}|{N}) (is|was) (great|a disaster|really good|much better|cheaper than I thought|too loud|beautiful|a nightmare).
B: {smalltalk}

A: {status}
B: {smalltalk}

A: {status}
B: {status}
A: {ack}

A: (Thanks|Thank you) for {vpg}, {B}.
B: (No problem|You're welcome|Sure|It was fun|Any time).

A: {vpg} took (ages|three hours|the whole morning|longer than expected).
B: (I believe it|Poor you|As always|Ouch).

A: {B} still hasn't {vppast}.
B: (I know|Sorry|Yes, yes|It's on my list|I'm aware).

A: I (can't|couldn't|won't be able to|don't have time to) {vp}.
B: (Okay|Too bad|Never mind|Then not|Fine, it's not important).
`);
