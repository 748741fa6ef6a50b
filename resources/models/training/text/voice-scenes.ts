import { paragraphs } from './template.ts';

/** A voice memo without punctuation: one narrator (`me`), other people only quoted. One scene is one to three lines. */
export const VOICE_ACTIONS = paragraphs(`
{um} {B} (would you be so kind and|be so good and|do me a favour and|please go and) [[B: {vp}]]{due?} {yes}

{um} (i think|i guess|so|well) (ill have to|im going to|i better|id better|ive got to) [[me: {vp}]]{due?} {reasonv}

{um} {B} (said|told me|promised) (he would|she would|hed|shed|he will|she will) [[B: {vp}]]{due?} (nice|which is good|great|)

{um} (all of us|all of you|the whole team) [[all: (has to|must|should|needs to) {vp}]]{due?} (no excuses|understood|okay|)

{um} (thats|this is) (a job for|for|something for) {B} so {B} [[B: {vps}]]{due?}

{um} {status} {B} you {aside} [[B: can you {vp}]]{due?} (yeah sure no problem|yes|okay|yeah yeah|yeah ill do that)

{um} {B} did you {vp} (yeah i did|yes) {status} (somebody|someone) has to [[C: {vp2}]]{due?} {um} {C} can you do that (yeah|yes|okay)

its always {np} {B} can you [[B: {vp}]] yeah [[B: ill {vp}]]{due?} (with the rest|on the way|)

{um} {B} and {C} [[B+C: {vp}]]{due?} before the {event}

okay everybody [[all: {vps}]]{due?} or i (decide|get angry|do it) and (you wont like it|nobody wants that|thats that)

nobody did {topic} so everybody [[all: {vps}]]{due?}

so {np} i do that myself [[me: ill get {np} {getdone}]]{due?} because {date} is the {event}

{um} {B} can you [[B: {vp}]]{due?} (yeah|yes) {yes}

{um} {B} you {aside} can you [[B: {vp}]]{due?} (yeah sure no problem|yes okay|yeah fine|sure yeah|okay yes|mhm yes|)

{status}
{um} {B} (could|can|would) you [[B: {vp}]]{due?} {yes}

{um} (somebody|someone) has to [[B: {vp}]]{due?} {um} {B} {aside} (can you do that|could you do it|you do that okay) (yeah sure|yes|okay|yeah fine)

[[~: {np}]] (is|are) (still broken|empty again|not ready|a mess) {um} {B} can you [[B^: (do that|fix that|take care of that|handle it)]]{due?} {yes}

{um} [[me: ill {vp}]]{due?} {reasonv}

{um} [[me: i {vp}]]{due?} {reasonv}

(so|and|okay|then) ({topic}|{np}) i do that myself (i have the {thing}|its quicker|no discussion) [[me: ill {vp}]]{due?}

so {np} i do that myself i have the {thing} [[me: ill {vp}]]{due?} {reasonv}

{um} i (have to|need to|gotta|still have to|should really) [[me: {vp}]]{due?} {reasonv}

(okay|so|and|then|right) {B} and {C} [[B+C: {vp}]]{due?} {reasonv}

(okay|so|and|then) {B} [[B: {vps}]]{due?} {reasonv}

{B} says (she|he) [[B: (will|can) {vp}]]{due?} (good|great|thanks|okay|perfect)

{B} (promised|offered|said yes|agreed) to [[B: {vp}]]{due?} (good|great|thanks|perfect|)

(okay|so|and|um) (everybody|everyone|all of you) [[all: {vp}]]{due?} (or i decide|please|no excuses|and i mean everybody|)

(okay|so|and|um) (everybody|everyone) [[all: {vps}]]{due?} (or {B} gets angry|please|no excuses|me too|)

{status}
who does it {B} no {B} {reasonclausev}
okay i do it [[me: i {vp}]] (but not {date}|) {duestrict}

{status} who does it (um|) {C} (can you|could you) (yeah|yes|okay) so {C} [[C: {vps}]]{due?}

{C} did you {vp} no not yet okay [[C: then please do that]]{duestrict}

{um} its the {thing} its always the {thing} {B} can you [[B: {vp}]] yeah [[B: ill {vp}]]{due?}

{um} {B} will you [[B: {vp}]] (yeah|yes) ill do (it|that){due?}

note to self [[me: {vp}]]{due?}

(dont forget|remember|reminder) [[me: (to|) {vp}]]{due?}

and {B} please [[B: {vp}]]{due?} (thank you|thanks|)

{B} is on {topic} so [[B: (she|he) {vps}]]{due?}

then [[~: {topic}]] {B} [[B^: takes care of that]]{due?}

i told {B} to [[B: {vp}]]{due?} and (she|he) said (okay|yes|fine)

{B} your job is to [[B: {vp}]]{due?} (okay|alright|got it)

i asked {B} if (she|he) can [[B: {vp}]]{due?} and yes (she|he) can
`);

export const VOICE_DECISIONS = paragraphs(`
{B} says {np1} its cheaper and (honestly|) nobody (complained|minded|noticed) so [[=: {np1} (goes in|stays|it is|goes on the list) {np2} is out]]

and um {np1} [[=: {np1} stays (off|out|where it is|as it is)]] its just too (expensive|heavy|old) now

and {topic} from now on [[=: {dec}]] everyone (fine|okay) with that yeah yeah

{um} we said (maybe|either) {np1} (maybe|or) {np2} not both
{B} says {np1} its cheaper (and nobody complained|) so [[=: {np1} (it is|goes in|stays)]]

so [[=: {dec}]] {agreedv}

{um} [[=: {dec}]] {agreedv}

{status} so [[=: {dec}]] (thats decided|everybody nodded|{B} agrees too|thats final|)

{um} [[~: ({topic}|{np})]] [[=^: (stays off|stays out|is out|goes|is off the table|stays)]] its just too (expensive|loud|heavy|much) now i mean {num} come on

{um} from now on [[=: {dec}]] everyone (fine|okay|happy) with that (yeah yeah|yes|okay) (good|so thats fixed|thats fixed then)

and {topic} from {date} on [[=: {dec}]] {agreedv}

we voted {numsmall} to {numsmall} so [[=: {dec}]]

{um} (do we|should we) {decinf} yes or no (yes|yeah|okay yes) so [[=: {dec}]] {agreedv}

{um} we decided [[=: (to {decinf}|{dec})]]

(okay|alright|good) then [[=: {dec}]] {agreedv}

(okay|alright|good) then [[=: lets {decinf}]] {agreedv}
`);

export const VOICE_NOTHING = paragraphs(`
{um} (picture us|think of us) {vpg} (haha|no thanks)

{um} (somebody|someone) will {vp} (some day|one day|sooner or later) (not me|who knows|well see)

{um} {B} was going to {vp} and (did|she did|he did) (good|great)

{um} we should have {vppast} but (too late|well|never mind)

okay is it (recording|on|running) yeah (the light is on|i think so|it says so|it works)

(where do i stop this|how do i stop this thing|is it still recording|i think you press that button|okay bye|thats it|thats all for today)

{um} {status}

{um} {status} {smallv}

the {things} we already (sold|threw away|gave back|got rid of) those so forget the {things}

and {np} (it came|arrived) {pastdate} its (in the {room}|on my desk|on the wall) so thats done

{B} did you {vp} yeah i did {status}

{B} did you {vp} (yes|yeah) (its done|did it {pastdate}|all done) (good|great|perfect)

{um} (the {person} comes|they come|they deliver|the {event} is) {date} {smallv}

{um} maybe we (could|should) {vp} (some day|i dont know|but not now|well see|no forget it)

{B} (wanted|wants) to {vp} but (no|thats too expensive|not now|i said no) {smallv}

{B} is (laughing|late|on holiday|ill|new) {smallv}

what about {topic} (nobody did anything|no idea|i dont know|well see|nothing new)

(uh|um) what else {topic} (yes|right|hm|)

if the {person} (calls|agrees|pays) we (could|might) {vp} but (well see|lets wait|not yet)

i would {vp} but {reasonclausev}

{vpp} {pastdate} (good|thats done|great) {smallv}

thats a lot of (work|typing|money|stuff) who does it {B} no {B} does enough already

{um} (good|okay) next {topic}

{um} do we still need {np} (no idea|dont know|ask me later|maybe)

i (always|usually|never) {vp} {smallv}
`);

export const MINUTES_ACTIONS = paragraphs(`
{B} (is asked|was asked|has been asked|is requested|is instructed|is responsible|undertook|has offered|is happy|is prepared) to [[B: {vp}]]{due?}.

{B} (is in charge of|is responsible for|takes over|looks after|will see to|starts|handles|takes care of) [[B: {vpg}]]{due?}.

(Next step|Next steps|To do|Open point|Assigned to {B}|Job for {B}|{B}'s task)(:| –) {B} [[B: {vps}]]{due?}.

(Assigned to|Job for|For) {B}: [[B: {vp}]]{due?}.

(Until then|In the meantime|Before that|Meanwhile|Afterwards|For the next meeting), {B} (will|is to|has to|shall) [[B: {vp}]].

{B}, (with help from|together with|helped by) {C}, (will|is to) [[B: {vp}]]{due?}.

(All|Everyone|Everybody|Each member|Every team|All present) (is|are) (asked|requested|reminded|invited) to [[all: {vp}]]{due?}.

{B} has no {thing} (for the {room}|). {C} [[C: brings (him|her) one]]{due?}.

{B}: {statusl} {C}: (correct|right), my mistake. [[C: Will {vp}]]{due?}.

{Np} (is|are) missing. {B} [[B: gets {np} {getdone}]]{due?}.

{status} {status} {B} [[B: {vps}]]{due?}.

{B} [[B: {vps}]] as soon as (he|she) has {np2}. {status}

Agreed: [[=: {dec}]].
{B} [[B: (does|takes care of|organises|sees to) (this|that|it)]]{due?}.

{B} needs {np} (first|). {C} [[C: to {vp}]]{due?}.

{B} [[B: {vps}]]{due?}.

{B} to [[B: {vp}]]{due?}.

{B} (will|is going to|has to|must|needs to|shall|agreed to|offered to|promised to|volunteered to|was asked to|undertakes to|is to) [[B: {vp}]]{due?}.

{status} {B} [[B: {vps}]]{due?}.

{status} {B} (will|to) [[B: {vp}]]{due?}.

{status}
{B} [[B: {vps}]]{due?}.

{status}
{B} to [[B: {vp}]]{due?}.

Action: {B} (to|will|) [[B: {vp}]]{due?}.

Action {B}: [[B: {Vp}]]{due?}

ACTION - {B} - [[B: {vp}]]{duepar}

Action item: [[B: {Vp}]] ({B}{duex})

- {B}: [[B: {vp}]]{due?}

- [[B: {Vp}]] (–|-|→|->) {B}{duepar}

- [[B: {Vp}]] ({B}{duex})

* {B} - [[B: {vp}]]{duepar}

[ ] {B}: [[B: {vp}]]{due?}

[ ] [[B: {Vp}]] - {B}{duepar}

TODO {B}: [[B: {vp}]]{due?}

TODO: {B} [[B: {vps}]]{due?}

(Responsible|Owner|Who): {B}. [[B: {Vp}]]{due?}.

[[B: {Vp}]]. (Responsible|Owner): {B}.{Duesent}

{B}: (correct|right|yes|agreed|my mistake), (will|I will|I'll) [[me: {vp}]]{due?}.

{B}: {status} [[me: (Will|I'll|I will) {vp}]]{due?}.

{C} asks {B} to [[B: {vp}]]{due?}. (Agreed.|{B} agrees.|{B} will do it.|)

{B} [[B: {vps}]] as soon as (the {thing} is there|{C} has (answered|confirmed)|he has the {doc}|she has the {doc}|the {person} agrees).

{B} and {C} [[B+C: {vp}]]{due?}.

{B} and {C} (will|to|agreed to) [[B+C: {vp}]]{due?}.

(All|Everybody|Everyone|All members|All staff|All participants) [[all: (to|will|must|are asked to|please|) {vp}]]{due?}.

(Everybody|Everyone) [[all: {vps}]]{due?}.

{B} [[B: {vps}]]{due?}.

{B} [[B: {vps}]]{due?}. {C} [[C: {vps2}]]{due2?}.

[[B: {Obj} to be {participle}]]{due?} (by|through) {B}.

[[who: {Obj} (to be|must be|has to be|needs to be|should be) {participle}]]{duestrict}.

[[~: {Obj}]] {stillopen}. {B} [[B^: {thirdit}]]{due?}.

{B} (reports|says|explains) that {statusl} (He|She) [[B: (will|is going to) {vp}]]{due?}.

{B} gets {np} [[B: {getdone}]]{due?}.

{B} [[B: gets {np} {getdone}]]{due?}.

{B} [[B: brings (him|her|them|{C}) {np}]]{due?}.
`);

export const MINUTES_DECISIONS = paragraphs(`
(After discussion|After a short debate|By consensus|Without objections|With one abstention|On the proposal of {B})(:|,) [[=: {dec}]].

(All agreed|It was settled|The result|Outcome of the vote|Conclusion|Outcome)(:| that) [[=: {dec}]].

{proposalm} discussed. {status}
(Agreed|Decided): [[=: {dec}]].

{status} {month} can't be held.
(Decided|Agreed): [[=: {np} (starts|start|ends|takes place) (in {month}|on {date}) instead of {month2}]].

{B} [[B: {vps}]] as soon as possible. [[=: Extra cost of {num} euros (accepted|approved|agreed)]].

(Decision|Decided|Agreed|Resolved|Resolution|Decision taken|DECISION|Beschluss)(:| -) [[=: {dec}]].

(It was|It has been) (decided|agreed|resolved) (that|to the effect that) [[=: {dec}]].

(It was|We) (decided|agreed) to [[=: {decinf}]].

The (board|team|group|committee|meeting|council|members) (decides|decided|agrees|agreed|resolves|votes) (that [[=: {dec}]]|to [[=: {decinf}]]).

{proposalm} (discussed|was discussed|was put forward). (Agreed|Decided|Outcome|Result): [[=: {dec}]].

{status}
(Decided|Agreed|Decision): [[=: {dec}]].

[[=: {Dec}]] (unanimously|with {numsmall} votes to {numsmall}|by a majority|agreed|decided).

[[=: {Dec}]]. (Unanimous|Carried|Accepted by all|No objections|Approved|All in favour|Vote: {num2} to {numsmall}).

[[=: {Dec} (accepted|approved|confirmed)]].

{B} proposes {decger}. (All agree|Accepted|Approved|Carried|Agreed): [[=: {dec}]].

{B} proposes [[=: to {decinf}]]. (Accepted|Approved|Agreed|Carried|All in favour).

[[=: Extra cost of {num} euros (accepted|approved|is accepted)]].

Vote on {topic}: [[=: {dec}]], {num2} for, {numsmall} against.

[[=: {Dec}]].
`);

export const MINUTES_NOTHING = paragraphs(`
(The idea|The suggestion|The proposal|The wish) to {vp} (was rejected|found no majority|was not taken up|was withdrawn|did not meet with approval).

{B} (recalled|remembered|explained|described|told) how (he|she|they) {vpd} {pastdate}.

(It is|It remains|It was) (unclear|open|not known|to be seen) (whether|if|who) (somebody|anyone|the {person}) will {vp}.

{B} (thanked|praised) {C}, who {vpd} {pastdate}.

(Should|In case) (it|the {person}) (fail|rain|cancel|come to that), {B} (might|could|would) {vp}.

{status} {status} {status}

If the {person} wants {np}, {B} would need (that in writing|an order|more time|a signature). (Nothing ordered so far|Open|Not ordered yet).

{B}: {statusl}

{np} (discussed|mentioned|raised). {status}

{B} needs a (closed|dry|clean|empty) {room}. {month} can't be held.

No meeting on {date}. Next one: {date}, 7:00.

{Np} has been refilled (closed, see no. {num2}).

{status}

{status} {status}

{B} (reports|says|points out|mentions) that {statusl}

{proposalm} (discussed|was discussed), (rejected|no majority|not pursued|no decision|postponed|deferred|taken off the agenda).

{B} (suggests|proposes|suggested) {decger}. (Rejected|No majority|Too expensive|Declined|Not pursued|Postponed to the next meeting|No decision|{C} is against it).

{vpp} (since no. {num2}|{pastdate}|last month) (closed|done|completed|).

{np} (has been|have been|was) {participle} (done|closed|see last minutes|).

{B} (has|had) {vppast} {pastdate}.

If the {person} (agrees|wants more {things}|pays|confirms), {B} (would|could|might) {vp}. (Nothing ordered so far|Open|To be seen|Not decided|).

(The {person}|{N}) (wants|plans|intends|promised) to {vp} {date}. (Noted|We wait|For information|)

(Delivery|The {event}|Start) (promised|planned|expected|announced) for {date}.

(Next meeting|Next one|Next appointment): {date}, {numsmall}:00.

(The {person}|{N}|A neighbour|A member) complains about {np}. (Noted|For information|To be watched|No action).

{B} (thanks|thanked) {C} for {vpg}.

{B} (is away|is on holiday|is absent|will be late) {date}.

{Topic}

Any other business: none.

{np} (works|is running|is working|is fine) again.

{B} wonders whether (to {vp}|we should {vp}|it makes sense to {vp}). (Open|Left open|No conclusion|To be discussed).

(Could|Should) we {decinf}? (Open|To be clarified some day|No decision|Left for next time).

{B} already {vpd} {pastdate}.

{num} {things} (in stock|sold|counted|delivered|booked so far).
`);

export const MAIL_ACTIONS = paragraphs(`
{B}, (may I ask you to|I'd be grateful if you could|it would help if you could|I leave it to you to|I count on you to) [[B: {vp}]]{due?}.

(You can rely on me to|I have promised to|It is on me to|I am happy to|On my side, I will|I'll make sure to) [[me: {vp}]]{due?}.

{B} has (volunteered|promised|kindly agreed|offered|signed up) to [[B: {vp}]]{due?}.

(A request to all of you|One request to everybody|Everyone|Dear all)(:|,) (please|kindly) [[all: {vp}]]{due?}.

{B}, (could|can|would) you (please|) [[B: {vp}]]{due?}? {thanksm}

{B} – (please|can you) [[B: {vp}]]{due?}.

@{B} (please|could you|can you) [[B: {vp}]]{due?}{qm}

[[me: I (will|'ll) {vp}]]{due?}{reason?}.

I('m going to|'ll also| still have to| will) [[me: {vp}]]{due?}.

{B} (will|is going to|has kindly offered to|has agreed to|offered to|promised to|has said he will|has said she will) [[B: {vp}]]{due?}.

{B} [[B: {vps}]]{due?}{reason?}.

{B} and {C} (will|are going to|have offered to) [[B+C: {vp}]]{due?}.

(Could|Can) (everyone|everybody|all of you) please [[all: {vp}]]{due?}?

(Please|Everyone, please|All: please) [[all: {vp}]]{due?}.

(We also need|What's still missing is) [[~: {np}]]. {B}, [[B^: (could you|can you) {vpit}]]{due?}?

{status} {B}, (would you|could you|please) [[B: {vp}]]{due?}.

{status} [[me: I'll {vp}]]{due?}.

{B} was so kind as to take on {np}: (she|he) [[B: will {vp}]]{due?}.

It would be great if {B} could [[B: {vp}]]{due?}.

I (asked|spoke to|talked to) {B} and (he|she) [[B: will {vp}]]{due?}.

(Then|Also|Finally|Lastly), {B} (needs to|has to|should|must) [[B: {vp}]]{due?}.
`);

export const MAIL_DECISIONS = paragraphs(`
(The result|The outcome|In the end|Long story short|To make it official|What we settled on)(:| is that|,) [[=: {dec}]].

(As agreed|As discussed|To sum up|In short|After some discussion|After yesterday's call|So), [[=: {dec}]].

We (decided|agreed|settled on the following:|have decided) (that |to the effect that )[[=: {dec}]].

We (decided|agreed|have decided) to [[=: {decinf}]].

(Decision|The main point|First of all): [[=: {dec}]].

(The vote was clear|Everybody was in favour|Nobody objected): [[=: {dec}]].

(It's official|It's settled|Good news): [[=: {dec}]].
`);

export const MAIL_NOTHING = paragraphs(`
(You'll be pleased|I'm glad|Good) to (know|report) that {B} {vpd} {pastdate}.

(Someone|{B}) (raised|had|mentioned) the idea to {vp}, (but it was rejected|nobody liked it|which we dropped).

(Whether|If) we will {vp} is (open|unclear|another matter).

I hope (you had a good week|this is clear).

(Hi|Hello|Dear) (all|everyone|team|both|{B} and {C}),

(thanks for (coming|joining|your time) today|here's a summary of our meeting|just a quick note after our call|hope you're all well|short summary from me|here is what we talked about).

{status}

{status} {status}

(We talked about|There was an idea|{B} suggested|Somebody proposed) {decger}, but (nobody was keen|that's off the table|we left it open|it's too expensive|no decision yet|we'll come back to it).

{vpp} {pastdate}, (thanks to {B}|so that's done|great work|thank you, {B}).

{B} (has already|already) {vppast}, (thanks|great|so no need to worry).

(Maybe|Perhaps|At some point) we (could|should|might) {vp}, but (that can wait|not now|no rush|let's see).

If the {person} (agrees|pays|confirms), we (could|might) {vp}.

The {event} is {date} (in the {room}|in {N}|at {numsmall}).

(Have a nice weekend|See you {date}|Looking forward to it|Let me know if I forgot anything|Questions? Just ask|Any questions, shout)!

{question}

I {vpd} {pastdate}.

(I'm|{B} is) (away|on leave|on holiday) {date}.
`);
