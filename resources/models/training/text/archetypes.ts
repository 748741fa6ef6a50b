/**
 * What a sensible plan looks like for each kind of goal. One block per kind:
 *
 *   == name
 *   goal: ways to say it; `{t}` is the topic, a stretch of the goal that the plan copies; separated by ` / `
 *   topic: topics to train with (the generator adds invented ones), separated by `, `
 *   days | steps it waits for, or - | title: alternatives separated by ` / `
 *
 * Inside a text `(a|b)` chooses. Steps count from 1.
 */
export const ARCHETYPES = `
== product-launch
goal: launch {t} / plan the launch of {t} / plan the {t} launch / bring {t} to market / release {t} to our customers / get {t} out of the door / plan {t}
topic: product launch, Q3 product launch, spring product launch, the new app, our subscription box, the analytics add-on, version 3 of the planner, a premium plan, the refill shampoo, our first cookbook app, the summer collection, the loyalty card, a self-checkout kiosk, the beta, Q1 launch, winter product launch
3 | - | Agree on goals and audience for the {t} / Decide who the {t} is for and what success looks like / Write down the goals of the {t}
4 | 1 | (Look at|Compare) competing offers and prices / Research competitors and talk to five customers / Interview customers about what they expect
3 | 1,2 | Set the price and the core message / Settle positioning, message and price / Write the one-sentence promise and fix the price
6 | 3 | Prepare landing page and launch material / Write the launch page, e-mails and screenshots / Produce texts, pictures and a short demo
4 | 1 | Run a beta test and mend what it shows / Test the {t} with a handful of real users / Let ten friendly customers try it and collect their complaints
2 | 3 | Brief sales and support on the {t} / Train the support team and write the FAQ / Prepare support answers and a rollback plan
2 | 4 | Line up press, partners and newsletter / Book the announcement channels and dates / Schedule the posts and the press mail
1 | 4,5,6,7 | Launch day: publish, announce and watch / Go live with the {t} and watch the numbers / Publish, announce, answer the first questions
3 | 8 | Review results and plan the follow-up / Collect feedback and decide the next steps / Compare the results with the goals

== marketing-campaign
goal: run {t} / plan {t} / start {t} / set up {t} for the shop / prepare {t} for the new season
topic: a social media campaign, an advertising campaign, a poster campaign, the Christmas campaign, a referral programme, a discount week, the autumn campaign, a video series, a local radio campaign, an open-house campaign
2 | - | Set the goal and the budget of the campaign / Decide what the campaign should achieve and may cost / Fix target, budget and dates
3 | 1 | Describe the audience and where to reach it / Find out where our audience spends its time / Choose the two channels that fit the audience
3 | 2 | Work out the main idea and the message / Draft three ideas and pick the best / Write the message in one sentence
5 | 3 | Produce texts, pictures and videos / Create the posts and artwork for {t} / Design the material in every format needed
2 | 2 | Set up tracking and a simple dashboard / Prepare links and codes that show what works / Decide how results are counted
1 | 4,5 | Test on a small group first / Show a first version to ten people and improve it / Run a small trial
7 | 6 | Start {t} and check it daily / Publish and move budget to what works / Launch and answer every comment
2 | 7 | Write down the results and lessons / Compare cost and result and note the lessons / Report what it brought

== newsletter
goal: start {t} / set up {t} for our (club|shop|studio|school) / get {t} going / launch {t} / begin sending {t}
topic: a monthly newsletter, a weekly newsletter, an e-mail newsletter, a newsletter for the choir, a customer newsletter, a newsletter for the surgery, a small mailing list, a member newsletter, a farm newsletter, a quarterly newsletter
1 | - | Decide what the newsletter is about and how often it comes / Agree on purpose, readers and rhythm of the newsletter / Write down who reads the newsletter and why
2 | 1 | Choose a newsletter tool and open an account / Compare three newsletter services and pick one / Set up the mailing tool and the sender address
2 | 2 | Clean up the e-mail addresses and ask for consent / Check that everyone on the list has agreed / Import the addresses and remove the dead ones
2 | 1 | Design a simple template with the logo / Make a plain template that reads well on a phone / Set up header, footer and unsubscribe link
2 | 1 | Collect topics for the first three issues / Make a list of stories and who writes them / Plan the content of the first issues
3 | 4,5 | Write the first issue of the newsletter / Draft the first newsletter and find pictures / Write and proofread issue one
1 | 6 | Send a test to two colleagues / Send a test mail and check every link / Ask three readers for their opinion
1 | 3,7 | Send the first issue / Send it out and note the date of the next one / Mail the first newsletter to everybody
1 | 8 | Look at openings and replies and adjust / See what was read and plan the next issue / Put the next dates in the calendar

== website
goal: build {t} / make {t} / redo {t} / redesign {t} / put {t} online / create {t} for (the club|my practice|the bakery)
topic: a website, a new website, a portfolio site, our home page, a wedding website, an online shop, a booking page, a landing page, the club website, a website for the practice, a web shop for ceramics, a blog
2 | - | Collect what the {t} must do and for whom / Write down the purpose and the pages needed / List visitors' questions that it should answer
2 | 1 | Look at five good examples and note what works / Sketch the structure on paper / Draw the pages and how they link
1 | 1 | Reserve domain and hosting / Choose a system and a host / Pick domain, hosting and tool
4 | 2 | Write the texts and choose the pictures / Gather texts, photos and legal notices / Write the content page by page
4 | 2,3 | Design and build the pages / Build a first version of {t} / Set up the template and the pages
1 | 4,5 | Add imprint, privacy notice and contact form / Check the legal pages and the forms / Make the forms work and the legal notes complete
2 | 6 | Test on phone and computer with two people / Ask two strangers to find three things on it / Check speed, links and spelling
1 | 7 | Publish and tell everybody / Put {t} online and submit it to search engines / Switch the address over and announce it

== software-project
goal: build {t} / develop {t} / write {t} / ship {t} / program {t} / implement {t}
topic: a mobile app for bird watchers, an inventory tool, a time-tracking app, a small game, a browser extension, a chatbot for the library, an import script, a dashboard for sensor data, a command-line tool, a booking system, a recipe app, the reporting module, a plug-in for the editor
2 | - | Write down the problem and the first three users / Describe what {t} must do in one page / Collect requirements and cut them to a first version
2 | 1 | Sketch screens and data model / Draw the flow and the main screens / Design the interface and the data it keeps
1 | 1 | Set up repository, tests and build / Choose the tools and create the project / Prepare repository and continuous integration
6 | 2,3 | Build the thinnest version that works end to end / Write a first working version / Implement the core path first
4 | 4 | Add the missing features one by one / Fill in the rest of the features / Implement the remaining must-haves
3 | 4 | Write tests for what could break / Test with real data and fix the bugs / Cover the risky parts with tests
2 | 5,6 | Let three people try {t} and watch them / Run a small beta and collect problems / Do a usability test
2 | 7 | Write a short guide and the release notes / Prepare documentation and packaging / Document how to install and use it
1 | 8 | Release and watch for errors / Publish the first version / Ship {t} and plan the next round

== migration
goal: migrate {t} / move {t} / switch {t} / replace {t} / get {t} off the old server / move {t} to (the cloud|a new provider|the new system)
topic: our e-mail, the customer database, the file server, the accounting software, the phone system, all photos, the wiki, the old intranet, the website, the payroll system, the CRM, the ticket system
2 | - | Take stock of {t} and what depends on it / List everything that uses {t} / Write an inventory: data, users, interfaces
2 | 1 | Compare the targets and choose one / Decide where it goes and what it costs / Pick the new system and sign the contract
1 | 1 | Make a full backup and test the restore / Back up everything and check that it can be read / Save a copy and prove that it restores
2 | 2 | Write the migration plan with a way back / Plan the steps, the date and the fallback / Decide the order, the date and the way back
3 | 3,4 | Do a trial run with a copy / Migrate a small part as a test / Try it with test data and compare
2 | 5 | Mend what the trial showed / Fix the differences that were found / Correct mapping and permissions
1 | 4 | Tell the users when and what changes / Announce the date and train the users / Send a short guide to everybody concerned
2 | 6,7 | Migrate {t} and check the result / Do the real move and compare the counts / Switch over on a quiet day
2 | 8 | Watch the new system for two weeks / Keep the old one read-only for a while / Collect problems and fix them
1 | 9 | Switch the old one off and delete the data / Cancel the old contract / Shut down the old system

== certification
goal: get {t} / become {t} certified / get the company {t} certified / pass the {t} audit / prepare for the {t} audit / achieve {t} / obtain {t}
topic: ISO 9001, ISO 14001, the organic label, a food safety certificate, SOC 2, the fair trade label, the eco hotel label, TISAX, B Corp status, ISO 45001, the accessibility certificate, HACCP
3 | - | Read what {t} asks for and buy the standard / Find out the requirements of {t} / Study the requirements and the cost of {t}
1 | 1 | Name a person in charge and get the board's support / Appoint someone responsible / Settle who does it, with how many hours
3 | 1 | Define the scope / Decide which parts of the company {t} covers / Write down scope and objectives
5 | 2,3 | Do a gap analysis against {t} / Compare what we do with what {t} demands / List the gaps, with their risk
10 | 4 | Write the missing policies and procedures / Close the gaps one after the other / Draft the policies and get them approved
4 | 5 | Train everybody and keep the records / Show the team the new rules / Run a training with a short test
5 | 5 | Carry out the measures and collect the evidence / Put the controls in place / Gather evidence for each requirement
3 | 6,7 | Do an internal audit and a management review / Let a colleague audit us first / Check ourselves before others do
1 | 4 | Get three quotes from certification bodies and book one / Choose the auditor and the date / Ask certification bodies for offers
3 | 8,9 | Pass the audit for {t} / Go through the external audit and correct the findings / Have the auditor in and fix what is found

== tax-return
goal: do {t} / file {t} / hand in {t} / finish {t} / get {t} done / submit {t} to the tax office
topic: my tax return, the tax return, our tax return for last year, the 2023 tax return, the VAT return, the income tax return, the tax declaration, mum's tax return, the association's tax return
1 | - | Find last year's tax return and the letters since / Look out the old tax documents / Put all letters of the tax office in one pile
2 | 1 | Collect payslips, bank statements and certificates / Gather the income statements / Download the yearly statements
2 | 1 | Sort the receipts by deduction / Collect receipts for everything that can be deducted / Go through the receipts and add up the deductions
1 | 1 | Check what changed in the tax rules this year / Read what is new and which deductions apply / Note open questions for the adviser
2 | 2,3,4 | Fill in the forms of the tax return / Enter the numbers in the tax software / Complete the return form by form
1 | 5 | Check the tax return against last year's / Let the software or a friend check it / Compare with last year and explain the differences
1 | 6 | Submit the tax return and keep the receipt / File it and save the confirmation / Hand it in before the deadline
1 | 7 | Put the refund or the payment in the calendar / Check the assessment when it comes / File the papers for next year

== admin-paperwork
goal: apply for {t} / renew {t} / sort out {t} / get {t} / take care of {t} / deal with {t} / change {t}
topic: my passport, a residence permit, child benefit, a building permit, a visa for Canada, the parental allowance, my driving licence, a parking permit, housing benefit, the birth certificate, a pension statement, citizenship, my car registration, the dog licence, a student grant, health insurance, my surname
1 | - | Find out which office is responsible for {t} / Look up who decides on {t} and how long it takes / Check the official page on {t}
1 | 1 | Make a list of the documents that are needed / Note forms, documents, fees and deadlines / Print the checklist
1 | 1 | Book an appointment / Get an appointment at the office / Reserve the earliest date
3 | 2 | Gather the documents and have copies made / Collect the papers, photos and certificates / Ask for the missing certificates
1 | 2 | Fill in the application form / Complete the form for {t} / Fill in the forms and sign them
1 | 4,5 | Let somebody check the application / Go through everything once more / Check that nothing is missing
1 | 3,6 | Hand in the application and pay the fee / Submit the application for {t} / Take everything to the appointment
5 | 7 | Ask about the state of it after three weeks / Follow up if nothing is heard / Answer queries at once
1 | 8 | Check and file the decision / Put the end date in the calendar / Keep a scan of the result

== move-house
goal: move house / move to {t} / move into {t} / plan the move to {t} / get the move to {t} done / move flat
topic: a new flat, Leipzig, the house in the country, a bigger apartment, my girlfriend's place, Rotterdam, a flat share, the new house, Lyon, the third floor
1 | - | Give notice for the old flat and fix the moving date / Set the moving date and hand in the notice / Fix the date with both landlords
2 | 1 | Get quotes from moving companies or rent a van / Book a van and ask friends to help / Compare three moving firms and book one
3 | 1 | Sort out and give away what stays behind / Sell or donate what is not coming along / Clear out the cellar and the cupboards
2 | 1 | Get moving boxes and packing paper / Collect enough boxes and tape / Order forty moving boxes
2 | 1 | Tell bank, insurance, post and offices the new address / Change the address everywhere and order mail forwarding / Register electricity and internet at the new address
5 | 3,4 | Pack room by room and label the boxes / Pack the boxes, kitchen last / Pack and number every box
1 | 2,6 | Move the furniture and boxes to the new house / Moving day / Load, drive, unload and carry up
1 | 7 | Clean the old place, read the meters and hand over the keys / Hand the old flat over with a protocol / Paint, clean and return the keys
3 | 7 | Unpack and set up the beds first / Put up the furniture and unpack / Settle in, room by room
1 | 7 | Register at the town hall / Re-register the car and the dog / Report the move to the authorities

== renovate
goal: renovate {t} / redo {t} / paint {t} / refurbish {t} / modernise {t} / restore {t} / fix up {t}
topic: the bathroom, the kitchen, the living room, the old farmhouse, the stairs, the attic, the wooden floor, the children's room, the hallway, the club room, the caravan, the balcony, the façade, the cellar, the garden shed
2 | - | Measure {t} and note what has to be done / Look at {t} and write down every defect / Take photos and measurements
2 | 1 | Set a budget and an order of work / Draw a plan and estimate the cost / Decide what to do ourselves and what not
3 | 2 | Get quotes from tradespeople / Ask two firms for an offer / Find a plumber and an electrician
2 | 2 | Choose materials and colours / Buy the material and rent the tools / Order tiles, paint and tools
1 | 3,4 | Clear {t} and cover what stays / Empty {t} and protect the floor / Move everything out of the way
3 | 5 | Remove the old parts and take them to the tip / Strip off what is old / Tear out what has to go
5 | 6 | Do pipes, wires and walls / Repair walls, pipes and cables / Let the tradespeople do their part
4 | 7 | Plaster, tile and paint {t} / Put on the new surfaces / Fit, paint and finish {t}
1 | 8 | Check the work and list the defects / Clean up and check every corner / Inspect it and have faults mended
1 | 9 | Move back in / Furnish {t} and celebrate / Put everything back

== build-thing
goal: build {t} / make {t} / construct {t} / build {t} for the children / build {t} myself / put up {t}
topic: a tree house, a wooden bench, a chicken coop, a greenhouse, a kayak, a bookshelf, a bunk bed, a stone oven, a rabbit hutch, a garden pond, a loft bed, an insect hotel, a cargo bike, a telescope, a climbing wall, a boat shed, a guitar, a sandpit, a weather station, a pizza oven, a pinball machine, a dry-stone wall
2 | - | Look at plans and examples of {t} / Study how others have built {t} / Find a plan for {t} that fits our skills
1 | 1 | Measure the place and draw {t} to scale / Make a drawing with measurements / Sketch {t} and decide the size
1 | 1 | Check whether a permit or consent is needed / Ask the landlord or the council / Find out which rules apply
2 | 2 | List material and tools and work out the cost / Make a parts list and set a budget / Write the shopping list
2 | 3,4 | Buy the material and borrow the tools / Get wood, screws and tools / Order the parts
2 | 5 | Prepare the ground and cut the parts / Cut and mark all the parts / Lay the base
5 | 6 | Put the frame of {t} together / Assemble the main parts / Build the structure
3 | 7 | Add the details and the finish / Sand, oil and paint it / Fit the last parts and seal it
1 | 8 | Test {t} for safety / Check that {t} is stable and safe / Try it out and tighten everything
1 | 9 | Celebrate and note how to look after it / Show it to the family / Plan the yearly check

== convert-thing
goal: turn {t} into a (camper|summer house|food truck|guest room|library|home cinema) / convert {t} / {t} out of an old (barn|bus|container|wardrobe|bath tub) / make {t} from an old (van|boat|door|crate)
topic: an old school bus, the barn, a shipping container, a bread van, the garage, a delivery van, a fire engine, a mobile bakery, a coffee cart, the loft, an old phone box, a tiny house, a bathing hut, a pizza oven
2 | - | Look at finished examples and write down the wishes for {t} / Collect ideas and pictures for {t} / Visit somebody who has done {t}
2 | 1 | Find out which rules and inspections apply to {t} / Ask the inspection office what is allowed / Check weight, fire and safety rules
2 | 1 | Check the condition and mend rust and rot / Inspect frame, floor and roof / Examine what is there and list repairs
2 | 2,3 | Draw the layout and work out weight and cost / Make a plan to scale with a budget / Plan layout, power, water and heat
2 | 4 | Buy insulation, fittings and material / Order the parts and the material / Get the material together
3 | 3 | Strip the inside and clean it / Take out what is not needed / Clear and repair the shell
5 | 5,6 | Insulate and build the inside / Fit floor, walls and insulation / Build {t} from the inside out
3 | 7 | Put in heating, wiring and ventilation / Install the technical parts and have them checked / Fit heating, light and water
1 | 8 | Do a test run and note the faults / Try out {t} for a weekend / Test everything under load
1 | 9 | Pass the inspection and register {t} / Present {t} for inspection / Get the papers and the insurance

== repair
goal: repair {t} / fix {t} / get {t} working again / mend {t} / restore {t} to working order
topic: the dishwasher, my grandfather's clock, an old motorbike, the church organ, the fence, the lawn mower, the roof of the shed, an accordion, the sewing machine, the garden gate, a film projector, the canoe, the radio, the bicycle, the leaking tap, the coffee machine
1 | - | Find out what exactly is wrong with {t} / Describe the fault of {t} and take photos / Test {t} and note when it fails
1 | 1 | Look for the manual and a repair guide / Search for a guide and the model number / Ask in a repair forum or café
1 | 1 | Decide whether the repair is worth it / Compare repair cost and replacement / Check the warranty
2 | 2,3 | Order the spare parts and tools / Get the parts for {t} / Find a source for the spare parts
1 | 4 | Take {t} apart and photograph each step / Open {t} carefully and label the parts / Prepare the work place and take it apart
2 | 5 | Clean it and replace the broken parts / Swap the worn parts / Do the repair
1 | 6 | Put {t} together and test it / Assemble and try it out / Test it for a day
1 | 7 | Note what was done and when to service it / Plan regular care / Write down the part numbers

== organise-event
goal: organise {t} / plan {t} / put on {t} / host {t} / prepare {t} / hold {t} / arrange {t} / run {t}
topic: a street party, a school reunion, a charity concert, the summer party, a flea market, a two-day conference, a poetry night, the harvest festival, a hackathon, a chess tournament, a science fair, an open day, a film evening, the annual meeting, a bake sale, an exhibition, a lantern parade, a book fair, a village fête, a workshop on bread, a talent show, a blood donation day, a beer tasting, a repair café
2 | - | Set date, budget and number of guests for {t} / Decide what {t} should be, for whom and when / Agree on purpose, date and budget
2 | 1 | Find a place and reserve it / Book the venue / Look at three places and book one
1 | 1 | Form a small team and share out the jobs / Find helpers and give each a task / Ask who helps with what
2 | 2 | Get permits and insurance / Register {t} with the council / Check rules, noise and insurance
3 | 2,3 | Put the programme together / Book speakers or performers / Plan the programme of {t} hour by hour
2 | 2 | Order food, drinks and equipment / Arrange catering and technology / Organise tables, power and food
3 | 5 | Invite people and advertise {t} / Send the invitations / Hang posters and announce {t}
1 | 6,7 | Make a run sheet and brief the helpers / Go through the day with the team / Write the schedule for the helpers
1 | 8 | Set up and hold {t} / The day itself: set up, welcome, clear up / Run {t}
1 | 9 | Thank everybody and settle the bills / Write down what to do better / Close the accounts and say thank you

== wedding
goal: plan {t} / organise {t} / prepare {t}
topic: our wedding, my sister's wedding, a small wedding in the garden, a wedding for eighty guests, a silver wedding party, a wedding by the lake, the registry office wedding
2 | - | Agree on date, style and budget of the wedding / Talk about size, style and money / Set budget and guest number
3 | 1 | Book registry office, church and venue / Choose the place and the officiant / Visit venues and reserve one
2 | 1 | Write the guest list and send save-the-dates / Collect addresses and announce the date / Decide who is invited
3 | 2 | Book caterer, photographer and music / Choose food, cake and music / Get quotes for food, photos and band
4 | 1 | Choose dress, suit and rings / Go shopping for clothes and rings / Order the rings
2 | 3 | Send the invitations and keep the answers / Print and send the wedding invitations / Track the replies
2 | 4,6 | Make seating plan and schedule of the day / Plan tables and timetable / Decide who sits where
1 | 2 | Get the papers for the registry office / Collect the documents / Register the marriage
1 | 7 | Brief the witnesses and confirm all bookings / Call everyone a week before / Hand the schedule to the witnesses
1 | 8,9 | Celebrate the wedding / The wedding day / Get married
2 | 10 | Send thank-you cards and pay the last bills / Sort photos and write thanks / Change names and contracts

== birthday-party
goal: plan {t} / organise {t} / throw {t} / prepare {t}
topic: a surprise party for Mum, a birthday party for my six-year-old, dad's 70th birthday, a housewarming party, a farewell party for Ingrid, a baby shower, a pirate birthday, a garden party, a costume party, a retirement party
1 | - | Fix day, place and guest list for {t} / Decide date, guests and budget / Write the guest list
1 | 1 | Choose a theme and a rough programme / Think of a theme, games and music / Collect ideas for {t}
1 | 1 | Send the invitations / Invite the guests / Write the invitations and ask for answers
1 | 2 | Plan food, drinks and cake / Decide the menu / Order the cake
1 | 2 | Buy decoration and small presents / Get balloons, candles and prizes / Do the shopping list
1 | 3,4,5 | Do the shopping / Shop and prepare what keeps / Buy the food and drinks
1 | 6 | Bake, decorate and set up / Prepare the room / Decorate and lay the table
1 | 7 | Celebrate {t} / Hold the party / Enjoy the day and take photos
1 | 8 | Clean up and send thanks and photos / Tidy up and share the pictures / Write the thank-you notes

== trip
goal: plan {t} / organise {t} / prepare {t} / go on {t} / book {t}
topic: a trip to Iceland, a cycling tour along the Danube, our summer holiday, a weekend in Porto, a hiking trip with the scouts, a road trip through Scotland, a class trip to the sea, a pilgrimage to Santiago, a honeymoon in Japan, an interrail trip, a canoe trip with the kids, a city break, a study trip to Brussels, a ski week, a journey on the Trans-Siberian railway
2 | - | Agree on dates, budget and who comes along / Decide when, who and how much / Fix dates and budget for {t}
3 | 1 | Read up on the destination and collect wishes / Research route and sights / Make a list of what we want to see
1 | 1 | Check passports, visas and vaccinations / Look at the entry rules and insurance / See that all papers are valid
2 | 2 | Book the journey there and back / Compare trains and flights and book / Buy the tickets
2 | 2 | Reserve the places to stay / Book rooms for each night / Find somewhere to sleep
2 | 4,5 | Plan each day roughly / Draw up the route for {t} / Make a day-by-day plan with rest days
1 | 6 | Make the packing list and buy what is missing / Check the equipment / Pack and test the gear
1 | 6 | Arrange for pets, plants and post / Ask somebody to look after the home / Tell neighbours and bank
1 | 7,8 | Print the documents and set off / Last check and departure / Leave for {t}

== learn-language
goal: learn {t} / learn to speak {t} / improve my {t} / teach myself {t} / brush up on {t}
topic: Spanish, Polish, Japanese, sign language, Norwegian, Arabic, Greek, Italian, Finnish, Swahili, Welsh, Ukrainian, French, Turkish, Mandarin, Latin, Dutch
1 | - | Decide why and how well I want to know {t} / Set a goal for my {t} / Take a placement test in {t}
2 | 1 | Choose a course, a book and an app for {t} / Compare courses and pick one / Find a teacher of {t}
1 | 1 | Reserve half an hour every day / Put fixed learning times in the calendar / Plan a daily slot
10 | 2,3 | Work through the first units of {t} / Learn the sounds and the first 300 words / Master the basics
10 | 4 | Practise with cards every day / Learn ten new words a day / Repeat vocabulary daily
7 | 4 | Find a partner to speak {t} with / Join a conversation group / Arrange a weekly talk in {t}
7 | 4 | Read easy texts and watch films in {t} / Listen to songs and radio in {t} / Read a children's book in {t}
2 | 5,6,7 | Test what I know and adjust the plan / Take a practice exam / Check the progress after two months
3 | 8 | Use {t} in real life / Spend a weekend speaking only {t} / Sign up for the exam

== learn-instrument
goal: learn {t} / learn to play {t} / take up {t} / get better at {t} / start playing {t}
topic: the ukulele, the piano, the accordion, the cello, the drums, the trumpet, the bagpipes, the hurdy-gurdy, jazz guitar, the harp, the saxophone, the violin, the banjo, the church organ, the theremin
1 | - | Set a first goal, such as three pieces on {t} / Decide what I want to play on {t} / Listen to good players of {t}
2 | 1 | Rent or borrow an instrument / Find an instrument to start with / Get advice and a used instrument
2 | 1 | Find a teacher or a good course for {t} / Look for lessons in {t} / Compare teachers and book a trial lesson
1 | 2 | Plan twenty minutes of practice a day / Fix practice times that don't annoy the neighbours / Set up a place to practise
10 | 3,4 | Learn posture, tuning and first notes / Practise the basics slowly / Work on technique with the teacher
10 | 5 | Learn the first piece on {t} / Practise an easy piece by heart / Play along with recordings
5 | 6 | Record myself and correct mistakes / Listen back and mend the hard bars / Play for a friend and ask for criticism
3 | 7 | Join an ensemble or a jam session / Play together with others / Perform at a small house concert

== learn-songs-choir
goal: learn {t} / rehearse {t} / practise {t} / study {t} with (the choir|friends|the neighbours)
topic: three sea shanties, four-part carols, a Bulgarian folk song, two madrigals, our anthem, the songs for the wedding, a barbershop set, the Mozart Requiem, a lullaby in Sámi, a round for three voices
1 | - | Choose {t} and find good recordings / Listen to {t} together and choose the versions / Collect recordings and texts of {t}
2 | 1 | Divide the voices among the singers / Find out who sings which voice / Decide who takes which part
2 | 1 | Write out words and pronunciation / Learn how the words are spoken / Get the lyrics with a translation
2 | 2 | Record a practice track for each voice / Make audio tracks to learn by ear / Ask someone to sing each voice slowly
1 | 2 | Fix weekly rehearsals and a room / Agree on rehearsal times / Book the room and send the dates
7 | 3,4,5 | Learn the first song voice by voice / Rehearse each voice alone / Sing line by line by ear
7 | 6 | Put the voices together / Sing {t} together slowly / Practise {t} in full
3 | 7 | Record a rehearsal and mend weak spots / Work on sound, breath and tuning / Invite a coach for an evening
1 | 8 | Sing {t} for friends / Perform {t} / Hold a small concert

== learn-skill
goal: learn {t} / learn how to do {t} / get good at {t} / teach myself {t} / get into {t} / take up {t} / learn the basics of {t}
topic: pottery, welding, calligraphy, bookbinding, touch typing, chess, archery, bread baking, juggling, photography, sewing, blacksmithing, watercolour painting, swimming, knitting socks, beekeeping, public speaking, lock picking, wine tasting, basket weaving, fly fishing, Morse code, Python, statistics, ice skating, cheese making, paragliding, stone carving, speed reading, soldering, origami, tango
1 | - | Set a clear first goal for {t} / Decide what I want to be able to do in {t} / Find out what beginners in {t} start with
2 | 1 | Find a course, a book or a teacher for {t} / Look for a local class in {t} / Ask someone experienced in {t} for advice
1 | 1 | Get the basic equipment for {t} / Borrow or buy what is needed / Make a list of equipment and a budget
1 | 2 | Reserve fixed times for practice / Put two practice sessions a week in the calendar / Plan a weekly rhythm
7 | 3,4 | Learn the basics and the safety rules of {t} / Practise the basic techniques / Go through the first lessons
7 | 5 | Do a first small project / Try a simple piece of {t} / Finish something small
3 | 6 | Ask an expert for feedback / Show the result and ask for criticism / Compare with good examples and note mistakes
7 | 7 | Practise the weak points / Take on a harder project / Do the next bigger thing
1 | 8 | Look back and set the next goal / Show what I have learned / Decide how to go on with {t}

== licence
goal: get {t} / pass the exam for {t} / obtain {t} / do {t} / get myself {t} / earn {t}
topic: a boat licence, my driving licence, a forklift licence, the hunting licence, a pilot's licence, a fishing licence, my motorcycle licence, an amateur radio licence, a drone licence, the lifeguard badge, a coaching licence, a diving certificate, a first-aid certificate, my trainer's certificate, a taxi licence, the blasting permit, a bus driving licence
1 | - | Find out the requirements for {t} / Look up age, health and exam rules for {t} / Ask the authority what {t} takes
2 | 1 | Compare schools and courses for {t} / Find a course near here / Ask clubs and schools for dates and prices
1 | 1 | Collect documents, photo and health certificate / Get the papers together / Arrange eye test and certificate
1 | 2 | Sign up for the course and plan the cost / Register for a course / Book the course and pay the deposit
10 | 4 | Attend the lessons and learn the theory / Study the theory every evening / Go through the course book chapter by chapter
7 | 4 | Do the practical training / Practise with an experienced person / Take the practical lessons
4 | 5 | Take practice exams until they are safe / Work through old exam questions / Repeat the questions that went wrong
1 | 3,7 | Register for the exam / Book the exam date / Hand in the application and book the exam
1 | 6,8 | Pass theory and practical exam / Take the exam / Sit the exam, rested
1 | 9 | Apply for {t} and collect it / Pick up {t} / Have {t} issued and note the renewal date

== exam
goal: pass {t} / prepare for {t} / study for {t} / get through {t} / revise for {t}
topic: the maths exam, my final exams, the bar exam, the Cambridge exam, the driving theory test, the anatomy test, the entrance exam, the statistics resit, the history A-level, the sommelier exam, the oral exam, the citizenship test
1 | - | Find out what {t} covers and how it is marked / Write down date, topics and weights of {t} / Collect syllabus and old papers
1 | 1 | Make a study plan up to the day / Split the topics over the weeks left / Plan study days and rest days
2 | 1 | Gather notes, books and old papers / Borrow books and complete the notes / Get hold of the missing lecture notes
7 | 2,3 | Work through the topics one by one / Summarise each topic on a page / Study two topics a week
4 | 4 | Make cards and repeat them daily / Repeat with flash cards / Learn formulas and dates by heart
4 | 4 | Solve old papers against the clock / Do practice questions for {t} / Write mock answers
2 | 6 | Go over mistakes with somebody / Ask the teacher about open questions / Explain the hard topics to a friend
1 | 7 | Pack everything and sleep early / Check time, room and material / Take the evening off
1 | 8 | Take {t} / Write {t} calmly / Sit {t}

== train-animal
goal: train {t} / teach {t} to (come when called|walk on a lead|do tricks|stay calm|pull a cart|carry a basket) / get {t} used to (traffic|the muzzle|children) / train {t} for the (parade|show|festival|open day)
topic: our puppy, a goat, the new horse, a rescue dog, my parrot, a stubborn pony, two llamas, an old cat, the therapy dog, a mule, the school hamster, a nervous greyhound, a sheepdog, an ox, a carrier pigeon, a shelter cat
1 | - | Let a vet check {t} / Have {t} checked for pain and health / Find out the history and habits of {t}
2 | 1 | Win the trust of {t} with food and calm / Spend quiet time with {t} every day / Get to know what {t} likes and fears
1 | 1 | Find an experienced trainer to ask / Ask a trainer for a plan / Read up on reward-based training
1 | 2 | Get halter, lead and treats / Choose rewards and the right equipment / Prepare a quiet place to practise
7 | 2,4 | Practise the first step with {t} for ten minutes a day / Train short sessions and reward at once / Teach {t} the basic signals
7 | 5 | Add distance and distraction slowly / Practise with noise and people / Get {t} used to the real place
4 | 6 | Work on the biggest problem with {t} / Correct biting, pulling or shying calmly / Practise staying calm near strangers
2 | 7 | Do a dress rehearsal / Walk the whole way once / Try everything in the real setting
1 | 8 | Plan a way out if {t} is upset / The big day with {t}, with a helper / Do it for real, with treats ready

== pet-care
goal: adopt {t} / get {t} / find {t} from the shelter / keep {t} in the garden / raise {t}
topic: a dog, two guinea pigs, a cat from the shelter, chickens, a horse, four ducks, a tortoise, an aquarium, alpacas, quails, a greyhound
2 | - | Find out what {t} needs and costs / Read up on keeping {t} / Talk to people who keep {t}
1 | 1 | Check the lease, allergies and rules / Ask landlord and family / Find out about permits and insurance
1 | 1 | Work out time and money for {t} / Decide who does what every day / Plan costs and holidays
3 | 2,3 | Prepare the place and buy the equipment / Build or buy the house and get food / Make home and garden safe
2 | 2 | Visit shelters and breeders / Look for a good source / Meet the animals before deciding
1 | 4,5 | Bring {t} home calmly / Fetch {t} / Welcome {t}
1 | 6 | First visit to the vet / Register, chip and vaccinate / See a vet and get insurance
7 | 6 | Let {t} settle in / Build a daily routine / Get to know each other

== grow-plants
goal: grow {t} / plant {t} / start {t} / raise {t} / grow {t} on the (balcony|roof|window sill|allotment)
topic: tomatoes, vegetables, a herb garden, a wildflower meadow, potatoes in sacks, an orchard, chillies, a hedge, sunflowers with the class, mushrooms, strawberries, a kitchen garden, salad, grapes, roses, pumpkins, a moss garden, kiwis, garlic
1 | - | Watch sun, shade and wind at the spot / Check light, soil and space for {t} / Note how many hours of sun there are
1 | 1 | Choose kinds of {t} that suit the place / Pick varieties that cope with the light / Ask a nursery which {t} fit
1 | 2 | Make a planting plan with dates / Draw the beds and note sowing times / Write a calendar for {t}
1 | 2 | Get pots, soil, seeds and tools / Buy soil, seeds and containers / Collect pots and good soil
2 | 4 | Prepare the soil and the pots / Loosen the soil and add compost / Set up beds and drainage
1 | 3,5 | Sow or plant {t} / Sow the seeds and label them / Plant {t} out after the frost
10 | 6 | Water, feed and weed regularly / Care for {t} every other day / Watch for slugs and disease
4 | 7 | Tie up, thin out and prune / Support and thin {t} / Check for pests and treat gently
2 | 8 | Harvest and enjoy / Pick {t} and keep some seeds / Note what worked for next year

== garden-project
goal: redesign {t} / lay out {t} / create {t} / turn {t} into a meadow / tidy up {t}
topic: the front garden, a community garden, the school yard, the back yard, the cemetery path, a rain garden, the allotment, the roof terrace, a sensory garden, the playground
2 | - | Measure {t} and draw a plan of what is there / Look at light, soil and water in {t} / Take stock of {t}
2 | 1 | Ask everyone concerned for wishes / Collect ideas and choose the main ones / Decide what {t} is for
2 | 2 | Draw the design with a budget / Make a plan to scale / Sketch paths, beds and seats
1 | 3 | Get permission and quotes / Ask the owner and get offers / Clear it with the council
3 | 4 | Clear the ground and remove rubbish / Dig up what goes / Prepare the ground
4 | 5 | Lay paths, edges and water / Build paths, beds and benches / Do the hard landscaping
3 | 6 | Plant trees, shrubs and flowers / Plant out and mulch / Sow and plant
1 | 7 | Set up a watering and care plan / Share out the care of {t} / Agree who waters when

== save-money
goal: save {t} / save up for {t} / put aside money for {t} / save {t} for a rainy day / finance {t}
topic: 3000 euros, 800 euros, a new bike, a deposit on a flat, a used car, a trip to Peru, an e-bike, 10,000 pounds, a piano, the emergency fund, a sailing boat, six months of rent, a sabbatical
1 | - | Set the exact amount and the date to save it by / Write down the savings goal for {t} / Work out what must be saved each month
2 | 1 | Track income and spending for a month / Go through the bank statements / Make a budget of income and expenses
1 | 2 | Find three costs to cut / Cancel subscriptions and switch contracts / Decide which expenses go
1 | 1 | Open a separate savings account / Set up an account for {t} / Choose where the savings lie
1 | 3,4 | Set up a standing order on payday / Save automatically every month / Transfer the fixed amount first
4 | 3 | Sell what is not needed / Earn something extra / Find a small side income
1 | 5 | Check the savings once a month / Compare the balance with the plan / Mark the progress on a chart
2 | 6,7 | Compare offers and running costs before buying / Look at prices and insurance / Read tests and compare
1 | 8 | Spend it on the goal and celebrate / Buy it without a loan / Reach the goal and set the next one

== buy-thing
goal: buy {t} / find {t} / choose {t} / get {t} / replace {t}
topic: a used car, a laptop, a house, a second-hand piano, a flat, a tent, new windows, a heat pump, a cargo bike, a sofa, a washing machine, a camera, a wood stove, a boat, solar panels, a hearing aid
1 | - | Write down what {t} must do and may cost / Set budget and must-haves for {t} / Decide what matters most
2 | 1 | Read tests and ask friends about {t} / Compare models and prices / Learn what to look for in {t}
1 | 2 | Make a short list of three / Choose three offers / Narrow it down
2 | 3 | Look at the candidates and try them / Visit the sellers with a checklist / Test {t} before deciding
1 | 3 | Clear up payment, insurance and delivery / Check financing and running costs / Ask about grants and warranty
1 | 4,5 | Negotiate and decide / Compare final offers / Sleep on it and decide
1 | 6 | Buy {t} and check the papers / Sign the contract / Order {t}
1 | 7 | Set it up, test it and keep the receipt / Register and insure it / File the receipt and warranty

== sell-thing
goal: sell {t} / get rid of {t} / clear out and sell {t} / find a buyer for {t}
topic: my car, grandma's house, the old sofa, my record collection, the boat, our flat, three bicycles, the piano, all the baby clothes, a stamp collection, the caravan
1 | - | Find out what {t} is worth / Compare prices of similar offers / Get an estimate
1 | 1 | Gather papers and history of {t} / Find receipts and manuals / Put the documents together
2 | 1 | Clean and repair {t} / Get {t} into good shape / Mend small faults
1 | 3 | Take good photos in daylight / Photograph {t} from all sides / Make ten honest pictures
1 | 2,4 | Write the ad with price and faults / Publish the offer on two sites / Advertise {t}
4 | 5 | Answer questions and arrange viewings / Show {t} to buyers / Meet interested people
1 | 6 | Agree on the price and write a contract / Sign and take the money / Sell {t} safely
1 | 7 | Hand over, sign off and cancel the insurance / Report the sale / Take the ad down

== fitness-race
goal: run {t} / train for {t} / get ready for {t} / finish {t} / complete {t} / prepare for {t}
topic: a half marathon, my first 10k, a triathlon, the marathon in Valencia, a 100 km bike ride, the swim across the lake, a mountain run, an obstacle race, the Three Peaks, the charity run, an ultramarathon, the Vasaloppet
1 | - | Have a health check and set a target for {t} / See a doctor and choose a goal / Decide the goal for {t}
1 | 1 | Register for {t} and book the journey / Sign up for {t} / Reserve start number and bed
1 | 1 | Get a training plan up to {t} / Write a weekly training plan / Find a plan that fits the weeks left
1 | 3 | Buy good shoes and kit / Check shoes and clothes / Get the equipment checked
10 | 3,4 | Build up endurance three times a week / Train slowly and regularly / Do the base training
7 | 5 | Add long units and speed work / Do one long session a week / Train on ground like that of {t}
3 | 5 | Strengthen, stretch and sleep enough / Do strength training and rest days / Look after food and recovery
2 | 6,7 | Test the race with a shorter one / Do a rehearsal with food and kit / Run a test over half the distance
3 | 8 | Train less in the last week / Rest and pack for {t} / Taper and check the route
1 | 2,9 | Finish {t} / Start slowly and enjoy {t} / The big day

== health-habit
goal: (get into the habit of|start) {t} / stop {t} / make {t} a habit / do more {t} / get better at {t} / do {t} every day
topic: smoking, yoga, going to bed on time, meditation, eating less sugar, daily walks, drinking more water, biting my nails, stretching, a digital detox, healthy lunches, back exercises, cycling to work, keeping a diary, fasting on Mondays
1 | - | Write down why {t} matters to me / Note the reason and a clear goal / Describe what will be different
2 | 1 | Watch for a week when and why it happens / Keep a short log for a week / Find out what triggers the old habit
1 | 2 | Choose one small step to begin with / Start with two minutes a day / Decide the smallest version
1 | 2 | Prepare home and calendar / Remove temptations and set a reminder / Make it easy: place, time, things
1 | 3 | Tell a friend and ask for support / Find somebody who joins in / Agree on a weekly talk with a friend
7 | 4,5 | Do it daily and tick it off / Keep going for three weeks and mark each day / Do {t} at the same time each day
1 | 6 | Plan what to do after a bad day / Note obstacles and answers / Write an if-then plan
4 | 7 | Raise the goal a little / Go to the next step with {t} / Increase slowly
1 | 8 | Look back after two months and reward myself / Review and celebrate / Decide how to keep it up

== open-business
goal: open {t} / start {t} / set up {t} / found {t} / start {t} with my (sister|friend|husband)
topic: a bakery, a bicycle repair shop, a small bookshop, a yoga studio, a food truck, a bar in the harbour, a hair salon, a flower shop, a co-working space, a guest house, a tea room, a second-hand shop, a brewery, a children's day nursery, an ice cream parlour, a farm shop, a pottery studio
3 | - | Write a business plan for {t} with costs and income / Work out what {t} costs and earns / Put the idea and numbers on two pages
2 | 1 | Talk to ten possible customers and visit competitors / Study the neighbourhood and the competition / Test demand with a market stall
2 | 1 | Find out which permits and trainings are needed / Ask the trade office about permits / List permits, licences and insurance
3 | 1 | Clear up money: savings, loan, grants / Talk to the bank and apply for grants / Secure the financing
3 | 2 | Agree the lease / Find rooms and negotiate the lease / Check the premises for {t}
4 | 3,5 | Apply for the permits and register the business / Get permits, tax number and insurance / Register {t}
6 | 4,5 | Renovate and buy the equipment / Furnish the rooms / Set up room, equipment and till
3 | 5 | Choose suppliers, menu or range and prices / Find suppliers and fix prices / Set the range and prices
3 | 6 | Hire and train the first helpers / Find staff / Write the rota and train the team
3 | 7,8 | Announce {t} with sign, website and flyers / Tell the neighbourhood about {t} / Prepare the advertising
1 | 9,10 | Do a trial day with friends and open / Open {t} / Celebrate the opening

== freelance
goal: become {t} / work as {t} / go freelance as {t} / start out as {t}
topic: a freelance translator, a self-employed gardener, a tour guide, a freelance illustrator, a piano teacher, a wedding photographer, a yoga teacher, a voice actor, a private tutor, a mobile hairdresser
2 | - | Describe the offer and the ideal client / Decide what I offer, to whom and at what price / Write down services and prices
2 | 1 | Find out about tax, insurance and registration / Register as self-employed / Clear up tax and health insurance
1 | 1 | Work out the income needed and set the prices / Make a budget for the first year / Calculate an hourly rate
3 | 1 | Put together samples and references / Build a small portfolio / Do two trial jobs for a reference
2 | 4 | Set up a simple website and cards / Make a profile page / Get a domain, mail and business cards
4 | 3,5 | Write to twenty possible clients / Tell everybody I know / Find the first three clients
1 | 2 | Prepare offer, contract and invoice templates / Set up bookkeeping / Open a business account
3 | 6,7 | Do the first jobs and ask for feedback / Deliver the first orders as {t} / Collect reviews
1 | 8 | Look at the numbers and adjust / Review prices after three months / Decide what to change

== hire
goal: hire {t} / find {t} / recruit {t} / look for {t} / fill the position of {t}
topic: a sales manager, two developers, a pastry chef, an apprentice, a cleaner, a nurse, a bookkeeper, volunteers for the library, a babysitter, a head of finance, a drummer for the band, a lab assistant, a new coach
2 | - | Write down tasks and must-haves for {t} / Describe the job and the ideal person / Agree what {t} should do
1 | 1 | Set salary, hours and start date / Get the budget approved / Decide pay and contract
1 | 1 | Write the job ad / Draft the ad and let someone check it / Write an honest description
2 | 3 | Publish the ad and ask around / Advertise for {t} in three places / Ask the network for recommendations
4 | 4 | Read the applications and choose five / Sort the applications by the must-haves / Answer every applicant
3 | 5 | Hold the interviews with fixed questions / Meet the candidates / Interview and give a small task
1 | 6 | Check references and decide / Compare notes and choose / Decide with the team
1 | 2,7 | Make an offer and sign the contract / Send the contract / Agree terms with {t}
2 | 8 | Prepare the first week / Set up desk, accounts and a mentor / Plan the training

== find-job
goal: find {t} / get {t} / apply for {t} / look for {t}
topic: a new job, a part-time job, an internship, an apprenticeship as a carpenter, a job in Berlin, a summer job, a PhD position, a remote job, a job as a nurse, my first job
1 | - | Write down what I want and can do / List strengths, wishes and limits / Decide which kind of job fits
2 | 1 | Bring the CV up to date / Update CV and references / Collect certificates and rewrite the CV
2 | 1 | Search for openings and set alerts / Make a list of twenty employers / Look for {t} on three sites
2 | 1 | Talk to people in the field / Ask friends and former colleagues / Go to a job fair
4 | 2,3 | Write applications for the best five / Send tailored applications / Apply and track the answers
2 | 5 | Practise the interview / Prepare answers and questions / Do a mock interview
3 | 6 | Go to the interviews / Hold the interviews and send thanks / Visit the companies
1 | 7 | Compare offers and negotiate / Negotiate pay and start / Decide
1 | 8 | Sign, give notice and prepare the start / Hand in notice / Plan the first week

== write-book
goal: write {t} / finish {t} / publish {t} / get {t} written / self-publish {t}
topic: a novel, my thesis, a children's book, a cookbook with family recipes, a travel guide, a memoir, a crime story, a collection of poems, a history of our village, a graphic novel, a field guide to lichens, the family chronicle, a radio play
2 | - | Put the idea of {t} in one paragraph / Decide what {t} is about and who reads it / Write a one-page summary
3 | 1 | Collect material and read similar books / Research for {t} / Gather notes, sources and interviews
3 | 1,2 | Make an outline chapter by chapter / Outline {t} / Draw the structure on cards
1 | 3 | Set a daily word goal and a writing time / Plan the writing days / Reserve mornings for writing
15 | 4 | Write the first draft / Write a chapter a week / Draft {t} without looking back
5 | 5 | Let it rest, then revise / Rewrite the weak chapters / Read it aloud and cut
4 | 6 | Give {t} to test readers / Ask three readers for notes / Get feedback from an editor
4 | 7 | Correct, proofread and lay out / Polish language and layout / Make the final corrections
2 | 8 | Publish or send {t} to publishers / Write to agents / Print and present {t}

== write-paper
goal: write {t} / finish {t} / hand in {t} / prepare {t}
topic: a term paper on coral reefs, an article for the local paper, a grant application, a report on noise, my master's thesis, a speech for the jubilee, the annual report, a blog post on composting, a business proposal, a policy brief, a eulogy, an essay on Kafka, a research proposal
1 | - | Read the requirements and fix the question / Note length, format, deadline and readers / Write the main question in one sentence
3 | 1 | Find and read sources / Research and take notes / Collect facts and quotes
1 | 2 | Make an outline / Outline {t} with one idea per section / Order the arguments
5 | 3 | Write a rough draft / Draft {t} section by section / Write the middle first
2 | 4 | Revise structure and argument / Cut what is not needed / Rewrite opening and end
1 | 4 | Check facts, quotes and references / Complete the references / Verify every number
1 | 5,6 | Ask somebody to read it / Get comments from two readers / Read it aloud to a friend
1 | 7 | Proofread and format / Correct the language and lay it out / Make the final version
1 | 8 | Hand in {t} / Submit it in time and keep a copy / Send {t}

== archive
goal: digitise {t} / scan {t} / transcribe {t} / catalogue {t} / index {t} / make {t} searchable / preserve {t}
topic: my grandfather's diaries, 2,000 slides, the parish registers, old cassette tapes, the club's minutes, a box of postcards, the family photos, interviews with miners, Super 8 films, a herbarium, the newspaper archive, ship logs, recipe cards, the choir's sheet music, war letters
2 | - | Count and sort {t} and number every piece / Take stock of {t} and put it in order / Make a list of what there is and its state
1 | 1 | Decide file format, names and who may see it / Fix quality, file names and rights / Agree on rules for names and dates
2 | 1 | Test scanner and settings with ten pieces / Do a trial with a small part of {t} / Compare a service with doing it ourselves
7 | 2,3 | Scan or photograph everything in batches / Digitise {t} box by box / Make good images of each piece
2 | 2 | Learn to read the handwriting / Practise the old script with a table / Find helpers who can read it
10 | 4,5 | Transcribe {t} and mark unsure words / Type up the texts a few pages a day / Describe each piece with date, place and people
3 | 6 | Let a second person check a sample / Proofread every tenth page / Correct names and dates
3 | 6 | Put it into a searchable collection / Build an index of names and places / Set up a search that all can use
1 | 7,8 | Make two backups in different places / Store the originals safely / Save copies and pack {t} acid-free
1 | 9 | Share {t} with family and archive / Invite the others to look / Publish the result

== family-history
goal: research {t} / find out about {t} / trace {t} / write down {t}
topic: our family tree, my great-grandmother's emigration, the history of our house, the origin of my surname, the village mill, the names on the war memorial, the Huguenot branch, my birth parents
1 | - | Write down what is known about {t} / Start from what the family knows / Note names, dates and places
2 | 1 | Talk to the oldest relatives and record it / Interview relatives / Ask for photos and letters
1 | 1 | Choose a programme and a way to note sources / Set up a family tree file / Decide how sources are kept
4 | 2,3 | Search registers and archives online / Look through church and civil records / Search databases for {t}
3 | 4 | Write to archives and offices / Visit the archive / Order certificates
2 | 5 | Compare the finds and clear up contradictions / Check doubtful dates / Draw a timeline
3 | 6 | Write {t} down with pictures / Make a booklet about {t} / Put it into a readable form
1 | 7 | Share it with the family / Present it at the next reunion / Store copies safely

== research-study
goal: do {t} / carry out {t} / run {t} / plan {t} / conduct {t}
topic: a survey among our members, a bird count, a user study, a customer survey, a water quality study, an experiment with bean plants, a market study, a traffic count, an employee survey, a usability test, a field study on bats
1 | - | Put the question of {t} in one sentence / Decide what {t} should find out / Write down question and purpose
2 | 1 | Read what others have found / Look for similar studies / Learn which methods fit
2 | 2 | Choose method, sample and measures / Design {t} / Decide who or what is counted, and how
2 | 3 | Write the questions or the protocol / Draft the questionnaire / Prepare forms and instructions
1 | 3 | Clear up consent and data protection / Get the permissions / Ask for ethical approval
2 | 4 | Do a pilot and improve it / Test it with five people / Run a small trial
5 | 5,6 | Collect the data / Carry out {t} / Do the counting
3 | 7 | Clean and analyse the data / Work out the results / Make tables and plots
2 | 8 | Write the report / Write up {t} with its limits / Summarise the findings
1 | 9 | Present the results / Share them with those concerned / Decide what follows from it

== club
goal: found {t} / start {t} / set up {t} / get {t} going / revive {t}
topic: a book club, a chess club, a neighbourhood association, a choir, a running group, a youth fire brigade, a language exchange, a parents' council, a film club, a cycling club, a repair café, a band, a board game night, a community orchestra
1 | - | Write down what {t} is for / Describe purpose and audience of {t} / Put the idea on a page
2 | 1 | Find three people who join in / Ask around for founding members / Put up a notice and collect names
1 | 2 | Meet and agree on rhythm and rules / Hold a first meeting / Decide name, dates and roles
2 | 3 | Find a room and fixed dates / Book a place for {t} / Look for a free room
2 | 3 | Clear up money, insurance and legal form / Register the association / Open an account and set the fee
2 | 4 | Plan the first three meetings / Prepare a programme / Choose the first topics
2 | 4 | Announce {t} and invite people / Make a poster and a page / Tell the local paper
1 | 6,7 | Hold the first meeting of {t} / Start {t} / Welcome the new members
1 | 8 | Ask what was good and plan on / Review after three meetings / Share out the jobs for the year

== campaign-cause
goal: get {t} / fight for {t} / campaign for {t} / start a petition for {t} / stop {t}
topic: a zebra crossing in our street, a bus stop by the school, the closure of the library, a cycle path, a skate park, a speed limit, the felling of the plane trees, a toilet on the square, more lighting in the park, a youth centre
2 | - | Collect facts and photos about {t} / Write down the problem and the demand / Find out who decides about {t}
1 | 1 | Find allies among neighbours and clubs / Form a small group / Talk to those concerned
1 | 1 | Put the demand in two sentences / Write a one-page letter / Draft the petition
3 | 2,3 | Collect signatures / Start the petition for {t} / Go from door to door
2 | 3 | Talk to councillors and the office / Meet the people who decide / Ask for an appointment
2 | 4 | Inform the press / Invite the local paper / Post about {t}
1 | 4,5 | Hand over the signatures / Speak at the council meeting / Present {t} to the council
4 | 7 | Follow up until there is a date / Keep asking / Report progress to the supporters

== fundraising
goal: raise money for {t} / collect donations for {t} / fund {t} / raise {t} / get sponsors for {t}
topic: a new roof, the school orchestra, the animal shelter, a playground, the football kit, 20,000 euros, the church bells, a lifeboat, a wheelchair bus, the theatre trip, a film
1 | - | Set the amount and the date for {t} / Work out what {t} costs / Write down the need and the sum
1 | 1 | Tell the story of {t} on one page / Describe what a gift makes possible / Prepare text and photos
2 | 1 | List possible donors, funds and sponsors / Search for grants / Collect addresses of firms
1 | 1 | Set up a donation account and receipts / Open a donation page / Clear up tax questions
4 | 2,3 | Apply for grants / Write to foundations and firms / Send the letters and call after a week
3 | 2,4 | Plan a benefit event / Hold a sponsored run / Organise a raffle
3 | 5,6 | Thank donors and report progress / Publish the state of {t} / Keep the donors informed
1 | 7 | Close the accounts and celebrate / Report how the money was used / Hand over the sum

== improve-process
goal: improve {t} / speed up {t} / introduce {t} / simplify {t} / reduce {t} / reorganise {t} / cut {t}
topic: our onboarding, the invoice process, food waste in the canteen, the support queue, a four-day week, the stock room, waiting times at the surgery, energy costs, paper in the office, code reviews, meetings, the shift handover, complaints, our carbon footprint, returns, the weekly report
2 | - | Measure how {t} stands today / Describe the state of {t} with numbers / Watch {t} for a week and take notes
1 | 1 | Ask those who do the work / Talk to the people concerned / Collect complaints and ideas
1 | 1,2 | Find the biggest causes / Choose the three worst problems / Sort the causes by effect
1 | 3 | Set a target and a date / Decide what better means / Agree on a measurable goal
2 | 3 | Work out changes and their cost / Choose two measures to try / Design the new way
3 | 4,5 | Try it with one team for two weeks / Run a pilot / Test the change on a small scale
1 | 6 | Compare with the numbers from before / Measure the effect / Ask how it went
2 | 7 | Roll it out and train everybody / Write the new rules down / Introduce it everywhere
1 | 8 | Check again after three months / Keep what works and drop the rest / Review {t} once a quarter

== declutter
goal: tidy {t} / declutter {t} / clear out {t} / sort {t} / organise {t} / clean up {t} / get {t} in order
topic: the garage, my wardrobe, 12,000 photos, the attic, my inbox, the tool shed, the office, grandma's house, the recipe drawer, the cellar, the craft cupboard, my bookshelves, all our papers, the hard drive, the pantry
1 | - | Look at {t} and divide it into zones / Take a picture of {t} and decide where to start / Set a goal and an end date for {t}
1 | 1 | Get boxes: keep, give away, throw away / Prepare boxes and labels / Decide rules for what stays
3 | 2 | Go through the first zone / Sort {t} piece by piece / Start with the easiest corner
3 | 3 | Go through the remaining zones / Do one zone a day / Work on through {t}
1 | 4 | Give away, sell or recycle / Take things to the charity shop / Bring the rubbish to the tip
2 | 4 | Find a fixed place for what stays / Put it back in order and label it / Set up shelves and boxes
1 | 6 | Agree on rules to keep it tidy / Plan ten minutes a week / Note a date for the next round

== family-care
goal: arrange {t} / organise {t} / find {t} / look after {t} / prepare for {t}
topic: care for my mother, a place in the nursery, the baby, a carer for dad, my parental leave, help at home for grandpa, a place in a nursing home, the first year at school, a school change, my surgery, the funeral of my aunt, my father's estate
1 | - | Write down what is needed and by when / Talk with the family about {t} / Make a list of needs and worries
2 | 1 | Get advice from an advice centre / Ask the insurance and the authorities / Find out about rights and money
1 | 1 | Collect papers and powers of attorney / Gather documents and contacts / Put the papers for {t} in one folder
3 | 2 | Compare offers and visit them / Look at places and services / Talk to others who have been through it
1 | 3 | Apply for benefits / Hand in the applications / Fill in the forms
1 | 4 | Decide together / Choose and sign the contract / Agree on who does what
2 | 5,6 | Prepare home and calendar / Get the home ready / Make a weekly plan and a list of phone numbers
1 | 7 | Begin and see how it goes / Start and stay in touch / Talk about it after two weeks

== make-media
goal: record {t} / make {t} / produce {t} / shoot {t} / film {t} / create {t}
topic: a podcast, a short film, our first album, an audiobook, a documentary about the ferry, a music video, a stop-motion film, a demo tape, a photo book, a radio feature, a calendar with our photos, an online course, a comic, a board game, a zine
2 | - | Put the idea of {t} on one page / Decide what {t} is about and for whom / Write a short concept
2 | 1 | Write script and list of scenes / Plan content and length / Draft the script
1 | 1 | Get equipment and helpers / Find crew, equipment and place / Borrow microphone and camera
1 | 2,3 | Make a schedule / Plan the recording days / Book the room and the people
1 | 4 | Do a test recording / Try sound, light and pace / Make a sample
4 | 5 | Record {t} / Shoot the scenes / Produce the material
5 | 6 | Edit and mix / Cut and put it together / Choose the best takes and edit
2 | 7 | Show it to a few people and improve / Get feedback on {t} / Make the corrections
1 | 8 | Publish {t} and tell people / Release {t} / Hold a small premiere

== exhibition-art
goal: paint {t} / draw {t} / exhibit {t} / show {t} / sew {t} / knit {t} / carve {t} / design {t} / embroider {t}
topic: a mural at the school, my watercolours, a quilt, a costume for carnival, a Christmas jumper, a stage set, a puppet, a tapestry, a stained-glass window, a logo for the club, a tattoo, an altar cloth, a dolls' house, a wedding dress
1 | - | Collect ideas and pictures for {t} / Look at examples of {t} / Decide size, style and purpose
2 | 1 | Make sketches and choose one / Draw three designs / Draft {t} to scale
1 | 2 | Show the sketch to those concerned / Agree the design / Ask for permission
1 | 2 | Get material and tools / Buy paint, cloth or wood / Work out the material needed
1 | 4 | Try the technique on a sample / Test colours and material / Practise the hard part
6 | 3,5 | Work on {t} step by step / Make the main part of {t} / Do the rough work
3 | 6 | Add details and corrections / Finish edges and details / Refine {t}
1 | 7 | Finish, protect and photograph {t} / Hang or hand over {t} / Complete and sign it
1 | 8 | Show {t} / Celebrate with a small opening / Present {t}

== cook-project
goal: cook {t} / brew {t} / bake {t} / make {t} for (forty guests|the feast|Christmas) / preserve {t} / ferment {t}
topic: a five-course dinner, beer, jam from our plums, a wedding cake, sourdough bread, kimchi, paella for fifty, cider, sausages, cheese, a gingerbread house, soup for the soup kitchen, mead, a vegan Christmas dinner
1 | - | Choose recipes for {t} and the number of portions / Decide what exactly and how much / Compare recipes for {t}
1 | 1 | Do a small test batch / Try the recipe once / Practise the hard part of {t}
1 | 1 | Write shopping list and timetable / Work out quantities / Plan backwards from serving time
1 | 3 | Borrow pots and equipment / Check kitchen, pots and cooling / Get bottles, tins or jars
1 | 2,3 | Buy the ingredients / Order from market and butcher / Do the shopping
1 | 4,5 | Prepare what can be done early / Chop, soak and cool / Clean everything and prepare
1 | 6 | Make {t} / Cook and season / Do the main work on {t}
1 | 7 | Serve or bottle and label / Serve {t} / Store it well
1 | 8 | Note what to change next time / Write the recipe down / Share it

== security-it
goal: secure {t} / back up {t} / protect {t} / set up {t} / upgrade {t} / automate {t}
topic: the office network, all family photos, our passwords, two-factor login for the team, a home server, the school computers, a VPN, the backups, smart heating, a network drive, my old laptop, the guest wifi, monitoring for the servers
1 | - | Take stock of {t} / List devices, accounts and data / Write down what there is and what is at risk
1 | 1 | Decide what matters most / Set goals and budget / Sort the risks
1 | 2 | Choose tools and method for {t} / Compare two solutions / Read the guides and choose
1 | 2 | Make a backup before touching anything / Save the current state / Prepare a way back
2 | 3,4 | Set up {t} step by step / Install and configure / Build it on one device first
1 | 5 | Test it, also the emergency / Check that it really works / Try a restore
2 | 6 | Roll it out to everyone / Move the other devices over / Show the users how
1 | 7 | Write down passwords and steps safely / Document {t} / Note what to do in an emergency
1 | 8 | Set reminders for updates and checks / Plan a yearly test / Review {t} every quarter

== sustainability-home
goal: install {t} / get {t} / put {t} on the roof / switch to {t} / set up {t}
topic: solar panels, a heat pump, a rainwater tank, green electricity, a wood heating, a compost heap, a wall box, new insulation, a balcony power plant, a green roof
1 | - | Note consumption and aim for {t} / Look at bills and set a goal / Find out whether {t} fits the house
2 | 1 | Get independent advice on {t} / Ask an energy adviser / Talk to neighbours who have {t}
1 | 2 | Find grants and rules / Check permits and grants / Ask the grid operator
3 | 2 | Get three quotes / Compare offers for {t} / Invite installers
1 | 3,4 | Decide, apply for grants and sign / Choose an offer / Order after the grant is approved
2 | 5 | Prepare house and dates / Clear the space / Arrange scaffolding and dates
3 | 6 | Have {t} installed / Installation / Install {t} and take photos
1 | 7 | Check, register and insure it / Acceptance and registration / Test and register {t}
1 | 8 | Compare the consumption after a season / Watch the numbers / Plan the maintenance

== teach-course
goal: teach {t} / give {t} / prepare {t} / develop {t} / hold {t} / offer {t}
topic: a course on first aid, a computer course for seniors, a lecture on comets, swimming lessons, a workshop on bookbinding, an introduction to sewing, a safety training, driving lessons for my niece, a dance class, a talk at the conference, a cooking class, my first lesson
1 | - | Find out who comes and what they know / Describe participants and aim of {t} / Decide what people can do afterwards
2 | 1 | Collect content and cut it down / Choose the three main points / Read up and gather material
1 | 2 | Make a schedule with exercises / Plan {t} minute by minute / Order the content
1 | 1 | Fix date, room and fee / Book a room / Reserve room and equipment
3 | 3 | Prepare slides, handouts and material / Make the material for {t} / Write the exercises
2 | 4 | Announce {t} and take registrations / Invite participants / Publish the date
1 | 5 | Rehearse with a friend / Do a trial run / Speak it aloud once
1 | 6,7 | Hold {t} / Give {t} and leave time for questions / Teach {t}
1 | 8 | Collect feedback and improve / Send the material round / Note what to change

== negotiate-change
goal: negotiate {t} / ask for {t} / get {t} approved / convince the boss of {t} / agree on {t}
topic: a pay rise, a new contract with the supplier, lower rent, a budget for training, flexible hours, a partnership with the museum, a raise, permission for a sabbatical, a company bike scheme, a bigger kitchen
1 | - | Write down the goal and the least acceptable result for {t} / Decide what I want with {t} / Put the aim in one sentence
2 | 1 | Collect facts and comparisons / Find numbers that support {t} / Research what is usual
1 | 1 | Think about what the other side needs / Note likely objections and answers / Find out who decides
1 | 2,3 | Prepare the arguments on one page / Write a short proposal for {t} / Put the case together
1 | 4 | Practise the talk / Rehearse with a friend / Say it aloud twice
1 | 4 | Ask for a meeting / Arrange a date / Choose a good moment
1 | 5,6 | Hold the talk about {t} / Present {t} / Negotiate calmly
1 | 7 | Put the result in writing / Confirm it by e-mail / Agree on the next steps

== open-licence-legal
goal: set up {t} / write {t} / draw up {t} / settle {t} / change {t} / make {t}
topic: my will, a power of attorney, a living will, a prenuptial agreement, the terms of use, a rental contract, the club's statutes, a partnership agreement, a trademark, our data protection policy, a non-disclosure agreement
1 | - | Write down what {t} must cover / Note wishes, people and values / Collect questions about {t}
2 | 1 | Read up on rules and forms / Look at good examples of {t} / Find out which form is required
1 | 1 | Talk to those concerned / Discuss {t} with family or partners / Ask the others for their wishes
2 | 2,3 | Write a draft of {t} / Draft {t} in plain words / Fill in a template
2 | 4 | Let a lawyer or notary check it / Get legal advice / Have the draft checked
1 | 5 | Make the corrections and agree / Go over the changes / Settle the final text
1 | 6 | Sign {t} in the right form / Have {t} signed and certified / Sign before witnesses
1 | 7 | Store it safely and tell people where / Register and file {t} / Give copies to the right people

== sports-team
goal: coach {t} / form {t} / lead {t} / build up {t} / take {t} to the (cup|tournament|league)
topic: a girls' football team, the under-tens, a rowing crew, our quiz team, a relay team, the handball team, a curling team, the school's debating team, an e-sports team, a wheelchair basketball team
1 | - | Set goals for {t} and the season / Talk with {t} about what they want / Decide the aim of {t}
1 | 1 | Find players and helpers / Invite people to a trial / Hold a trial training
1 | 1 | Reserve training times and a place / Book hall and pitch / Fix the weekly training
1 | 2 | Clear up registration, insurance and kit / Register {t} / Order shirts and balls
2 | 2,3 | Make a training plan / Plan the season / Write the first five sessions
7 | 5 | Train twice a week / Work on basics and teamwork / Practise with {t}
2 | 6 | Arrange friendly matches / Play a test game / Watch others and learn
1 | 4,7 | Play the competition / Take part with {t} / The big match
1 | 8 | Celebrate and review / Thank parents and helpers / Plan the next season

== care-environment
goal: clean up {t} / protect {t} / save {t} / restore {t} / count {t} / help {t}
topic: the river bank, the toads on the road, the bats in the church tower, our stream, the beach, the swifts, a peat bog, the old oak, the wild bees, the hedgehogs, the dunes, the village pond
2 | - | Find out what {t} needs / Look at the state of {t} / Ask an expert about {t}
1 | 1 | Ask owners and authorities for permission / Clear up who is responsible / Talk to the nature protection office
1 | 1 | Find helpers and partners / Form a group for {t} / Ask school and clubs to join
1 | 2,3 | Make a plan with dates / Choose the measures / Plan the first action day
1 | 4 | Get gloves, tools and material / Borrow the equipment / Collect material
2 | 5 | Hold the action day / Do the work on {t} / Carry out the measures
1 | 6 | Take the rubbish away and thank helpers / Report what was done / Tell the local paper about {t}
3 | 6 | Watch {t} and count regularly / Check the effect / Plan the care for the year

== volunteer-travel-work
goal: spend a year (in|at|with) {t} / go to {t} / work in {t} / study in {t} / do a term in {t}
topic: New Zealand, a farm in Ireland, a hospital in Ghana, Lisbon, a research station, a monastery, Montreal, an orphanage, a lighthouse, Seoul, an organic vineyard
2 | - | Decide when, how long and why {t} / Write down aims and worries / Talk to people who were in {t}
2 | 1 | Look for programmes and places / Compare offers / Search for a host in {t}
1 | 1 | Make a budget and find grants / Work out costs / Apply for a grant
2 | 2 | Write the applications / Apply with CV and letter / Contact the hosts
2 | 4 | Arrange visa, insurance and vaccinations / Clear up visa and health / Get the papers
1 | 4 | Sort out flat, job and contracts here / Sublet the room / Tell school or employer
1 | 3,5 | Book the journey and the first nights / Buy the ticket / Find a place to stay
3 | 5 | Learn the basics of the language and customs / Prepare for life in {t} / Read about {t}
1 | 6,7,8 | Pack, say goodbye and leave / Leave for {t} / Farewell party and departure

== reach-goal
goal: {t} / achieve {t} / manage {t} / work on {t} / make {t} happen / get {t} done / take care of {t} / finally do {t}
topic: world record in domino, a perfect handstand, a bat box for every house, the anniversary, our exchange with Poland, a second chance for the choir, the big clear-up, a quieter office, an escape room in the cellar, a cheese museum, the missing chapter, a robot that waters plants, a town twinning, a message in a bottle, the lost recipe, a snail race, a human chess game, an ice rink on the market square, a talking clock, the longest table in town
1 | - | Write down what {t} means exactly and when it is done / Describe the result of {t} in a few sentences / Agree on what {t} should look like
2 | 1 | Find out what others have done / Research {t} and collect examples / Ask somebody who knows about {t}
1 | 1 | List what is needed: people, money, permits / Work out time and cost / Note obstacles and how to get round them
1 | 2,3 | Break {t} into parts with dates / Make a rough schedule / Decide the order of the parts
2 | 3 | Find helpers and get the material / Get the things for {t} together / Ask for help and share out the work
2 | 4 | Try a small version first / Do a first trial / Test the riskiest part
5 | 5,6 | Do the main work on {t} / Carry it out part by part / Work through the parts
1 | 7 | Check the result and mend what is missing / Test {t} and correct it / Ask for feedback
1 | 8 | Finish {t} and tell everybody / Celebrate / Write down what was learned
`;
