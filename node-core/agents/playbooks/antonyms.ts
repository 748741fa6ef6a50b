/**
 * Words that exclude each other, a line each, `|` between the sides; a side lists what means much the same. Verbs, nouns and adjectives stand
 * for their regular forms too, `+` for the form alone. Two words for one deal, as lend and borrow, don't exclude each other.
 */
export const verbs = `
increase grow +grew +grown rise +rose +risen climb soar surge | decrease shrink +shrank +shrunk fall +fell +fallen decline drop plunge slump
raise | lower cut reduce
accept approve endorse support favour favor welcome adopt | reject refuse decline oppose veto
allow permit legalise legalize authorise authorize | ban forbid +forbade +forbidden prohibit outlaw
double | halve | triple treble | quadruple
win +won | lose +lost
import | export
+open +opens +opened +opening | +closed +closes +closing shut
+began +begun +begins +started +starts | +ended +ends +stopped +stops +finished +finishes ceased
include contain | exclude omit
hire employ recruit appoint | dismiss sack +fired
praise | criticise criticize condemn
confirm | deny refute
agree | disagree
succeed | fail
improve | worsen deteriorate
strengthen | weaken
widen broaden | narrow
lengthen | shorten
tighten | loosen relax ease
accelerate | slow
save | waste
arrive | depart
create build +built | destroy demolish
attack | defend
encourage | discourage
help benefit | harm hurt damage
cause trigger | prevent avert
remember | forget +forgot
trust | distrust mistrust
hide +hid +hidden conceal | reveal disclose
survive | die
appear | disappear vanish
love | hate
add | remove delete
connect | disconnect
enable activate | disable deactivate
unite merge | split divide separate
gain | lose +lost
convict | acquit
melt thaw | freeze +froze +frozen
heat warm | cool
lock | unlock
encrypt | decrypt
upload | download
overestimate | underestimate
advance | retreat
comply | violate
exceed | undercut`;

export const nouns = `
profit surplus | loss deficit
majority | minority
advantage benefit | disadvantage drawback
success | failure
supporter proponent | opponent critic
buyer | seller
winner | loser
victory | defeat
demand | supply
employee | employer
landlord | tenant
creditor | debtor
entrance | exit
friend ally | enemy
peace | war
top | bottom
minimum | maximum
morning | evening
man men | woman women
boy | girl
mother | father
son | daughter
brother | sister
north | south | east | west
spring | summer | autumn | winter
monday | tuesday | wednesday | thursday | friday | saturday | sunday
january | february | april | june | july | august | september | october | november | december
half +halves | third | quarter | fifth | tenth`;

export const adjectives = `
high | low
large big | small tiny
long | short
old ancient | new modern
old | young
good | bad
+better | +worse
+best | +worst
strong | weak
fast quick rapid | slow
early | late
hot warm | cold cool
wet damp | dry
deep | shallow
wide broad | narrow
thick | thin
heavy | light
hard difficult | easy simple
hard | soft
rich wealthy | poor
cheap inexpensive | expensive costly dear
clean | dirty polluted contaminated
full | empty
public | private
safe harmless | dangerous unsafe harmful hazardous
guilty | innocent
legal lawful | illegal unlawful
possible | impossible
effective | ineffective
efficient | inefficient
true | false
correct | incorrect wrong
accurate | inaccurate
complete | incomplete
visible | invisible
active | inactive
dependent | independent
direct | indirect
regular | irregular
relevant | irrelevant
sufficient adequate | insufficient inadequate
voluntary optional | compulsory mandatory obligatory
permanent | temporary
domestic | foreign
urban | rural
northern | southern | eastern | western
male | female
positive | negative
major | minor
optimistic | pessimistic
present | absent
common frequent | rare
strict | lenient lax
tight | loose
sharp | blunt
smooth | rough
loud noisy | quiet silent
bright | dark
sweet | bitter sour
alive | dead
healthy | sick ill
fresh | stale
raw | cooked
natural | artificial synthetic
internal inner | external outer
upper | lower
vertical | horizontal
wild | tame
honest | dishonest
careful | careless
useful | useless
fertile | barren
superior | inferior
senior | junior
solid | liquid
similar | different
near | far`;

/** As they stand. */
export const others = `
before | after
above | below
up | down
inside | outside
with | without
first | last
often usually frequently | rarely seldom
all every everyone everywhere always | some several sometimes | few
more | less fewer
most | least fewest`;
