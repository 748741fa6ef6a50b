/** More kinds of goals; the format is described in `events-and-work.ts`. */
export const OFFICE_AND_PUBLIC = `
goal: (apply for|get|obtain) (a|an|my|the) {T} (for {U}|) | {T} for {U} | (sort out|arrange|renew) (my|the|our) {T} | get {T} (listed|recognised|registered|approved|protected) (as a monument|) | get (our|the|my) (old|) {T} (listed|recognised) as a (landmark|monument|charity)
T: citizenship, work permit, residence permit, visa, passport, building permit, parking permit, event permit, planning permission, monument status, disability card, pension, patent, trademark, food licence, business registration, charity status, adoption papers, name change, marriage licence, dual citizenship, export licence, fishing permit, tree felling permit, green card, study permit, listed status, street closure
U: my wife, our club, the new shop, the shed, two children, the invention, my brother, the market stall, our parade, abroad
1 Find out which office decides on the <t> and what the conditions are | Read the official page on the <t> and note fees and waiting times
1 ~ Make a list of the documents the <t> requires | Get the checklist and the forms for the <t>
2 Gather certificates, copies and translations | Collect the papers and have copies certified
1 Ask the office or an adviser about unclear points | Call the office with your open questions about the <t>
2 Fill in the forms for the <t> carefully | Complete the application for the <t>
1 Have somebody check that the application is complete | Go through the checklist once more before you send it
1 Book an appointment and hand in the application | Submit the <t> application and pay the fee
1 Keep proof of receipt and note the waiting time | Save the confirmation and the file number
1 ? Prepare for the interview, test or inspection | Practise for the interview or visit
1 Ask about the state of things and send what is missing | Follow up after a few weeks
1 Collect the <t> and note when it runs out | Check the <t> for mistakes and store it safely

goal: (install|get|set up|put in) (a|an|our|some|) {T} (on {U}|in {U}|at {U}|) | (switch|convert) {U} to {T} | {T} (on|for) {U}
T: solar power, solar panels, a heat pump, heat pump, rainwater tank, wood stove, fibre internet, smart heating, charging station, home battery, new windows, balcony solar panels, home network, security cameras, water filter, LED lighting, green roof, composting toilet, stair lift, underfloor heating, smoke alarms, garden pond, irrigation, ventilation, greenhouse heating, guest wifi, sound system, air conditioning
U: the roof, the church, our school, the barn, the garden, the club house, my flat, the cellar, the parish hall, the office, the farm, the apartment block, the town hall
1 Measure how much is needed and look at the place | Note consumption, space and what is there today
1 Find out about grants, permits and rules for the <t> | Ask about funding and what has to be approved
1 ~ Talk to someone who already has <t> | Visit a place with <t> and ask about costs and trouble
2 Get three offers for the <t> | Ask three firms for offers with all costs included
1 Compare cost, saving and lifetime | Calculate when the <t> pays for itself
1 Agree with owner, neighbours or members | Get the decision of everyone who has a say
1 Apply for funding and permits before ordering | Send the applications before anything is signed
1 Order the <t> and fix the date of the work | Sign the contract and plan the work
2 Prepare the place | Clear the space and arrange cables, pipes or foundations
3 Install the <t> | Have the <t> built in by the specialists
1 Test the <t> and have it signed off | Check the <t> and learn how it is used
1 Register it, claim the funding and plan the maintenance | Keep papers and put the service date in the calendar

goal: (get rid of|remove|fight|deal with|solve) (the|) {T} (in {U}|) | {T} in {U} | (find|stop) the {T} in {U}
T: moths, mice, mould, damp, bed bugs, ants, woodworm, rats, wasps, pigeons, slugs, weeds, noise, bad smell, leak, draught, rust, graffiti, spam, viruses, bottleneck, queue, backlog, litter, water damage, dust, error, mosquitoes, cockroaches, moles, traffic jam, short circuit, moss, echo, blocked drain
U: the kitchen, the archive, the wardrobe, the cellar, the church, the office, the store, our street, the server, the garden, the attic, the workshop, the classroom, the costume store, the vineyard, the hall
1 Look closely where and when the <t> occur | Write down where the <t> show up and how bad it is
1 Find out what causes the <t> | Look for the cause of the <t>, not only the signs
1 ~ Protect what is valuable and move it away | Keep what is not affected apart
1 Compare the ways to deal with the <t> | Ask an expert which treatment is safe
1 Get what is needed | Buy traps, tools or materials
2 Clean and treat the affected place | Treat the place thoroughly
1 Close the ways in | Seal gaps and change what attracts the <t>
1 Check again after a week and repeat if needed | Watch for the <t> for three weeks
1 ? Call a professional if the <t> come back | Get help if it is not enough
1 Set up regular checks so that the <t> stay away | Put a monthly check in the calendar

goal: (introduce|set up|start|create|establish) (a|an|our|) {T} (for {U}|at {U}|in {U}|) | {T} for {U} | make {U} {T}
T: mentoring scheme, buddy system, onboarding process, feedback culture, shift model, four-day week, flexible hours, help desk, suggestion box, first aid team, fire safety plan, emergency plan, crisis plan, code of conduct, style guide, knowledge base, quality checks, recycling system, inclusion plan, accessibility plan, childcare, lunch programme, newcomer programme, safety training, health programme, bilingual, barrier-free, paperless, digital, plastic-free, duty roster, visitor centre, audio guide, house rules, filing system, meeting rules, scholarship programme, training plan
U: our firm, the kindergarten, the school, the hospital ward, our team, the museum, new employees, the law office, apprentices, the club, volunteers, the library, the town, our practice, the district, teenagers, the warehouse
1 Write down which problem the <t> should solve | Describe what should be better for <u> in a year
1 Ask those concerned what they need | Talk to ten people about the <t>
1 Look at how others have done it | Visit a place where it already works
1 Name someone in charge and a small team | Decide who leads it and how much time there is
2 Work out a first version on two pages | Draft the <t>: who, what, when, how much
1 Get the approval and the budget | Present the draft and ask for a clear decision
1 ~ Prepare material and training | Write a short guide and train those who start
3 Try it in one small group | Run a pilot for six weeks
1 Ask for feedback and improve the <t> | Collect what worked and what did not
2 Extend it to everyone | Roll it out step by step
1 Measure the result after half a year | Check the aim and decide how to go on

goal: (enter|win|take part in|qualify for|compete in) (the|a) {T} (with {U}|) | (prepare|get) {U} (ready|) for the {T} | {T}
T: national championship, baking contest, robotics competition, photo contest, writing competition, science olympiad, song contest, talent show, debating contest, chess league, dog show, flower show, village competition, design award, pitch competition, architecture prize, short film prize, dance battle, eisteddfod, spelling bee, quiz league, sheepdog trials, brass band contest, maths olympiad, cup final, world record, gaming tournament, yodelling contest, cheese award, film festival
U: my team, our choir, the class, my dog, a cake, our beer, the club, my daughter, the youth team
1 Read the rules of the <t> and note all deadlines | Find out how to qualify for the <t>
1 Look at past winners and what the judges value | Study what won the <t> in other years
1 Decide what to enter with and who takes part | Choose the strongest idea for the <t>
1 Register and pay the fee | Sign up for the <t>
2 Make a training or work plan | Plan the weeks until the <t>
5 Practise or build regularly | Work on it several times a week
1 ~ Find a coach or an experienced helper | Ask somebody who has been there to help
2 Do a trial under real conditions | Simulate the <t> in front of critical friends
2 Improve the weakest points | Work on what the trial has shown
1 Organise travel, equipment and papers | Pack and check everything the <t> asks for
1 Compete in the <t> and enjoy it | Give your best and note what you learn

goal: (analyse|evaluate|research|investigate|survey|measure|study) (our|the|) {T} (of {U}|in {U}|) | (do|run|carry out) a survey on {T} | find out why {T} (drop|are low|grow)
T: customer needs, market prices, user behaviour, visitor numbers, sales figures, water quality, traffic, noise levels, reading habits, employee satisfaction, competitors, costs, complaints, bird numbers, soil quality, energy use, support tickets, dropout rates, waiting times, bug reports, bat numbers, air quality, web statistics, survey data, member wishes, returns, delivery times
U: our district, the web shop, the museum, the river, our school, the clinic, the app, the city centre, the last year, the park, three branches
1 Write the question about the <t> in one sentence | Say what will be decided with the result
1 Find out what is known already | Collect existing figures and reports on the <t>
1 Choose the method: count, ask, measure | Decide how the <t> are measured and how many cases are needed
1 Prepare forms, tools and a schedule | Make the questionnaire or the measuring plan
1 ~ Clear permission and data protection | Ask for consent and keep data safe
1 Do a small trial | Test the method with five cases
4 Collect the data | Gather the data on the <t> in a fixed way
2 Clean and analyse the data | Look for patterns and check them twice
1 Draw two or three clear charts | Show the results in simple charts
1 Discuss the result with people who know the <t> | Check the findings with experts
1 Write a short report with what should be done | Present the result and agree on measures

goal: (stage|put on|perform|direct|rehearse) (a|our|the|) {T} (with {U}|at {U}|) | (tour|play a concert) with {T} | {T} with {U}
T: theatre play, school musical, puppet show, opera, dance show, circus show, passion play, pantomime, sketch evening, magic show, flash mob, concert, choir concert, orchestra concert, band tour, shadow play, improv show, living statues, street theatre, radio play, carol concert, nativity play, talent evening, drum circle, open mic, ukulele concert, benefit concert
U: the youth group, twenty children, amateurs, the church choir, our class, pensioners, the village band, refugees, my friends, the market square, the fish market
1 Choose the piece and clear the rights | Decide what is performed and how long it lasts
1 Set date, place and budget | Reserve the stage or square for the <t>
1 Find the performers and give out the parts | Hold auditions and cast the <t>
1 ~ Find people for stage, costumes, light and sound | Form a team behind the stage
1 Make a rehearsal plan | Fix the rehearsal dates with everyone
5 Rehearse the <t> scene by scene | Practise the parts and put them together
3 Make costumes, props and set | Build and collect what the <t> needs
1 ~ Announce the <t> and sell tickets | Hang posters and tell the press
1 Do a technical run | Try light, sound and changes at the place
1 Hold the dress rehearsal | Run the whole <t> once without stopping
1 Perform the <t> and celebrate with everyone | Play the <t> and thank all helpers

goal: (protect|secure|back up|safeguard) (my|our|the) {T} (against {U}|from {U}|) | (prepare|get ready) for {U} | {T} safe from {U}
T: data, house, bikes, accounts, passwords, laptop, family photos, company network, garden, chickens, web site, archive, phone, orchard, beehives, museum collection, allotment, customer data, emails, identity, boat, cellar
U: theft, hackers, floods, power cuts, storms, fire, foxes, frost, heat waves, burglars, data loss, hail, ransomware, drought, water damage, martens
1 Write down what must be protected and what it is worth | Make a list of the most important parts of the <t>
1 Find out which dangers are likely | Think through what could go wrong
1 Look for the weak spots | Check the <t> for weak spots, with someone who knows
1 Do the cheap and quick things first | Fix the simplest gaps today
2 Choose and buy what is missing | Get the equipment or service you need
2 Put the measures in place | Install and set up the protection for the <t>
1 ~ Explain it to everyone who has to know | Show family or team what to do
1 Write down what to do in an emergency | Make a one-page emergency plan with phone numbers
1 Test it for real | Do a drill or try to restore the <t>
1 Check insurance and papers | Look at what the insurance covers
1 Repeat the check twice a year | Put the next check in the calendar

goal: (reorganise|redesign|relaunch|modernise|improve) (our|the|my) {T} (for {U}|of {U}|) | (new|better) {T} for {U} | make our {T} (simpler|faster|better|friendlier)
T: website, onboarding, menu, office layout, shop layout, logo, product page, library, reception, member magazine, customer service, checkout, booking process, invoice process, exhibition, playground, schedule, warehouse, meetings, support process, brand, intranet, archive, signage, kitchen workflow, waiting room, homework club
U: the club, the hotel, new customers, the practice, the museum, older people, children, our guests, the school, mobile phones
1 Find out what does not work about the <t> today | Watch five people use the <t> and take notes
1 Set one measurable goal for the new <t> | Decide what should be better and how you will see it
1 Look at three good examples | Collect ideas from others
2 Sketch two or three variants of the <t> | Draft a new <t> on paper
1 Ask users which variant works for them | Test the sketches with real people
1 Decide, with time and cost | Choose one variant and get the approval
4 Build the new <t> | Carry out the change step by step
1 ~ Prepare those who work with it | Train the people who use it every day
1 Switch to the new <t> | Start with the new <t> on a quiet day
1 Compare with the goal after a month | Measure again and correct

goal: (collect|sort|inventory|value|catalogue|exhibit|show) (my|our|the|) {T} (in {U}|for {U}|) | (make|curate) an exhibition of {T} | a museum for {T} | sort out (grandfather's|my late uncle's|our) {T}
T: stamps, coins, paintings, butterflies, minerals, fossils, vintage toys, model trains, local crafts, old tools, insects, wine labels, photographs, posters, teapots, musical instruments, books, costumes, puppets, children's drawings, radios, farm machines, estate, beekeeping gear, herbarium, shells, maps, cameras, hats, buttons, vinyl, letters
U: the town hall, an old barn, the school, insurance, the library, a web page, the county museum, a shop window, the heirs
1 Decide what the <t> are to be used for | Set the aim: keep, show or sell the <t>
1 Get an overview and count the <t> | Look through everything and make a rough list
1 ~ Learn how to handle and store the <t> | Ask a specialist how to keep the <t> safe
1 Choose a system: number, name, date, place | Make a form with the facts to record
3 Photograph and record each piece | Number and describe the <t> one by one
1 Find out origin and value of the best pieces | Have the most valuable pieces looked at
2 Select the pieces that tell the story | Choose what is shown and group it
2 Write short labels | Write texts that everyone understands
2 Prepare the room: cases, light, safety | Build the display and insure it
1 Invite the first visitors | Open the show and lead the first tour
1 Store the rest well | Pack the rest and note where it is
`;
