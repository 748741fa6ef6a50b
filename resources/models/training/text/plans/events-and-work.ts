/**
 * Kinds of goals, one per paragraph: `goal:` phrasings, `T:` topics, `U:` details if the phrasings use one, then the steps in order:
 * days of work, `?` if it may be left out, `~` if it can run beside the step before, and the ways to say it.
 */
export const EVENTS_AND_WORK = `
goal: (organise|plan|hold|host|put on|run|prepare|set up) (a|an|our|the|my) {T} | {T} (in {U}|at {U}) | (organise|plan|hold) (a|our|the) {T} (in|at) {U} | we are hosting a {T} | our {T}
T: street party, pie contest, sandcastle contest, dance contest, bingo contest, summer camp, youth camp, holiday camp, summer party, charity concert, school fair, village fête, book festival, film night, quiz night, flea market, hackathon, workshop day, science fair, open day, barn dance, food festival, chess tournament, football tournament, poetry slam, craft market, neighbourhood picnic, beer festival, jazz evening, reunion, class reunion, family reunion, alumni dinner, fundraising gala, exhibition, art show, garden party, karaoke night, lantern parade, bike rally, sports day, board game weekend, seed swap, clothes swap, repair afternoon, open-air cinema, harvest festival, talent show, christmas market, conference, meetup, symposium
U: the old town hall, our courtyard, the school gym, the village square, the city park, the library, the harbour, our garage, the church hall, the sports club
1 Write down the purpose, size and budget of the <t> | Agree on what the <t> is for, how many people and what it may cost | Set the aim, guest number and budget for the <t>
2 Choose a date and a place for the <t> and reserve them | Fix the date and book the venue for the <t>
2 ? Ask for the permits the <t> needs: noise, street, food | Check which permits and insurance the <t> needs
1 ~ Find helpers and give each one area of the <t> | Build a small team and share out the jobs for the <t>
3 Draw up the programme of the <t> hour by hour | Put together the programme and confirm the people on it
2 ~ Book food, drinks and equipment for the <t> | Order catering, tables, sound and toilets
2 Announce the <t> and send the invitations | Publish the date and invite people to the <t>
1 ? Check the weather plan and the emergency numbers | Make a plan B for bad weather and for people who cancel
1 Walk through the <t> with all helpers the day before | Do a final check on site before the <t>
2 Run the <t>, clean up and thank everyone | Hold the <t>, take photos, clear up and say thank you
1 ? Note what went well and settle the bills | Pay the open bills and write down what to do better next time

goal: (plan|prepare|organise) (the|our) {T} | (launch|release|ship|bring out|roll out) (our|the|a) (new|) {T} | {T} launch | plan the launch of (our|the) {T} | plan (q1|q2|q3|q4) {T} launch | get (our|the) {T} on the market
T: mobile app, online course, web shop, podcast app, coffee blend, board game, backpack, smart lamp, cookbook, subscription box, language app, e-bike, skincare line, budgeting tool, dashboard, plugin, newsletter tool, hot sauce, craft beer, knitting kit, toy, product, product line, beta version, design tool, headphones, planner, card game, granola, soap, spring collection, service, booking tool, api, loyalty programme, camera strap, water bottle
2 Define who the <t> is for and what success means | Write one page: audience, promise and goal of the <t>
3 ? Compare the <t> with its three closest competitors | Look at what competitors offer and how they price it
3 Finish and test the last open points of the <t> | List what is still missing in the <t> and close it
2 ~ Set the price and the offer for the <t> | Decide on price, packages and payment for the <t>
3 Write the texts and make the pictures for the <t> | Prepare the launch page, pictures and texts of the <t>
2 ~ Let a small group try the <t> and collect their feedback | Run a trial of the <t> with ten friendly users
2 Fix what the trial of the <t> has shown | Work through the feedback and mend the worst problems
2 Plan the announcements: mail, press, social media | Make a calendar of posts, mails and press contacts
1 ? Brief support and sales on the <t> | Prepare answers to the questions customers will ask
1 Launch the <t> and watch the first day closely | Publish the <t> and check orders, errors and messages
2 ? Review the numbers after two weeks and decide what is next | Compare the results with the goal and plan the next steps

goal: (start|launch|set up|create|write) (a|our|my) (monthly|weekly|quarterly|regular|) {T} (for {U}|) | {T} for {U} | (start|send) a (monthly|weekly) {T} to {U}
T: newsletter, email newsletter, mailing, club bulletin, parish letter, customer mail, staff newsletter, parents' letter, company blog, blog, podcast, video channel, wall newspaper, school paper, fanzine, magazine, column
U: our bakery, the choir, the sports club, my pottery shop, the allotment club, our customers, the school, our gym, the parents, my photography, the library, the museum, our dance studio, the bike shop, the fire brigade, our book shop, the hiking club
1 Decide what readers should get from the <t> | Write down in two sentences who reads the <t> and why
2 Clean up the list of addresses and check who agreed to get mail | Collect the addresses and the consent of the readers
1 ~ Choose a tool for sending the <t> | Compare two or three tools and pick one for the <t>
2 Design a simple template for the <t> | Set up a layout with the logo, three sections and a way to unsubscribe
2 Collect topics for the first three issues of the <t> | Make a plan of topics for the next months
3 Write the first issue of the <t> | Write texts and choose pictures for issue one of the <t>
1 Let two people read it and send a test | Proofread the <t> and test it on a phone
1 Send the first issue of the <t> | Publish issue one and tell people where to sign up
1 ? Look at who opened it and what was clicked | Read the replies and the numbers and adjust the <t>
1 Set a fixed day and a person in charge for the next issues | Put the dates of the coming issues in the calendar

goal: (open|start|run|set up|found) (a|my own|our|a small|my) {T} (in {U}|with {U}|) | start a {T} | turn my hobby into a {T} | become self-employed with a {T}
T: café, bakery, bike repair shop, food truck, flower shop, second-hand bookshop, ice cream parlour, guest house, hostel, bar, tea room, wine shop, hair salon, tattoo studio, pottery studio, dog salon, escape room, co-working space, toy shop, yarn shop, record shop, farm shop, catering business, cleaning company, translation agency, photo studio, dance school, language school, music school, climbing hall, barber shop, vegan restaurant, pizzeria, soup kitchen, copy shop, kiosk, game store, garden business, web agency, consulting business, tailor's shop, cheese shop, brewery
U: the old station, the village, the city centre, a shipping container, my garage, the old bank, the market hall, my sister, two friends, a former pharmacy, the old fire station
3 Write a one-page business plan for the <t> | Describe the <t> on one page: guests, offer, prices, costs
2 Calculate the start-up costs and how long the money for the <t> lasts | Work out rent, equipment and running costs and how many months they are covered
3 ~ List the permits the <t> needs and call the offices that grant them | Ask the town hall which permits and inspections the <t> needs
3 Agree on the lease in writing | Look at the rooms and settle the lease in writing
2 ~ Agree on who does what and what happens if somebody leaves | Write down shares, jobs and working hours of everyone involved
2 Register the <t> and open a business account | Register the business, get insurance and a bank account
5 Fit out the rooms and buy the equipment for the <t> | Renovate, furnish and connect everything the <t> needs
3 Choose suppliers and set the prices | Test the offer and fix the price list of the <t>
2 ? Find and train the first helpers | Hire help for the busy hours
2 Tell the neighbourhood about the <t> | Put up a sign, a web page and opening hours for the <t>
2 Run a test day for friends and fix what goes wrong | Hold a quiet trial opening of the <t> and mend what does not work
1 Open the <t> | Hold the opening day of the <t>

goal: get {T} certified | get {T} compliant | become {T} compliant | pass the {T} audit | (introduce|implement) {T} | {T} certification | prepare for the {T} audit
T: ISO 9001, ISO 14001, ISO 13485, ISO 22301, SOC 2, HACCP, TISAX, PCI DSS, GDPR, Fairtrade, B Corp, EMAS, organic farming, FSC, CE marking, NIS2, KRITIS, GMP, IATF 16949, EN 1090, ISO 50001, WCAG, ISO 22000, HIPAA, DORA
3 Read the requirements of <t> and decide what is in scope | Define the scope: which parts of the work <t> covers
1 Name one person responsible for <t> and free time for it | Decide who leads the <t> work and how many hours it gets
3 Compare what we do today with what <t> asks for | Do a gap analysis against <t> and list what is missing
3 List the risks and decide how to treat each of them | Rate the risks and choose the measures
5 Write the policies and procedures that <t> requires | Write short, usable rules for every point of <t>
4 ~ Put the missing measures into practice | Close the gaps one by one and keep evidence
2 Train everybody on the new rules | Show all colleagues what <t> changes in their work
2 ~ Get quotes from certification bodies and book the <t> audit | Choose an auditor and fix the dates of the audit
2 Run an internal audit and a management review | Test ourselves with an internal <t> audit
2 Fix the findings before the auditor comes | Correct what the internal audit has found
2 Pass the <t> audit and plan the yearly follow-up | Go through the external audit and close its findings

goal: (hire|find|recruit) (a|an|two|three|our first) (new|good|) {T} | fill the {T} position | recruit {T} | find a {T} for {U}
T: developer, nurse, cook, head chef, waiter, sales assistant, bookkeeper, project manager, trainee, apprentice, teacher, kindergarten teacher, electrician, driver, designer, data analyst, receptionist, caretaker, office manager, intern, carpenter, gardener, barista, social worker, trainer, choir director, cleaner, babysitter, accountant, lab technician, editor, dentist's assistant, lifeguard, volunteers, mechanic, product manager, warehouse clerk
U: the night shift, our branch, the new season, the team, the kitchen, the office
1 Write down the tasks and what the <t> must know on day one | Define the role of the <t>: tasks, hours, pay
1 Get the budget and the contract type approved | Clear salary range and contract with whoever signs
2 Write and publish the job ad for the <t> | Write an honest ad and place it where a <t> will see it
1 ~ Ask the team and friends for recommendations | Tell everyone you know that you look for a <t>
2 Sort the applications by the same few criteria | Read the applications and choose five people to talk to
3 Hold the interviews for the <t> | Talk to each candidate with the same questions
2 ? Let the best two do a trial task or a trial day | Invite the favourites to a trial day
1 Check references and make an offer | Decide, call the best one and send the offer
1 Answer the others kindly and in time | Send a friendly refusal to the other applicants
2 Prepare the first two weeks of the <t> | Plan the first days: desk, keys, access, a person to ask

goal: (build|develop|write|program|code|make) (a|an|our|my) {T} | (build|develop) (a|an) {T} (for {U}|) | create a {T}
T: mobile app, web app, habit tracker, recipe app, booking system, inventory system, chat bot, browser extension, weather station software, home automation, command line tool, website, portfolio website, club website, online shop, customer portal, game, puzzle game, budgeting app, quiz app, price tracker, library catalogue, time tracker, map of hiking trails, photo album, members' database, ticket system, learning platform, voting tool, data pipeline, dashboard, wiki, search engine, calendar app, music player, text editor
U: our club, the school, my parents, the office, small shops, the museum, our choir, the clinic
1 Write down who uses the <t> and the three things it must do | Describe the <t> in half a page: users, main task, what it won't do
2 Sketch the screens or the main flow of the <t> | Draw the most important screens on paper and show them to two users
1 Choose the tools and set up the project | Pick language, framework and hosting and create the repository
2 Design the data the <t> has to keep | Decide what data is stored and how
5 Build the smallest version of the <t> that works from end to end | Write the core of the <t> first
3 Test it with two real users and write down where they get stuck | Let real users try the <t>
4 Add what is missing and fix the worst bugs | Improve the <t> along the list of findings
2 ~ Write automatic tests and set up backups | Write tests for the parts that must not break
1 ? Write a short guide for the <t> | Document installation and use on one page
2 Release the <t> | Publish the <t> and tell its users
1 ? Collect errors and wishes for the next version | Watch errors and plan version two

goal: (migrate|move|switch|upgrade) (our|the|all) {T} to {U} | (move|migrate) {T} (from one system |)to {U} | {T} migration | replace (our|the) old {T}
T: email, customer data, website, web shop, database, file server, accounting software, phone system, ticket system, intranet, photo archive, payroll, calendar, wiki, source code, crm, laptops, backup system, network, servers, newsletter list, printers, booking system, patient records, library software, monitoring
U: the cloud, a new provider, linux, the new server, a new platform, postgres, open source, the new office, another host, a new system, windows 11
2 List everything that depends on the <t> | Make an inventory of the <t>: users, data, links, contracts
1 Decide what moves, what stays and what is deleted | Clean out what nobody needs any more
2 Make a full backup and test that it can be restored | Back up the <t> and try the restore
2 Choose the new home of the <t> and set it up | Set up the target and give access to two testers
2 Do a trial run with a small part of the <t> | Move a small part first and compare old and new
2 Fix the problems of the trial and write the steps down | Write a step-by-step plan with a way back
1 ~ Tell everybody when the <t> changes and what they have to do | Announce the date and the short interruption
1 Freeze changes and move the <t> | Move the <t> at a quiet time, step by step
1 Check that everything works and nothing is missing | Compare counts and let the users test
1 Support the users in the first week | Be reachable for questions in the first days
1 ? Switch off the old system and cancel its contract | Keep the old system read-only for a month, then switch it off

goal: (write|finish|complete|hand in) (my|a|the) {T} (on|about) {U} | (write|finish) (my|a) {T} | research {U} for my {T}
T: bachelor's thesis, master's thesis, dissertation, term paper, seminar paper, research proposal, literature review, essay, conference paper, case study, lab report, grant proposal, book chapter, white paper, report, field study, study
U: urban bees, rent control, medieval trade, solar storage, school lunches, dialects, soil erosion, sleep, bird migration, microplastics, remote work, folk music, street names, early radio, local elections, patient safety, river fish, labour law
2 Narrow the question of the <t> down to one sentence | Write down the one question the <t> answers
1 Agree on the scope and the dates with the supervisor | Talk to the supervisor about scope and deadline
4 Find and read the ten most important sources | Collect the literature and take notes on each source
2 Make the outline of the <t> | Write an outline with one sentence per section
5 Collect and analyse the data | Do the analysis and save every intermediate result
5 Write a rough draft of the <t> | Write the first draft of the <t> without polishing
1 ~ Make the figures and tables | Draw the figures and check their numbers
2 Get feedback on the draft from two people | Give the draft to two readers and talk about their remarks
3 Revise the <t> from beginning to end | Rewrite the weak parts and shorten the rest
1 Check citations, format and spelling | Bring sources, layout and page numbers in order
1 Hand in the <t> | Submit the <t> and keep a copy

goal: (prepare|give|hold) (a|my|the) {T} (about {U}|on {U}|) | {T} about {U}
T: talk, lecture, presentation, speech, wedding speech, keynote, best man's speech, toast, guided tour, lesson, webinar, pitch, job interview, poster session, training session, workshop, first aid class, demo
U: beekeeping, our project, bread baking, local history, cyber security, nutrition, climate, time management, our results, photography, wild herbs, retirement, astronomy, fire safety, our startup
1 Find out who listens to the <t> and what they know already | Ask about audience, length and room of the <t>
1 Write the one thing people should remember | Put the message of the <t> in a single sentence
2 Collect stories, figures and examples | Gather material and throw half of it away
2 Build the outline of the <t> with a strong beginning and end | Put the parts in order: opening, three points, ending
2 Make the slides or notes for the <t> | Prepare slides with few words, or note cards
2 Practise the <t> aloud and stop the time | Rehearse the <t> in front of a friend
1 Cut it to the right length | Shorten what is too long
1 ? Check room, projector and sound | Try the technology on site
1 Hold the <t> and note the questions | Give the <t> and ask for feedback afterwards

goal: (raise|collect|find) (money|funds|funding|donations) for {T} | (run|start) a (fundraiser|crowdfunding campaign|donation campaign) for {T} | get (a grant|funding|sponsors) for {T} | crowdfund {T}
T: the new playground, our youth orchestra, the animal shelter, a school library, the lifeboat, the church organ, the village shop, a documentary, our football pitch, the food bank, a well, the refugee café, the skate park, the nature reserve, our museum, the fire engine, a theatre play, the bell tower, the community garden, a hospice, the steam engine
1 Set the amount that <t> needs and show what it is for | Calculate what <t> costs, line by line
2 Tell the story of <t> on one page with two good pictures | Write a short text and take photos of <t>
2 List foundations, companies and people who could help | Make a list of thirty possible donors for <t>
1 ~ Clear bank account, receipts and tax questions | Set up an account and clear how receipts are written
3 Write the applications for <t> | Fill in the two most promising grant applications
3 Ask the first ten people in person | Call or visit the ten donors most likely to say yes
3 Start the public campaign for <t> | Publish the appeal for <t> and hold a small event
1 Show progress every week | Report the state of donations every week
1 Thank every donor within three days | Write a personal thank-you to everyone who gave
2 Report what the money for <t> has done | Show donors what <t> has become

goal: (improve|increase|grow|boost) (our|my|the) {T} | more {T} (for {U}|) | get more {T} | (make|write) a (marketing|social media) plan for {T} | marketing for {T}
T: sales, bookings, visitors, followers, subscribers, members, donations, customers, orders, reviews, ticket sales, course registrations, website traffic, readers, volunteers, guests, repeat customers, leads
U: our web shop, the museum, my guest house, the theatre, our club, the podcast, my studio, the farm shop
1 Write down today's number of <t> and the number you want | Measure the <t> of the last months and set a target
2 Ask ten people why they came or stayed away | Talk to ten people and find out what holds <t> back
2 Look at where <t> come from today | Find out which channels bring <t> and what they cost
1 Choose the two ideas with the best chance for <t> | Pick two measures and leave the rest
3 Prepare texts, pictures and offers | Write the messages and make the pictures
1 ~ Set a budget and a person in charge | Decide who spends how much time and money on it
3 Run both measures for four weeks | Try the first measure for <t> and keep notes
1 Compare <t> with the number at the start | Check the numbers every week
2 Keep what works and stop the rest | Put more effort into what raised <t>

goal: (organise|plan|run) (a|our|the) {T} (with {U}|for {U}|) | {T} with {U} | plan the company {T}
T: team offsite, strategy day, team retreat, away day, kick-off meeting, annual meeting, general assembly, board retreat, planning week, retrospective, volunteer training, onboarding week, job fair stand, trade fair stand, press conference, site visit, customer visit, summer school, training course, hands-on seminar
U: twenty people, the whole team, our partners, new colleagues, the board, fifty guests, three departments
1 Agree on what should be different after the <t> | Write down the goal of the <t> in one sentence
1 Fix date, number of people and budget of the <t> | Ask everybody for dates and set the budget
2 Book rooms, travel and food for the <t> | Find a place for the <t> and book it with food and beds
2 Make the agenda with enough breaks | Plan the sessions and who leads each of them
1 ~ Invite everyone and ask about diets and travel | Send the invitation with place, times and what to bring
2 Prepare the material for the <t> | Prepare handouts, name tags and technology
1 Check everything with the venue two days before | Call the venue and confirm numbers
2 Hold the <t> and write down results as you go | Run the <t> and record every decision
1 Send the results with names and dates | Share the notes and follow up on what was promised
`;
