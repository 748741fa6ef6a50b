import { lines } from './template.ts';

/** What a meeting may settle: `we <verb> …` with the verb's infinitive and gerund, and clauses with a subject of their own. */
export const WE_DECISIONS = lines(`
drop {np}
keep {np}
take {np}
buy {np}
rent {np} (instead of buying (one|it)|)
use {np} (for the {event}|instead of {np2}|)
(stop|start|continue) using {np}
go with {np} (and not {np2}|)
go with the {person}( from {N}|)
stay with {N}
switch to {N}
hire the {person} from {N}
hire {numsmall} (more people|students|temps)( for the summer|)
move the {event} to {date}
move the {event} (online|outside|to {N}|to the {room})
postpone the {event} (to {month}|by two weeks|by a month|until after the {event2}|)
cancel the {event}
cancel {np}
hold the {event} (in {N}|in the {room}|in {month}|on a {weekday}|twice a year|online)
start (at {numsmall}|{numsmall} minutes earlier|with {np}|with the {event}|in {month})
raise the (price|fee|budget|rent|limit|rate) to {num} (euros|)
lower the (price|fee|budget|limit) to {num} (euros|)
set the (budget|limit|deadline|price) (at|to) {num} (euros|)
spend (up to|at most|no more than) {num} (euros|dollars|pounds) on {np}
pay the {person} {num} euros
pay for {np} out of {topic} budget
share {np} with {N}
split {np} (equally|in two|in half|between the teams)
sell {np}
replace {np} (by|with) {np2}
print {num} (copies|of them|flyers|posters|)
order {num} {things}( instead of {num2}|)
support only {N} (and newer|from version {num2} on|)
ship {np} (in {month}|with version {ver}|first|as it is|without {np2})
release version {ver} (without {np}|on {date}|first|)
merge {np} and {np2}
allow {np} (in the {room}|at the {event}|)
ban {np} (from the {room}|)
open (on {weekday}s|at {numsmall}|an hour earlier|only in the afternoon) (from {month} on|)
close (on {weekday}s|at {numsmall}|an hour earlier|in {month}|between the years)
meet (every (second|other) {weekday}|on {weekday}s|once a month|at {numsmall} from now on|in the {room} from now on)
(do|leave|skip|drop) {topic} (this year|this time|for now|)
do (without {np}|it ourselves|it in two steps|both|it like last year)
leave {np} (as (it is|they are)|out|closed|where it is)
(accept|reject|decline) (the offer (from|of) {N}|the quote (from|of) the {person}|{np}|the extra cost of {num} euros)
give {np} to the {person}
paint the {room} (white|yellow|grey|green|blue)
put {np} (in|into|next to) the {room}
write (only|everything) in (English|one document|the wiki)
(charge|take) {num} euros (for {np}|per person|entrance|)
work with {N} (again|)
(sign|extend|terminate|renew) the (contract|lease|agreement) with {N}
stick (with|to) {np}
have {np} (repaired|printed|delivered|built) (by {N}|)
`);

export const CLAUSE_DECISIONS = lines(`
{np} (stays|goes|is out|stays out|is in|stays off|comes back|stays as it is|is dropped|is cancelled|gets replaced|goes on the list|goes on the menu|is off the menu)
{np} (goes|moves) (to|into) the {room}
the {event} (moves to {date}|is cancelled|takes place in {N}|takes place in the {room}|is on {date}|starts at {numsmall}|will be in {month}|is postponed to {month}|happens without {np}|stays on {weekday})
the (budget|limit|price|fee|rate|maximum|minimum) (is|stays at|goes up to|goes down to) {num} (euros|dollars|)
{topic} budget is {num} (euros|)
{N} (gets the (job|contract|order)|is our new {person}|does the catering|is out|is the minimum)
no {things} (in the {room}|at the {event}|this year|any more|on {weekday}s)
no more {things} (in the {room}|from {N}|after {numsmall}|)
{num} (euros|people|copies|pieces|places|days) (instead of {num2}|at most|per person|it is|and no more)
{num} it is
{np} instead of {np2}
{np1} it is
{np} (is|are) (allowed|forbidden|free|optional|mandatory|closed on {weekday}s) (from now on|from {month} on|)
(extra cost|extra costs|costs) of {num} euros (accepted|approved|for {np} approved)
the (deadline|release|start|opening) (is moved|moves|is postponed) to {date}
the (password|colour|name|slogan|motto|theme|date) (is|will be|stays) {invented}
every (team|group|person|department) (gets|has|pays|brings) {num2} {things}
members (pay|get) {num2} euros
the {person} (gets|keeps) {np}
work on {np} starts (on|in) {month} instead of {month2}
version {ver} (ships|comes|is released) without {np}
{np} (gets|will be) (replaced|painted|repaired|sold|extended|boarded up|removed|rebuilt|moved) (with {np2}|this year|in {month}|)
`);
