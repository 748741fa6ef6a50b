/** More kinds of goals; the format is described in `events-and-work.ts`. */
export const HOME_AND_MONEY = `
goal: (move|moving) {T} | (move|moving) to {U} | {T} move to {U} | (plan|organise) (my|our) move to {U} | move {T} to {U}
T: house, flat, home, apartment, our household, in together, office, our office, the workshop, the studio, my parents
U: {N}, the country, another city, a smaller flat, the third floor, the house next door, abroad
1 Fix the moving date for the <t> and give notice on the old place | Set the date of the <t> move and cancel the old contract
2 Get three quotes from removal firms or ask friends with a van | Compare removal firms, or rent a van and ask friends
3 Sort out what does not come along | Sell, give away or throw out what you no longer need
1 ~ Collect moving boxes, tape and blankets | Get boxes, tape and markers
1 Cancel or transfer electricity, internet and insurance | Tell electricity, internet, bank and insurance about the move
1 ~ Redirect the post and make a list of who needs the new address | Order mail forwarding and tell people the new address
4 Pack the boxes room by room and label them | Pack one room after the other, the moving boxes labelled on two sides
1 Pack a bag with what is needed on the first night | Keep keys, papers, bedding and tools apart
1 Do the move and check for damage | Move everything and count the boxes at the new place
2 Clean and hand over the old place | Clean, take photos and hand over the keys
2 Unpack, register the new address and meet the neighbours | Unpack the kitchen first and register at the town hall

goal: (file|do|finish|submit|prepare|hand in) (the|my|our) {T} | {T} | get (my|the) {T} (done|sorted|out of the door) | sort out (my|the) {T}
T: tax return, vat return, income tax return, 2023 tax return, 2024 tax return, annual accounts, tax declaration, property tax form, expense report, pension application, parental leave application, housing benefit application, student loan application, insurance claim, travel expenses, year-end accounts, probate papers, customs declaration, child benefit form, health insurance forms, company tax return, bookkeeping, inheritance tax return
1 Check the deadline and the forms for the <t> | Find out which forms the <t> needs and when it is due
2 Collect receipts, statements and certificates | Gather all receipts and documents for the <t> in one folder
2 Sort the receipts by category and add them up | Put the papers in order and add up each category
1 ~ Look up what can be deducted this time | Make a list of everything that can be deducted
1 Request what is missing | Ask bank, employer and insurance for the missing papers
2 Fill in the <t> | Enter the figures in the <t>, section by section
1 ? Ask an adviser about the unclear points | Clear open questions with a tax adviser or the office
1 Check the <t> against last year's | Compare the <t> with last year's and look for gaps
1 Submit the <t> and save the confirmation | Send the <t> off and keep proof
1 Put copies and receipts in the archive | File the receipts and note what to do earlier next year

goal: (get|obtain|apply for|renew|make) (my|a|the) {T} | become a (certified|licensed|qualified|) {T} | pass (my|the) {T} exam | {T} | (do|get) (my|the) {T} (this year|)
T: driving licence, motorbike licence, boat licence, sailing licence, pilot licence, fishing licence, hunting licence, taxi licence, trade licence, forklift licence, drone licence, amateur radio licence, truck licence, bus licence, shooting licence, diving certificate, first aid certificate, coaching licence, trainer certificate, lifeguard certificate, teaching certificate, food hygiene certificate, gun licence, chainsaw certificate, pyrotechnics licence, skipper's licence, crane licence, liquor licence, gliding licence, parachute licence, ski instructor certificate, beekeeping certificate, security licence, medical licence, guide's badge, forestry certificate
1 Find out who issues the <t> and what is required | Look up the authority, the conditions and the fee for the <t>
1 ~ Check age, health and paper requirements | Collect the papers the <t> asks for: ID, photo, medical
1 Sign up for a course that prepares for the <t> | Compare courses for the <t> and register for one
4 Study the theory for the <t> a little every day | Learn the rules with the official questions
4 Take the practical lessons and practise with someone experienced | Get practice hours and find somebody who already has the <t>
1 Book the exam date | Apply for the <t> exam
2 Do mock exams until they go well | Practise with mock tests and repeat what goes wrong
1 Take the exam for the <t> | Pass the theory and the practical exam
1 Apply for the <t> with all papers | Send in the application for the <t> and pay the fee
1 ? Note the renewal date and the rules that follow | Get the insurance and equipment the <t> calls for

goal: (save|put aside|save up) {T} for (a|an|my|our|the) {U} | save (up|) for (a|an|my|the) {U} | (save|put aside) {T}
T: 2000 euros, 3000 dollars, 1500 pounds, 10000 euros, 800 euros, 400 euros a month, 12000 dollars, a deposit, 20000 francs, 6000 pounds, 500 a month, an emergency fund, three months' wages
U: used car, new bike, trip to Japan, deposit on a flat, wedding, guitar, sabbatical, motorbike, laptop, kitchen, piano, boat, house, caravan, honeymoon, camera, allotment, sewing machine, dental work, van
1 Divide the amount by the months left: that is the rate | Work out how much to save each month to reach <t>
2 List all income and spending of the last three months | Go through the bank statements and see where the money goes
1 Open a separate account and set up a standing order | Let a monthly transfer save the money automatically
1 Cut the three expenses that hurt least | Cancel what you don't use and shop for cheaper contracts
2 ~ Sell what you no longer need | Sell unused things and put the money aside
2 ? Find a way to earn something extra | Look for a small side job for a few months
1 Compare prices so that you know what <u> really costs | Look up the running costs of the <u> too
1 Check the savings on the first of each month | Compare plan and balance every month and adjust the budget
2 Buy wisely when the sum is reached | Inspect before you pay and keep a small reserve

goal: (pay off|pay back|clear) (my|our|the) {T} | get out of {T} | (make|set up|keep) a {T} | sort out (our|my) {T} | get (our|my) {T} under control
T: debts, credit card debt, student loan, overdraft, household budget, family budget, finances, monthly budget, bank loan, car loan, rent arrears, spending, insurance policies, subscriptions, retirement savings, pension, mortgage
1 Write down every amount, rate and due date | List everything that belongs to the <t> on one page
2 Go through three months of bank statements | Track all spending for a month
1 Set a limit for each kind of spending | Divide the income into fixed costs, food, savings and the rest
1 Decide what comes first: the most expensive item | Rank the items of the <t> and start with the dearest
1 Cancel or renegotiate two contracts | Call banks and providers and ask for better terms
1 Set up automatic transfers for the <t> | Let a standing order do the work
1 Check the <t> at the end of each week | Hold a short money evening every week
1 ? Ask a free advice centre if it does not add up | Get independent advice on the <t>
1 Celebrate the first milestone and set the next | Review the <t> after three months and adjust

goal: (grow|plant|raise) (my own|some|) {T} (on {U}|in {U}|) | {T} on {U} | {T} in {U} | have (fresh|my own) {T} all summer
T: tomatoes, herbs, strawberries, potatoes, chillies, beans, salad, pumpkins, roses, sunflowers, tulips, mushrooms, blueberries, apples, vines, lavender, cucumbers, garlic, carrots, peppers, orchids, bonsai, wildflowers, figs, kale, onions, sweet peas, raspberries, dahlias, microgreens, ginger, hops, vegetables, fruit
U: a small balcony, a shady balcony, the window sill, the roof terrace, pots, raised beds, a greenhouse, clay soil, the allotment, the front garden, the school yard, a sunny wall, the hallway, the kitchen
1 Watch where the sun is through the day and measure the space | Note light, wind and space before buying anything for the <t>
1 Choose kinds of <t> that suit the light | Pick three easy kinds of <t> that fit the place
2 Get pots, soil and seeds or young plants | Buy containers with holes, good soil and plants
1 ~ Plan how the <t> get water when you are away | Set up watering and a place for tools
2 Prepare the soil and fill the pots | Loosen the soil and mix in compost
2 Sow or plant the <t> at the right time | Sow the first <t> and label the rows
2 Water, thin out and feed the <t> | Make a weekly round: water, feed, look for pests
1 Check the <t> for pests and disease | Protect the <t> from slugs, frost and wind
2 Harvest the <t> and use or store them | Pick the <t> often and keep some seeds
1 ? Note what grew well for next year | Write down what to do differently next season

goal: (renovate|redo|paint|insulate|refurbish|modernise|repair|tile) (the|our|my) {T} | {T} renovation | a new {T} | fix up (the|my) {T}
T: bathroom, kitchen, attic, cellar, living room, staircase, roof, garden shed, balcony, hallway, children's room, garage, fence, terrace, guest room, old windows, floors, summer house, barn, boathouse, allotment hut, clubhouse, classroom, shop front, chimney, facade, stone wall, greenhouse
1 Measure the <t> and take photos of the state it is in | Look for damp, cracks and old cables in the <t>
1 Decide what must be done and what would be nice | Write a list for the <t>: must, should, could
2 Work out materials and costs | Set a budget for the <t> with ten per cent in reserve
1 ? Ask whether the <t> needs a permit or the landlord's consent | Check permits, neighbours and rules of the house
2 Get three quotes for what you can't do yourself | Find tradespeople for electrics and water
2 ~ Order the materials for the <t> | Buy materials and rent tools
1 Clear the <t> and protect floors and furniture | Empty the <t> and cover what stays
5 Do the rough work first: walls, pipes, cables | Work from rough to fine, top to bottom
4 Do the surfaces of the <t>: plaster, paint, floor | Finish walls, floor and fittings of the <t>
1 Check the work before you pay the last bill | Go through the <t> with a list of defects
1 Clean up and put the <t> to use | Clear the rubbish away and furnish the <t>

goal: (build|make|construct) (a|an|my own|our) {T} (out of {U}|from {U}|in {U}|) | (convert|turn|rebuild) (a|an|the|my) {U} into (a|an) {T} | {T} out of (a|an|the|my) {U} | {T} from {U}
T: tiny house, tree house, pizza oven, chicken coop, outdoor kitchen, mobile bar, smokehouse, garden office, workshop, greenhouse, hot tub, sauna, playhouse, bunk bed, bookshelf, dinner table, canoe, kayak, rowing boat, guitar, cigar box ukulele, wind turbine, solar oven, compost toilet, bird house, insect hotel, camper, food cart, mobile stage, ping-pong table, loft bed, climbing wall, wine rack, beehive, puppet theatre, darkroom, raft, soapbox car, telescope, go-kart, wood stove, photo booth, mobile library, stage set
U: old bus, shipping container, delivery van, pallets, old barn, caravan, fire engine, wine barrels, old doors, scrap wood, garage, old boat, railway car, garden shed, school bus, ambulance, tractor, water tank, bricks, driftwood, milk float, circus wagon
1 Sketch the <t> with all measurements | Draw the <t> to scale and list what it must be able to do
2 Find out which rules, permits and safety checks apply | Ask early what the <t> has to fulfil to be allowed
1 ~ Look at two similar projects and ask their builders | Visit somebody who has built a <t> before
2 Check the condition of what you start with | Examine what is there: rust, rot, weight, load
1 Make a list of materials with prices | Work out materials, tools and costs for the <t>
2 Buy or borrow tools and materials | Get the materials and a dry place to work
3 Strip and clean what is not needed | Prepare the base and make it sound
5 Build the frame and the floor | Build the supporting parts of the <t> first
4 Add walls, insulation and fittings | Fit the inside of the <t>
2 ~ Let an expert do or check heat, gas and electrics | Install stove, vents or cables of the <t> and have them checked
2 Test the <t> with care and fix the faults | Try the <t> out and tighten what is loose
2 Have the <t> inspected and start using it | Finish the surface, pass the inspection and celebrate

goal: (repair|restore|fix|refurbish|bring back to life) (my|an|the|an old) {T} | (get|make) (my|the) {T} (working|running) again | restore a {T} (for {U}|)
T: bicycle, vintage motorbike, moped, tractor, record player, valve radio, grandfather clock, pocket watch, piano, accordion, violin, rocking chair, chest of drawers, typewriter, sewing machine, wooden boat, canoe, oil painting, stained-glass window, leather sofa, coffee machine, film camera, slot machine, pinball machine, doll's house, carousel horse, steam engine, quilt, chandelier, rowing machine, espresso machine, laptop, gramophone, organ, jukebox, model railway, book binding, camera, lawn mower, well pump
U: the museum, my father, the summer, the wedding, the parade, daily use
1 Examine the <t> and write down everything that is wrong | Take photos of the <t> from all sides and list the faults
1 Find a manual or somebody who knows this kind of <t> | Look for manuals, forums and a specialist for the <t>
1 Decide how far to go and what it may cost | Set a limit: usable, beautiful or like new
2 Take the <t> apart, label and photograph every part | Take it apart step by step and bag the screws
3 Clean the parts and sort out what must be replaced | Clean everything carefully
2 ~ Find spare parts for the <t> | Order spare parts or have them made
4 Repair the damaged parts | Mend what can be mended, with the gentlest method
2 Put the <t> together and adjust it | Assemble the <t> in reverse order
1 Test the <t> and correct the last faults | Run a long test and listen for odd sounds
1 Protect the surface and note how to care for it | Oil, polish and write down the care

goal: (declutter|tidy|clear out|organise|sort|clean out|empty) (the|my|our) {T} | (get|put) (the|my|our) {T} in order
T: wardrobe, cellar, attic, garage, kitchen, paper files, photos, digital photos, emails, workshop, bookshelves, children's room, garden shed, desk, whole flat, late aunt's house, storage unit, toolbox, pantry, medicine cabinet, hard drive, tax papers, basement, office, record collection, fabric stash, inbox, passwords
1 Take a picture of the <t> and decide what it is for | Set a goal for the <t> and a date when it is done
1 Divide the <t> into small zones | Make a plan: one small area of the <t> per day
1 Get boxes marked keep, give, sell and bin | Prepare bags, boxes and labels
3 Empty one zone after the other and sort every item | Go through the <t> piece by piece
1 ~ Ask the family before you give their things away | Put doubtful things in a box with a date
2 Clean the <t> while it is empty | Wipe, sweep and mend small things
2 Put back only what you use, often used things in front | Give every remaining item a fixed place
1 Label shelves, boxes or folders | Label everything so that others find it
1 Take away what goes: sell, donate, recycle | Bring the rest to charity, market or recycling
1 Fix ten minutes a week to keep the <t> that way | Set a rule for new things in the <t>

goal: (buy|find|choose|get|look for) (a|an|my first|our first|a good|a used|the right) {T} (for {U}|) | (find|buy) a {T} that fits
T: flat, house, car, used car, e-bike, cargo bike, mattress, laptop, piano, kindergarten place, nursing home, school, dentist, heat pump, washing machine, phone plan, dog, horse, boat, camera, allotment, insurance, electricity contract, sewing machine, sofa, apartment, office, studio, telescope, wedding dress, tent, hearing aid, van, tablet, accountant, therapist, kitchen, solar system, holiday home, pram
U: my mother, the family, my son, our office, the winter, daily use, under 800 euros, beginners, two people
1 Write down what the <t> must have and what it must not | List the needs: must have, nice to have, no go
1 Set the budget for the <t> including running costs | Work out what the <t> may cost per month
2 Read tests and ask people who own one | Ask three people about their experience with a <t>
2 Make a shortlist of the <t> options | Compare five offers in a table
2 Look at the best three in person | Visit or try the three best options
1 ~ Ask about faults, guarantees and hidden costs | Check papers, warranty and notice periods
1 ? Let an expert look at the favourite | Have somebody with experience check the <t>
1 Negotiate price and terms | Ask for a better price and delivery date
1 Decide, sign and pay | Choose the <t>, read the contract and sign
1 Take it into use and keep the papers | Check on delivery that nothing is missing

goal: (sell|rent out|let|auction) (my|our|the) {T} | (sell|get a good price for) (my|our) {T}
T: car, house, flat, piano, motorbike, stamp collection, record collection, boat, spare room, holiday home, old furniture, comics, bike, company, farm, coins, jewellery, lego sets, camera gear, baby clothes, paintings, tools, caravan, web shop, books, garage
1 Find out what the <t> is worth today | Look up the prices that similar offers really got
2 Clean and repair the <t> a little | Get the <t> in good shape
1 Collect papers, bills and history | Put all papers of the <t> together
1 Take good photos in daylight | Photograph the <t> from all sides, faults too
1 Write an honest ad for the <t> | Describe the <t> with condition, size and price
1 ~ Choose where to offer the <t> | Compare portals, dealers and auctions
2 Answer questions and show the <t> | Arrange viewings and ask serious buyers for their offer
1 Agree on the price and write a contract | Write a simple contract with both names
1 Hand over the <t> against payment | Get the money first, then hand over the <t>
1 ? Cancel insurance and registration | Tell insurance and offices about the sale
`;
