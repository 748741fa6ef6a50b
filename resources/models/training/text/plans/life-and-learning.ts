/** More kinds of goals; the format is described in `events-and-work.ts`. */
export const LIFE_AND_LEARNING = `
goal: (learn|improve|practise|brush up|start learning|study) (some|my|a bit of|basic|) {T} (for {U}|with {U}|) | (speak|understand) {T} (by|well enough for) {U} | learn {T} from zero
T: Spanish, French, Italian, Portuguese, Turkish, Arabic, Japanese, Mandarin, Polish, Czech, Finnish, Danish, Dutch, Greek, Latin, Welsh, Irish, Hebrew, Swahili, Korean, Hungarian, Russian, Hindi, Esperanto, Icelandic, sign language, Catalan, Basque, business English, Ukrainian, Vietnamese, Farsi, Romanian, Norwegian, Croatian, Thai
U: our trip, my new job, the neighbours, my in-laws, the move, my grandchildren, the holidays, an exam, the choir tour
1 Decide what you want to be able to say in <t> and by when | Set a small goal: ten minutes of talking in <t>
1 Choose one course or book for <t> and stay with it | Find a <t> course that fits your week
1 Learn the sounds and the fifty most common words of <t> | Get the pronunciation of <t> right from the start
5 Study <t> for twenty minutes every day | Learn ten words and one pattern of <t> a day
1 ~ Find someone to speak <t> with once a week | Look for a language partner or teacher for <t>
3 Listen to <t> daily: radio, songs, series | Watch short films in <t> with subtitles
3 Write a few lines in <t> and have them corrected | Keep a tiny diary in <t>
1 Take a test to see what is missing | Check your level in <t> and adjust the plan
2 Use <t> in real life: order, phone, travel | Hold a whole conversation in <t>

goal: learn (to play |)(the |){T} (with {U}|at {U}|) | (learn|start) (the |){T} (as an adult|) | play {T} at {U}
T: guitar, piano, violin, cello, drums, flute, accordion, harp, banjo, ukulele, trumpet, saxophone, clarinet, bagpipes, organ, harmonica, double bass, mandolin, bass guitar, tin whistle, hurdy-gurdy, viola, trombone, oboe, zither, steel drum, kora, sitar, concertina, handpan
U: my daughter's wedding, the summer party, a pub session, the carol service, the age of sixty, church, the camp fire, open mic night, a friend
1 Choose three pieces you want to play on the <t> | Pick one easy piece for the <t> as the first goal
1 Borrow or rent a <t> before you buy one | Get a <t> that is in tune and fits your hands
1 Find a teacher for the <t> and book five lessons | Look for a <t> teacher or a good beginner's course
1 ~ Fix a place and a time to practise every day | Plan twenty minutes a day and talk to the neighbours
2 Learn posture, tuning and the first notes | Get the basics of the <t> right: posture, sound, rhythm
5 Practise slowly with a metronome | Work on hard bars of the piece one by one
2 Play along with recordings or with others | Find people to play the <t> with
1 Record yourself and listen for what to improve | Make a recording once a week
2 Play the pieces for a friend | Do a small rehearsal concert at home
1 Perform on the <t> | Play in front of people and enjoy it

goal: (learn|sing|rehearse|practise|perform) (two|four|five|some|a few|) {T} with {U} | (teach|show) {U} (two|some|a few|) {T} | (start|found) a (choir|band|singing group) for {T}
T: Bulgarian songs, sea shanties, gospel songs, madrigals, lullabies, Sardinian songs, yodel songs, barbershop songs, Corsican chants, folk songs, rounds, carols, part songs, opera choruses, Finnish tangos, Irish reels, protest songs, a cappella songs, Balkan dances, canons, Georgian chants, country dances, Ukrainian songs, four-part hymns, Estonian runo songs
U: six friends, four friends, my colleagues, the neighbours, three singers, children, my family, beginners, people who can't read music, eight women, the staff
1 Choose the <t> and find recordings of each voice | Pick <t> that suit the voices you have
1 ~ Ask everyone which voice they sing and when they can come | Sort the voices: high, middle, low
1 Find somebody who knows these <t> and can teach them by ear | Look for a singer or teacher who knows the <t>
1 Make a recording of each part to learn by ear | Record each voice of the <t> separately
2 Write out the words and practise how they sound | Learn text and pronunciation of the <t>
4 Learn the <t> voice by voice, line by line | Rehearse each voice alone, then two together
1 ~ Fix one evening a week and a warm room | Agree on a place and a regular time to rehearse
3 Put all voices together slowly | Sing the <t> together and listen to the chords
1 Record a rehearsal and correct pitch and rhythm | Listen to a recording and work on the weak spots
1 Sing the <t> for a small audience | Perform the <t> in front of friends

goal: (learn|get better at|start|take up|try) {T} (with {U}|for {U}|) | learn (how to do |){T} | (teach myself|get into) {T}
T: pottery, knitting, crochet, weaving, calligraphy, watercolour painting, drawing, woodcarving, blacksmithing, bookbinding, photography, film editing, bread baking, cheese making, brewing, juggling, chess, bridge, sewing, embroidery, origami, glass blowing, stone carving, basket weaving, beekeeping, archery, fencing, astronomy, bird watching, mushroom picking, cooking, barista skills, public speaking, touch typing, programming, drone flying, lock picking, magic tricks, improv theatre, tango, salsa, swing dancing, meditation, first aid, sailing, surfing, climbing, ice skating, skiing, unicycling, scuba diving, fly fishing, gardening, soldering, leatherwork, mosaic, screen printing, dry stone walling, thatching, felting
U: my son, a friend, the family, presents, the winter, work, charity, my health
1 Decide what you want to be able to do in <t> | Choose a first small project in <t>
1 Find out how other people started with <t> | Read or watch an introduction to <t>
1 ~ Borrow the basic equipment for <t> | Get only the tools that a beginner in <t> needs
1 Join a course or a club for <t> | Find a teacher, class or group for <t>
3 Practise the basic moves of <t> | Do the simplest exercise in <t> ten times
4 Practise <t> twice a week | Reserve two fixed hours a week for <t>
3 Make or do a first complete piece | Finish the first small project, even if it is not perfect
1 Show it to someone with experience and ask what to change | Get feedback on your <t>
3 Do a second, harder project | Raise the difficulty step by step
1 ? Share the result and decide how to go on with <t> | Show friends what you have learned in <t>

goal: (train|teach|get) (my|a|our|the) {T} to {U} | teach (my|our) {T} (to|how to) {U} | {U} with (my|a|the) {T}
T: dog, puppy, rescue dog, pony, horse, goat, alpaca, llama, cat, parrot, rabbit, sheep, ox, mule, pig, hen, falcon, rat, sheepdog, guide dog, young mare, ferret, crow, camel, Shetland pony, terrier, greyhound, calf, foal, lamb, goose
U: walk on a lead, come when called, pull a cart, walk in the parade, stay calm in traffic, fetch the paper, walk in the Christmas play, jump over a fence, travel in a trailer, stand still for the vet, herd geese, sleep in the crate, walk in the harvest procession, take part in the carnival, find truffles, visit the nursing home, stop barking, carry a saddle, use the litter box, go through a tunnel, dance
1 Let a vet check the <t> for pain and health | Make sure that the <t> is healthy and up to the task
2 Win the trust of the <t>: quiet time and food every day | Spend time with the <t> until it comes on its own
1 Find out which reward the <t> works for | Choose a reward and a signal for the <t>
2 Get the <t> used to collar, halter or harness | Let the <t> wear its gear for a few minutes a day
4 Practise in short steps, five minutes twice a day | Train the <t> in small steps and reward each one
2 Teach the <t> to stop, stand and wait on a signal | Work on standing still and being touched
2 ~ Watch for biting, kicking or fear, and end before it gets too much | Learn to read ears, eyes and tail of the <t>
3 Add noise, people and distractions one at a time | Get the <t> used to crowds, music and strangers
2 Rehearse at the real place with the people involved | Do a full rehearsal and keep a second helper ready
1 ? Agree on a plan B in case the <t> does not want to | Have a calm way out for the <t> on the day
1 Let the <t> show what it can do | Do the real thing: arrive early, stay calm, reward at the end

goal: (adopt|get|keep|raise|look after|breed) (a|two|some|our own) {T} (in {U}|on {U}|) | {T} in {U} | start keeping {T}
T: cat, dog, rescue dog, hens, ducks, bees, goats, rabbits, guinea pigs, sheep, alpacas, goldfish, tortoise, budgies, quails, ponies, donkeys, silkworms, pigeons, geese, aquarium fish, hamster, lizard, snails, pigs, ferrets, racing pigeons, highland cattle, turkeys
U: a small flat, the garden, the city, the school, our farm, the allotment, the kindergarten, the roof
1 Read about the needs of <t> and talk to a keeper | Find out what <t> need: space, food, company, time
1 Check rules, landlord and neighbours | Ask landlord, council and neighbours about <t>
1 Work out the yearly cost: food, vet, insurance | Make a budget with a reserve for the vet
1 Agree at home on who does which job | Share out feeding, cleaning and holidays
3 Prepare the place: shelter, fence, shade | Build or buy the housing for the <t>
1 ~ Choose a shelter or breeder you can visit | Look for a trustworthy source and visit twice
1 Buy food and equipment | Get feed, bedding and a first aid kit
1 Bring the <t> home on a quiet day | Fetch the <t> and give them time to settle
1 Register, vaccinate and mark the <t> | Go to the vet for a first check
3 Build a daily routine | Check health, food and water every day

goal: (run|finish|train for|prepare for|complete|do) (a|my first|the|my) {T} (in {U}|) | train for (a|the) {T} | (get fit|get in shape) for (a|the) {T}
T: marathon, half marathon, 10k run, 5k run, triathlon, ironman, mountain race, bike race, swim across the lake, rowing regatta, ski marathon, obstacle race, hundred kilometre walk, alpine tour, boxing match, swimming badge, pull-up challenge, dance competition, sports badge, relay, canoe race, cycling tour, century ride, judo exam, climbing route, fitness test, ultramarathon, charity run, team triathlon
U: spring, autumn, {N}, under four hours, May, the mountains, October
1 Have your health checked before you start | Ask a doctor whether training for the <t> is fine
1 Set a realistic goal for the <t> | Choose the <t>, register and write down your goal
1 Make a training plan with rest days | Plan the weeks until the <t>: build up, rest, taper
1 ~ Get shoes and equipment that fit | Sort out the equipment for the <t>
5 Train three times a week, slowly at first | Build a base with easy training
2 ~ Add strength and stretching twice a week | Do short strength training for hips, back and core
3 Raise the distance by no more than ten per cent a week | Do one long session a week
1 Do a test at half the distance | Try food, pace and clothes in a test race
1 Train less in the last two weeks | Reduce the training and sleep enough
1 Plan travel, start time and food for the day of the <t> | Lay everything out the evening before
1 Do the <t> and recover for a week | Start slowly, finish the <t> and rest

goal: (stop|quit|give up|cut down on|reduce) {T} | break my habit of {T} | less {T} | no more {T}
T: smoking, sugar, biting my nails, coffee, alcohol, screen time, late nights, online shopping, fast food, snoozing, social media, gaming, procrastination, energy drinks, swearing, plastic waste, food waste, impulse buys, doomscrolling, snacking at night, meat, overtime, gossip
1 Write down when and why <t> happens | Keep a diary of <t> for one week
1 Write down why you want less of it | Put your three reasons where you see them
1 Choose a start date and a clear rule | Decide what exactly changes and from which day
1 Remove what triggers <t> | Clear the house of triggers
1 Find something else for the same moment | Choose a replacement for each trigger
1 ~ Tell two people who will support you | Ask a friend, doctor or group for support
3 Get through the first seven days | Take it one day at a time and tick each day off
1 Plan for hard moments and slips | Write down what to do after a slip
1 Reward yourself after two and four weeks | Put the money saved in a jar and use it for something good
1 Look back after two months | Review what worked and keep the rule

goal: (start|build|keep|get into) (a|my|) {T} | (do|get) {T} (every day|regularly|more often|) | more {T} | (improve|take care of) my {T}
T: exercise, sleep, better sleep, morning routine, reading, journaling, meditation, stretching, walking, healthy eating, drinking water, cycling to work, back training, daily yoga, cooking at home, family time, posture, fitness, mental health, evening walk, vegetables, swimming, time outdoors, cold showers, piano practice, time for friends, balance, blood pressure
1 Write down how things are with <t> today | Note for one week what you do now
1 Choose the smallest step that you can do every day | Start so small that you can't fail
1 Tie <t> to something you do anyway | Fix a time and a place for <t>
1 Prepare everything the evening before | Put what you need for <t> in sight
1 ~ Find somebody who joins in | Tell a friend and report once a week
5 Do it every day for two weeks | Keep a simple chart and mark each day
1 Deal with the first obstacle | Find out what got in the way and change one thing
3 Increase a little | Extend the step by a few minutes
1 Look at the result after a month | Check after a month what <t> has changed

goal: (plan|organise|prepare) (a|our|my|the) {T} (to {U}|in {U}|through {U}|) | {T} (to|in|through|across) {U} | (travel|go) to {U} for a {T} | visit {U}
T: trip, road trip, cycling tour, hiking tour, holiday, honeymoon, school trip, class trip, city trip, train journey, weekend, sailing trip, pilgrimage, camping trip, family holiday, backpacking trip, ski trip, study trip, long walk, canoe tour, world trip, sabbatical, day trip, interrail trip, safari, houseboat holiday, museum trip
U: Portugal, the Alps, Iceland, Japan, Scotland, the coast, {N}, Morocco, the Baltic Sea, Vietnam, Canada, Sicily, Wales, the Danube, Norway, New Zealand, Andalusia, Patagonia, the islands
1 Agree on dates, people and budget of the <t> | Decide when, how long and how much the <t> may cost
1 Read about <u> and choose what you really want to see | Make a list of wishes for <u> and pick the top five
2 Plan the route day by day with room for rest | Draw the route of the <t> on a map
1 Check passports, visas, vaccinations and insurance | See that papers and insurance are valid
2 Book the journey | Compare train, bus and flight and book
2 ~ Book beds for the first nights | Find places to stay along the way
1 Make a packing list | Pack for the weather and test the equipment
1 ? Arrange post, plants and pets at home | Ask somebody to look after home and animals
1 Save tickets, addresses and emergency numbers | Put all documents in one folder, on paper and on the phone
2 Enjoy the <t> and keep a short diary | Set off and keep receipts and photos together

goal: (plan|organise|prepare) (our|my|a|my sister's|our parents') {T} (for {U}|with {U}|) | {T} for {U} | surprise {U} with a {T} | plan (grandma's|mum's|dad's|granny's|my brother's) {T}
T: wedding, seventieth birthday, fiftieth, eightieth birthday, birthday party, golden wedding, engagement party, baby shower, christening, housewarming party, retirement party, farewell party, funeral reception, stag weekend, hen party, graduation party, anniversary dinner, Christmas dinner, Easter brunch, surprise party, children's birthday, sleepover, barbecue, silver wedding, memorial, name day, prom, thanksgiving dinner, halloween party, new year's party, dinner party, picnic, sixtieth birthday
U: eighty guests, grandma, twelve children, my best friend, thirty people, the whole family, our boss, my twin brother, fifteen colleagues, my mother
1 Talk about what kind of <t> it should be and who comes | Write the guest list and the idea of the <t>
1 Set the budget for the <t> | Agree on what the <t> may cost
2 Fix the date and book the place | Find a date and a room for the <t>
1 Send the invitations and ask about diets | Invite the guests and keep a list of answers
2 Plan food and drinks | Choose a caterer or share out the dishes
1 ~ Plan music, speeches and games | Ask people for music, speeches or a surprise
1 Arrange beds and rides for guests from far away | Sort out travel and overnight stays
2 ? Choose clothes, rings, flowers and presents | Choose flowers, decoration and presents
1 Make a timetable for the day and give jobs to helpers | Write the plan of the day, hour by hour
1 Prepare and decorate the day before | Set tables, decorate and test the sound
1 Celebrate the <t> and send thank-you notes | Enjoy the <t> and thank everyone afterwards

goal: (digitise|transcribe|scan|archive|catalogue|index|translate) (my|our|the|a box of|) {T} (for {U}|from {U}|) | (digitise|transcribe) {T} and make them searchable for {U} | make {T} searchable
T: family photos, slides, old letters, war letters, diaries, parish registers, 300 letters, 90 diaries, super 8 films, cassettes, vinyl records, recipes, maps, ship logs, oral history interviews, glass negatives, negatives, postcards, field notes, herbarium sheets, school registers, land records, newspapers, concert recordings, video tapes, court records, music scores, company files, club minutes, love letters, travel journals, grandmother's letters in old handwriting, letters in old script, inscriptions
U: my cousins, the family, the museum, the town archive, relatives in Canada, the village, researchers, my children, the attic, the club, the grandchildren, the university, relatives overseas
1 Count the <t>, number them and note their state | Make a list of the <t> with dates and names
1 Decide on quality, file names and where to keep the files | Fix rules: resolution, format, file names
1 ~ Learn to read the old handwriting or find somebody who can | Practise the script or format with an easy piece
1 Get the equipment: scanner, light, player | Test the equipment on ten pieces
1 Do a trial with ten of the <t> and measure the time | Try the whole way with ten pieces
5 Scan or photograph the <t> in batches | Work through the <t> in small batches and tick them off
5 Transcribe the <t> and mark unclear words | Type or describe what each of the <t> says
2 Check each text against the picture | Let a second person proofread the difficult ones
2 Add names, places and dates and make it all searchable | Put text and pictures into a searchable catalogue
1 Keep copies in two places | Back up everything and store the originals dry and dark
1 Share the <t> with the people they matter to | Give access and explain how to search the <t>

goal: (research|write|trace|find out|document) (my|our|the) {T} (of {U}|) | {T} of {U} | (find|trace) {T}
T: family history, family tree, house history, village history, company history, local history, ancestors, birth parents, great-grandfather, regiment, ship, surname, old mill, street, school, club chronicle, lost village, castle, dialect words, field names
U: our house, the factory, my grandmother, the harbour, the farm, emigrants, the parish, the railway line
1 Write down what you know about the <t> and what you want to find out | Collect names, dates and questions about the <t>
2 Ask the oldest people and record them | Interview relatives and witnesses
2 Look through papers, photos and gravestones | Search boxes, albums and inscriptions for the <t>
1 Find out which archives hold records | List the archives and how to get in
3 Search the online records | Look through online databases and newspapers
3 Visit the archive with a list of questions | Order and read the original records
1 ~ Note the source of every fact | Keep a table: fact, source, how sure
2 Put the results in order of time | Draw a timeline and mark the gaps
3 Write the story of the <t> | Write it up with pictures and sources
1 Share it and ask for corrections | Give it to the family or the local museum

goal: (write|publish|finish|self-publish|illustrate|print) (a|my|our|my first) {T} (about {U}|) | {T} about {U}
T: novel, children's book, cookbook, memoir, poetry collection, short story, comic, graphic novel, travel guide, non-fiction book, play, screenplay, musical, song, album, picture book, calendar, photo book, crime novel, podcast series, radio play, documentary, short film, animation, board game, textbook, hiking guide, family chronicle, school musical, opera, zine, street guide
U: bees, my grandmother, the harbour, a lost dog, mountain huts, growing up on a farm, lighthouses, bread, our street, a detective nun, migration, the river, witches, a bus driver, night trains
1 Say in one sentence what the <t> is about and for whom | Write down idea, reader and tone of the <t>
2 Collect material, voices and pictures | Research and keep notes in one place
2 Make an outline of the <t> | Plan the parts of the <t> on cards
1 ~ Fix a daily hour and a number of pages | Reserve the same hour every day
5 Write the first draft of the <t> to the end | Write without correcting until the draft is done
1 Let it rest for two weeks | Put the <t> aside and read something else
3 Revise the <t>: cut, order, sharpen | Rework the <t> from beginning to end
2 Ask three readers for honest comments | Give the <t> to test readers
2 ~ Design cover, layout and pictures | Get a cover and a clean layout for the <t>
2 Find a publisher, printer or platform for the <t> | Publish the <t>
1 Hold a small launch and tell the press | Present the <t> to its first audience

goal: (found|start|set up|revive|save|join) (a|our|the) {T} (in {U}|for {U}|) | {T} (in|for) {U} | keep (our|the) {T} alive
T: choir, sports club, book club, chess club, repair café, community garden, food co-op, neighbourhood association, parents' association, youth club, theatre group, brass band, citizens' initiative, charity, self-help group, cooperative, energy cooperative, tool library, running group, knitting circle, village shop, car sharing group, babysitting circle, debating society, historical society, carnival club, swimming club, scout group, film club, time bank, food bank, toy library, language café
U: our street, the village, young parents, newcomers, the district, teenagers, the over-sixties, our town, women, refugees, the housing block
1 Find three people who want the <t> as much as you | Talk to neighbours and find founders for the <t>
1 Write down what the <t> does and for whom | Agree on the purpose of the <t>
1 Visit a similar group and ask what worked | Learn from another <t>
1 Find a room and a regular time | Find a place where the <t> can meet
2 Hold an open first meeting | Invite everyone interested to a first evening
1 Share out the tasks: lead, money, contact | Choose a small board for the <t>
2 ~ Write the rules, register and insure the <t> | Clear legal form, bank account and insurance
1 Make a plan for the first three months | Plan the first events of the <t>
2 Find members and some money | Ask for members, donations and small grants
1 Look back after three months | Ask members what they want to keep or change

goal: (study|prepare|revise|cram) for (my|the|a) {T} | pass (my|the) {T} | get through (my|the) {T}
T: maths exam, biology exam, final exams, bar exam, medical exam, history test, driving theory test, entrance exam, oral exam, statistics exam, language test, citizenship test, chemistry test, physics exam, school finals, journeyman's exam, master craftsman's exam, music exam, accounting exam, audition, naturalisation test, anatomy exam, tax adviser exam
1 Find out what the <t> covers and how it is marked | Get the list of topics and old papers of the <t>
1 Test yourself to see what you know already | Do one old paper to find the gaps
1 Make a timetable with one topic a day | Divide the topics over the weeks until the <t>
4 Learn topic by topic and explain it in your own words | Work through the topics and write short summaries
2 ~ Make flash cards and repeat them daily | Repeat with flash cards, a little every day
1 Meet a study partner once a week | Ask a teacher about what is still unclear
3 Do old papers against the clock | Practise under real conditions
1 Go over the mistakes and the weak topics | Repeat only what went wrong
1 Sleep, pack and know the way | Prepare papers, pens and the way there
1 Take the <t> | Sit the <t> calmly: easy questions first

goal: (find|get) (a|my first|a new|a better) {T} (in {U}|as {U}|) | (change|switch) to a {T} (in {U}|) | apply for a {T} | get hired (as a|in a) {T}
T: job, summer job, internship, apprenticeship, part-time job, teaching job, remote job, study place, scholarship, promotion, side job, job abroad, trainee place, volunteer year, exchange year, doctoral position, residency, mentor, sponsor
U: nursing, software, a museum, publishing, Spain, forestry, a bakery, science, a hospital, film, sales, a school, design
1 Write down what you can, what you like and what you need | Describe the <t> you are looking for
1 Bring CV and papers up to date | Rewrite the CV for the <t>
2 List twenty places that fit | Search offers and make a list
1 ~ Tell ten people that you are looking | Ask former colleagues for tips
3 Write the first five applications | Send five careful applications
1 Practise the interview | Rehearse answers to the ten usual questions
2 Go to interviews and ask your own questions | Visit the place and talk to people there
1 Follow up after a week | Call back and thank them
1 Compare the offers and negotiate | Check the contract and decide

goal: (help|support|look after|care for) {T} (after {U}|with {U}|) | (organise|arrange) care for {T} | {U} for {T} | get {T} ready for {U}
T: my mother, my father, grandma, our neighbour, my son, my daughter, my aunt, a friend, my brother, the twins, my grandparents, the children, a refugee family, our new colleague, my uncle, exchange students
U: the operation, moving house, school, kindergarten, retirement, a stroke, the first day at school, university, a broken hip, the hospital stay, homework, the new baby, the divorce, dementia
1 Talk with <t> about what is wanted and what is not | Ask <t> what would help most
1 Write down what has to be done each day and week | List the tasks around <t>
1 ~ Find out which help and money there is a right to | Ask advice centre and insurance about support
1 Share the tasks in the family | Call a family meeting and share out the days
2 Make the home safe and practical | Prepare rooms, papers and equipment
2 Arrange professional help where it is needed | Book services and appointments
1 Put all numbers and papers in one folder | Make a folder with contacts, medicine and papers
1 Start with a trial week | Try the plan for a week
1 Check every week how <t> is doing | Talk about what should change
1 ? Plan time off for yourself | Arrange a substitute for your free days

goal: (reduce|cut|lower|save) (our|my|the) {T} (by half|by a third|by 20 per cent|) | (make|turn) (our|the) {T} (green|sustainable|greener) | less {T}
T: energy bill, heating costs, electricity use, carbon footprint, waste, water use, plastic, food waste, paper use, travel costs, fuel costs, running costs, stress, noise, meetings, costs, packaging, office waste, printing costs, phone bill, shopping bill
1 Measure the <t> of the last twelve months | Collect bills and figures for the <t>
1 Find the three biggest causes | See where most of the <t> comes from
1 Set a target and a date | Decide how far the <t> has to go down
2 Do what costs nothing first | Change habits and settings today
1 ~ Get everyone on board | Explain the goal to everybody involved and ask for ideas
2 Get offers for the bigger measures | Calculate which investment pays back
3 Carry out the best measure | Put the best measure against the <t> into practice
1 Measure again every month | Compare the <t> with the start
1 Keep what works and choose the next measure | Fix the new habits in writing

goal: (make|film|record|produce|shoot|paint|sew|knit|bake|cook|design) (a|an|my|our|the) {T} (for {U}|) | {T} for {U}
T: wedding cake, quilt, costume, wedding dress, mural, portrait, music video, promo video, album cover, logo, poster, family film, radio feature, demo tape, baby blanket, jumper, curtain, gingerbread house, seven-course dinner, mosaic, sculpture, puppet, mask, stage costume, advent calendar, jewellery, ring, christmas cards, photo exhibition, carnival float, kite, banner, tapestry, scarf, teddy bear, model ship, floral arrangement, song, birthday cake
U: my sister, the wedding, a friend's baby, the school play, our anniversary, the club, the carnival, the market, grandpa, the shop window, the festival
1 Collect ideas and pictures for the <t> | Decide on style, size and purpose of the <t>
1 Make a sketch of the <t> | Draw the <t> and note measurements and colours
1 List materials and tools | Work out what the <t> needs and what it costs
1 ~ Get the materials | Buy or borrow what is missing
1 Make a small test piece | Try the difficult part first
2 Prepare the parts | Cut, mix or set up everything
4 Make the <t> step by step | Work on the <t> in quiet sessions
1 Show it to someone and take a fresh look | Let it rest and look at it again
2 Finish the details | Correct, clean and finish the <t>
1 Hand over the <t> | Present the <t> and take a photo

goal: (protest against|stop|prevent|fight) {T} | (get|win) {T} | (campaign|petition) for {T} | convince the council to (build|allow|save) {T}
T: the new motorway, a zebra crossing, a speed limit, a bike lane, the closing of the library, later school hours, a playground, cheaper bus tickets, the felling of trees, night flights, a youth centre, a dog park, the swimming pool, a bus stop, rent increases, street lights, a skate park, drinking fountains, a car-free street, more crossing guards
1 Write down the facts about <t> with dates and sources | Collect facts, photos and numbers about <t>
1 Find out who decides on <t> and when | Look up which office or council is in charge
1 Find allies | Talk to neighbours, clubs and experts about <t>
1 Put the demand in one clear sentence | Agree on what exactly you ask for
2 Write a petition and collect signatures | Gather signatures in the street and online
1 ~ Talk to the local press | Invite the local paper
1 Meet the people who decide | Ask for a meeting and bring the facts about <t>
1 Speak at the public meeting | Prepare three minutes for the council meeting
1 Follow up on every promise | Keep people informed and ask for dates

goal: learn to {T} | (learn|teach myself) how to {T} | learn to {T} (with {U}|before {U}|)
T: swim, juggle, dance, sing, draw, paint, cook, bake, ride a bike, ride, skate, ski, surf, sail, dive, sew, knit, whistle, code, type, drive, fly a kite, climb, touch-type, read music, yodel, weld, carve, weave, meditate, box, row, snowboard, forage, solder, garden, do a handstand, ride a unicycle, ice-skate
U: a friend, my daughter, summer, the holidays, my fiftieth birthday, a group
1 Decide how well you want to <t> and by when | Write down what you want to manage first when you <t>
1 Watch people who <t> well and ask how they began | Find someone who can <t> and watch closely
1 ~ Find a course, a club or a teacher | Book a trial lesson
1 Borrow what you need to <t> safely | Get only the equipment a beginner needs
2 Practise the first small part until it feels easy | Start with the simplest exercise
4 Practise three times a week for half an hour | Keep fixed hours to practise
1 Let someone film you and look at it together | Ask for feedback on what to change
3 Raise the difficulty a little every week | Go on to the next harder exercise
1 Do it in front of a friend | Show somebody how well you <t>
1 Set the next goal | Decide how to keep it up
`;
