/** Kinds of goals: words that tell them, and their steps in order. Written by `generate.ts kinds` from `text/plans/`. */
export const PLAN_KINDS_JSON = `
{
 "kinds": [
  {
   "cues": "^are=6.0|hosting=6.0|^our=4.7|^hold=3.4|festival=3.2|reunion=4.9|contest=3.0|swap=4.8|^organise=2.1|camp=3.7|sports=3.3|tournament=3.8|fair=3.2|party=2.1|day=2.4|village=2.2|school fair=4.2|^host=4.1|night=1.8|seed swap=4.2|flea market=4.1|pie contest=4.1|holiday camp=4.1|book festival=4.1|chess tournament=4.1|market=1.8|seed=4.0|rally=4.0|charity concert=4.0|clothes swap=4.0|neighbourhood picnic=4.0|garden party=4.0|bike rally=4.0|jazz evening=4.0|sports day=4.0|barn dance=4.0|bingo contest=4.0|picnic=3.3|repair afternoon=3.9|street party=3.9|gala=3.9|flea=3.9|class reunion=3.9|^plan=1.1|jazz=3.9|quiz night=3.9|harvest festival=3.9|dance contest=3.9|pie=3.9|dance=2.1|football tournament=3.9|game weekend=3.9|youth camp=3.9|lantern parade=3.9|bingo=3.9|beer festival=3.9|food festival=3.8|fête=3.8|slam=3.8|poetry slam=3.8|symposium=3.8|workshop day=3.8|fundraising gala=3.8|summer party=2.8|science fair=3.8|sandcastle contest=3.8|family reunion=3.7|lantern=3.7|show=1.7|school=0.9|weekend=2.8|clothes=2.8|alumni dinner=3.7|meetup=3.7|film night=3.7|hackathon=3.7|fundraising=3.7|talent show=2.9|neighbourhood=3.1|repair=2.9|chess=2.5|art show=3.6|village fête=3.6|evening=2.2|alumni=3.6|sandcastle=3.6|board game=2.6|poetry=3.0|karaoke night=3.5|cinema=3.5|open-air cinema=3.5|open day=3.5|harvest=2.8|holiday=2.0|football=2.5|art=3.4|open-air=3.4|talent=2.4|parade=2.1|conference=2.1|quiz=2.5|summer camp=3.4|^run=1.1|afternoon=1.0|barn=1.8|summer=1.1|game=1.7|science=2.2|beer=2.0|charity=1.6|let's hold=2.9|^prepare=0.9|craft market=3.1|project: hold=2.7|book=1.2|dinner=1.5|karaoke=3.0|concert=1.1|workshop=1.2|goal: hold=2.6|exhibition=1.1|goal: organise=1.9|^set up=1.0|youth=1.4|film=1.4|craft=2.4|board=1.2|let's organise=2.1|open=1.6|^summer=2.5|class=1.1|bike=1.1|^bike=2.8|christmas market=2.7|^pie=2.7|food=1.0|project: organise=2.0|next: hold=2.3|todo: hold=2.3|^art=2.6|^karaoke=2.6|^sandcastle=2.6|^beer=2.5|^science=2.3|^charity=2.3|^dance=2.0|^quiz=2.3|todo: organise=1.7|^neighbourhood=2.1|^class=2.1|plan: hold=2.1|^exhibition in=2.4|^seed=2.4|^flea=2.4|^harvest=2.4|^street=1.7|contest must=2.3|christmas=1.9|^barn=2.1|^book=2.1|^conference=2.2|^jazz=2.2|^clothes=2.2|^alumni=2.2|^fundraising=2.2|plan: host=2.2|^lantern=2.2|^workshop=1.6|^holiday=2.0|next: run=1.6|^school=1.2|^family=1.2|^youth=1.8|emissions=0.8|emissions test=0.8|hurting=1.0|^talent=1.5|^board=1.3|engines=0.8|^garden=1.2|^food=1.1|goal: set=0.9|goal: run=0.9|plan: prepare=0.9",
   "stages": [
    "1|Write down the purpose, size and budget of the <t>|Agree on what the <t> is for, how many people and what it may cost|Set the aim, guest number and budget for the <t>",
    "2|Choose a date and a place for the <t> and reserve them|Fix the date and book the venue for the <t>",
    "2|Ask for the permits the <t> needs: noise, street, food|Check which permits and insurance the <t> needs",
    "1|Find helpers and give each one area of the <t>|Build a small team and share out the jobs for the <t>",
    "3|Draw up the programme of the <t> hour by hour|Put together the programme and confirm the people on it",
    "2|Book food, drinks and equipment for the <t>|Order catering, tables, sound and toilets",
    "2|Announce the <t> and send the invitations|Publish the date and invite people to the <t>",
    "1|Check the weather plan and the emergency numbers|Make a plan B for bad weather and for people who cancel",
    "1|Walk through the <t> with all helpers the day before|Do a final check on site before the <t>",
    "2|Run the <t>, clean up and thank everyone|Hold the <t>, take photos, clear up and say thank you",
    "1|Note what went well and settle the bills|Pay the open bills and write down what to do better next time"
   ]
  },
  {
   "cues": "launch=6.0|^plan=3.3|market=3.5|tool=4.1|q1=4.9|plan q1=4.9|q2=4.9|plan q2=4.9|q3=4.9|plan q3=4.9|tool launch=4.8|q4=4.8|plan q4=4.8|app=3.0|^roll out=4.7|game=3.1|line=3.4|product=3.6|^bring out=4.5|^release=4.4|online course=4.4|skincare line=4.4|plugin=4.4|version=4.4|^ship=4.0|budgeting tool=4.3|kit=4.3|^prepare=1.8|skincare=4.3|subscription box=4.3|beta version=4.3|design tool=4.3|backpack=4.3|strap=4.3|blend=4.3|coffee blend=4.3|sauce=4.3|knitting kit=4.3|beta=4.3|craft beer=4.2|camera strap=4.2|card game=4.2|hot sauce=4.2|podcast app=4.2|newsletter tool=4.2|subscription=4.2|dashboard=3.6|^launch=3.1|soap=4.1|craft=3.9|app launch=4.1|planner=4.1|game launch=4.1|^organise=1.5|cookbook=3.6|granola=4.1|language app=4.1|water bottle=4.1|hot=3.7|budgeting=3.5|board game=3.2|lamp=4.0|smart lamp=4.0|course=2.7|web shop=2.7|headphones=4.0|api=4.0|e-bike=3.4|online=2.9|bottle=3.6|line launch=4.0|beer=2.9|product line=3.9|booking tool=3.9|toy=2.9|spring collection=3.9|loyalty programme=3.9|web=2.0|loyalty=3.8|mobile app=3.0|design=2.7|smart=3.2|podcast=2.6|box=2.0|knitting=2.1|card=2.2|board=1.8|newsletter=1.9|camera=2.0|language=2.2|strap launch=3.6|blend launch=3.6|spring=2.9|cookbook launch=3.5|course launch=3.5|booking=2.3|toy launch=3.4|service=2.1|programme=2.1|product launch=3.4|version launch=3.4|launch must=3.4|box launch=3.3|kit launch=3.3|beer launch=3.3|mobile=1.4|collection=1.7|water=1.5|coffee=0.9|planner launch=3.2|api launch=3.2|service launch=3.2|granola launch=3.1|lamp launch=3.1|sauce launch=3.1|backpack launch=3.0|goal: roll=3.0|bottle launch=2.9|goal: prepare=1.7|^product=2.8|soap launch=2.8|dashboard launch=2.8|plugin launch=2.8|e-bike launch=2.8|collection launch=2.8|^budgeting=2.8|^camera=2.7|launch savings=2.7|programme launch=2.7|project: roll=2.7|^skincare=2.7|shop launch=2.7|headphones launch=2.7|market zero=2.6|^cookbook=2.4|todo: organise=1.8|strict=1.0|very strict=1.0|^api=2.6|^coffee=2.6|launch beside=2.6|^subscription=2.6|launch zero=2.6|goal: ship=2.5|^knitting=2.4|goal: bring=1.9|next: bring=2.2|let's organise=1.7|^design=1.6|next: roll=2.4|todo: release=2.4|launch money=2.4|^service=2.4|^card=2.4|^granola=2.4|goal: release=2.4|market must=2.3|todo: bring=2.2|architect=1.1|let's bring=2.1|^smart=2.0|goal: launch=2.0|goal: organise=1.2|^podcast=1.9|^planner=2.2|^backpack=2.2|^beta=2.2|plan: release=2.2|launch enough=2.2|q2 camera=2.2|launch while=2.2|^soap=2.2|^craft=2.2|q3 card=2.2|launch one=2.2|launch cash=2.2|next: release=2.2|next: ship=2.2|market #2027=2.2|^hot=1.9|^toy=1.9|plan: prepare=1.2|^water=1.8|plan: organise=1.3|^board=1.3|taxes=0.9|^mobile=1.0|next: organise=1.2",
   "stages": [
    "2|Define who the <t> is for and what success means|Write one page: audience, promise and goal of the <t>",
    "3|Compare the <t> with its three closest competitors|Look at what competitors offer and how they price it",
    "3|Finish and test the last open points of the <t>|List what is still missing in the <t> and close it",
    "2|Set the price and the offer for the <t>|Decide on price, packages and payment for the <t>",
    "3|Write the texts and make the pictures for the <t>|Prepare the launch page, pictures and texts of the <t>",
    "2|Let a small group try the <t> and collect their feedback|Run a trial of the <t> with ten friendly users",
    "2|Fix what the trial of the <t> has shown|Work through the feedback and mend the worst problems",
    "2|Plan the announcements: mail, press, social media|Make a calendar of posts, mails and press contacts",
    "1|Brief support and sales on the <t>|Prepare answers to the questions customers will ask",
    "1|Launch the <t> and watch the first day closely|Publish the <t> and check orders, errors and messages",
    "2|Review the numbers after two weeks and decide what is next|Compare the results with the goal and plan the next steps"
   ]
  },
  {
   "cues": "weekly=6.0|monthly=5.3|^send=6.0|newsletter=4.8|letter=5.7|^start=2.3|blog=5.6|club=2.6|quarterly=5.3|regular=5.2|staff newsletter=5.1|company blog=5.0|bulletin=5.0|email newsletter=5.0|^launch=4.3|mail=5.0|club bulletin=5.0|parents' letter=5.0|fanzine=5.0|customer mail=5.0|parish letter=5.0|column=4.9|school paper=4.9|newspaper=4.8|mailing=4.8|wall newspaper=4.7|channel=4.7|staff=3.8|video channel=4.7|^set up=2.3|magazine=3.7|email=3.8|parents'=3.3|^write=1.9|^create=2.1|school=1.4|podcast=3.4|parish=2.6|customer=2.5|goal: send=4.1|wall=2.8|video=2.9|paper=1.3|goal: start=2.3|^staff=3.9|^wall=3.8|company=1.4|^parish=3.8|monthly company=3.7|todo: send=3.7|weekly email=3.7|monthly magazine=3.7|let's send=3.7|^column for=3.6|^customer=2.9|^company=2.9|^mailing for=3.6|^blog for=3.6|weekly newsletter=3.6|monthly club=3.6|^email=3.2|^parents'=3.4|weekly magazine=3.5|monthly staff=3.5|^video=3.5|^club=3.1|next: send=3.4|monthly email=3.4|monthly parents'=3.4|monthly school=3.4|^fanzine for=3.4|monthly podcast=3.4|plan: start=2.2|^magazine for=3.4|weekly podcast=3.4|weekly parish=3.4|weekly fanzine=3.4|weekly column=3.4|monthly column=3.4|^school=2.5|goal: launch=3.2|project: start=2.1|weekly mailing=3.3|weekly club=3.3|project: send=3.3|^newsletter for=3.2|monthly customer=3.2|weekly staff=3.2|weekly company=3.2|monthly wall=3.2|monthly video=3.2|let's start=1.9|monthly blog=3.1|monthly fanzine=3.1|weekly blog=3.1|weekly school=3.0|plan: send=3.0|weekly customer=3.0|weekly parents'=3.0|next: start=1.8|todo: start=1.9|todo: launch=2.9|weekly wall=2.9|^podcast for=2.9|todo: write=2.2|goal: create=2.1|goal: set=2.1|monthly mailing=2.8|monthly parish=2.8|regular staff=2.7|monthly newsletter=2.7|let's set=2.3|quarterly school=2.6|regular email=2.6|quarterly column=2.6|goal: podcast=2.5|let's launch=2.5|club hardly=2.4|goal: staff=2.4|regular podcast=2.4|weekly video=2.4|quarterly fanzine=2.4|quarterly customer=2.4|regular newsletter=2.4|plan: launch=2.4|project: set=1.9|plan: set=1.8|speak=1.0|can speak=1.0|speak english=1.0|project: write=1.6|goal: write=1.4|english=0.9|regular club=2.2|goal: blog=2.2|goal: magazine=2.2|next: video=2.2|weekly nordic=2.2|quarterly parents'=2.2|regular fanzine=2.2|todo: parents'=2.2|regular company=2.2|quarterly wall=2.2|next: set=1.7|project: launch=2.1|project: school=2.0|todo: set=1.6|plan: create=1.5|next: write=1.4|engines=1.0|next: create=1.5|let's write=1.3|plan: write=1.3|^secret=1.1",
   "stages": [
    "1|Decide what readers should get from the <t>|Write down in two sentences who reads the <t> and why",
    "2|Clean up the list of addresses and check who agreed to get mail|Collect the addresses and the consent of the readers",
    "1|Choose a tool for sending the <t>|Compare two or three tools and pick one for the <t>",
    "2|Design a simple template for the <t>|Set up a layout with the logo, three sections and a way to unsubscribe",
    "2|Collect topics for the first three issues of the <t>|Make a plan of topics for the next months",
    "3|Write the first issue of the <t>|Write texts and choose pictures for issue one of the <t>",
    "1|Let two people read it and send a test|Proofread the <t> and test it on a phone",
    "1|Send the first issue of the <t>|Publish issue one and tell people where to sign up",
    "1|Look at who opened it and what was clicked|Read the replies and the numbers and adjust the <t>",
    "1|Set a fixed day and a person in charge for the next issues|Put the dates of the coming issues in the calendar"
   ]
  },
  {
   "cues": "self-employed=6.0|become self-employed=6.0|hobby=6.0|^become=3.8|^turn=3.9|^start=2.6|shop=3.0|salon=5.0|^open=4.5|studio=3.3|agency=4.8|business=3.7|^found=2.6|pizzeria=4.4|dog salon=4.4|barber=4.3|dance school=4.3|tattoo=4.3|language school=4.3|barber shop=4.3|toy shop=4.3|tattoo studio=4.3|^set up=2.0|yarn=4.2|yarn shop=4.2|parlour=4.2|tea=4.2|goal: turn=3.4|own=2.0|hostel=4.2|bookshop=4.2|cream=4.2|ice cream=4.2|cream parlour=4.2|goal: start=2.6|school=1.2|soup=4.2|second-hand=4.2|music school=4.2|tea room=4.2|translation=4.1|soup kitchen=4.1|cleaning=4.1|tailor's=4.1|second-hand bookshop=4.1|toy=3.2|room=2.1|cleaning company=4.1|tailor's shop=4.1|hair salon=4.1|kiosk=4.1|^run=1.8|hair=4.1|goal: become=3.2|bakery=3.0|ice=3.4|translation agency=4.1|web agency=4.1|cheese shop=4.1|wine shop=4.0|guest house=3.7|small=1.3|catering=4.0|language=2.6|photo studio=4.0|catering business=4.0|bike repair=4.0|repair shop=4.0|next: become=3.4|escape=3.9|escape room=3.9|record shop=3.9|flower shop=3.9|restaurant=3.9|brewery=3.9|pottery studio=3.9|vegan restaurant=3.9|cheese=3.0|todo: turn=3.6|consulting=3.9|plan: become=3.3|flower=3.2|game store=3.8|copy=3.8|guest=2.5|farm shop=3.3|wine=2.7|bar=2.6|consulting business=3.8|climbing hall=3.8|todo: become=3.1|repair=3.0|food truck=3.7|copy shop=3.7|project: turn=3.3|dance=1.9|let's become=3.2|todo: start=2.5|hall=1.7|vegan=2.0|co-working=3.6|space=3.6|pottery=2.5|truck=3.1|project: start=2.3|co-working space=3.6|garden business=3.6|climbing=2.5|let's turn=2.9|café=2.2|store=2.2|next: start=2.3|photo=2.0|web=1.7|kitchen=1.5|music=1.4|let's start=2.2|record=1.9|next: turn=3.1|project: become=2.9|plan: turn=3.0|plan: start=2.2|dog=0.8|game=1.8|bike=1.4|goal: found=2.5|company=0.9|goal: open=2.9|farm=1.1|food=1.1|project: found=2.4|goal: run=1.7|project: open=2.6|plan: found=2.1|goal: set=1.6|todo: open=2.4|shop cash=2.2|todo: set=1.8|plan: set=1.8|todo: found=2.0|nordic=0.8|let's set=1.8|own pottery=2.2|project: set=1.7|shop one=2.0|let's found=1.9|shop must=1.9|project: run=1.4",
   "stages": [
    "3|Write a one-page business plan for the <t>|Describe the <t> on one page: guests, offer, prices, costs",
    "2|Calculate the start-up costs and how long the money for the <t> lasts|Work out rent, equipment and running costs and how many months they are covered",
    "3|List the permits the <t> needs and call the offices that grant them|Ask the town hall which permits and inspections the <t> needs",
    "3|Agree on the lease in writing|Look at the rooms and settle the lease in writing",
    "2|Agree on who does what and what happens if somebody leaves|Write down shares, jobs and working hours of everyone involved",
    "2|Register the <t> and open a business account|Register the business, get insurance and a bank account",
    "5|Fit out the rooms and buy the equipment for the <t>|Renovate, furnish and connect everything the <t> needs",
    "3|Choose suppliers and set the prices|Test the offer and fix the price list of the <t>",
    "2|Find and train the first helpers|Hire help for the busy hours",
    "2|Tell the neighbourhood about the <t>|Put up a sign, a web page and opening hours for the <t>",
    "2|Run a test day for friends and fix what goes wrong|Hold a quiet trial opening of the <t> and mend what does not work",
    "1|Open the <t>|Hold the opening day of the <t>"
   ]
  },
  {
   "cues": "compliant=6.0|audit=4.6|iso=6.0|certification=6.0|certified=4.8|^prepare for=3.2|^implement=5.5|^get=1.3|^become=2.8|^pass=2.7|get iso=5.0|^introduce=3.7|13485=4.8|14001=4.8|marking=4.7|tisax=4.7|iso 13485=4.7|iso 14001=4.7|9001=4.7|fsc=4.7|nis2=4.7|iso 9001=4.7|22000=4.6|ce=4.6|ce marking=4.6|dss=4.6|hipaa=4.6|farming=4.6|iso 22000=4.6|dora=4.6|pci=4.6|2=4.5|soc 2=4.6|organic=4.6|organic farming=4.6|haccp=4.6|gdpr=4.6|pci dss=4.5|fairtrade=4.5|wcag=4.5|22301=4.5|1090=4.5|corp=4.5|50001=4.5|b corp=4.5|kritis=4.5|gmp=4.5|iso 22301=4.4|16949=4.4|soc=4.4|en 1090=4.4|b=4.4|iso 50001=4.4|iatf 16949=4.4|emas=4.3|en=4.3|iatf=4.3|become iso=4.2|^iso=3.9|marking compliant=3.7|haccp compliant=3.7|13485 compliant=3.7|implement iso=3.6|14001 compliant=3.6|hipaa audit=3.6|dss audit=3.6|13485 audit=3.6|22000 compliant=3.6|14001 audit=3.6|gdpr audit=3.6|22301 compliant=3.6|fsc compliant=3.5|get tisax=3.5|farming compliant=3.5|wcag audit=3.5|tisax audit=3.5|haccp audit=3.5|dora audit=3.4|get dora=3.4|hipaa compliant=3.4|nis2 audit=3.4|9001 certified=3.4|50001 compliant=3.4|introduce iso=3.4|goal: become=2.4|gmp audit=3.4|emas compliant=3.4|get ce=3.4|dss compliant=3.4|kritis audit=3.4|get kritis=3.3|nis2 compliant=3.3|tisax compliant=3.3|get soc=3.3|50001 audit=3.3|22000 certified=3.3|2 audit=3.3|9001 compliant=3.3|corp audit=3.3|1090 audit=3.3|farming audit=3.3|gmp certification=3.3|fsc audit=3.3|16949 compliant=3.3|emas audit=3.3|marking audit=3.3|goal: introduce=2.8|get fsc=3.2|2 compliant=3.2|1090 compliant=3.2|9001 audit=3.2|^gmp=3.2|tisax certified=3.2|get nis2=3.2|get iatf=3.2|project: get=1.3|goal: get=0.9|project: become=2.6|goal: pass=2.1|plan: become=2.5|^kritis=3.1|kritis certification=3.1|fairtrade compliant=3.1|22301 certified=3.1|get en=3.1|corp compliant=3.1|gmp compliant=3.1|get hipaa=3.1|14001 certification=3.1|nis2 certified=3.1|kritis certified=3.1|fairtrade certified=3.1|next: prepare=2.2|plan: pass=2.5|fsc certification=3.0|gdpr certification=3.0|gdpr compliant=3.0|1090 certified=3.0|get wcag=3.0|todo: implement=3.0|dora certified=3.0|get gdpr=3.0|let's become=2.4|plan: get=1.2|project: pass=2.3|let's get=1.1|^soc=2.9|2 certification=2.9|dora compliant=2.9|22301 audit=2.9|marking certification=2.9|get emas=2.9|get b=2.9|audit must=2.9|16949 audit=2.9|kritis compliant=2.9|become haccp=2.9|^fairtrade=2.9|fairtrade certification=2.9|16949 certified=2.9|22000 audit=2.9|wcag compliant=2.9|gdpr certified=2.9|get fairtrade=2.9|todo: get=1.1|next: get=1.1|project: prepare=1.9|todo: become=2.1|^fsc=2.8|plan: implement=2.8|become hipaa=2.8|corp certified=2.8|compliant savings=2.8|marking certified=2.8|tisax certification=2.8|fairtrade audit=2.8|get pci=2.8|fsc certified=2.8|1090 certification=2.8|let's pass=2.1|goal: prepare=1.5|wcag certification=2.7|13485 certified=2.7|emas certification=2.7|next: implement=2.7|compliant beside=2.7|get organic=2.7|wcag certified=2.7|implement nis2=2.7|farming certified=2.7|50001 certification=2.7|^gdpr=2.7|let's prepare=1.7|plan: prepare=1.8|todo: introduce=2.5|todo: prepare=1.6|^emas=2.6|^ce=2.6|compliant money=2.6|certified must=2.6|2 certified=2.6|dss certified=2.6|nis2 certification=2.6|become organic=2.6|implement pci=2.6|get haccp=2.6|compliant must=2.6|^b=2.6|compliant one=2.6|^en=2.6|project: implement=2.6|^iatf=2.6|audit hardly=2.6|let's introduce=2.5|next: become=1.8|plan: introduce=2.3|next: pass=1.8|^dora=2.4|certification one=2.4|introduce kritis=2.4|13485 certification=2.4|become pci=2.4|become nis2=2.4|14001 certified=2.4|compliant zero=2.4|^organic=2.4|become gdpr=2.4|floating iso=2.4|introduce fsc=2.4|22000 certification=2.4|secret iso=2.4|16949 certification=2.4|implement dora=2.4|become fsc=2.4|corp certification=2.4|let's implement=2.4|become tisax=2.4|get blue=2.3|get big=2.3|blue=0.9",
   "stages": [
    "3|Read the requirements of <t> and decide what is in scope|Define the scope: which parts of the work <t> covers",
    "1|Name one person responsible for <t> and free time for it|Decide who leads the <t> work and how many hours it gets",
    "3|Compare what we do today with what <t> asks for|Do a gap analysis against <t> and list what is missing",
    "3|List the risks and decide how to treat each of them|Rate the risks and choose the measures",
    "5|Write the policies and procedures that <t> requires|Write short, usable rules for every point of <t>",
    "4|Put the missing measures into practice|Close the gaps one by one and keep evidence",
    "2|Train everybody on the new rules|Show all colleagues what <t> changes in their work",
    "2|Get quotes from certification bodies and book the <t> audit|Choose an auditor and fix the dates of the audit",
    "2|Run an internal audit and a management review|Test ourselves with an internal <t> audit",
    "2|Fix the findings before the auditor comes|Correct what the internal audit has found",
    "2|Pass the <t> audit and plan the yearly follow-up|Go through the external audit and close its findings"
   ]
  },
  {
   "cues": "^recruit=6.0|^fill=6.0|position=5.5|^find=3.0|^hire=5.7|assistant=4.9|manager=3.6|goal: recruit=4.8|receptionist=4.6|director=4.5|goal: fill=4.5|intern=4.5|waiter=4.5|teacher=3.0|developer=4.5|choir director=4.5|cleaner=4.4|worker=4.4|social worker=4.4|lifeguard=3.7|electrician=4.3|mechanic=4.3|apprentice=4.3|chef=4.3|head chef=4.3|dentist's=4.3|caretaker=4.3|bookkeeper=4.3|dentist's assistant=4.3|gardener=4.3|office=1.8|trainee=3.3|nurse=4.3|babysitter=4.3|clerk=4.2|warehouse clerk=4.2|editor=3.5|technician=4.1|carpenter=4.1|analyst=4.1|data analyst=4.1|goal: find=2.5|lab technician=4.1|designer=4.1|plan: recruit=4.1|office manager=4.1|todo: recruit=4.1|hire two=4.1|social=2.8|recruit three=4.0|find two=4.0|recruit two=4.0|kindergarten teacher=4.0|product manager=4.0|next: recruit=4.0|two=0.9|let's find=2.8|driver=3.2|sales assistant=4.0|barista=3.6|hire three=4.0|head=2.5|lab=3.0|trainer=3.3|three=1.1|next: fill=3.9|warehouse=2.6|manager position=3.8|todo: fill=3.8|todo: find=2.6|product=2.6|assistant position=3.7|plan: fill=3.7|volunteers=1.6|choir=1.6|cook=2.0|plan: find=2.4|accountant=2.2|next: find=2.4|data=1.6|goal: hire=3.6|receptionist position=3.6|let's recruit=3.6|project manager=2.3|sales=1.9|worker position=3.5|let's fill=3.5|project=2.0|project: recruit=3.4|kindergarten=1.8|project: find=2.2|teacher position=3.4|todo: hire=3.4|analyst position=3.3|lifeguard position=3.3|project: fill=3.3|find three=3.3|project: hire=3.1|trainee position=3.1|intern position=3.1|technician position=3.1|cleaner position=3.1|driver position=3.1|waiter position=3.0|recruit electrician=3.0|editor position=3.0|bookkeeper position=3.0|recruit cleaner=3.0|recruit warehouse=3.0|director position=3.0|babysitter position=3.0|recruit babysitter=3.0|recruit intern=3.0|carpenter position=2.9|accountant position=2.9|next: hire=2.9|nurse position=2.9|recruit barista=2.8|recruit accountant=2.8|recruit carpenter=2.8|caretaker position=2.8|recruit bookkeeper=2.8|recruit editor=2.8|gardener position=2.8|barista position=2.8|apprentice position=2.8|position hardly=2.8|mechanic position=2.7|recruit dentist's=2.7|developer position=2.7|chef position=2.7|recruit driver=2.7|recruit choir=2.7|recruit product=2.7|volunteers position=2.7|recruit nurse=2.7|recruit waiter=2.7|recruit volunteers=2.6|designer position=2.6|position must=2.6|recruit designer=2.6|recruit data=2.6|recruit social=2.6|recruit gardener=2.6|plan: hire=2.6|recruit lab=2.6|recruit sales=2.6|recruit caretaker=2.6|recruit mechanic=2.6|recruit head=2.6|position cash=2.5|electrician position=2.4|clerk position=2.4|let's hire=2.4|recruit project=2.4|cook position=2.4|position zero=2.4|position beside=2.4|recruit teacher=2.4|recruit office=2.4|recruit cook=2.4|recruit developer=2.4|position two=2.4|antique=0.9|recruit receptionist=2.2|trainer position=2.2|recruit lifeguard=2.2|position money=2.2|ghent=1.5|horses=0.8",
   "stages": [
    "1|Write down the tasks and what the <t> must know on day one|Define the role of the <t>: tasks, hours, pay",
    "1|Get the budget and the contract type approved|Clear salary range and contract with whoever signs",
    "2|Write and publish the job ad for the <t>|Write an honest ad and place it where a <t> will see it",
    "1|Ask the team and friends for recommendations|Tell everyone you know that you look for a <t>",
    "2|Sort the applications by the same few criteria|Read the applications and choose five people to talk to",
    "3|Hold the interviews for the <t>|Talk to each candidate with the same questions",
    "2|Let the best two do a trial task or a trial day|Invite the favourites to a trial day",
    "1|Check references and make an offer|Decide, call the best one and send the offer",
    "1|Answer the others kindly and in time|Send a friendly refusal to the other applicants",
    "2|Prepare the first two weeks of the <t>|Plan the first days: desk, keys, access, a person to ask"
   ]
  },
  {
   "cues": "^create=4.9|^develop=6.0|^build=4.3|app=4.4|tracker=5.5|website=3.7|^program=5.1|^code=4.9|game=3.2|tool=3.1|portfolio=4.6|goal: create=4.1|price tracker=4.6|portfolio website=4.5|photo album=4.5|system=2.2|puzzle=4.5|puzzle game=4.4|mobile app=3.9|search=4.4|album=3.8|automation=4.4|habit tracker=4.4|goal: develop=4.4|trails=4.4|home automation=4.4|bot=4.3|club website=4.3|voting=4.3|quiz app=4.3|search engine=4.3|hiking trails=4.3|web app=4.3|voting tool=4.3|inventory system=4.2|extension=4.2|^write=1.7|recipe=4.2|command=4.2|browser=4.2|catalogue=4.2|map=3.7|inventory=3.8|learning platform=4.2|command line=4.2|line tool=4.2|browser extension=4.2|library catalogue=4.2|chat bot=4.2|weather station=4.2|station software=4.2|chat=4.1|recipe app=4.1|text=4.1|text editor=4.1|online shop=4.1|portal=4.1|members'=4.1|goal: build=3.6|calendar app=4.1|editor=3.4|photo=2.6|quiz=3.3|wiki=3.4|plan: create=3.7|let's create=3.8|time tracker=4.0|members' database=4.0|pipeline=4.0|budgeting app=4.0|mobile=2.0|platform=3.2|data pipeline=4.0|customer portal=4.0|project: create=3.7|dashboard=3.3|hiking=2.7|todo: create=3.6|database=3.2|budgeting=3.3|learning=2.9|next: develop=3.9|station=2.9|calendar=2.8|price=1.9|booking system=3.1|online=2.7|engine=2.2|music player=3.8|home=1.9|software=2.4|booking=2.6|todo: develop=3.8|next: create=3.6|line=2.4|ticket system=3.0|next: build=3.4|player=3.1|web=1.9|habit=1.7|club=1.0|let's develop=3.6|todo: build=3.4|ticket=2.4|weather=1.1|project: build=3.1|data=1.5|customer=1.7|plan: build=3.2|library=1.2|music=1.2|goal: program=3.1|plan: develop=3.0|let's build=2.7|project: develop=2.9|project: code=2.8|goal: code=2.8|plan: program=2.7|next: write=1.9|next: code=2.5|project: write=1.8|todo: program=2.4|next: program=2.4|plan: write=1.7|project: program=2.2|tracker one=2.2|let's code=2.2|council has=1.3|!1=0.9|goal: write=0.8",
   "stages": [
    "1|Write down who uses the <t> and the three things it must do|Describe the <t> in half a page: users, main task, what it won't do",
    "2|Sketch the screens or the main flow of the <t>|Draw the most important screens on paper and show them to two users",
    "1|Choose the tools and set up the project|Pick language, framework and hosting and create the repository",
    "2|Design the data the <t> has to keep|Decide what data is stored and how",
    "5|Build the smallest version of the <t> that works from end to end|Write the core of the <t> first",
    "3|Test it with two real users and write down where they get stuck|Let real users try the <t>",
    "4|Add what is missing and fix the worst bugs|Improve the <t> along the list of findings",
    "2|Write automatic tests and set up backups|Write tests for the parts that must not break",
    "1|Write a short guide for the <t>|Document installation and use on one page",
    "2|Release the <t>|Publish the <t> and tell its users",
    "1|Collect errors and wishes for the next version|Watch errors and plan version two"
   ]
  },
  {
   "cues": "^replace=6.0|migration=4.9|^migrate=6.0|system=4.2|one system=5.9|^move=3.7|source=5.4|software=4.4|server=4.3|^upgrade=5.1|one=1.5|^switch=3.1|accounting software=4.8|library software=4.8|monitoring=4.7|patient records=4.7|newsletter list=4.6|customer data=4.0|crm=4.6|payroll=4.6|photo archive=4.6|source code=4.5|phone system=4.5|servers=4.5|system migration=4.5|file server=4.4|patient=3.7|records=3.2|accounting=3.5|ticket system=3.8|booking system=3.8|goal: replace=4.3|printers=4.3|file=4.3|database=3.7|wiki=3.6|email=3.4|goal: move=3.3|backup system=4.2|software migration=4.2|data=2.2|archive=2.6|code=2.5|phone=2.9|backup=4.1|network=2.9|web shop=2.7|laptops=4.0|intranet=3.2|booking=2.8|customer=2.3|goal: migrate=4.0|photo=2.4|ticket=2.8|todo: replace=3.9|let's replace=3.9|list=1.4|next: migrate=3.9|newsletter=2.1|calendar=2.7|library=1.6|web=1.9|plan: migrate=3.7|plan: move=3.1|data migration=3.6|database migration=3.6|next: replace=3.6|website=2.0|project: replace=3.5|^accounting=3.5|laptops migration=3.5|^crm=3.4|crm migration=3.4|^servers=3.4|servers migration=3.4|^database=3.4|email migration=3.4|list migration=3.4|todo: migrate=3.4|let's migrate=3.4|project: migrate=3.4|let's move=2.7|code migration=3.3|network migration=3.3|payroll migration=3.3|shop=0.8|^ticket=3.2|server migration=3.2|wiki migration=3.2|plan: replace=3.2|^source=3.2|archive migration=3.2|^network=3.2|printers migration=3.2|project: move=2.7|^email=2.8|next: move=2.6|todo: move=2.6|goal: switch=2.3|^library=3.1|^printers=3.1|^laptops=3.1|^booking=3.0|^intranet=3.0|intranet migration=3.0|^payroll=3.0|^newsletter=2.9|monitoring migration=2.9|move monitoring=2.9|records migration=2.9|move newsletter=2.9|plan: switch=2.5|^photo=2.1|move servers=2.8|shop migration=2.8|website migration=2.8|migrate photo=2.8|^patient=2.8|^file=1.9|^customer=2.1|let's upgrade=2.7|migrate crm=2.7|move library=2.7|^backup=2.7|migrate payroll=2.7|migrate email=2.7|migrate intranet=2.7|goal: upgrade=2.7|^website=2.7|move patient=2.7|^wiki=2.6|^monitoring=2.6|move crm=2.6|migrate web=2.6|migrate file=2.6|calendar migration=2.6|migrate phone=2.6|migrate library=2.6|todo: switch=2.1|next: switch=2.1|migration while=2.4|move file=2.4|move customer=2.4|migrate source=2.4|move photo=2.4|next: upgrade=2.4|migrate network=2.4|wants=0.9|see=0.9|migration must=2.3|^web=2.1|migrate booking=2.2|migrate monitoring=2.2|move ticket=2.2|next: intranet=2.2|migrate database=2.2|plan: upgrade=2.2|migration zero=2.2|move database=2.2|move network=2.2|move phone=2.2|migrate wiki=2.2|move source=2.2|move accounting=2.2|migration money=2.1|pass inspection=0.9|dad=0.9|^phone=1.8|^calendar=1.8|contracts=1.0|upsetting=0.9",
   "stages": [
    "2|List everything that depends on the <t>|Make an inventory of the <t>: users, data, links, contracts",
    "1|Decide what moves, what stays and what is deleted|Clean out what nobody needs any more",
    "2|Make a full backup and test that it can be restored|Back up the <t> and try the restore",
    "2|Choose the new home of the <t> and set it up|Set up the target and give access to two testers",
    "2|Do a trial run with a small part of the <t>|Move a small part first and compare old and new",
    "2|Fix the problems of the trial and write the steps down|Write a step-by-step plan with a way back",
    "1|Tell everybody when the <t> changes and what they have to do|Announce the date and the short interruption",
    "1|Freeze changes and move the <t>|Move the <t> at a quiet time, step by step",
    "1|Check that everything works and nothing is missing|Compare counts and let the users test",
    "1|Support the users in the first week|Be reachable for questions in the first days",
    "1|Switch off the old system and cancel its contract|Keep the old system read-only for a month, then switch it off"
   ]
  },
  {
   "cues": "^research=4.8|^finish=4.3|^write=3.5|study=4.4|proposal=5.8|thesis=5.7|paper=2.7|report=4.5|^hand in=4.4|^complete=4.3|about=2.0|field study=5.1|chapter=5.1|literature=5.1|review=5.1|literature review=5.1|book chapter=5.1|research=5.0|essay=5.0|grant proposal=5.0|term=5.0|research proposal=5.0|dissertation=5.0|term paper=5.0|bachelor's=5.0|white=5.0|bachelor's thesis=5.0|field=3.9|case study=4.9|white paper=4.9|seminar paper=4.9|case=4.3|lab report=4.9|conference paper=4.9|master's=4.8|lab=4.2|grant=3.4|master's thesis=4.8|paper about=4.8|seminar=3.8|conference=3.4|book=2.5|goal: research=3.9|study about=4.2|goal: finish=3.7|thesis about=4.2|next: research=3.9|project: research=3.9|proposal about=4.0|plan: research=3.7|goal: write=3.2|project: finish=3.6|essay about=3.9|let's research=3.6|todo: finish=3.6|todo: research=3.5|project: write=3.2|let's finish=3.4|plan: finish=3.3|let's write=3.1|review about=3.6|next: write=3.0|goal: hand=3.4|chapter about=3.4|todo: write=2.8|next: finish=2.9|goal: complete=3.0|dissertation about=3.1|report about=3.0|project: complete=2.9|plan: write=2.4|let's hand=2.8|todo: hand=2.7|plan: complete=2.7|todo: complete=2.5|plan: hand=2.5|let's complete=2.4|next: hand=2.3|study must=2.4|next: complete=2.4|report must=2.2|paper cash=2.2|paper must=2.1|parma=1.6",
   "stages": [
    "2|Narrow the question of the <t> down to one sentence|Write down the one question the <t> answers",
    "1|Agree on the scope and the dates with the supervisor|Talk to the supervisor about scope and deadline",
    "4|Find and read the ten most important sources|Collect the literature and take notes on each source",
    "2|Make the outline of the <t>|Write an outline with one sentence per section",
    "5|Collect and analyse the data|Do the analysis and save every intermediate result",
    "5|Write a rough draft of the <t>|Write the first draft of the <t> without polishing",
    "1|Make the figures and tables|Draw the figures and check their numbers",
    "2|Get feedback on the draft from two people|Give the draft to two readers and talk about their remarks",
    "3|Revise the <t> from beginning to end|Rewrite the weak parts and shorten the rest",
    "1|Check citations, format and spelling|Bring sources, layout and page numbers in order",
    "1|Hand in the <t>|Submit the <t> and keep a copy"
   ]
  },
  {
   "cues": "about=3.7|^give=6.0|^hold=4.5|speech=5.9|^prepare=2.9|speech about=5.6|session=4.3|session about=5.2|guided tour=5.0|wedding speech=5.0|interview=5.0|job interview=4.9|training session=4.9|aid class=4.8|poster session=4.8|lecture=4.7|man's=4.7|best man's=4.7|man's speech=4.7|presentation about=4.7|lecture about=4.7|talk=4.7|guided=4.7|demo about=4.6|tour about=4.6|presentation=4.6|keynote=4.6|keynote about=4.6|workshop about=4.6|lesson=4.6|lesson about=4.6|demo=4.3|talk about=4.5|class about=4.5|poster=4.0|aid=3.1|tour=2.5|interview about=4.5|webinar about=4.4|toast=4.4|class=2.3|pitch about=4.3|pitch=3.1|^lecture=4.2|toast about=4.2|webinar=4.2|^demo=3.8|^presentation=4.1|^lesson=4.1|^webinar=4.1|^keynote=4.0|^guided=4.0|^speech=4.0|^job=3.6|goal: give=3.9|workshop=2.1|best=2.9|^training=3.6|wedding=2.0|training=2.3|^workshop=3.6|^talk=3.9|^first=2.9|^best=3.8|next: give=3.7|^wedding=3.2|let's give=3.5|^poster=3.7|goal: hold=3.3|plan: hold=3.4|job=1.1|todo: give=3.4|project: hold=3.3|^toast=3.5|goal: prepare=2.1|next: hold=3.2|todo: hold=3.2|todo: prepare=2.2|plan: give=3.1|^pitch=2.9|plan: prepare=2.2|let's prepare=2.0|project: give=3.0|let's hold=2.6|goal: keynote=2.8|project: prepare=1.9|next: prepare=1.8|goal: training=2.6|goal: workshop=2.6|goal: wedding=2.4|goal: lecture=2.4|let's demo=2.4|^second=1.7|goal: lesson=2.2|goal: presentation=2.2|plan: lecture=2.2|goal: webinar=2.2|next: speech=2.2|project: job=2.2|stopping=1.1|production=1.1|stopping production=1.1|^antique=1.6|^joint=1.5|^wooden=1.3|^traditional=1.1|^tiny=1.1",
   "stages": [
    "1|Find out who listens to the <t> and what they know already|Ask about audience, length and room of the <t>",
    "1|Write the one thing people should remember|Put the message of the <t> in a single sentence",
    "2|Collect stories, figures and examples|Gather material and throw half of it away",
    "2|Build the outline of the <t> with a strong beginning and end|Put the parts in order: opening, three points, ending",
    "2|Make the slides or notes for the <t>|Prepare slides with few words, or note cards",
    "2|Practise the <t> aloud and stop the time|Rehearse the <t> in front of a friend",
    "1|Cut it to the right length|Shorten what is too long",
    "1|Check room, projector and sound|Try the technology on site",
    "1|Hold the <t> and note the questions|Give the <t> and ask for feedback afterwards"
   ]
  },
  {
   "cues": "^crowdfund=6.0|campaign=6.0|funding=6.0|fundraiser=5.7|donation=5.6|donation campaign=5.6|get funding=5.6|sponsors=5.5|get sponsors=5.5|funds=5.4|engine=4.0|crowdfunding=5.4|crowdfunding campaign=5.4|^run=3.0|grant=4.2|^collect=4.5|^get=1.2|hospice=5.2|church organ=5.0|documentary=4.5|^raise=3.4|donations=4.0|football pitch=5.0|nature=5.0|reserve=5.0|nature reserve=5.0|animal=5.0|shelter=5.0|animal shelter=5.0|lifeboat=4.9|theatre play=4.2|steam engine=4.3|football=4.4|youth orchestra=4.9|steam=4.2|school library=4.9|^start=1.6|organ=3.7|village shop=4.0|bell tower=4.8|pitch=3.7|community=4.1|skate park=3.6|orchestra=4.0|refugee café=4.7|community garden=4.0|playground=3.3|fire engine=3.9|skate=3.3|bell=4.2|tower=4.2|theatre=3.1|food bank=3.9|^find=1.5|park=2.8|well=2.6|refugee=3.3|church=2.4|raise funds=4.4|café=3.2|youth=2.7|find donations=4.4|money=1.4|goal: crowdfund=4.3|find funds=4.3|village=2.1|museum=2.1|collect funds=4.2|bank=2.1|play=1.8|fire=1.9|find funding=4.2|find money=4.2|food=2.2|collect funding=4.1|library=1.9|collect money=4.0|raise donations=4.0|collect donations=3.9|raise money=3.9|shop=1.2|garden=1.3|let's crowdfund=3.8|todo: crowdfund=3.7|raise funding=3.7|next: crowdfund=3.6|project: crowdfund=3.5|goal: run=2.6|plan: crowdfund=3.4|todo: get=1.4|goal: start=1.7|next: collect=3.2|todo: run=2.8|goal: get=0.9|goal: find=1.5|next: run=2.5|plan: raise=2.8|next: start=1.7|goal: collect=2.8|project: raise=2.5|next: get=1.0|plan: run=2.2|let's start=1.5|project: collect=2.5|let's run=2.1|project: start=1.4|todo: collect=2.5|let's get=0.8|project: get=0.8|goal: raise=2.0|project: run=1.9|todo: start=1.3|plan: collect=2.4|hospice must=2.4|shelter must=2.4|plan: start=1.3|museum must=2.3|next: raise=2.1|todo: raise=2.0|next: find=1.2|let's raise=1.8|plan: find=1.0|upsetting=0.9|paperwork=0.9|compliance=1.0|officer=1.0|compliance officer=1.0",
   "stages": [
    "1|Set the amount that <t> needs and show what it is for|Calculate what <t> costs, line by line",
    "2|Tell the story of <t> on one page with two good pictures|Write a short text and take photos of <t>",
    "2|List foundations, companies and people who could help|Make a list of thirty possible donors for <t>",
    "1|Clear bank account, receipts and tax questions|Set up an account and clear how receipts are written",
    "3|Write the applications for <t>|Fill in the two most promising grant applications",
    "3|Ask the first ten people in person|Call or visit the ten donors most likely to say yes",
    "3|Start the public campaign for <t>|Publish the appeal for <t> and hold a small event",
    "1|Show progress every week|Report the state of donations every week",
    "1|Thank every donor within three days|Write a personal thank-you to everyone who gave",
    "2|Report what the money for <t> has done|Show donors what <t> has become"
   ]
  },
  {
   "cues": "get more=6.0|^marketing for=6.0|more=3.5|^more=3.7|marketing plan=5.8|media plan=5.7|social media=4.7|sales=4.2|media=4.6|customers=3.9|marketing=5.2|bookings=5.1|repeat=5.1|orders=5.1|^social=5.1|^write=2.5|visitors=5.0|subscribers=5.0|^marketing=5.0|^boost=5.0|website traffic=5.0|readers=5.0|repeat customers=5.0|reviews=4.9|followers=4.9|registrations=4.9|^increase=4.9|ticket sales=4.9|course registrations=4.9|leads=4.8|^get=0.9|^grow=3.5|ticket=3.8|donations=3.5|traffic=3.3|social=3.4|website=3.0|members=3.0|guests=2.8|course=3.3|volunteers=2.2|goal: marketing=4.4|^improve=2.4|goal: more=3.2|more sales=4.0|more subscribers=3.9|more reviews=3.9|more repeat=3.8|more guests=3.8|more members=3.8|more ticket=3.8|more volunteers=3.7|more visitors=3.7|plan: marketing=3.7|more bookings=3.7|more customers=3.7|project: marketing=3.7|more donations=3.7|todo: more=3.2|more orders=3.6|let's more=3.0|todo: marketing=3.5|let's marketing=3.5|more readers=3.5|project: more=3.0|goal: write=2.5|more website=3.4|more course=3.4|goal: boost=3.4|next: more=2.9|goal: grow=2.9|goal: get=0.9|next: marketing=3.0|more leads=3.0|more followers=2.9|plan: more=2.4|let's write=2.1|plan: write=2.1|next: get=0.9|next: write=2.0|plan: get=0.9|let's increase=2.6|readers must=2.6|project: boost=2.4|goal: increase=2.4|todo: increase=2.4|more nordic=2.3|plan: grow=2.3|goal: improve=1.8|secret=0.9|floating=0.9|plan: improve=1.8|plan: boost=2.2|orders zero=2.2|next: boost=2.2|project: increase=2.2|more floating=2.2|more missing=2.2|more joint=2.2|more secret=2.1|project: grow=2.0|let's grow=1.9|can sew=0.9|todo: write=1.4|let's improve=1.7|project: improve=1.6",
   "stages": [
    "1|Write down today's number of <t> and the number you want|Measure the <t> of the last months and set a target",
    "2|Ask ten people why they came or stayed away|Talk to ten people and find out what holds <t> back",
    "2|Look at where <t> come from today|Find out which channels bring <t> and what they cost",
    "1|Choose the two ideas with the best chance for <t>|Pick two measures and leave the rest",
    "3|Prepare texts, pictures and offers|Write the messages and make the pictures",
    "1|Set a budget and a person in charge|Decide who spends how much time and money on it",
    "3|Run both measures for four weeks|Try the first measure for <t> and keep notes",
    "1|Compare <t> with the number at the start|Check the numbers every week",
    "2|Keep what works and stop the rest|Put more effort into what raised <t>"
   ]
  },
  {
   "cues": "company=4.5|^plan=3.4|retreat=5.6|team=3.5|meeting=5.0|fair stand=5.4|visit=4.4|board=3.4|stand=4.5|^run=2.8|fair=4.3|training=3.7|offsite=5.1|press conference=5.0|team offsite=5.0|^organise=2.3|day=3.0|board retreat=4.9|week=2.2|planning week=4.8|press=4.8|summer school=4.8|site visit=4.8|hands-on seminar=4.8|assembly=4.8|training course=4.8|retrospective=4.8|conference=3.6|annual meeting=4.8|team retreat=4.8|general assembly=4.7|customer visit=4.7|kick-off meeting=4.7|volunteer training=4.7|trade fair=4.7|onboarding week=4.7|seminar=3.6|job fair=4.7|away day=4.7|strategy day=4.6|company team=4.6|kick-off=4.6|course=3.3|general=4.5|hands-on=4.5|site=3.8|planning=3.6|away=4.4|onboarding=3.2|trade=3.3|strategy=4.2|annual=3.4|volunteer=3.2|^team=4.2|company press=4.0|customer=2.2|^annual=3.5|^hands-on=3.7|^retrospective with=3.7|summer=1.5|company onboarding=3.7|^strategy=3.7|^site=3.7|company training=3.7|^volunteer=3.7|^general=3.6|company trade=3.6|company retrospective=3.6|^away=3.6|company kick-off=3.6|company annual=3.6|^board=3.1|company job=3.5|^planning=3.4|company summer=3.4|company general=3.4|company volunteer=3.4|^job=2.9|^customer=2.7|^press=3.3|^onboarding=3.2|company strategy=3.4|company board=3.4|^trade=3.1|^summer=2.9|company site=3.3|company hands-on=3.3|company planning=3.3|^kick-off=3.2|company customer=3.2|job=0.9|goal: organise=2.1|company away=3.1|project: run=2.6|goal: run=2.1|plan: organise=2.3|let's run=2.4|^training=2.3|project: organise=2.2|todo: organise=2.0|todo: run=2.3|next: run=2.2|let's organise=1.9|goal: team=2.4|next: organise=1.6|company wooden=2.2|week must=2.2|goal: retrospective=2.2|goal: away=2.2|plan: run=1.7|let's customer=2.1|^missing=1.3|^blue=1.2|^outdoor=0.9",
   "stages": [
    "1|Agree on what should be different after the <t>|Write down the goal of the <t> in one sentence",
    "1|Fix date, number of people and budget of the <t>|Ask everybody for dates and set the budget",
    "2|Book rooms, travel and food for the <t>|Find a place for the <t> and book it with food and beds",
    "2|Make the agenda with enough breaks|Plan the sessions and who leads each of them",
    "1|Invite everyone and ask about diets and travel|Send the invitation with place, times and what to bring",
    "2|Prepare the material for the <t>|Prepare handouts, name tags and technology",
    "1|Check everything with the venue two days before|Call the venue and confirm numbers",
    "2|Hold the <t> and write down results as you go|Run the <t> and record every decision",
    "1|Send the results with names and dates|Share the notes and follow up on what was promised"
   ]
  },
  {
   "cues": "move=5.8|^move=4.3|^moving to=5.7|^move to=5.5|^moving=5.2|flat=3.3|together=5.3|house=2.7|^organise=2.3|household=4.0|office=2.3|studio=3.2|goal: move=4.0|office move=4.6|^move in=4.6|workshop=2.6|apartment=3.2|parents=2.7|^my=1.9|move apartment=4.2|^in=4.2|together move=4.2|todo: move=3.9|next: move=3.8|let's move=3.8|apartment move=4.1|^the=2.3|house move=4.0|plan: moving=4.0|goal: moving=4.0|household move=4.0|studio move=4.0|plan: move=3.5|^our=2.0|workshop move=3.9|project: move=3.6|move office=3.9|project: moving=3.9|move home=3.9|flat move=3.9|home=1.9|move flat=3.8|^flat=3.8|move house=3.7|parents move=3.7|home move=3.7|^apartment=3.7|^plan=0.9|^house=3.0|^office=3.6|^moving in=3.6|todo: moving=3.6|next: moving=3.5|goal: organise=2.4|let's moving=3.4|moving office=3.3|^home=2.8|let's organise=2.2|moving house=1.9|moving apartment=2.7|todo: organise=1.8|moving home=2.6|next: organise=1.9|plan: organise=1.8|horses=1.3|contacts=1.0|have 120=1.0|120 contacts=1.0|moving flat=2.2|flat must=2.1|flat zero=2.1|project: organise=1.4",
   "stages": [
    "1|Fix the moving date for the <t> and give notice on the old place|Set the date of the <t> move and cancel the old contract",
    "2|Get three quotes from removal firms or ask friends with a van|Compare removal firms, or rent a van and ask friends",
    "3|Sort out what does not come along|Sell, give away or throw out what you no longer need",
    "1|Collect moving boxes, tape and blankets|Get boxes, tape and markers",
    "1|Cancel or transfer electricity, internet and insurance|Tell electricity, internet, bank and insurance about the move",
    "1|Redirect the post and make a list of who needs the new address|Order mail forwarding and tell people the new address",
    "4|Pack the boxes room by room and label them|Pack one room after the other, the moving boxes labelled on two sides",
    "1|Pack a bag with what is needed on the first night|Keep keys, papers, bedding and tools apart",
    "1|Do the move and check for damage|Move everything and count the boxes at the new place",
    "2|Clean and hand over the old place|Clean, take photos and hand over the keys",
    "2|Unpack, register the new address and meet the neighbours|Unpack the kitchen first and register at the town hall"
   ]
  },
  {
   "cues": "return=6.0|tax=5.1|tax return=6.0|application=6.0|^sort out=3.2|sorted=5.6|done=5.5|declaration=5.4|form=5.4|benefit=4.6|accounts=4.7|door=3.6|^get=1.1|2024 tax=4.9|^file=4.6|insurance=3.5|housing benefit=4.9|benefit application=4.9|expense report=4.8|^submit=4.8|tax declaration=4.8|annual accounts=4.8|expense=4.8|2023 tax=4.8|loan application=4.8|expenses=4.8|travel expenses=4.7|income tax=4.7|forms=4.7|claim=4.7|out of=2.1|probate papers=4.7|child benefit=4.7|benefit form=4.7|property tax=4.7|tax form=4.7|insurance claim=4.6|bookkeeping=4.6|vat return=4.6|2024=4.6|health insurance=4.6|insurance forms=4.6|leave=4.6|parental leave=4.6|leave application=4.6|income=4.6|^hand in=3.1|report=3.1|year-end accounts=4.5|pension application=4.5|child=4.5|property=4.5|student loan=3.4|company tax=4.5|2023=4.5|customs declaration=4.5|annual=3.8|vat=4.4|probate=4.4|parental=4.4|housing=3.4|inheritance=4.4|inheritance tax=4.3|goal: sort=3.2|papers=3.1|year-end=4.3|return sorted=4.3|travel=2.8|loan=2.2|customs=2.6|pension=2.9|return done=4.1|^finish=1.8|student=2.1|^tax=4.0|health=2.2|application done=3.9|application sorted=3.9|^prepare=1.3|plan: sort=2.8|^2024=3.6|goal: get=1.2|^2023=3.5|^housing=3.4|todo: sort=2.5|let's sort=2.4|next: sort=2.6|company=1.1|^the=1.6|^student=2.5|accounts sorted=3.2|^vat=3.2|declaration done=3.2|^parental=3.2|^year-end=3.2|^bookkeeping=3.2|project: sort=2.5|^probate=3.1|^annual=2.6|declaration sorted=3.0|goal: submit=3.0|^insurance=2.8|todo: get=1.1|project: get=1.1|form done=2.9|^property=2.9|^child=2.9|bookkeeping done=2.9|^income=2.9|^health=2.7|project: submit=2.8|accounts done=2.8|next: get=1.0|project: file=2.8|plan: get=1.0|next: hand=2.6|expenses sorted=2.7|goal: tax=2.7|return must=2.7|^customs=2.7|report done=2.7|let's get=0.9|^travel=2.3|report sorted=2.6|plan: file=2.6|^expense=2.6|expenses done=2.6|forms sorted=2.6|form sorted=2.6|goal: file=2.5|^company=1.8|plan: hand=2.3|papers done=2.4|return savings=2.4|application must=2.4|papers sorted=2.4|^inheritance=2.4|bookkeeping sorted=2.4|^pension=2.3|goal: finish=1.6|goal: housing=2.2|sorted zero=2.2|declaration one=2.2|declaration must=2.2|claim sorted=2.2|return bad=2.2|project: hand=2.1|todo: hand=1.9|goal: hand=1.7|treasurer=1.0|project: finish=1.3|project: prepare=0.9",
   "stages": [
    "1|Check the deadline and the forms for the <t>|Find out which forms the <t> needs and when it is due",
    "2|Collect receipts, statements and certificates|Gather all receipts and documents for the <t> in one folder",
    "2|Sort the receipts by category and add them up|Put the papers in order and add up each category",
    "1|Look up what can be deducted this time|Make a list of everything that can be deducted",
    "1|Request what is missing|Ask bank, employer and insurance for the missing papers",
    "2|Fill in the <t>|Enter the figures in the <t>, section by section",
    "1|Ask an adviser about the unclear points|Clear open questions with a tax adviser or the office",
    "1|Check the <t> against last year's|Compare the <t> with last year's and look for gaps",
    "1|Submit the <t> and save the confirmation|Send the <t> off and keep proof",
    "1|Put copies and receipts in the archive|File the receipts and note what to do earlier next year"
   ]
  },
  {
   "cues": "licence=5.7|certificate=6.0|licence exam=5.9|^become=3.3|^pass=3.2|exam=2.7|qualified=5.0|licensed=4.8|certificate exam=4.8|certified=2.9|^obtain=3.4|^my=2.1|^renew=3.3|^the=2.7|hygiene=4.4|food hygiene=4.4|hygiene certificate=4.4|lifeguard certificate=4.4|aid certificate=4.4|liquor licence=4.4|crane=4.3|crane licence=4.3|forklift licence=4.3|gliding licence=4.3|taxi licence=4.3|pilot licence=4.3|gun licence=4.3|forestry certificate=4.3|chainsaw certificate=4.3|driving licence=4.2|skipper's licence=4.2|shooting licence=4.2|boat licence=4.2|teaching certificate=4.2|shooting=4.2|liquor=4.2|coaching=4.2|coaching licence=4.2|gun=4.2|drone licence=4.2|instructor=4.2|ski instructor=4.2|instructor certificate=4.2|pilot=4.2|truck licence=4.2|motorbike licence=4.2|goal: become=3.3|goal: pass=3.2|hunting licence=4.1|gliding=4.1|trainer certificate=4.1|forestry=3.7|guide's badge=4.1|forklift=4.1|pyrotechnics licence=4.1|security licence=4.1|taxi=4.1|chainsaw=4.1|guide's=4.1|fishing licence=4.1|beekeeping certificate=4.0|skipper's=4.0|pyrotechnics=4.0|medical licence=4.0|lifeguard=3.3|driving=3.0|hunting=4.0|parachute licence=4.0|diving certificate=4.0|amateur radio=4.0|radio licence=4.0|teaching=3.0|aid=2.6|trainer=3.4|bus licence=3.9|drone=3.6|^apply for=1.8|sailing licence=3.9|truck=3.4|trade licence=3.9|badge=2.7|medical=3.1|parachute=3.8|amateur=3.8|todo: become=3.1|fishing=2.8|motorbike=2.5|year=1.3|licence must=3.6|ski=2.5|sailing=2.8|security=2.4|beekeeping=2.2|diving=3.2|food=1.6|todo: pass=3.0|next: become=2.8|let's pass=2.8|radio=1.9|trade=2.4|boat=1.7|project: pass=2.6|project: become=2.7|^forklift=3.1|next: pass=2.5|plan: become=2.4|^skipper's=3.0|let's become=2.4|plan: pass=2.4|goal: obtain=2.7|licence while=2.9|^taxi=2.9|^diving=2.9|^boat=2.6|^lifeguard=2.8|bus=1.2|^bus=2.7|certificate money=2.7|^liquor=2.7|^gliding=2.7|^gun=2.7|^drone=2.7|licence money=2.7|let's renew=2.6|^chainsaw=2.6|certificate must=2.6|^amateur=2.6|certificate beside=2.6|^parachute=2.6|licence beside=2.6|licence #2027=2.5|^truck=2.5|licence hardly=2.5|next: get=0.8|^ski=2.2|certificate hardly=2.4|^pilot=2.4|^forestry=2.4|qualified liquor=2.4|^pyrotechnics=2.4|licence little=2.4|^hunting=2.4|^motorbike=2.4|licence one=2.4|let's apply=2.0|licence cash=2.4|goal: apply=1.7|todo: obtain=2.3|goal: renew=2.2|^security=2.0|^fishing=2.0|^trade=1.9|^food=1.5|licensed liquor=2.2|qualified driving=2.2|licensed taxi=2.2|certificate zero=2.2|licensed teaching=2.2|qualified chainsaw=2.2|^trainer=2.2|badge exam=2.2|^teaching=2.2|licensed boat=2.2|outdoor=0.9|licence enough=2.2|plan: obtain=2.1|exam many=2.1|plan: renew=2.0|todo: renew=2.0|let's obtain=1.9|exam hardly=1.9|exam must=1.8|exam zero=1.8|plan: apply=1.6|^first=1.0|^three-day=1.2|^floating=1.0",
   "stages": [
    "1|Find out who issues the <t> and what is required|Look up the authority, the conditions and the fee for the <t>",
    "1|Check age, health and paper requirements|Collect the papers the <t> asks for: ID, photo, medical",
    "1|Sign up for a course that prepares for the <t>|Compare courses for the <t> and register for one",
    "4|Study the theory for the <t> a little every day|Learn the rules with the official questions",
    "4|Take the practical lessons and practise with someone experienced|Get practice hours and find somebody who already has the <t>",
    "1|Book the exam date|Apply for the <t> exam",
    "2|Do mock exams until they go well|Practise with mock tests and repeat what goes wrong",
    "1|Take the exam for the <t>|Pass the theory and the practical exam",
    "1|Apply for the <t> with all papers|Send in the application for the <t> and pay the fee",
    "1|Note the renewal date and the rules that follow|Get the insurance and equipment the <t> calls for"
   ]
  },
  {
   "cues": "aside=6.0|put aside=6.0|^save up=6.0|^save=4.6|^put=3.8|^save for=6.0|euros=4.1|month=5.8|pounds=5.7|dollars=5.7|deposit=5.4|goal: save=5.0|10000=5.2|10000 euros=5.2|3000=5.2|3000 dollars=5.2|months'=5.1|wages=5.1|three months'=5.1|months' wages=5.1|20000=5.1|francs=5.1|20000 francs=5.1|500=5.1|6000=5.1|6000 pounds=5.1|400 euros=5.0|400=4.9|1500=5.0|1500 pounds=5.0|2000 euros=4.9|emergency fund=4.9|fund=4.9|project: save=4.7|emergency=4.3|12000=4.8|12000 dollars=4.8|todo: save=4.5|plan: save=4.4|800=4.0|800 euros=4.0|next: save=4.5|let's save=4.3|2000=2.9|aside 3000=4.5|aside 6000=4.4|save 10000=4.4|goal: put=3.4|aside 20000=4.3|aside 400=4.3|aside 10000=4.3|aside three=4.3|three=1.4|aside 500=4.3|save 500=4.3|aside 1500=4.3|save 6000=4.2|save three=4.1|save 20000=4.1|save 12000=4.1|save 2000=4.1|aside 2000=4.0|aside 800=4.0|todo: put=3.4|save 3000=4.0|save 400=3.9|save 1500=3.9|save 800=3.8|let's put=3.1|aside 12000=3.7|plan: put=3.0|next: put=2.8|project: put=2.8|month must=2.4|month beside=2.2|dollars must=2.2",
   "stages": [
    "1|Divide the amount by the months left: that is the rate|Work out how much to save each month to reach <t>",
    "2|List all income and spending of the last three months|Go through the bank statements and see where the money goes",
    "1|Open a separate account and set up a standing order|Let a monthly transfer save the money automatically",
    "1|Cut the three expenses that hurt least|Cancel what you don't use and shop for cheaper contracts",
    "2|Sell what you no longer need|Sell unused things and put the money aside",
    "2|Find a way to earn something extra|Look for a small side job for a few months",
    "1|Compare prices so that you know what <u> really costs|Look up the running costs of the <u> too",
    "1|Check the savings on the first of each month|Compare plan and balance every month and adjust the budget",
    "2|Buy wisely when the sum is reached|Inspect before you pay and keep a small reserve"
   ]
  },
  {
   "cues": "^get out=6.0|under control=6.0|control=5.4|under=5.2|out of=3.3|loan=4.1|^sort out=3.0|^pay=5.4|pay back=5.4|^pay off=5.3|budget=2.0|^clear=5.2|finances=5.1|credit=5.1|debt=5.1|family budget=5.1|credit card=5.1|card debt=5.1|debts=5.0|arrears=5.0|overdraft=5.0|mortgage=5.0|car loan=5.0|student loan=4.0|monthly budget=4.9|household budget=4.9|rent arrears=4.9|subscriptions=4.9|back=3.0|policies=4.9|insurance policies=4.9|retirement savings=4.8|spending=3.4|card=3.4|student=2.8|pension=3.6|^set up=2.4|^get=0.9|rent=3.4|bank loan=3.2|household=3.4|budget under=4.5|insurance=2.9|retirement=3.0|^keep=2.0|car=2.1|savings=2.1|monthly=2.3|loan under=4.3|bank=2.1|family=1.9|goal: get=1.6|goal: pay=4.0|finances under=3.8|let's get=1.7|arrears under=3.6|overdraft under=3.6|spending under=3.6|subscriptions under=3.6|project: get=1.5|plan: pay=3.4|let's sort=2.5|goal: sort=2.1|todo: get=1.3|pension under=3.3|next: get=1.4|plan: sort=2.4|debt under=3.2|savings under=3.2|next: sort=2.4|plan: get=1.3|debts under=3.1|next: pay=3.1|project: pay=3.1|todo: sort=2.3|project: sort=2.4|control must=3.0|let's pay=3.0|todo: pay=3.0|todo: clear=2.8|next: set=2.5|policies under=2.9|^spending=2.9|goal: clear=2.7|^household=2.8|mortgage under=2.8|project: set=2.3|let's keep=2.2|project: clear=2.6|^bank=2.6|next: keep=1.9|^rent=2.5|let's clear=2.4|goal: set=1.6|project: keep=1.8|plan: keep=1.8|goal: keep=1.5|plan: clear=2.2|todo: set=1.8|^retirement=2.1|policies must=2.2|^monthly=2.2|control savings=2.2|loan while=2.2|outdoor=0.9|can drive=0.9|^insurance=1.8|todo: keep=1.7|^student=1.1|#family=1.0",
   "stages": [
    "1|Write down every amount, rate and due date|List everything that belongs to the <t> on one page",
    "2|Go through three months of bank statements|Track all spending for a month",
    "1|Set a limit for each kind of spending|Divide the income into fixed costs, food, savings and the rest",
    "1|Decide what comes first: the most expensive item|Rank the items of the <t> and start with the dearest",
    "1|Cancel or renegotiate two contracts|Call banks and providers and ask for better terms",
    "1|Set up automatic transfers for the <t>|Let a standing order do the work",
    "1|Check the <t> at the end of each week|Hold a short money evening every week",
    "1|Ask a free advice centre if it does not add up|Get independent advice on the <t>",
    "1|Celebrate the first milestone and set the next|Review the <t> after three months and adjust"
   ]
  },
  {
   "cues": "summer=4.1|own=4.0|^fresh=5.7|have fresh=5.7|^plant=5.5|^my=2.9|^grow=4.0|^raise=3.4|peas=4.4|sweet peas=4.4|microgreens=4.3|bonsai=4.3|figs=4.3|tulips=4.1|pumpkins=4.1|roses=4.1|carrots=4.1|fruit=4.0|hops=4.0|blueberries=4.0|sweet=4.0|wildflowers=4.0|sunflowers=4.0|salad=4.0|lavender=4.0|strawberries=4.0|cucumbers=4.0|onions=3.9|raspberries=3.9|apples=3.9|ginger=3.9|potatoes=3.9|chillies=3.9|garlic=3.9|tomatoes=3.9|beans=3.8|peppers=3.8|dahlias=3.8|kale=3.8|mushrooms=3.7|herbs=2.8|goal: raise=3.4|vines=3.7|orchids=3.7|^sweet=3.5|vegetables=2.8|^fruit=3.4|goal: grow=3.1|^peppers=3.3|^cucumbers=3.3|goal: plant=3.3|^raspberries=3.3|next: plant=3.2|^salad=3.1|^roses in=3.0|own microgreens=3.0|^ginger in=3.0|^carrots=3.0|^garlic in=3.0|^apples=3.0|summer must=3.0|next: grow=2.9|project: raise=2.7|own carrots=2.9|^orchids in=2.9|^beans=2.9|^sunflowers=2.9|own ginger=2.9|own figs=2.9|^strawberries=2.9|^peppers in=2.9|todo: grow=2.9|let's grow=2.8|let's raise=2.7|^tulips=2.8|^hops in=2.8|^figs in=2.8|^kale=2.8|^orchids=2.8|^herbs in=2.8|own lavender=2.8|^pumpkins in=2.8|^ginger=2.8|^cucumbers in=2.8|^strawberries in=2.8|^vegetables=2.6|own bonsai=2.7|own peppers=2.7|todo: plant=2.7|^wildflowers=2.7|^potatoes=2.7|own mushrooms=2.7|^herbs=2.7|^bonsai in=2.7|^bonsai=2.7|own cucumbers=2.7|^chillies in=2.7|^mushrooms in=2.7|own kale=2.7|own sunflowers=2.7|^mushrooms=2.7|own fruit=2.7|^garlic=2.7|own strawberries=2.7|^salad in=2.7|todo: raise=2.4|^dahlias=2.6|own wildflowers=2.6|^chillies=2.6|plan: plant=2.6|own raspberries=2.6|own garlic=2.6|^vines in=2.6|^vegetables in=2.6|own apples=2.6|^microgreens=2.6|own hops=2.6|^onions=2.6|^apples in=2.6|^vines=2.6|^wildflowers in=2.6|^dahlias in=2.6|^tulips in=2.6|^tomatoes=2.6|own tulips=2.6|^tomatoes in=2.6|own roses=2.6|summer cash=2.5|project: grow=2.4|next: raise=2.3|own beans=2.4|^pumpkins=2.4|own dahlias=2.4|fresh bonsai=2.4|own tomatoes=2.4|goal: mushrooms=2.4|summer while=2.4|own orchids=2.4|summer money=2.4|^fruit in=2.4|^lavender in=2.4|fresh carrots=2.4|own vines=2.4|summer bad=2.4|own salad=2.4|project: plant=2.4|pass customs=1.0|^final=1.6|^red=1.6|80=0.9|fresh microgreens=2.2|^hops=2.2|own potatoes=2.2|own herbs=2.2|goal: chillies=2.2|own pumpkins=2.2|^carrots in=2.2|goal: fruit=2.2|plant sweet=2.2|goal: orchids=2.2|own sweet=2.2|^lavender=2.2|^blueberries in=2.2|own vegetables=2.2|^blueberries=2.2|fresh pumpkins=2.2|^microgreens in=2.2|fresh wildflowers=2.2|fresh fruit=2.2|fresh hops=2.2|^onions in=2.2|summer beside=2.2|customs=0.9|plan: grow=2.0|^spare=1.5|^vegan=1.5|can sew=0.9|^traditional=1.4|^student=1.3|^outdoor=1.1|^floating=1.0|+garden=0.9",
   "stages": [
    "1|Watch where the sun is through the day and measure the space|Note light, wind and space before buying anything for the <t>",
    "1|Choose kinds of <t> that suit the light|Pick three easy kinds of <t> that fit the place",
    "2|Get pots, soil and seeds or young plants|Buy containers with holes, good soil and plants",
    "1|Plan how the <t> get water when you are away|Set up watering and a place for tools",
    "2|Prepare the soil and fill the pots|Loosen the soil and mix in compost",
    "2|Sow or plant the <t> at the right time|Sow the first <t> and label the rows",
    "2|Water, thin out and feed the <t>|Make a weekly round: water, feed, look for pests",
    "1|Check the <t> for pests and disease|Protect the <t> from slugs, frost and wind",
    "2|Harvest the <t> and use or store them|Pick the <t> often and keep some seeds",
    "1|Note what grew well for next year|Write down what to do differently next season"
   ]
  },
  {
   "cues": "renovation=6.0|^fix up=6.0|^new=4.1|room=3.1|hut=4.9|allotment hut=4.9|shop front=4.7|^tile=4.6|guest room=4.6|^insulate=4.6|front=3.7|chimney=4.5|^redo=4.5|staircase=4.5|clubhouse=4.4|children's room=3.7|^renovate=4.4|floors=4.4|greenhouse=3.1|^repair=3.0|hallway=3.2|room renovation=4.3|garden shed=3.1|^paint=3.2|boathouse=4.2|^modernise=3.0|goal: fix=3.8|stone wall=4.2|living room=4.2|windows=3.0|shed=2.9|classroom=3.2|summer house=4.2|terrace=3.3|allotment=2.2|^refurbish=3.1|bathroom=4.0|guest=2.8|balcony=2.5|fence=3.1|facade=4.0|children's=2.5|living=3.0|stone=3.3|next: fix=3.6|wall=2.5|attic=2.3|hut renovation=3.8|todo: fix=3.6|garage=2.1|project: fix=3.5|barn=2.2|staircase renovation=3.7|bathroom renovation=3.6|floors renovation=3.6|plan: fix=3.3|clubhouse renovation=3.6|balcony renovation=3.6|let's fix=3.3|cellar=1.9|garden=1.0|classroom renovation=3.4|chimney renovation=3.4|front renovation=3.4|^allotment=3.1|boathouse renovation=3.4|^floors=3.4|kitchen=1.5|roof=0.9|^staircase=3.3|^bathroom=3.3|^clubhouse=3.3|windows renovation=3.2|garage renovation=3.2|barn renovation=3.2|wall renovation=3.2|terrace renovation=3.2|^children's=2.7|kitchen renovation=3.1|^garage=3.1|facade renovation=3.1|^boathouse=3.0|house renovation=3.0|fence renovation=3.0|^shop=3.0|^facade=3.0|greenhouse renovation=3.0|^barn=2.9|^balcony=2.8|^guest=2.7|^classroom=2.9|^chimney=2.9|attic renovation=2.8|shed renovation=2.8|^fence=2.8|^stone=2.8|^terrace=2.8|cellar renovation=2.8|^kitchen=2.8|^living=2.5|roof renovation=2.7|goal: tile=2.7|hallway renovation=2.7|plan: paint=2.6|^summer=2.2|^roof=2.6|renovation one=2.6|let's insulate=2.6|goal: refurbish=2.4|goal: repair=2.3|^old=1.6|^greenhouse=2.2|^cellar=2.0|^attic=2.4|next: insulate=2.4|renovation must=2.4|next: tile=2.4|let's redo=2.4|goal: redo=2.4|todo: insulate=2.4|next: refurbish=2.2|goal: paint=2.0|^garden=1.6|todo: classroom=2.2|renovation hardly=2.2|let's renovate=2.2|renovation zero=2.2|plan: renovate=2.2|renovation money=2.2|renovation bad=2.2|^hallway=2.2|renovation cash=2.2|let's paint=2.1|^electric=1.4|fortune=0.9|hurting=0.8",
   "stages": [
    "1|Measure the <t> and take photos of the state it is in|Look for damp, cracks and old cables in the <t>",
    "1|Decide what must be done and what would be nice|Write a list for the <t>: must, should, could",
    "2|Work out materials and costs|Set a budget for the <t> with ten per cent in reserve",
    "1|Ask whether the <t> needs a permit or the landlord's consent|Check permits, neighbours and rules of the house",
    "2|Get three quotes for what you can't do yourself|Find tradespeople for electrics and water",
    "2|Order the materials for the <t>|Buy materials and rent tools",
    "1|Clear the <t> and protect floors and furniture|Empty the <t> and cover what stays",
    "5|Do the rough work first: walls, pipes, cables|Work from rough to fine, top to bottom",
    "4|Do the surfaces of the <t>: plaster, paint, floor|Finish walls, floor and fittings of the <t>",
    "1|Check the work before you pay the last bill|Go through the <t> with a list of defects",
    "1|Clean up and put the <t> to use|Clear the rubbish away and furnish the <t>"
   ]
  },
  {
   "cues": "out of=4.1|^rebuild=5.4|^construct=5.4|^convert=3.2|^build=2.7|^turn=2.4|table=4.7|car=2.4|bed=4.1|wood=3.0|own=2.3|wine=3.6|boat=2.8|stage=3.0|mobile=2.3|mobile bar=4.4|^mobile=3.5|oven=2.9|turbine=4.3|mobile library=4.3|set=4.2|puppet theatre=4.2|mobile stage=4.2|wind turbine=4.2|stage set=4.2|house=1.7|booth=4.2|bar=3.0|dinner table=4.1|photo booth=4.1|loft bed=4.1|bird house=4.0|garden office=4.0|bunk bed=4.0|tiny house=4.0|soapbox car=4.0|insect hotel=4.0|camper=4.0|climbing wall=4.0|darkroom=4.0|rack=4.0|coop=4.0|tub=3.9|food cart=3.9|wine rack=3.9|ping-pong table=3.9|solar oven=3.9|raft=3.9|garden=1.3|pizza oven=3.9|cigar box=3.9|box ukulele=3.9|wood stove=3.2|stove=3.1|hot tub=3.9|tree house=3.9|compost toilet=3.8|bookshelf=3.8|rowing boat=3.8|chicken coop=3.8|outdoor kitchen=3.8|hotel=2.9|wind=3.8|cart=2.8|sauna=3.8|ping-pong=3.8|theatre=2.1|insect=3.7|loft=3.7|go-kart=3.7|toilet=2.9|ukulele=2.6|soapbox=3.6|beehive=3.6|wall=2.2|goal: turn=2.6|cigar=3.5|^bookshelf=3.5|goal: construct=3.5|playhouse=3.5|^bunk=3.5|smokehouse=3.4|^dinner=3.2|compost=3.4|bunk=3.4|pizza=3.4|goal: rebuild=3.4|puppet=2.3|^wind=3.3|climbing=2.2|library=1.2|^tiny=2.6|hot=2.6|kayak=3.2|^chicken=3.2|^pizza=3.2|canoe=2.0|^wood=2.9|^puppet=2.7|goal: build=2.5|^bird=3.1|workshop=1.4|bird=1.9|photo=1.7|guitar=2.0|box=1.5|^raft=3.1|chicken=3.1|^loft=3.1|^outdoor=2.3|goal: convert=2.6|^soapbox=3.0|^insect=3.0|^playhouse=3.0|^rowing=3.0|greenhouse=1.8|^garden=2.4|^tree=2.8|kitchen=1.2|telescope=2.3|^solar=2.5|plan: rebuild=2.9|^canoe out=2.9|^cigar=2.9|^climbing=2.9|^go-kart out=2.9|plan: convert=2.6|rowing=2.0|let's rebuild=2.9|tree=1.8|next: convert=2.5|^compost=2.8|^wine=2.8|^beehive=2.8|let's construct=2.8|^camper=2.8|^hot=2.7|dinner=1.3|^photo=2.0|solar=1.3|let's convert=2.4|outdoor=1.3|^stage=1.7|^kayak out=2.7|^smokehouse=2.7|^darkroom out=2.7|todo: rebuild=2.7|todo: convert=2.3|project: build=2.2|^food=1.9|next: build=2.2|^sauna=2.6|^ping-pong=2.6|^smokehouse out=2.6|^go-kart=2.6|next: construct=2.6|^playhouse out=2.6|plan: construct=2.6|project: construct=2.6|own mobile=2.5|^canoe=2.5|^workshop=2.0|project: turn=2.0|project: convert=2.1|let's build=2.0|^kayak=2.4|^sauna out=2.4|^beehive out=2.4|^workshop out=2.4|own wood=2.4|^guitar out=2.4|next: rebuild=2.4|todo: build=2.0|^floating=1.5|^joint=1.7|let's turn=1.6|^darkroom=2.2|own go-kart=2.2|todo: construct=2.2|^greenhouse out=2.2|own soapbox=2.2|^telescope out=2.2|^bookshelf out=2.2|next: turn=1.7|project: mobile=2.1|plan: mobile=2.1|speak=0.9|can speak=0.9|speak english=0.9|^greenhouse=1.8|plan: turn=1.4|todo: turn=1.4|^wooden=1.3|^missing=1.3|^final=1.2",
   "stages": [
    "1|Sketch the <t> with all measurements|Draw the <t> to scale and list what it must be able to do",
    "2|Find out which rules, permits and safety checks apply|Ask early what the <t> has to fulfil to be allowed",
    "1|Look at two similar projects and ask their builders|Visit somebody who has built a <t> before",
    "2|Check the condition of what you start with|Examine what is there: rust, rot, weight, load",
    "1|Make a list of materials with prices|Work out materials, tools and costs for the <t>",
    "2|Buy or borrow tools and materials|Get the materials and a dry place to work",
    "3|Strip and clean what is not needed|Prepare the base and make it sound",
    "5|Build the frame and the floor|Build the supporting parts of the <t> first",
    "4|Add walls, insulation and fittings|Fit the inside of the <t>",
    "2|Let an expert do or check heat, gas and electrics|Install stove, vents or cables of the <t> and have them checked",
    "2|Test the <t> with care and fix the faults|Try the <t> out and tighten what is loose",
    "2|Have the <t> inspected and start using it|Finish the surface, pass the inspection and celebrate"
   ]
  },
  {
   "cues": "^restore=6.0|again=6.0|running again=6.0|working=6.0|working again=6.0|running=4.9|^fix=4.8|machine=2.4|life=5.3|bring back=5.3|^repair=4.1|^bring=4.0|goal: restore=5.0|back=2.9|^refurbish=4.1|camera=3.1|machine working=4.6|^my=2.0|pinball=4.5|pinball machine=4.5|let's restore=4.5|todo: restore=4.5|lawn=4.4|mower=4.4|lawn mower=4.4|plan: restore=4.4|typewriter=4.3|accordion=3.7|gramophone=4.3|^make=1.2|jukebox=4.3|oil=4.2|bicycle=4.2|next: restore=4.2|violin=3.4|chandelier=4.2|model railway=4.2|valve=4.2|record player=4.2|coffee machine=4.2|stained-glass=4.2|chair=4.1|painting=3.8|oil painting=4.1|rocking=4.1|binding=4.1|chest=4.1|wooden boat=4.1|laptop=2.9|player=3.6|rocking chair=4.1|machine running=4.1|valve radio=4.1|doll's=4.1|book binding=4.1|drawers=4.1|moped=4.1|stained-glass window=4.1|rowing machine=4.0|pocket=4.0|well pump=4.0|doll's house=4.0|espresso=4.0|slot=4.0|slot machine=4.0|steam=3.0|watch=4.0|leather=4.0|leather sofa=4.0|espresso machine=4.0|quilt=3.4|tractor=3.1|model=2.9|grandfather=3.9|clock=3.6|rowing=3.1|grandfather clock=3.9|pocket watch=3.9|film camera=3.9|project: restore=3.9|sofa=3.2|steam engine=2.9|carousel=3.9|railway=2.5|carousel horse=3.8|canoe=2.6|goal: bring=3.4|wooden=2.0|organ=2.5|record=2.2|sewing machine=2.2|window=2.2|sewing=2.1|radio=2.1|engine=2.0|pump=2.3|coffee=1.2|horse=2.5|vintage motorbike=3.6|vintage=2.9|boat=1.8|book=1.5|well=1.5|again must=3.3|piano=1.8|film=1.7|motorbike=2.0|laptop running=3.2|goal: fix=2.5|camera working=3.1|next: fix=2.5|again hardly=2.9|window running=2.9|boat running=2.9|violin working=2.9|camera running=2.9|typewriter working=2.9|player running=2.9|todo: repair=2.8|gramophone working=2.8|painting running=2.8|binding working=2.8|accordion working=2.8|again beside=2.8|let's fix=2.4|plan: fix=2.4|let's bring=2.6|railway working=2.7|pump running=2.7|house working=2.7|motorbike running=2.7|engine running=2.7|canoe working=2.7|quilt running=2.7|bicycle running=2.7|plan: repair=2.6|let's get=0.9|project: fix=2.2|goal: repair=2.5|next: bring=2.4|organ running=2.6|sofa working=2.6|violin running=2.6|chair working=2.6|again zero=2.6|accordion running=2.6|jukebox running=2.6|jukebox working=2.6|next: refurbish=2.4|goal: refurbish=2.4|900=1.1|have 900=1.1|clock running=2.4|quilt working=2.4|gramophone running=2.4|again many=2.4|machine savings=2.4|house running=2.4|binding running=2.4|clock working=2.4|chandelier working=2.4|tractor running=2.4|watch running=2.4|sofa running=2.4|boat working=2.4|plan: bring=2.4|todo: fix=1.9|let's refurbish=2.3|project: repair=2.3|project: bring=2.3|electric=0.8|authorities=1.1|drawers running=2.2|engine working=2.2|piano working=2.2|again money=2.2|painting working=2.2|motorbike working=2.2|mower working=2.2|radio working=2.2|piano running=2.2|again cash=2.2|chair running=2.2|tractor working=2.2|railway running=2.2|radio running=2.2|next: repair=2.2|todo: bring=2.0|#fun=1.3|#family=1.0",
   "stages": [
    "1|Examine the <t> and write down everything that is wrong|Take photos of the <t> from all sides and list the faults",
    "1|Find a manual or somebody who knows this kind of <t>|Look for manuals, forums and a specialist for the <t>",
    "1|Decide how far to go and what it may cost|Set a limit: usable, beautiful or like new",
    "2|Take the <t> apart, label and photograph every part|Take it apart step by step and bag the screws",
    "3|Clean the parts and sort out what must be replaced|Clean everything carefully",
    "2|Find spare parts for the <t>|Order spare parts or have them made",
    "4|Repair the damaged parts|Mend what can be mended, with the gentlest method",
    "2|Put the <t> together and adjust it|Assemble the <t> in reverse order",
    "1|Test the <t> and correct the last faults|Run a long test and listen for odd sounds",
    "1|Protect the surface and note how to care for it|Oil, polish and write down the care"
   ]
  },
  {
   "cues": "order=6.0|^put=3.6|^tidy=5.5|^declutter=5.4|^sort=4.5|^empty=5.2|^clear out=5.3|^clean out=5.3|^get=1.1|inbox=4.8|stash=4.8|hard=4.8|photos=2.9|fabric=4.7|hard drive=4.7|paper files=4.7|fabric stash=4.7|desk=4.2|pantry=4.7|aunt's=4.6|late aunt's=4.6|aunt's house=4.6|toolbox=4.6|basement=4.6|bookshelves=4.6|passwords=4.1|files=4.0|unit=4.5|record collection=3.8|tax papers=4.5|storage unit=4.5|cabinet=4.4|whole flat=4.4|medicine=4.4|wardrobe=3.4|medicine cabinet=4.4|^organise=1.7|emails=3.7|record=2.8|digital=3.9|digital photos=4.3|children's room=3.5|storage=3.5|collection=2.6|goal: put=3.3|drive=2.6|late=2.7|papers=2.9|children's=2.7|garden shed=2.9|shed=2.7|attic=2.5|whole=2.0|garage=2.3|next: put=3.3|kitchen=1.9|room=1.8|workshop=1.9|cellar=2.2|tax=1.7|flat=1.6|paper=1.0|goal: empty=3.6|let's put=3.0|project: put=2.9|todo: put=2.8|house=1.2|plan: put=2.8|goal: declutter=3.4|order must=3.4|garden=1.0|office=1.1|todo: tidy=3.1|next: get=1.2|goal: clean=3.0|goal: tidy=3.0|order while=2.9|todo: get=1.1|order hardly=2.8|project: declutter=2.8|plan: empty=2.8|order savings=2.8|plan: get=1.0|let's get=1.0|let's sort=1.8|next: sort=1.9|plan: declutter=2.7|order one=2.7|next: clean=2.7|goal: organise=1.6|goal: clear=2.4|todo: clear=2.4|project: empty=2.6|let's tidy=2.6|let's declutter=2.6|project: clean=2.6|order zero=2.6|todo: clean=2.6|project: tidy=2.6|order cash=2.6|todo: empty=2.6|let's clean=2.6|plan: sort=1.7|project: get=0.8|order money=2.4|todo: declutter=2.4|plan: clear=2.2|goal: sort=1.2|let's clear=2.2|next: organise=1.6|plan: organise=1.5|order many=2.2|next: clear=2.2|next: declutter=2.2|let's empty=2.2|next: tidy=2.2|order half=2.2|todo: organise=1.4|project: clear=2.0|can cook=0.8|project: organise=1.4|project: sort=1.3|todo: sort=1.1|horses=0.8",
   "stages": [
    "1|Take a picture of the <t> and decide what it is for|Set a goal for the <t> and a date when it is done",
    "1|Divide the <t> into small zones|Make a plan: one small area of the <t> per day",
    "1|Get boxes marked keep, give, sell and bin|Prepare bags, boxes and labels",
    "3|Empty one zone after the other and sort every item|Go through the <t> piece by piece",
    "1|Ask the family before you give their things away|Put doubtful things in a box with a date",
    "2|Clean the <t> while it is empty|Wipe, sweep and mend small things",
    "2|Put back only what you use, often used things in front|Give every remaining item a fixed place",
    "1|Label shelves, boxes or folders|Label everything so that others find it",
    "1|Take away what goes: sell, donate, recycle|Bring the rest to charity, market or recycling",
    "1|Fix ten minutes a week to keep the <t> that way|Set a rule for new things in the <t>"
   ]
  },
  {
   "cues": "fits=6.0|^buy=6.0|^find=3.0|^choose=5.7|^look for=5.7|used=4.7|right=5.2|goal: buy=4.9|home=2.6|dentist=4.4|hearing=4.4|cargo=4.4|cargo bike=4.4|pram=4.3|hearing aid=4.3|tent=4.3|sofa=3.7|contract=4.3|mattress=4.2|next: buy=4.2|electricity contract=4.2|solar system=4.2|car=1.9|washing=4.1|nursing=3.1|horse=3.2|e-bike=3.5|holiday home=3.4|telescope=3.7|therapist=4.1|washing machine=4.1|nursing home=3.2|office=1.7|project: buy=4.1|goal: find=2.5|accountant=2.6|tablet=4.0|todo: buy=4.0|apartment=2.6|used car=3.1|holiday=2.4|aid=2.5|machine=1.2|phone plan=3.9|kindergarten place=3.9|electricity=2.3|let's buy=3.8|plan: buy=3.8|insurance=2.2|piano=2.2|dress=3.2|todo: find=2.6|solar=2.2|bike=1.8|wedding dress=3.2|camera=2.1|place=2.3|fits must=3.6|next: find=2.4|kitchen=1.6|phone=2.3|project: find=2.3|plan: find=2.3|laptop=2.3|pump=2.3|sewing=1.9|boat=1.8|heat pump=2.3|goal: choose=3.4|sewing machine=2.0|heat=2.1|goal: look=2.9|kindergarten=1.7|van=0.8|todo: choose=3.2|allotment=1.4|house=0.9|let's find=1.9|project: choose=3.1|let's choose=3.1|fits one=3.1|system=1.0|wedding=1.2|fits hardly=3.0|flat=1.0|studio=1.4|todo: look=2.5|project: look=2.3|plan: choose=2.6|fits cash=2.6|right heat=2.6|let's look=2.2|used telescope=2.4|used accountant=2.4|right camera=2.4|plan: look=2.2|40=1.0|chairs=1.0|have 40=1.0|40 chairs=1.0|right e-bike=2.2|fits little=2.2|used nursing=2.2|used tablet=2.2|right electricity=2.2|fits savings=2.2|next: choose=2.2|fits beside=2.2|used horse=2.2|outdoor=0.9|have 2000=0.9|2000 photos=0.9|can drive=0.9|next: look=1.9|#fun=1.1",
   "stages": [
    "1|Write down what the <t> must have and what it must not|List the needs: must have, nice to have, no go",
    "1|Set the budget for the <t> including running costs|Work out what the <t> may cost per month",
    "2|Read tests and ask people who own one|Ask three people about their experience with a <t>",
    "2|Make a shortlist of the <t> options|Compare five offers in a table",
    "2|Look at the best three in person|Visit or try the three best options",
    "1|Ask about faults, guarantees and hidden costs|Check papers, warranty and notice periods",
    "1|Let an expert look at the favourite|Have somebody with experience check the <t>",
    "1|Negotiate price and terms|Ask for a better price and delivery date",
    "1|Decide, sign and pay|Choose the <t>, read the contract and sign",
    "1|Take it into use and keep the papers|Check on delivery that nothing is missing"
   ]
  },
  {
   "cues": "^sell=6.0|price=5.6|^let=6.0|^auction=6.0|^rent out=5.8|^get=1.1|collection=3.5|goal: sell=4.9|stamp=4.8|stamp collection=4.7|baby clothes=4.7|books=3.9|clothes=4.1|spare room=4.6|comics=4.6|camera gear=4.6|sets=4.5|furniture=4.5|jewellery=4.0|lego=4.5|lego sets=4.5|coins=3.6|gear=3.7|holiday home=3.6|paintings=3.5|record collection=3.4|camera=2.7|garage=2.6|caravan=3.0|spare=2.4|baby=2.2|motorbike=3.0|next: sell=4.2|car=1.9|todo: sell=4.1|bike=2.2|let's sell=4.1|project: sell=4.0|flat=1.9|record=2.5|boat=2.3|holiday=2.5|plan: sell=4.0|web shop=2.6|room=1.9|web=2.1|piano=2.3|home=2.0|tools=1.3|company=1.5|farm=1.8|goal: rent=3.7|goal: let=3.6|let's let=3.6|plan: let=3.5|todo: auction=3.5|house=1.1|next: auction=3.4|next: let=3.4|let's rent=3.4|project: auction=3.2|project: rent=3.2|todo: get=1.3|plan: auction=3.0|goal: auction=3.0|todo: rent=2.9|project: let=2.8|next: get=1.0|project: get=1.0|plan: rent=2.7|next: rent=2.7|plan: get=0.9|let's auction=2.6|joint=0.9|traditional=0.9|todo: let=2.2|car zero=2.1|landlord=0.9|have 300=0.8|300 members=0.8",
   "stages": [
    "1|Find out what the <t> is worth today|Look up the prices that similar offers really got",
    "2|Clean and repair the <t> a little|Get the <t> in good shape",
    "1|Collect papers, bills and history|Put all papers of the <t> together",
    "1|Take good photos in daylight|Photograph the <t> from all sides, faults too",
    "1|Write an honest ad for the <t>|Describe the <t> with condition, size and price",
    "1|Choose where to offer the <t>|Compare portals, dealers and auctions",
    "2|Answer questions and show the <t>|Arrange viewings and ask serious buyers for their offer",
    "1|Agree on the price and write a contract|Write a simple contract with both names",
    "1|Hand over the <t> against payment|Get the money first, then hand over the <t>",
    "1|Cancel insurance and registration|Tell insurance and offices about the sale"
   ]
  },
  {
   "cues": "^learn=3.2|zero=3.1|well enough=6.0|^speak=6.0|^understand=6.0|well=4.7|enough=2.8|basic=5.5|bit=5.2|^brush up=5.1|start learning=5.1|learning=4.3|^practise=3.7|^study=3.7|italian=4.7|danish=4.6|swahili=4.6|welsh=4.5|esperanto=4.5|basque=4.5|catalan=4.4|latin=4.4|hindi=4.4|french=4.4|norwegian=4.4|turkish=4.4|farsi=4.4|^improve=2.4|russian=4.4|spanish=4.3|dutch=4.3|goal: learn=2.4|icelandic=4.3|thai=4.3|polish=4.3|japanese=4.2|mandarin=4.2|vietnamese=4.2|goal: speak=4.2|ukrainian=3.4|arabic=4.2|korean=4.2|hebrew=4.2|czech=4.2|goal: understand=4.2|croatian=4.1|finnish=3.3|portuguese=4.1|hungarian=4.1|sign=4.1|greek=4.0|business english=4.0|sign language=4.0|irish=3.1|romanian=4.0|next: learn=2.5|todo: learn=2.6|improve basic=3.9|plan: learn=2.4|next: understand=3.9|learn basic=3.8|business=2.5|practise basic=3.7|study basic=3.7|project: learn=2.3|english=2.1|language=2.2|let's learn=2.2|learning basic=3.5|hindi well=3.5|plan: speak=3.4|todo: understand=3.4|learn italian=3.4|italian well=3.4|learn welsh=3.4|todo: speak=3.4|let's speak=3.4|danish well=3.4|learn norwegian=3.3|learn thai=3.3|next: speak=3.3|learn esperanto=3.3|learn catalan=3.3|learn swahili=3.2|learn latin=3.2|project: understand=3.2|learn farsi=3.2|let's understand=3.2|plan: understand=3.2|learn mandarin=3.1|zero must=3.1|speak turkish=3.1|speak italian=3.1|learn turkish=3.1|learn sign=3.1|ukrainian well=3.1|learn japanese=3.0|learn finnish=3.0|learn irish=3.0|learn hebrew=3.0|learn basque=3.0|learn french=3.0|learn spanish=3.0|goal: practise=2.7|catalan well=2.9|learn danish=2.9|learn croatian=2.9|goal: brush=2.9|finnish well=2.9|learn portuguese=2.9|learn dutch=2.8|understand catalan=2.8|plan: brush=2.8|learn greek=2.8|french well=2.8|learn ukrainian=2.8|understand ukrainian=2.8|irish well=2.8|learn vietnamese=2.8|speak hindi=2.8|understand basque=2.8|next: study=2.5|learn business=2.7|polish well=2.7|project: brush=2.7|speak catalan=2.7|speak swahili=2.7|learn icelandic=2.7|hebrew well=2.7|learn czech=2.7|speak irish=2.7|swahili well=2.7|zero while=2.7|understand hindi=2.7|learn arabic=2.7|speak spanish=2.7|zero hardly=2.7|plan: study=2.3|understand italian=2.6|project: speak=2.6|speak farsi=2.6|speak polish=2.6|learn hungarian=2.6|zero beside=2.6|spanish well=2.6|speak danish=2.6|learn hindi=2.6|hungarian well=2.6|farsi well=2.6|speak greek=2.6|speak latin=2.6|understand finnish=2.6|zero zero=2.6|speak ukrainian=2.6|speak korean=2.6|learn russian=2.6|understand dutch=2.6|project: practise=2.4|project: study=2.2|plan: improve=2.0|let's brush=2.4|zero one=2.4|turkish well=2.4|arabic well=2.4|understand thai=2.4|understand hungarian=2.4|learn romanian=2.4|speak arabic=2.4|russian well=2.4|esperanto well=2.4|speak welsh=2.4|speak russian=2.4|greek well=2.4|understand vietnamese=2.4|language well=2.4|latin well=2.4|norwegian well=2.4|dutch well=2.4|todo: brush=2.4|speak finnish=2.4|basque well=2.4|korean well=2.4|speak norwegian=2.4|learn antique=2.3|next: practise=2.2|let's practise=2.2|goal: improve=1.8|next: improve=1.8|goal: study=1.8|three-day=0.9|understand danish=2.2|speak esperanto=2.2|understand icelandic=2.2|icelandic well=2.2|understand mandarin=2.2|mandarin well=2.2|basic swahili=2.2|basic three-day=2.2|zero little=2.2|basic hungarian=2.2|understand swahili=2.2|basic esperanto=2.2|czech well=2.2|understand farsi=2.2|understand spanish=2.2|speak hebrew=2.2|learn polish=2.2|understand hebrew=2.2|basic italian=2.2|understand latin=2.2|japanese well=2.2|next: brush=2.2|understand czech=2.2|speak french=2.2|speak romanian=2.2|romanian well=2.2|croatian well=2.2|understand esperanto=2.2|understand japanese=2.2|speak business=2.2|english well=2.2|basic hindi=2.2|zero savings=2.2|speak dutch=2.2|speak hungarian=2.2|todo: practise=2.0|plan: practise=2.0|plan: start=1.0|let's study=1.7|council never=1.6|flying=0.9|project: start=0.8",
   "stages": [
    "1|Decide what you want to be able to say in <t> and by when|Set a small goal: ten minutes of talking in <t>",
    "1|Choose one course or book for <t> and stay with it|Find a <t> course that fits your week",
    "1|Learn the sounds and the fifty most common words of <t>|Get the pronunciation of <t> right from the start",
    "5|Study <t> for twenty minutes every day|Learn ten words and one pattern of <t> a day",
    "1|Find someone to speak <t> with once a week|Look for a language partner or teacher for <t>",
    "3|Listen to <t> daily: radio, songs, series|Watch short films in <t> with subtitles",
    "3|Write a few lines in <t> and have them corrected|Keep a tiny diary in <t>",
    "1|Take a test to see what is missing|Check your level in <t> and adjust the plan",
    "2|Use <t> in real life: order, phone, travel|Hold a whole conversation in <t>"
   ]
  },
  {
   "cues": "to play=5.2|^play=4.6|adult=6.0|^learn=2.8|play=3.1|^learn to=2.6|learn to=2.6|^start=1.9|bass=5.0|guitar=4.1|saxophone=4.7|viola=4.6|mandolin=4.6|trombone=4.6|cello=4.6|harmonica=4.6|violin=3.8|concertina=4.5|drums=4.5|flute=4.5|trumpet=4.5|goal: learn=2.6|sitar=4.5|kora=4.5|oboe=4.5|hurdy-gurdy=4.5|banjo=4.5|tin=4.4|tin whistle=4.4|double=4.4|goal: play=3.8|whistle=3.7|steel=4.4|zither=4.4|steel drum=4.4|harp=4.4|drum=3.6|handpan=4.3|double bass=4.3|clarinet=4.3|bagpipes=4.3|organ=3.0|plan: play=3.9|piano=2.7|ukulele=3.4|plan: learn=2.8|bass guitar=4.2|next: learn=2.8|let's play=3.8|next: play=3.8|todo: learn=2.7|project: learn=2.7|accordion=3.3|project: play=3.6|todo: play=3.5|let's learn=2.5|play concertina=3.8|play guitar=3.6|play harmonica=3.6|play cello=3.6|goal: start=1.9|play trombone=3.5|play oboe=3.5|play sitar=3.5|play zither=3.4|play banjo=3.4|play saxophone=3.4|play viola=3.4|play double=3.4|play drums=3.4|play violin=3.4|play mandolin=3.4|let's start=2.1|play trumpet=3.3|play piano=3.2|play harp=3.2|play organ=3.2|play flute=3.2|play bagpipes=3.1|learn organ=3.1|play hurdy-gurdy=3.1|play kora=3.0|play tin=3.0|play steel=3.0|play bass=3.0|play ukulele=2.9|learn guitar=2.9|learn tin=2.9|play clarinet=2.9|play handpan=2.9|next: start=1.7|project: start=1.7|learn violin=2.8|play accordion=2.8|learn hurdy-gurdy=2.8|todo: start=1.7|plan: start=1.7|learn piano=2.7|adult must=2.7|learn drums=2.6|learn steel=2.6|learn clarinet=2.6|learn trumpet=2.6|learn harmonica=2.6|learn ukulele=2.6|antique=1.1|adult one=2.4|play electric=2.4|play vegan=2.4|learn accordion=2.4|start guitar=2.4|start trumpet=2.4|play tiny=2.4|learn concertina=2.4|start mandolin=2.4|play three-day=2.4|play antique=2.4|adult zero=2.4|learn handpan=2.4|learn cello=2.4|start kora=2.4|start drums=2.4|start ukulele=2.4|learn trombone=2.2|play traditional=2.2|learn kora=2.2|play floating=2.2|learn zither=2.2|learn bass=2.2|learn mandolin=2.2|learn bagpipes=2.2|start accordion=2.2|start viola=2.2|learn banjo=2.2|learn spare=2.1|rosenheim=1.5|#work=0.9",
   "stages": [
    "1|Choose three pieces you want to play on the <t>|Pick one easy piece for the <t> as the first goal",
    "1|Borrow or rent a <t> before you buy one|Get a <t> that is in tune and fits your hands",
    "1|Find a teacher for the <t> and book five lessons|Look for a <t> teacher or a good beginner's course",
    "1|Fix a place and a time to practise every day|Plan twenty minutes a day and talk to the neighbours",
    "2|Learn posture, tuning and the first notes|Get the basics of the <t> right: posture, sound, rhythm",
    "5|Practise slowly with a metronome|Work on hard bars of the piece one by one",
    "2|Play along with recordings or with others|Find people to play the <t> with",
    "1|Record yourself and listen for what to improve|Make a recording once a week",
    "2|Play the pieces for a friend|Do a small rehearsal concert at home",
    "1|Perform on the <t>|Play in front of people and enjoy it"
   ]
  },
  {
   "cues": "songs=6.0|^show=5.1|^found=4.3|singing=5.7|singing group=5.7|few=3.5|band=3.9|^teach=2.5|chants=5.3|dances=5.3|four=3.6|^sing=5.3|group=3.3|choir=3.0|^rehearse=4.0|two=1.6|^start=1.8|^perform=3.8|cappella=5.0|cappella songs=5.0|^practise=3.9|rounds=4.9|bulgarian=4.8|bulgarian songs=4.8|five=3.1|corsican=4.8|canons=4.8|estonian=4.7|corsican chants=4.7|lullabies=4.7|shanties=4.7|gospel=4.7|sardinian=4.7|gospel songs=4.7|runo=4.7|estonian runo=4.7|runo songs=4.7|sardinian songs=4.7|reels=4.6|irish reels=4.7|ukrainian songs=4.6|country dances=4.6|choruses=4.6|madrigals=4.6|tangos=4.6|sea shanties=4.6|finnish tangos=4.6|irish=3.9|protest=4.6|carols=4.6|opera choruses=4.5|folk songs=4.5|ukrainian=3.8|hymns=4.5|protest songs=4.5|balkan=4.5|balkan dances=4.5|finnish=3.8|part songs=4.4|four-part=4.4|folk=3.7|georgian=4.4|sea=3.5|barbershop=4.4|yodel songs=4.3|four-part hymns=4.3|opera=3.4|barbershop songs=4.3|georgian chants=4.3|yodel=3.6|country=2.9|goal: show=4.0|^learn=1.2|part=2.6|learn five=3.8|rehearse two=3.8|show four=3.8|perform five=3.8|goal: found=3.4|learn two=3.7|practise five=3.7|goal: teach=2.5|project: show=3.4|goal: start=2.0|learn four=3.6|rehearse four=3.5|practise two=3.5|next: show=3.3|perform two=3.4|sing two=3.4|plan: found=3.1|perform four=3.4|rehearse five=3.4|sing five=3.4|sing four=3.3|songs must=3.3|plan: show=3.2|next: found=3.0|let's teach=2.3|goal: perform=2.9|goal: practise=2.9|teach four=3.1|practise four=3.1|todo: start=2.0|todo: show=3.1|next: rehearse=3.0|project: found=2.8|next: perform=2.9|project: start=1.9|goal: sing=3.0|let's rehearse=3.0|let's start=1.8|plan: teach=2.1|next: teach=2.1|goal: rehearse=2.7|two lullabies=2.9|few corsican=2.9|let's show=2.8|todo: teach=2.0|todo: found=2.7|two country=2.8|few bulgarian=2.8|few opera=2.8|two bulgarian=2.8|two sea=2.8|two irish=2.8|plan: start=1.7|songs little=2.7|todo: practise=2.6|plan: practise=2.6|let's practise=2.5|todo: rehearse=2.5|antique=1.1|next: start=1.4|few folk=2.6|few rounds=2.6|few four-part=2.6|songs one=2.6|few country=2.6|todo: sing=2.6|two folk=2.6|few estonian=2.6|next: sing=2.6|two finnish=2.6|two ukrainian=2.6|two carols=2.6|two sardinian=2.6|few finnish=2.6|next: practise=2.4|plan: learn=1.1|songs hardly=2.4|two four-part=2.4|two part=2.4|two estonian=2.4|songs zero=2.4|two corsican=2.4|few balkan=2.4|few protest=2.4|five finnish=2.4|two yodel=2.4|two madrigals=2.4|few yodel=2.4|project: perform=2.2|let's perform=2.2|plan: rehearse=2.2|let's found=2.2|project: teach=1.4|few sea=2.2|two balkan=2.2|few sardinian=2.2|few secret=2.2|few gospel=2.2|few lullabies=2.2|two protest=2.2|four corsican=2.2|plan: sing=2.2|few canons=2.2|project: sing=2.2|few carols=2.2|songs cash=2.2|five opera=2.2|few madrigals=2.2|few georgian=2.2|project: rehearse=2.1|project: practise=2.0|todo: learn=0.9|#home=1.1|engines=0.8",
   "stages": [
    "1|Choose the <t> and find recordings of each voice|Pick <t> that suit the voices you have",
    "1|Ask everyone which voice they sing and when they can come|Sort the voices: high, middle, low",
    "1|Find somebody who knows these <t> and can teach them by ear|Look for a singer or teacher who knows the <t>",
    "1|Make a recording of each part to learn by ear|Record each voice of the <t> separately",
    "2|Write out the words and practise how they sound|Learn text and pronunciation of the <t>",
    "4|Learn the <t> voice by voice, line by line|Rehearse each voice alone, then two together",
    "1|Fix one evening a week and a warm room|Agree on a place and a regular time to rehearse",
    "3|Put all voices together slowly|Sing the <t> together and listen to the chords",
    "1|Record a rehearsal and correct pitch and rhythm|Listen to a recording and work on the weak spots",
    "1|Sing the <t> for a small audience|Perform the <t> in front of friends"
   ]
  },
  {
   "cues": "^learn=3.1|^get into=4.8|myself=4.1|teach myself=4.1|learn how=3.9|^teach=2.6|^take up=5.4|^try=5.3|get better=5.2|better=2.9|goal: learn=2.7|picking=4.5|weaving=4.1|embroidery=4.1|drawing=4.1|gardening=4.0|archery=4.0|surfing=4.0|salsa=4.0|watching=4.0|stone=3.5|screen printing=4.0|brewing=4.0|bird watching=3.9|thatching=3.9|blowing=3.9|fencing=3.9|mosaic=3.5|printing=3.2|origami=3.9|bridge=3.9|crochet=3.9|glass blowing=3.9|blacksmithing=3.9|skills=3.9|juggling=3.9|sailing=3.0|next: learn=2.4|calligraphy=3.8|mushroom=3.8|editing=3.8|^start=0.8|lock=3.7|goal: teach=2.5|screen=3.0|let's learn=2.4|mushroom picking=3.8|dancing=3.8|lock picking=3.8|programming=3.8|bookbinding=3.8|tricks=3.8|felting=3.8|meditation=3.0|chess=2.6|astronomy=2.8|skating=3.7|swing=3.7|barista skills=3.7|magic tricks=3.7|carving=3.7|improv theatre=3.7|tango=3.7|cooking=2.9|glass=2.9|todo: learn=2.3|ice skating=3.7|swing dancing=3.7|scuba=3.7|scuba diving=3.7|fly fishing=3.7|magic=3.1|climbing=2.6|photography=2.4|soldering=3.6|stone carving=3.6|typing=3.6|touch=3.6|plan: learn=2.1|watercolour=3.6|woodcarving=3.6|film editing=3.6|skiing=3.6|touch typing=3.6|fly=3.0|diving=3.2|barista=3.0|bird=2.3|improv=2.9|let's teach=2.6|making=3.5|leatherwork=3.5|public=3.5|speaking=3.5|sewing=1.9|fishing=2.6|pottery=2.3|ice=2.7|watercolour painting=3.4|basket=3.4|public speaking=3.4|beekeeping=2.1|project: learn=2.0|walling=3.4|goal: take=2.7|knitting=1.8|painting=2.7|cheese making=3.3|dry=3.3|dry stone=3.3|stone walling=3.3|basket weaving=3.3|drone flying=3.3|bread baking=2.4|baking=2.1|unicycling=3.2|todo: teach=2.4|plan: teach=2.3|project: teach=2.3|drone=2.6|theatre=1.6|aid=1.7|bread=1.8|plan: get=1.2|goal: try=3.0|flying=1.8|goal: get=0.8|cheese=2.0|next: teach=2.1|project: get=1.1|plan: try=2.8|film=1.3|let's get=1.0|todo: get=0.9|learn juggling=2.7|learn calligraphy=2.7|myself fencing=2.7|learn bird=2.6|myself scuba=2.6|learn glass=2.6|learn blacksmithing=2.6|learn touch=2.6|myself thatching=2.6|let's try=2.6|myself sewing=2.6|todo: take=2.2|next: get=0.8|let's start=1.3|do origami=2.4|learn swing=2.4|do pottery=2.4|learn bridge=2.4|learn basket=2.4|myself archery=2.4|myself cooking=2.4|do gardening=2.4|myself fly=2.4|myself crochet=2.4|myself felting=2.4|do ice=2.4|learn thatching=2.4|myself nordic=2.4|myself meditation=2.4|do juggling=2.4|myself soldering=2.4|myself embroidery=2.4|myself sailing=2.4|learn mosaic=2.4|myself brewing=2.4|do improv=2.4|try salsa=2.4|do chess=2.4|let's take=1.8|do mosaic=2.2|learn ice=2.2|learn embroidery=2.2|learn dry=2.2|do photography=2.2|learn bread=2.2|learn sewing=2.2|learn crochet=2.2|learn drawing=2.2|do programming=2.2|myself leatherwork=2.2|learn improv=2.2|learn programming=2.2|myself photography=2.2|learn climbing=2.2|learn drone=2.2|learn archery=2.2|do surfing=2.2|learn lock=2.2|learn photography=2.2|next: try=2.2|do embroidery=2.2|myself climbing=2.2|do glass=2.2|learn surfing=2.2|myself origami=2.2|learn mushroom=2.2|myself bookbinding=2.2|learn gardening=2.2|do astronomy=2.2|do bookbinding=2.2|try knitting=2.2|learn origami=2.2|myself mosaic=2.2|do calligraphy=2.2|do watercolour=2.2|do cooking=2.0|next: start=1.0",
   "stages": [
    "1|Decide what you want to be able to do in <t>|Choose a first small project in <t>",
    "1|Find out how other people started with <t>|Read or watch an introduction to <t>",
    "1|Borrow the basic equipment for <t>|Get only the tools that a beginner in <t> needs",
    "1|Join a course or a club for <t>|Find a teacher, class or group for <t>",
    "3|Practise the basic moves of <t>|Do the simplest exercise in <t> ten times",
    "4|Practise <t> twice a week|Reserve two fixed hours a week for <t>",
    "3|Make or do a first complete piece|Finish the first small project, even if it is not perfect",
    "1|Show it to someone with experience and ask what to change|Get feedback on your <t>",
    "3|Do a second, harder project|Raise the difficulty step by step",
    "1|Share the result and decide how to go on with <t>|Show friends what you have learned in <t>"
   ]
  },
  {
   "cues": "^teach=3.9|^train=5.2|pony=5.1|dog=1.9|goal: teach=3.6|alpaca=4.7|puppy=4.7|rat=4.6|crow=4.6|camel=4.6|greyhound=4.6|ferret=4.6|llama=4.5|calf=4.5|mule=4.5|ox=4.5|shetland=4.5|parrot=4.5|lamb=4.4|mare=4.4|sheep=3.9|pig=4.4|rabbit=4.4|sheepdog=3.7|terrier=4.4|goat=4.3|guide dog=4.3|young mare=4.3|project: teach=3.6|shetland pony=4.3|foal=4.3|falcon=4.3|goose=4.3|next: teach=3.6|rescue=3.7|horse=3.3|plan: teach=3.5|let's teach=3.3|todo: teach=3.5|young=3.2|hen=3.5|rescue dog=3.4|guide=2.3|dog how=3.7|cat=1.2|^the=1.9|^our=1.6|pony how=3.4|camel how=3.2|todo: train=2.7|sheepdog how=3.1|parrot how=3.0|calf how=3.0|lamb how=3.0|cat how=2.9|alpaca how=2.9|puppy how=2.9|crow how=2.9|goal: train=2.0|terrier how=2.8|mare how=2.8|rat how=2.8|ferret how=2.7|greyhound how=2.7|goat how=2.7|pig how=2.7|ox how=2.7|sheep how=2.7|rabbit how=2.7|llama how=2.7|foal how=2.6|let's train=2.1|plan: train=1.8|project: train=1.9|horse how=2.2|falcon how=2.2|next: train=1.5",
   "stages": [
    "1|Let a vet check the <t> for pain and health|Make sure that the <t> is healthy and up to the task",
    "2|Win the trust of the <t>: quiet time and food every day|Spend time with the <t> until it comes on its own",
    "1|Find out which reward the <t> works for|Choose a reward and a signal for the <t>",
    "2|Get the <t> used to collar, halter or harness|Let the <t> wear its gear for a few minutes a day",
    "4|Practise in short steps, five minutes twice a day|Train the <t> in small steps and reward each one",
    "2|Teach the <t> to stop, stand and wait on a signal|Work on standing still and being touched",
    "2|Watch for biting, kicking or fear, and end before it gets too much|Learn to read ears, eyes and tail of the <t>",
    "3|Add noise, people and distractions one at a time|Get the <t> used to crowds, music and strangers",
    "2|Rehearse at the real place with the people involved|Do a full rehearsal and keep a second helper ready",
    "1|Agree on a plan B in case the <t> does not want to|Have a calm way out for the <t> on the day",
    "1|Let the <t> show what it can do|Do the real thing: arrive early, stay calm, reward at the end"
   ]
  },
  {
   "cues": "keeping=6.0|start keeping=6.0|^start=2.7|^adopt=5.2|^breed=5.2|pigs=5.1|own=2.7|pigeons=4.3|^look=3.5|^raise=2.9|tortoise=4.6|silkworms=4.5|guinea pigs=4.5|snails=4.5|lizard=4.4|alpacas=4.4|donkeys=4.4|rabbits=4.3|goats=4.3|guinea=4.3|^keep=1.9|budgies=4.3|racing pigeons=4.3|aquarium fish=4.3|goldfish=4.2|rescue dog=3.6|ferrets=4.2|ponies=4.2|racing=4.1|hens=4.1|aquarium=4.1|hamster=4.1|two=0.9|dog=1.3|cattle=4.0|ducks=4.0|geese=3.1|goal: start=2.4|turkeys=4.0|bees=2.9|fish=2.7|highland cattle=3.9|plan: start=2.7|sheep=3.1|rescue=3.2|quails=3.8|keeping tortoise=3.8|next: start=2.5|project: start=2.5|let's start=2.5|highland=3.7|^tortoise in=3.6|keep two=3.6|get two=3.5|keeping snails=3.5|cat=1.0|keeping lizard=3.4|keeping geese=3.4|keeping silkworms=3.4|todo: start=2.3|^sheep in=3.4|^guinea=3.4|keeping donkeys=3.4|adopt two=3.4|breed two=3.4|^ponies in=3.4|keeping bees=3.4|^ferrets in=3.4|^pigeons in=3.2|keeping dog=3.3|^ducks in=3.3|raise two=3.3|keeping hamster=3.3|keeping goldfish=3.3|^quails in=3.2|^hamster in=3.2|keeping guinea=3.2|^rescue=3.2|^turkeys in=3.1|goal: adopt=3.1|keeping goats=3.1|goal: breed=3.1|^geese in=3.1|^pigs in=3.1|^budgies in=3.1|keeping ferrets=3.0|keeping rabbits=3.0|keeping pigs=3.0|keeping racing=3.0|keeping pigeons=3.0|^silkworms in=3.0|^highland=3.0|goal: keep=2.1|^dog in=2.9|^lizard in=2.9|^rabbits in=2.9|keeping cat=2.9|keeping rescue=2.9|^snails in=2.9|keeping budgies=2.9|keeping alpacas=2.9|keeping ponies=2.8|own bees=2.8|next: adopt=2.8|^cat in=2.8|^goldfish in=2.8|let's look=2.5|next: breed=2.7|^alpacas in=2.7|^racing=2.7|^aquarium=2.7|^donkeys in=2.7|^goats in=2.7|keeping ducks=2.7|keeping quails=2.7|keeping aquarium=2.7|keeping sheep=2.7|let's breed=2.7|goal: look=2.1|own alpacas=2.6|own lizard=2.6|project: breed=2.6|keeping turkeys=2.6|own hens=2.6|todo: breed=2.6|two goats=2.6|keeping hens=2.6|plan: raise=2.2|todo: look=2.2|next: keep=1.8|project: look=2.0|next: tortoise=2.4|keeping second=2.4|todo: adopt=2.4|^hens in=2.4|keeping three-day=2.4|let's adopt=2.4|two cat=2.4|plan: breed=2.4|own silkworms=2.4|plan: adopt=2.4|goal: raise=1.9|let's keep=1.8|todo: raise=2.0|goal: tortoise=2.2|keeping highland=2.2|two budgies=2.2|own pigeons=2.2|next: look=1.9|let's raise=1.8|plan: keep=1.5|emissions=0.8|emissions test=0.8|project: raise=1.7|todo: keep=1.7|^floating=1.0",
   "stages": [
    "1|Read about the needs of <t> and talk to a keeper|Find out what <t> need: space, food, company, time",
    "1|Check rules, landlord and neighbours|Ask landlord, council and neighbours about <t>",
    "1|Work out the yearly cost: food, vet, insurance|Make a budget with a reserve for the vet",
    "1|Agree at home on who does which job|Share out feeding, cleaning and holidays",
    "3|Prepare the place: shelter, fence, shade|Build or buy the housing for the <t>",
    "1|Choose a shelter or breeder you can visit|Look for a trustworthy source and visit twice",
    "1|Buy food and equipment|Get feed, bedding and a first aid kit",
    "1|Bring the <t> home on a quiet day|Fetch the <t> and give them time to settle",
    "1|Register, vaccinate and mark the <t>|Go to the vet for a first check",
    "3|Build a daily routine|Check health, food and water every day"
   ]
  },
  {
   "cues": "^train for=6.0|^get in=6.0|shape=6.0|get fit=6.0|fit=6.0|race=5.3|marathon=5.6|run=5.2|triathlon=5.3|badge=4.5|goal: train=4.5|^complete=3.3|challenge=4.8|pull-up=4.7|pull-up challenge=4.7|5k run=4.7|5k=4.7|ultramarathon=4.7|team triathlon=4.6|half marathon=4.6|ironman=4.6|dance competition=4.6|swimming badge=4.6|canoe race=4.6|10k=4.5|10k run=4.5|bike race=4.5|tour=2.5|alpine=4.5|alpine tour=4.5|sports badge=4.5|mountain race=4.5|kilometre=4.5|hundred kilometre=4.5|kilometre walk=4.5|route=4.5|relay=4.4|obstacle=4.4|charity run=4.4|lake=4.4|swim across=4.4|century=4.4|climbing route=4.4|regatta=4.4|obstacle race=4.4|judo=4.4|canoe=3.2|plan: train=4.1|ski marathon=4.3|judo exam=4.3|rowing regatta=4.3|boxing=4.3|match=4.3|century ride=4.3|swimming=2.8|competition=2.8|mountain=3.5|^prepare for=2.0|boxing match=4.3|rowing=3.5|^run=1.9|climbing=3.2|hundred=2.4|sports=2.7|ski=3.0|swim=2.5|across=3.0|fitness test=4.1|^finish=1.8|cycling=3.1|cycling tour=3.5|ride=3.0|walk=2.3|dance=2.2|project: train=3.8|charity=2.3|next: train=3.8|todo: train=3.6|bike=2.0|fitness=3.1|half=1.2|team=1.7|let's train=3.6|goal: get=1.3|test=1.4|goal: complete=3.0|^the=1.6|todo: get=1.2|^my=1.0|project: get=1.2|let's get=1.1|next: get=1.1|plan: get=1.1|let's complete=2.4|todo: complete=2.3|next: finish=2.0|let's run=1.9|goal: run=1.6|let's prepare=1.4|todo: finish=1.8|plan: complete=2.2|computer=1.0|race zero=2.2|race must=2.2|run zero=2.2|plan: run=1.7|project: complete=1.9|next: prepare=1.2|faro=1.6|goal: finish=1.3|hobart=1.5|goal: prepare=0.9|let's finish=1.5|todo: run=1.5|project: run=1.4|project: prepare=1.1|todo: prepare=1.0|plan: prepare=0.9",
   "stages": [
    "1|Have your health checked before you start|Ask a doctor whether training for the <t> is fine",
    "1|Set a realistic goal for the <t>|Choose the <t>, register and write down your goal",
    "1|Make a training plan with rest days|Plan the weeks until the <t>: build up, rest, taper",
    "1|Get shoes and equipment that fit|Sort out the equipment for the <t>",
    "5|Train three times a week, slowly at first|Build a base with easy training",
    "2|Add strength and stretching twice a week|Do short strength training for hips, back and core",
    "3|Raise the distance by no more than ten per cent a week|Do one long session a week",
    "1|Do a test at half the distance|Try food, pace and clothes in a test race",
    "1|Train less in the last two weeks|Reduce the training and sleep enough",
    "1|Plan travel, start time and food for the day of the <t>|Lay everything out the evening before",
    "1|Do the <t> and recover for a week|Start slowly, finish the <t> and rest"
   ]
  },
  {
   "cues": "^break=6.0|habit=5.8|^no=6.0|^less=3.7|more=3.7|waste=3.4|^quit=4.9|food=2.9|snoozing=4.9|overtime=4.9|sugar=4.9|gaming=4.3|^give up=4.8|swearing=4.8|plastic waste=4.8|smoking=4.8|fast=4.8|gossip=4.8|^reduce=3.5|online shopping=4.7|nails=4.7|fast food=4.7|doomscrolling=4.7|drinks=4.7|buys=4.7|impulse=4.7|nights=4.7|snacking=4.6|late nights=4.6|procrastination=4.6|energy drinks=4.6|shopping=3.6|goal: break=4.6|impulse buys=4.6|meat=4.5|alcohol=4.6|screen time=4.6|^cut=3.1|online=3.5|screen=3.9|^stop=2.4|food waste=3.6|plastic=2.8|social=3.1|biting=2.9|energy=2.9|media=2.9|late=2.8|social media=2.8|coffee=1.5|todo: break=3.9|goal: less=3.0|plan: less=3.4|todo: less=3.2|next: break=3.8|night=1.5|time=1.1|project: less=3.1|project: break=3.6|more fast=3.6|let's less=3.0|plan: break=3.6|less impulse=3.5|more sugar=3.5|let's break=3.5|less snoozing=3.4|less biting=3.4|less late=3.4|less smoking=3.3|more overtime=3.3|next: less=2.6|more plastic=3.2|less overtime=3.2|less gossip=3.2|less gaming=3.2|less alcohol=3.1|less social=3.1|more gossip=3.1|more swearing=3.1|less meat=3.0|more alcohol=3.0|less snacking=3.0|more energy=3.0|more food=3.0|less online=3.0|less fast=3.0|less food=2.7|more online=2.9|more snacking=2.9|more snoozing=2.9|less doomscrolling=2.9|less coffee=2.9|more procrastination=2.8|less procrastination=2.8|more social=2.8|more smoking=2.8|more late=2.8|more meat=2.8|more coffee=2.8|less sugar=2.8|plan: stop=2.4|todo: reduce=2.6|goal: reduce=2.4|less screen=2.7|more gaming=2.7|more biting=2.7|less swearing=2.7|todo: give=2.3|more impulse=2.6|project: quit=2.6|todo: quit=2.6|todo: stop=2.1|goal: give=2.0|next: reduce=2.3|less energy=2.1|less plastic=2.1|let's give=2.0|let's quit=2.4|plan: quit=2.4|next: cut=2.1|next: stop=1.8|stop screen=2.2|stop overtime=2.2|reduce social=2.2|overtime must=2.2|quit sugar=2.2|stop gossip=2.2|reduce fast=2.2|more doomscrolling=2.2|quit energy=2.2|stop late=2.2|more screen=2.2|stop sugar=2.2|quit swearing=2.2|quit overtime=2.2|quit gossip=2.2|less spare=2.1|project: reduce=2.1|todo: cut=2.0|let's cut=2.0|goal: stop=1.4|goal: cut=1.8|large=0.9|groups=0.9|large groups=0.9|hurting=0.8",
   "stages": [
    "1|Write down when and why <t> happens|Keep a diary of <t> for one week",
    "1|Write down why you want less of it|Put your three reasons where you see them",
    "1|Choose a start date and a clear rule|Decide what exactly changes and from which day",
    "1|Remove what triggers <t>|Clear the house of triggers",
    "1|Find something else for the same moment|Choose a replacement for each trigger",
    "1|Tell two people who will support you|Ask a friend, doctor or group for support",
    "3|Get through the first seven days|Take it one day at a time and tick each day off",
    "1|Plan for hard moments and slips|Write down what to do after a slip",
    "1|Reward yourself after two and four weeks|Put the money saved in a jar and use it for something good",
    "1|Look back after two months|Review what worked and keep the rule"
   ]
  },
  {
   "cues": "^more=4.2|take care=5.4|^take=4.2|care=3.3|^improve=3.6|often=5.2|more often=5.2|regularly=5.1|sleep=3.7|day=2.9|time=2.0|^get into=3.0|showers=4.8|cold showers=4.7|^build=2.5|cold=4.6|outdoors=4.6|routine=4.6|morning=4.4|yoga=4.5|cooking=4.0|time outdoors=4.5|balance=4.5|mental health=4.5|morning routine=4.5|daily yoga=4.5|drinking water=4.5|eating=4.5|journaling=4.5|^keep=2.1|meditation=3.9|healthy eating=4.5|better sleep=4.5|goal: more=3.8|mental=4.4|stretching=4.4|fitness=3.9|evening walk=4.4|more=1.9|vegetables=4.0|healthy=4.4|exercise=4.4|back training=4.4|walking=4.4|family time=4.3|reading=3.6|piano practice=4.3|cycling=3.4|drinking=3.3|posture=4.3|daily=3.3|pressure=4.2|work=2.6|home=2.2|walk=2.4|blood pressure=4.1|swimming=2.5|evening=2.7|health=2.3|blood=4.0|training=2.3|practice=2.6|let's more=3.5|friends=1.8|water=2.0|back=1.9|better=2.0|project: more=3.4|piano=2.1|todo: more=3.2|goal: take=3.0|next: more=3.3|goal: improve=3.1|let's take=3.0|plan: more=3.2|plan: take=3.2|more balance=3.4|more drinking=3.4|more morning=3.3|more cold=3.3|todo: improve=3.0|todo: take=2.9|project: improve=2.9|family=1.0|more posture=3.1|more swimming=3.1|more walking=3.1|more vegetables=3.1|more daily=3.1|next: keep=2.4|more meditation=3.0|more time=3.0|more better=3.0|more cooking=3.0|more back=3.0|next: improve=2.7|more journaling=2.9|more family=2.9|^meditation=2.9|more cycling=2.9|goal: keep=2.0|do meditation=2.9|project: take=2.6|next: take=2.5|get time=2.8|do time=2.8|^sleep=2.8|do sleep=2.8|more stretching=2.8|get meditation=2.8|do vegetables=2.8|more blood=2.8|let's build=2.5|plan: improve=2.5|^vegetables=2.6|goal: build=2.0|let's improve=2.5|get fitness=2.7|do reading=2.7|get cycling=2.7|project: build=2.2|get sleep=2.6|^piano=2.6|do piano=2.6|more evening=2.6|^reading=2.6|outdoors regularly=2.6|meditation more=2.6|more fitness=2.6|^cold=2.6|do cold=2.6|get mental=2.6|showers regularly=2.6|^journaling=2.6|do journaling=2.6|more reading=2.6|do swimming=2.6|^swimming=2.2|plan: keep=1.8|plan: build=2.1|get reading=2.4|practice regularly=2.4|get cold=2.4|do family=2.4|get exercise=2.4|sleep more=2.4|^mental=2.4|do mental=2.4|health more=2.4|^cooking=2.4|get piano=2.4|get healthy=2.4|more exercise=2.4|more piano=2.4|more healthy=2.4|get stretching=2.4|^healthy=2.4|do healthy=2.4|do cycling=2.4|^blood=2.4|do blood=2.4|more mental=2.4|showers more=2.4|sleep must=2.4|do cooking=2.3|next: build=1.9|next: start=1.2|have 300=1.0|300 members=1.0|speak=1.0|can speak=1.0|speak english=1.0|english=0.9|^daily=2.2|do daily=2.2|^stretching=2.2|do stretching=2.2|^balance=2.2|do balance=2.2|more sleep=2.2|get family=2.2|^posture=2.2|do posture=2.2|keep back=2.2|^time for=2.2|get cooking=2.2|^walking=2.2|do walking=2.2|health regularly=2.2|get blood=2.2|eating more=2.2|time more=2.2|exercise more=2.2|^exercise=2.2|do exercise=2.2|^cycling to=2.2|project: start=1.1|more second=2.1|300=0.8|have 15=0.9|15=0.9|^time=1.8|computer=0.9|waking=0.9|project: keep=1.3|^family=1.0",
   "stages": [
    "1|Write down how things are with <t> today|Note for one week what you do now",
    "1|Choose the smallest step that you can do every day|Start so small that you can't fail",
    "1|Tie <t> to something you do anyway|Fix a time and a place for <t>",
    "1|Prepare everything the evening before|Put what you need for <t> in sight",
    "1|Find somebody who joins in|Tell a friend and report once a week",
    "5|Do it every day for two weeks|Keep a simple chart and mark each day",
    "1|Deal with the first obstacle|Find out what got in the way and change one thing",
    "3|Increase a little|Extend the step by a few minutes",
    "1|Look at the result after a month|Check after a month what <t> has changed"
   ]
  },
  {
   "cues": "trip=5.3|^visit=6.0|^go to=6.0|^travel to=5.9|through=2.9|trip through=5.1|holiday=3.7|across=4.2|tour=3.0|^organise=2.0|^prepare=2.1|houseboat holiday=4.5|goal: visit=4.5|world trip=4.5|camping trip=4.4|day trip=4.4|canoe tour=4.4|school trip=4.4|journey=4.4|trip across=4.4|hiking tour=4.4|train journey=4.3|sailing trip=4.3|study trip=4.3|long walk=4.3|backpacking trip=4.2|museum trip=4.1|houseboat=4.1|safari=4.1|world=3.5|city trip=4.1|camping=4.1|interrail trip=4.1|road trip=4.1|family holiday=4.1|class trip=4.0|cycling tour=3.4|holiday through=4.0|canoe=2.8|road=4.0|ski trip=3.9|todo: visit=3.9|sabbatical=3.1|interrail=3.9|pilgrimage=3.9|backpacking=3.9|sailing=3.1|train=3.8|project: visit=3.8|walk=2.1|tour through=3.7|goal: go=3.7|honeymoon=3.0|plan: visit=3.6|hiking=2.4|let's travel=3.5|let's visit=3.6|^plan=0.9|goal: travel=3.4|cycling=2.5|next: go=3.5|long=1.2|city=1.7|study=1.6|weekend=2.6|^camping=3.4|plan: go=3.4|^hiking=3.1|next: visit=3.2|^class=3.1|^houseboat=3.3|^day=3.3|project: go=3.3|journey through=3.3|day=1.4|plan: travel=3.2|ski=2.1|^backpacking=3.2|todo: go=3.1|plan: organise=2.3|project: travel=3.0|^my=0.9|next: travel=2.9|^train=1.7|^weekend=2.9|^museum=2.6|^cycling=2.9|^world=2.7|^trip=2.8|goal: prepare=1.6|^sailing=2.7|^school=1.9|todo: organise=1.9|museum=0.8|walk through=2.7|goal: organise=1.6|^ski=2.4|let's organise=1.8|tour across=2.6|weekend through=2.6|^interrail=2.6|safari through=2.6|^road=2.6|let's go=2.6|^long=2.6|pilgrimage through=2.6|class=0.9|project: organise=1.8|^holiday=2.4|next: organise=1.7|^honeymoon=2.4|weekend across=2.4|^weekend in=2.4|^family=1.5|todo: travel=2.3|^sabbatical=2.2|sabbatical through=2.2|walk across=2.2|^pilgrimage=2.2|honeymoon across=2.2|holiday across=2.2|plan: prepare=1.2|project: prepare=1.2|^study=0.9|todo: prepare=1.1|next: prepare=1.0|^outdoor=0.9|goal: train=0.9",
   "stages": [
    "1|Agree on dates, people and budget of the <t>|Decide when, how long and how much the <t> may cost",
    "1|Read about <u> and choose what you really want to see|Make a list of wishes for <u> and pick the top five",
    "2|Plan the route day by day with room for rest|Draw the route of the <t> on a map",
    "1|Check passports, visas, vaccinations and insurance|See that papers and insurance are valid",
    "2|Book the journey|Compare train, bus and flight and book",
    "2|Book beds for the first nights|Find places to stay along the way",
    "1|Make a packing list|Pack for the weather and test the equipment",
    "1|Arrange post, plants and pets at home|Ask somebody to look after home and animals",
    "1|Save tickets, addresses and emergency numbers|Put all documents in one folder, on paper and on the phone",
    "2|Enjoy the <t> and keep a short diary|Set off and keep receipts and photos together"
   ]
  },
  {
   "cues": "^surprise=6.0|party=4.7|birthday=4.6|^plan=2.6|dinner=4.4|sister's=5.1|grandma's=5.1|plan grandma's=5.1|mum's=5.0|plan mum's=5.0|dad's=5.0|plan dad's=5.0|granny's=5.0|plan granny's=5.0|brother's=4.9|^organise=2.1|parents'=3.7|^prepare=2.1|^my=2.1|wedding=2.6|children's birthday=4.5|thanksgiving dinner=4.5|anniversary dinner=4.5|goal: surprise=4.5|retirement party=4.5|birthday party=4.4|surprise party=4.4|farewell party=4.4|seventieth birthday=4.4|thanksgiving=4.4|sixtieth birthday=4.4|housewarming party=4.3|engagement party=4.3|memorial=4.3|surprise=4.3|seventieth=4.3|graduation party=4.3|stag weekend=4.3|barbecue=4.2|hen party=4.2|dinner party=4.2|funeral reception=4.2|housewarming=4.2|engagement=4.2|farewell=4.2|sleepover=4.2|graduation=4.2|prom=4.1|eightieth birthday=4.1|brunch=4.1|sixtieth=4.1|name day=4.1|weekend=3.4|anniversary=3.0|picnic=3.5|silver wedding=4.1|funeral=4.1|golden=4.1|golden wedding=4.1|shower=4.1|stag=4.1|reception=3.3|hen=3.4|children's=2.6|baby shower=4.0|silver=3.9|christening=3.9|plan: surprise=3.9|fiftieth=3.0|retirement=2.4|project: surprise=3.8|let's surprise=3.8|eightieth=3.8|next: surprise=3.7|name=2.9|todo: surprise=3.6|day=1.5|easter brunch=3.3|baby=1.4|^party for=3.2|^farewell=3.2|goal: organise=2.1|easter=3.1|halloween party=3.1|^eightieth=3.0|^anniversary=3.0|^retirement=2.9|project: organise=2.3|^name=2.7|^picnic for=2.9|^sixtieth=2.9|halloween=2.9|year's=2.8|year's party=2.8|^thanksgiving=2.8|^engagement=2.8|project: prepare=1.9|^memorial for=2.7|mum's dinner=2.7|^christening for=2.7|^stag=2.7|^seventieth=2.7|^funeral=2.7|^barbecue for=2.7|^dinner for=2.7|^birthday=2.3|party must=2.6|next: organise=2.0|goal: prepare=1.4|todo: prepare=1.6|todo: organise=1.8|^dinner=2.3|^prom for=2.6|^housewarming=2.6|granny's retirement=2.6|^wedding for=2.6|mum's barbecue=2.4|^fiftieth for=2.4|christmas dinner=2.4|^graduation=2.4|^silver=2.4|^golden=2.4|sister's sixtieth=2.4|^sleepover for=2.4|^children's=1.9|let's prepare=1.4|next: prepare=1.4|sister's children's=2.2|^brunch for=2.2|dad's party=2.2|next: retirement=2.2|brother's party=2.2|grandma's hen=2.2|sister's housewarming=2.2|dad's seventieth=2.2|mum's name=2.2|grandma's party=2.2|parents' dinner=2.2|sister's stag=2.2|parents' retirement=2.2|parents' graduation=2.2|granny's stag=2.2|christmas=1.7|plan: prepare=1.2|let's organise=1.2|+garden=0.9",
   "stages": [
    "1|Talk about what kind of <t> it should be and who comes|Write the guest list and the idea of the <t>",
    "1|Set the budget for the <t>|Agree on what the <t> may cost",
    "2|Fix the date and book the place|Find a date and a room for the <t>",
    "1|Send the invitations and ask about diets|Invite the guests and keep a list of answers",
    "2|Plan food and drinks|Choose a caterer or share out the dishes",
    "1|Plan music, speeches and games|Ask people for music, speeches or a surprise",
    "1|Arrange beds and rides for guests from far away|Sort out travel and overnight stays",
    "2|Choose clothes, rings, flowers and presents|Choose flowers, decoration and presents",
    "1|Make a timetable for the day and give jobs to helpers|Write the plan of the day, hour by hour",
    "1|Prepare and decorate the day before|Set tables, decorate and test the sound",
    "1|Celebrate the <t> and send thank-you notes|Enjoy the <t> and thank everyone afterwards"
   ]
  },
  {
   "cues": "searchable=6.0|^transcribe=6.0|^digitise=6.0|^make=2.8|letters=3.6|records=4.2|negatives=5.1|diaries=5.1|^index=4.9|box=3.2|^scan=4.9|registers=4.9|^archive=4.4|films=4.8|^translate=4.8|^catalogue=3.8|letters searchable=4.8|super=4.8|super 8=4.7|8 films=4.7|8=4.7|90=4.6|90 diaries=4.6|recipes=4.6|script=4.6|recordings=4.6|minutes=4.5|concert recordings=4.5|inscriptions=4.5|logs=4.5|300 letters=4.5|ship logs=4.5|love=4.4|glass negatives=4.4|newspapers=4.4|love letters=4.4|club minutes=4.4|glass=3.9|scores=4.4|vinyl records=4.3|cassettes=4.3|goal: transcribe=4.3|sheets=4.3|tapes=4.3|music scores=4.3|vinyl=3.6|herbarium sheets=4.2|archive=2.7|ship=3.2|club=1.5|journals=4.2|field notes=4.2|diaries searchable=4.2|interviews=4.2|family=1.8|video tapes=4.2|oral history=4.2|history interviews=4.2|slides=4.2|school registers=4.1|goal: digitise=4.1|travel journals=4.1|company files=4.1|handwriting=4.1|negatives searchable=4.1|land=4.1|war=4.1|grandmother's=4.1|grandmother's letters=4.1|court=4.1|court records=4.1|herbarium=3.3|parish registers=4.0|oral=3.2|300=2.4|war letters=4.0|maps=2.3|records searchable=4.0|postcards=4.0|land records=4.0|files=3.1|video=2.7|field=2.6|plan: digitise=3.9|family photos=3.1|concert=1.7|notes=1.3|script searchable=3.7|project: transcribe=3.7|maps searchable=3.7|registers searchable=3.7|minutes searchable=3.7|project: digitise=3.7|travel=2.2|make 90=3.7|films searchable=3.6|let's digitise=3.6|notes searchable=3.6|todo: transcribe=3.6|recipes searchable=3.6|plan: transcribe=3.6|parish=2.0|music=1.5|let's transcribe=3.5|inscriptions searchable=3.5|make 300=3.4|next: transcribe=3.4|photos=1.6|files searchable=3.4|logs searchable=3.4|make letters=3.4|next: digitise=3.4|cassettes searchable=3.4|interviews searchable=3.4|make love=3.4|journals searchable=3.3|make field=3.3|history=1.3|tapes searchable=3.2|todo: digitise=3.2|make club=3.2|scores searchable=3.2|goal: catalogue=3.0|newspapers searchable=3.1|make recipes=3.1|make ship=3.1|project: scan=3.0|digitise 300=3.0|recordings searchable=3.0|make company=3.0|make super=3.0|make cassettes=3.0|make diaries=3.0|make maps=3.0|make oral=3.0|digitise music=3.0|digitise 90=3.0|make glass=3.0|digitise ship=2.9|make concert=2.9|make inscriptions=2.9|postcards searchable=2.9|transcribe letters=2.9|transcribe vinyl=2.9|goal: scan=2.9|let's archive=2.9|company=0.8|todo: index=2.8|make war=2.8|make negatives=2.8|make vinyl=2.8|transcribe super=2.8|slides searchable=2.8|make music=2.8|make school=2.8|digitise super=2.7|transcribe concert=2.7|searchable #2027=2.7|digitise newspapers=2.7|handwriting searchable=2.7|next: scan=2.7|transcribe 300=2.7|goal: index=2.7|digitise concert=2.7|photos searchable=2.7|make land=2.7|let's index=2.7|goal: translate=2.7|make travel=2.7|transcribe 90=2.7|goal: archive=2.7|searchable savings=2.6|make newspapers=2.6|digitise club=2.6|searchable money=2.6|transcribe negatives=2.6|sheets searchable=2.6|transcribe slides=2.6|transcribe inscriptions=2.6|searchable one=2.6|project: translate=2.6|make video=2.6|transcribe company=2.6|transcribe parish=2.6|searchable must=2.6|digitise inscriptions=2.6|make postcards=2.6|transcribe school=2.6|transcribe recipes=2.6|let's catalogue=2.5|transcribe ship=2.4|todo: scan=2.4|make court=2.4|transcribe field=2.4|searchable while=2.4|transcribe grandmother's=2.4|make family=2.4|transcribe newspapers=2.4|digitise recipes=2.4|make parish=2.4|digitise herbarium=2.4|make slides=2.4|next: translate=2.2|let's translate=2.2|transcribe club=2.2|transcribe maps=2.2|digitise maps=2.2|digitise family=2.2|digitise slides=2.2|transcribe postcards=2.2|transcribe herbarium=2.2|digitise letters=2.2|next: index=2.2|digitise diaries=2.2|transcribe love=2.2|transcribe travel=2.2|transcribe oral=2.2|digitise land=2.2|digitise love=2.2|digitise parish=2.2|digitise vinyl=2.2|next: archive=2.1|stopping=0.9|production=0.9|stopping production=0.9",
   "stages": [
    "1|Count the <t>, number them and note their state|Make a list of the <t> with dates and names",
    "1|Decide on quality, file names and where to keep the files|Fix rules: resolution, format, file names",
    "1|Learn to read the old handwriting or find somebody who can|Practise the script or format with an easy piece",
    "1|Get the equipment: scanner, light, player|Test the equipment on ten pieces",
    "1|Do a trial with ten of the <t> and measure the time|Try the whole way with ten pieces",
    "5|Scan or photograph the <t> in batches|Work through the <t> in small batches and tick them off",
    "5|Transcribe the <t> and mark unclear words|Type or describe what each of the <t> says",
    "2|Check each text against the picture|Let a second person proofread the difficult ones",
    "2|Add names, places and dates and make it all searchable|Put text and pictures into a searchable catalogue",
    "1|Keep copies in two places|Back up everything and store the originals dry and dark",
    "1|Share the <t> with the people they matter to|Give access and explain how to search the <t>"
   ]
  },
  {
   "cues": "^trace=6.0|history=4.7|^find=2.2|^document=5.1|mill=5.0|family history=4.9|village history=4.9|club chronicle=4.9|company history=4.9|birth parents=4.9|chronicle=4.3|family tree=4.8|ancestors=4.8|house history=4.8|village=2.7|castle=4.8|words=4.8|^research=2.4|surname=4.8|lost village=4.7|dialect words=4.7|house=2.1|field names=4.7|tree=3.7|birth=4.6|family=2.2|dialect=4.6|names=3.8|local history=3.6|^find out=2.4|regiment=4.5|^write=2.0|parents=2.7|ship=3.4|great-grandfather=4.3|lost=3.3|goal: trace=4.2|^family=3.3|local=1.9|field=2.6|goal: find=2.2|let's trace=3.8|next: trace=3.8|^surname=3.8|plan: trace=3.8|^field=3.8|^old=3.0|^great-grandfather=3.7|project: trace=3.7|let's find=2.4|company=1.3|^birth=3.6|todo: trace=3.6|project: find=2.4|^ancestors=3.6|trace family=3.6|^club=3.2|^lost=3.5|plan: find=2.3|find surname=3.4|^local=2.7|next: find=2.3|^street=2.7|find family=3.4|^regiment=3.4|street=1.3|^village=2.8|club=0.8|^castle=3.3|trace ancestors=3.3|trace surname=3.2|trace regiment=3.2|find dialect=3.2|^company=2.5|todo: find=2.0|find ancestors=3.1|find house=3.1|find village=3.1|find company=3.1|^dialect=3.1|^ship=2.4|trace house=3.0|^house=2.3|find club=2.9|trace school=2.9|todo: research=2.3|plan: research=2.3|trace lost=2.8|let's document=2.8|find great-grandfather=2.8|find school=2.8|trace field=2.8|find regiment=2.8|history must=2.8|goal: research=1.9|trace dialect=2.7|find lost=2.7|find birth=2.7|trace birth=2.7|goal: document=2.7|todo: write=2.0|^school=1.8|goal: write=1.7|next: research=2.0|trace company=2.6|find ship=2.6|next: document=2.6|find castle=2.6|trace castle=2.6|find local=2.6|trace local=2.6|trace village=2.6|let's research=2.0|find street=2.4|trace club=2.4|plan: document=2.4|goal: club=2.4|few weeks=0.9|project: write=1.6|find field=2.2|project: family=2.1|project: street=2.1|todo: family=2.1|goal: local=2.1|^wooden=1.5|waking=0.9|let's write=1.3|^vegan=1.3|plan: write=1.3|^electric=1.2|^traditional=1.1|#work=0.9",
   "stages": [
    "1|Write down what you know about the <t> and what you want to find out|Collect names, dates and questions about the <t>",
    "2|Ask the oldest people and record them|Interview relatives and witnesses",
    "2|Look through papers, photos and gravestones|Search boxes, albums and inscriptions for the <t>",
    "1|Find out which archives hold records|List the archives and how to get in",
    "3|Search the online records|Look through online databases and newspapers",
    "3|Visit the archive with a list of questions|Order and read the original records",
    "1|Note the source of every fact|Keep a table: fact, source, how sure",
    "2|Put the results in order of time|Draw a timeline and mark the gaps",
    "3|Write the story of the <t>|Write it up with pictures and sources",
    "1|Share it and ask for corrections|Give it to the family or the local museum"
   ]
  },
  {
   "cues": "about=3.9|^self-publish=5.6|^illustrate=5.6|^publish=5.5|book about=5.5|^print=5.4|book=3.4|novel=5.3|guide about=5.2|guide=3.9|novel about=5.1|musical about=4.9|play about=4.8|^finish=2.4|musical=3.7|street=2.4|^write=2.0|story=4.5|short story=4.5|travel guide=4.5|photo book=4.5|series=4.4|non-fiction book=4.4|picture book=4.4|radio play=3.6|poetry collection=4.4|crime novel=4.4|school musical=3.7|textbook about=4.3|story about=4.3|podcast series=4.3|short=3.3|memoir=4.3|screenplay about=4.3|graphic novel=4.3|street guide=4.3|^short=3.8|song about=4.2|children's book=4.2|hiking guide=4.2|play=1.7|non-fiction=4.2|memoir about=4.2|zine about=4.2|film about=4.2|series about=4.1|animation about=4.1|calendar about=4.1|opera about=4.1|collection about=4.1|screenplay=4.1|picture=4.1|crime=4.1|short film=3.2|family chronicle=4.0|animation=4.0|board game=3.1|game about=4.0|poetry=3.5|textbook=3.9|documentary about=3.9|collection=2.2|chronicle=2.9|album about=3.9|graphic=3.9|chronicle about=3.8|^textbook=3.8|film=2.1|goal: self-publish=3.8|comic about=3.8|^zine=3.8|game=2.2|song=3.0|zine=3.7|calendar=2.6|goal: print=3.7|^screenplay=3.7|comic=3.7|^radio=3.3|cookbook=3.0|cookbook about=3.6|radio=2.1|podcast=2.4|^song=3.4|^animation=3.6|^musical=3.6|goal: illustrate=3.6|documentary=2.5|album=2.7|travel=2.0|photo=2.0|^memoir=3.5|^calendar=3.4|^travel=3.3|opera=2.3|^poetry=3.3|^podcast=3.2|^children's=3.0|^school=2.4|^crime=3.3|^graphic=3.3|^board=2.8|children's=1.9|^photo=2.6|hiking=2.0|^album=3.0|^non-fiction=3.2|^opera=3.2|^picture=3.2|^hiking=2.9|^street=2.4|plan: write=2.5|next: self-publish=3.0|goal: publish=3.0|^comic=3.0|board=1.3|^cookbook=2.8|^novel=2.9|plan: print=2.9|todo: self-publish=2.9|goal: write=2.0|goal: finish=2.1|todo: illustrate=2.8|project: illustrate=2.8|let's illustrate=2.8|next: publish=2.8|project: print=2.8|project: finish=2.2|next: finish=2.3|plan: illustrate=2.7|let's self-publish=2.7|project: publish=2.7|plan: self-publish=2.7|^documentary=2.7|plan: publish=2.7|todo: print=2.7|next: print=2.6|todo: publish=2.6|project: self-publish=2.6|plan: finish=2.1|^family=1.6|let's write=1.8|next: write=1.8|let's short=2.4|todo: write=1.6|^blue=1.6|^secret=1.5|plan: memoir=2.2|let's print=2.2|let's publish=2.2|goal: calendar=2.2|biting anyone=1.0|goal: school=1.8|^nordic=1.5|project: write=1.4|let's travel=1.7|let's finish=1.5|^big=1.4|todo: finish=1.4|^outdoor=1.1|^tiny=1.1|^floating=1.0",
   "stages": [
    "1|Say in one sentence what the <t> is about and for whom|Write down idea, reader and tone of the <t>",
    "2|Collect material, voices and pictures|Research and keep notes in one place",
    "2|Make an outline of the <t>|Plan the parts of the <t> on cards",
    "1|Fix a daily hour and a number of pages|Reserve the same hour every day",
    "5|Write the first draft of the <t> to the end|Write without correcting until the draft is done",
    "1|Let it rest for two weeks|Put the <t> aside and read something else",
    "3|Revise the <t>: cut, order, sharpen|Rework the <t> from beginning to end",
    "2|Ask three readers for honest comments|Give the <t> to test readers",
    "2|Design cover, layout and pictures|Get a cover and a clean layout for the <t>",
    "2|Find a publisher, printer or platform for the <t>|Publish the <t>",
    "1|Hold a small launch and tell the press|Present the <t> to its first audience"
   ]
  },
  {
   "cues": "alive=6.0|^keep=4.5|club=2.7|group=3.6|^revive=5.2|^join=5.2|club alive=5.1|cooperative=5.1|society=5.0|association=5.0|group alive=4.8|café=3.7|village=2.6|circle=3.9|carnival club=4.6|goal: keep=3.9|^found=2.6|bank=2.3|chess club=4.5|energy cooperative=4.5|swimming club=4.5|youth club=4.4|knitting circle=4.4|co-op=4.4|food co-op=4.4|historical society=4.4|toy library=4.4|self-help group=4.4|library=2.1|neighbourhood association=4.4|language café=4.3|^set up=2.0|tool library=4.3|initiative=4.3|time bank=4.3|village shop=3.3|scout group=4.3|repair café=4.3|^save=2.1|community garden=3.3|brass band=3.6|theatre group=4.2|citizens' initiative=4.2|sharing=4.2|car sharing=4.2|sharing group=4.2|book club=4.2|debating society=4.2|self-help=4.2|cooperative alive=4.2|running group=4.2|food bank=3.2|food=2.1|babysitting circle=4.1|citizens'=4.1|film club=4.1|project: keep=3.8|library alive=4.1|scout=4.1|society alive=4.0|parents' association=4.0|plan: keep=3.6|brass=3.5|babysitting=4.0|historical=4.0|community=3.0|toy=3.0|association alive=3.9|chess=2.8|debating=3.3|neighbourhood=3.4|bank alive=3.9|knitting=2.3|sports club=2.7|band=2.0|circle alive=3.8|let's keep=3.4|carnival=2.3|^food=3.2|café alive=3.8|swimming=2.2|repair=2.9|next: keep=3.1|garden=1.1|energy=2.1|language=2.2|garden alive=3.6|co-op alive=3.6|^historical=3.6|tool=1.9|^energy=3.5|^theatre=3.2|^youth=3.3|^neighbourhood=3.2|parents'=2.1|band alive=3.4|sports=1.9|youth=1.7|^carnival=3.0|^time=3.2|charity=1.7|todo: keep=3.1|initiative alive=3.3|shop=0.8|^tool=3.2|^community=3.2|choir alive=3.2|^language=3.2|^brass=2.9|running=1.4|charity alive=3.1|shop alive=3.1|^scout=3.1|film=1.5|car=1.0|theatre=1.6|^book=3.0|^village=2.5|^sports=3.0|book=1.2|choir=1.1|^swimming=2.8|^chess=2.7|^debating=2.7|goal: join=2.9|alive zero=2.9|goal: revive=2.9|alive must=2.8|plan: join=2.8|^self-help=2.8|^toy=2.7|goal: set=2.0|^film=1.9|todo: revive=2.7|^running=2.7|next: join=2.7|^car=2.6|project: found=2.3|^repair=1.3|plan: revive=2.6|^citizens'=2.6|alive cash=2.6|alive hardly=2.6|^babysitting=2.6|^knitting=2.4|^parents'=2.1|plan: found=2.0|todo: save=1.5|plan: set=1.8|next: found=2.0|project: join=2.2|let's revive=2.2|^choir for=2.2|alive beside=2.2|todo: join=2.2|^charity in=2.2|goal: carnival=2.2|goal: save=1.1|goal: found=1.6|todo: set=1.6|plan: save=1.2|project: set=1.5|let's save=1.1|#home=0.9",
   "stages": [
    "1|Find three people who want the <t> as much as you|Talk to neighbours and find founders for the <t>",
    "1|Write down what the <t> does and for whom|Agree on the purpose of the <t>",
    "1|Visit a similar group and ask what worked|Learn from another <t>",
    "1|Find a room and a regular time|Find a place where the <t> can meet",
    "2|Hold an open first meeting|Invite everyone interested to a first evening",
    "1|Share out the tasks: lead, money, contact|Choose a small board for the <t>",
    "2|Write the rules, register and insure the <t>|Clear legal form, bank account and insurance",
    "1|Make a plan for the first three months|Plan the first events of the <t>",
    "2|Find members and some money|Ask for members, donations and small grants",
    "1|Look back after three months|Ask members what they want to keep or change"
   ]
  },
  {
   "cues": "get through=6.0|exam=4.2|through=4.6|^pass=3.9|test=4.4|^get=1.5|^revise for=5.6|^study for=5.5|^cram for=5.5|statistics exam=4.9|entrance=4.9|entrance exam=4.9|adviser=4.8|tax adviser=4.8|adviser exam=4.8|^prepare for=2.5|theory=4.8|driving theory=4.8|theory test=4.8|statistics=4.0|master=4.8|craftsman's=4.8|master craftsman's=4.8|craftsman's exam=4.8|audition=4.7|anatomy=4.7|driving=4.1|music exam=4.7|language test=4.7|maths exam=4.7|exams=4.7|citizenship test=4.7|anatomy exam=4.7|chemistry=4.7|maths=4.1|final exams=4.6|physics=4.6|oral exam=4.6|chemistry test=4.6|history test=4.6|physics exam=4.6|oral=3.9|biology=4.6|naturalisation=4.6|bar exam=4.6|accounting exam=4.5|biology exam=4.5|goal: pass=3.6|accounting=3.7|citizenship=3.3|journeyman's=4.5|medical exam=4.5|medical=3.9|naturalisation test=4.4|bar=3.4|language=3.1|school finals=4.4|journeyman's exam=4.4|finals=3.6|final=2.4|tax=2.0|music=2.0|next: pass=3.5|history=1.8|project: pass=3.3|let's pass=3.3|plan: pass=3.3|todo: pass=3.3|exam one=3.4|goal: cram=3.6|goal: get=1.2|goal: revise=3.3|let's get=1.4|goal: study=3.0|exam must=3.1|let's study=3.0|next: get=1.3|project: get=1.2|project: revise=3.0|let's revise=3.0|todo: get=1.1|plan: get=1.2|exam zero=2.8|todo: revise=2.9|exam hardly=2.8|project: cram=2.8|exam cash=2.7|exam savings=2.7|todo: study=2.7|next: revise=2.7|exam beside=2.6|exam while=2.6|exam money=2.5|goal: prepare=1.4|next: study=2.4|plan: study=2.3|plan: revise=2.6|let's prepare=1.5|project: study=2.2|test must=2.4|next: cram=2.4|plan: prepare=1.4|test hardly=2.2|let's cram=2.2|plan: cram=2.2|todo: cram=2.2|exam little=2.2|next: prepare=1.2|contacts=0.9|have 120=0.9|120 contacts=0.9|todo: prepare=1.0",
   "stages": [
    "1|Find out what the <t> covers and how it is marked|Get the list of topics and old papers of the <t>",
    "1|Test yourself to see what you know already|Do one old paper to find the gaps",
    "1|Make a timetable with one topic a day|Divide the topics over the weeks until the <t>",
    "4|Learn topic by topic and explain it in your own words|Work through the topics and write short summaries",
    "2|Make flash cards and repeat them daily|Repeat with flash cards, a little every day",
    "1|Meet a study partner once a week|Ask a teacher about what is still unclear",
    "3|Do old papers against the clock|Practise under real conditions",
    "1|Go over the mistakes and the weak topics|Repeat only what went wrong",
    "1|Sleep, pack and know the way|Prepare papers, pens and the way there",
    "1|Take the <t>|Sit the <t> calmly: easy questions first"
   ]
  },
  {
   "cues": "hired=6.0|get hired=6.0|job=4.0|^apply for=4.7|^switch to=5.9|^change to=5.9|^get=1.6|place=4.9|remote job=5.1|side=5.0|year=2.5|internship=5.0|^find=1.9|side job=5.0|sponsor=4.9|remote=4.0|mentor=4.9|residency=4.9|volunteer year=4.9|job abroad=4.9|summer job=4.9|part-time=4.9|better=3.0|apprenticeship=4.8|teaching job=4.8|exchange year=4.8|promotion=4.8|trainee place=4.8|doctoral=4.8|volunteer=4.0|teaching=4.1|doctoral position=4.7|study place=4.7|part-time job=4.7|scholarship=4.1|trainee=3.9|exchange=3.5|abroad=2.9|goal: apply=3.9|study=2.4|summer=1.8|position=2.1|goal: get=1.5|todo: apply=3.7|goal: switch=2.8|next: apply=3.3|let's apply=3.3|todo: get=1.5|goal: change=3.5|project: get=1.5|goal: find=1.8|let's switch=3.0|project: apply=3.2|todo: change=3.4|plan: apply=3.0|next: get=1.3|let's change=3.1|project: change=3.0|let's get=1.1|plan: get=1.2|project: find=1.8|let's find=1.7|todo: switch=2.5|project: switch=2.5|plan: change=2.8|plan: switch=2.4|next: switch=2.4|job while=2.7|better job=2.7|better exchange=2.6|next: change=2.6|better apprenticeship=2.6|better teaching=2.6|better summer=2.6|job one=2.5|todo: find=1.4|job little=2.4|better side=2.4|next: find=1.2|plan: find=1.1|better trainee=2.2|better remote=2.2|better volunteer=2.2|better mentor=2.2|job hardly=2.2|job must=2.2|second=0.8|permits=0.9|#work=0.9",
   "stages": [
    "1|Write down what you can, what you like and what you need|Describe the <t> you are looking for",
    "1|Bring CV and papers up to date|Rewrite the CV for the <t>",
    "2|List twenty places that fit|Search offers and make a list",
    "1|Tell ten people that you are looking|Ask former colleagues for tips",
    "3|Write the first five applications|Send five careful applications",
    "1|Practise the interview|Rehearse answers to the ten usual questions",
    "2|Go to interviews and ask your own questions|Visit the place and talk to people there",
    "1|Follow up after a week|Call back and thank them",
    "1|Compare the offers and negotiate|Check the contract and decide"
   ]
  },
  {
   "cues": "care=4.4|ready=3.8|arrange care=6.0|organise care=5.8|^arrange=4.2|colleague=5.4|aunt=5.3|grandparents=5.3|refugee family=5.3|^care for=5.2|^get=1.2|^support=5.2|twins=5.2|^look=4.1|uncle=4.3|neighbour=3.5|^organise=2.3|refugee=4.1|son=3.9|daughter=3.7|students=4.9|exchange students=4.9|^the=3.2|father=4.2|mother=3.5|brother=3.0|grandma=3.5|exchange=3.7|friend=2.4|family=2.1|^help=4.1|children=1.6|colleague ready=4.1|neighbour ready=4.1|friend ready=4.1|aunt ready=4.1|twins ready=4.0|family ready=4.0|son ready=4.0|goal: arrange=3.5|father ready=3.9|grandparents ready=3.9|children ready=3.9|brother ready=3.9|students ready=3.9|^my=1.4|uncle ready=3.8|daughter ready=3.4|mother ready=3.7|let's arrange=3.2|get exchange=3.4|goal: get=1.0|get grandma=3.3|grandma ready=3.3|goal: care=3.2|goal: look=2.8|let's get=1.3|todo: arrange=3.0|project: look=2.8|todo: support=3.0|goal: support=3.0|goal: organise=1.9|^our=1.2|plan: get=1.1|project: arrange=2.8|let's organise=2.1|next: arrange=2.8|next: organise=2.2|next: care=2.8|todo: get=0.9|plan: support=2.7|project: care=2.7|next: get=0.9|let's care=2.6|^refugee=2.6|help grandma=2.6|project: get=0.8|plan: organise=1.8|todo: look=2.2|let's support=2.4|plan: care=2.4|^friend=2.4|project: support=2.4|plan: look=2.2|todo: organise=1.6|only=0.9|only answers=0.9|answers letters=0.9|project: organise=1.5|aunt must=2.2|todo: care=2.2|next: look=1.9|let's look=1.8",
   "stages": [
    "1|Talk with <t> about what is wanted and what is not|Ask <t> what would help most",
    "1|Write down what has to be done each day and week|List the tasks around <t>",
    "1|Find out which help and money there is a right to|Ask advice centre and insurance about support",
    "1|Share the tasks in the family|Call a family meeting and share out the days",
    "2|Make the home safe and practical|Prepare rooms, papers and equipment",
    "2|Arrange professional help where it is needed|Book services and appointments",
    "1|Put all numbers and papers in one folder|Make a folder with contacts, medicine and papers",
    "1|Start with a trial week|Try the plan for a week",
    "1|Check every week how <t> is doing|Talk about what should change",
    "1|Plan time off for yourself|Arrange a substitute for your free days"
   ]
  },
  {
   "cues": "^less=4.2|costs=5.6|bill=6.0|sustainable=5.9|greener=5.9|^turn=3.4|waste=4.3|green=4.6|use=3.5|^lower=5.4|per=5.4|cent=5.4|20 per=5.4|per cent=5.4|20=5.4|^cut=4.4|^make=2.0|third=3.8|^reduce=4.1|paper use=5.0|energy bill=4.9|fuel=4.9|fuel costs=4.9|packaging=4.8|half=2.0|stress=4.8|shopping bill=4.8|^save=2.6|heating costs=4.8|office waste=4.8|water use=4.8|electricity use=4.8|phone bill=4.8|goal: less=4.1|travel costs=4.7|shopping=3.7|meetings=3.9|running costs=4.7|energy=3.3|carbon=4.6|footprint=4.6|costs greener=4.6|carbon footprint=4.5|heating=3.1|electricity=2.9|phone=3.3|noise=3.5|food waste=3.6|costs sustainable=4.4|plastic=2.8|travel=2.9|printing costs=4.3|water=2.4|next: less=3.9|costs green=4.2|printing=3.7|paper=1.4|todo: less=3.6|food=2.1|running=2.3|use sustainable=4.1|let's less=3.7|bill greener=4.0|office=1.6|project: less=3.5|waste sustainable=3.9|bill green=3.9|goal: turn=2.9|less paper=3.8|use greener=3.8|let's turn=3.3|waste green=3.7|less electricity=3.7|use green=3.7|plan: less=3.1|less noise=3.6|less office=3.6|less plastic=3.4|less heating=3.6|less carbon=3.6|less water=3.6|bill sustainable=3.5|goal: cut=3.4|less energy=3.3|less food=3.2|goal: reduce=3.2|plan: turn=3.0|less waste=3.4|less phone=3.4|less packaging=3.4|goal: lower=3.3|less shopping=3.3|project: cut=3.2|noise green=3.1|meetings greener=3.1|footprint greener=3.0|less stress=3.0|less fuel=3.0|less costs=3.0|meetings green=3.0|less travel=3.0|let's reduce=2.9|next: reduce=2.9|next: turn=2.6|meetings sustainable=2.9|todo: lower=2.9|less meetings=2.9|waste greener=2.9|packaging green=2.9|next: lower=2.9|plan: cut=2.9|next: cut=2.8|project: turn=2.3|plastic greener=2.8|let's lower=2.8|less running=2.8|goal: save=1.6|todo: turn=2.2|stress greener=2.7|greener must=2.7|plastic sustainable=2.7|cent must=2.6|stress green=2.6|plan: lower=2.6|stress sustainable=2.6|less printing=2.6|let's cut=2.4|todo: reduce=2.3|packaging sustainable=2.4|project: lower=2.4|less secret=2.4|less student=2.3|plan: reduce=2.3|let's save=1.6|todo: cut=2.3|next: save=1.6|plan: save=1.5|costs must=2.2|footprint sustainable=2.2|packaging greener=2.2|sustainable must=2.2|green must=2.2|noise greener=2.2|half must=2.2|noise sustainable=2.2|less wooden=2.1|project: reduce=2.1|head teacher=0.9|#club=1.1|project: save=1.0",
   "stages": [
    "1|Measure the <t> of the last twelve months|Collect bills and figures for the <t>",
    "1|Find the three biggest causes|See where most of the <t> comes from",
    "1|Set a target and a date|Decide how far the <t> has to go down",
    "2|Do what costs nothing first|Change habits and settings today",
    "1|Get everyone on board|Explain the goal to everybody involved and ask for ideas",
    "2|Get offers for the bigger measures|Calculate which investment pays back",
    "3|Carry out the best measure|Put the best measure against the <t> into practice",
    "1|Measure again every month|Compare the <t> with the start",
    "1|Keep what works and choose the next measure|Fix the new habits in writing"
   ]
  },
  {
   "cues": "carnival=4.0|^sew=5.1|^knit=5.1|^bake=5.0|wedding=3.0|^cook=4.9|^produce=4.9|^shoot=4.9|^paint=4.1|baby=2.8|cake=3.7|^record=4.5|video=3.6|^design=4.2|^film=4.0|seven-course dinner=4.5|bear=4.2|costume=3.3|promo video=4.2|feature=4.2|family film=4.2|wedding cake=4.2|photo exhibition=4.1|birthday cake=4.1|advent calendar=4.1|arrangement=4.1|floral arrangement=4.1|radio feature=4.1|music video=4.1|gingerbread house=4.1|curtain=4.1|teddy bear=4.0|quilt=3.5|dinner=2.5|carnival float=4.0|seven-course=4.0|cover=3.9|cards=3.9|stage costume=3.9|kite=3.1|^wedding=3.4|portrait=3.9|model ship=3.9|floral=3.9|calendar=2.7|dress=3.4|promo=3.8|mask=3.8|album cover=3.8|jumper=3.8|float=2.9|ring=3.7|wedding dress=3.3|blanket=3.7|baby blanket=3.7|advent=3.7|^poster for=3.7|^tapestry for=3.7|poster=2.9|film=2.0|^jewellery for=3.7|^gingerbread=3.7|tape=3.7|demo tape=3.7|^mosaic for=3.7|ship=2.5|song=2.9|sculpture=3.3|^seven-course=3.6|teddy=3.6|banner=3.6|jewellery=2.8|^birthday=3.4|^portrait for=3.6|tapestry=3.6|puppet=2.6|gingerbread=3.5|^music=3.5|logo=2.6|scarf=3.4|mural=3.4|^promo=3.4|^mask for=3.4|mosaic=2.8|^carnival=3.0|exhibition=1.4|radio=1.8|^scarf for=3.3|^demo=2.6|^puppet for=3.2|^advent=3.2|goal: paint=3.0|model=2.1|^mural for=3.1|^teddy=3.1|^banner for=3.1|^quilt for=3.1|goal: sew=3.1|^floral=3.1|stage=1.7|photo=1.7|goal: shoot=3.0|^ring for=3.0|plan: bake=3.0|^kite for=3.0|goal: produce=3.0|album=2.1|^album=2.7|^model=2.9|^jumper for=2.9|^sculpture for=2.9|project: knit=2.9|^baby=2.9|^photo=2.1|birthday=1.3|project: produce=2.8|^costume for=2.8|let's sew=2.8|^stage=1.8|^radio=2.2|next: produce=2.7|goal: record=2.7|goal: bake=2.7|^family=1.7|^cards for=2.6|let's cook=2.6|plan: sew=2.6|next: sew=2.6|plan: cook=2.6|^curtain for=2.6|^song for=2.6|let's bake=2.6|goal: knit=2.6|project: paint=2.5|goal: design=2.5|demo=1.8|hurting=1.3|shifts=0.9|goal: cook=2.4|next: record=2.4|plan: knit=2.4|let's knit=2.4|christmas cards=2.4|project: film=2.4|todo: seven-course=2.2|goal: mural=2.2|plan: record=2.2|next: banner=2.2|next: bake=2.2|plan: produce=2.2|todo: sew=2.2|goal: advent=2.2|let's shoot=2.2|todo: knit=2.2|project: sew=2.2|project: cook=2.2|^logo for=2.2|todo: shoot=2.2|project: record=2.2|todo: film=2.1|goal: film=2.1|goal: photo=2.1|next: design=2.1|^floating=1.4|let's paint=2.1|plan: paint=2.0|goal: wedding=2.0|^electric=1.4|can code=0.9|can drive=0.8|biting anyone=0.9|^three-day=1.2|#club=1.1|compliance=0.8|officer=0.8|compliance officer=0.8|^outdoor=0.9|#q3=0.9",
   "stages": [
    "1|Collect ideas and pictures for the <t>|Decide on style, size and purpose of the <t>",
    "1|Make a sketch of the <t>|Draw the <t> and note measurements and colours",
    "1|List materials and tools|Work out what the <t> needs and what it costs",
    "1|Get the materials|Buy or borrow what is missing",
    "1|Make a small test piece|Try the difficult part first",
    "2|Prepare the parts|Cut, mix or set up everything",
    "4|Make the <t> step by step|Work on the <t> in quiet sessions",
    "1|Show it to someone and take a fresh look|Let it rest and look at it again",
    "2|Finish the details|Correct, clean and finish the <t>",
    "1|Hand over the <t>|Present the <t> and take a photo"
   ]
  },
  {
   "cues": "^convince=6.0|council=4.6|^campaign for=5.9|^petition for=5.9|^win=4.2|crossing=5.3|allow=5.6|build=5.6|park=4.1|save=5.5|bus=3.7|^prevent=5.3|bus stop=5.2|dog park=5.1|^fight=3.9|^protest=5.1|protest against=5.1|swimming pool=5.1|pool=5.0|speed=5.0|limit=5.0|speed limit=5.0|lane=5.0|bike lane=5.0|zebra=5.0|zebra crossing=5.0|stop=4.3|skate park=3.9|street=2.7|motorway=4.9|trees=4.9|car-free=4.9|car-free street=4.9|guards=4.9|more crossing=4.9|crossing guards=4.9|skate=3.6|fountains=4.9|cheaper=4.9|cheaper bus=4.8|bus tickets=4.8|flights=4.8|youth centre=4.8|drinking fountains=4.8|night flights=4.8|playground=3.4|later=4.8|later school=4.7|school hours=4.7|felling=3.9|increases=4.7|swimming=3.2|^stop=2.7|street lights=4.7|drinking=3.9|closing=3.3|rent increases=4.7|hours=3.7|tickets=3.7|centre=3.4|bike=2.5|lights=3.1|rent=3.2|goal: convince=4.4|youth=2.6|library=2.0|against=1.5|dog=1.4|night=1.8|more=1.6|plan: convince=4.0|let's convince=3.9|goal: win=3.6|todo: convince=3.8|goal: campaign=3.8|goal: petition=3.7|next: convince=3.6|plan: petition=3.6|project: convince=3.4|let's campaign=3.4|next: win=3.0|project: win=3.1|goal: stop=2.6|project: petition=3.2|win more=3.2|goal: fight=2.8|let's win=2.8|goal: protest=3.0|goal: prevent=3.0|win street=3.0|todo: petition=3.0|plan: win=2.8|plan: protest=2.9|next: campaign=2.9|todo: campaign=2.9|plan: campaign=2.8|project: campaign=2.8|next: fight=2.7|let's fight=2.7|allow later=2.7|let's petition=2.7|project: prevent=2.7|win drinking=2.7|todo: prevent=2.7|build night=2.7|fight night=2.7|plan: prevent=2.7|plan: stop=2.2|build cheaper=2.6|save more=2.6|build more=2.6|let's protest=2.6|build drinking=2.5|save rent=2.4|against more=2.4|next: petition=2.4|win cheaper=2.4|fight more=2.4|allow street=2.4|prevent later=2.4|allow cheaper=2.4|win later=2.4|get night=2.4|save night=2.4|park must=2.3|todo: fight=2.2|let's stop=1.8|todo: stop=1.8|next: protest=2.2|allow drinking=2.2|get later=2.2|against rent=2.2|fight cheaper=2.2|prevent drinking=2.2|stop drinking=2.2|todo: protest=2.2|let's prevent=2.2|allow more=2.2|playground must=2.1|project: fight=2.1|todo: win=2.0|get street=2.0|project: stop=1.8|contacts=0.9|have 120=0.9|120 contacts=0.9|biting anyone=0.9",
   "stages": [
    "1|Write down the facts about <t> with dates and sources|Collect facts, photos and numbers about <t>",
    "1|Find out who decides on <t> and when|Look up which office or council is in charge",
    "1|Find allies|Talk to neighbours, clubs and experts about <t>",
    "1|Put the demand in one clear sentence|Agree on what exactly you ask for",
    "2|Write a petition and collect signatures|Gather signatures in the street and online",
    "1|Talk to the local press|Invite the local paper",
    "1|Meet the people who decide|Ask for a meeting and bring the facts about <t>",
    "1|Speak at the public meeting|Prepare three minutes for the council meeting",
    "1|Follow up on every promise|Keep people informed and ask for dates"
   ]
  },
  {
   "cues": "^learn to=5.4|learn to=5.4|myself how=6.0|learn how=4.0|myself=3.8|teach myself=3.8|^learn=2.1|^teach=2.4|goal: learn=3.5|ride=4.3|project: learn=3.5|weld=4.7|let's learn=3.5|plan: learn=3.3|next: learn=3.1|carve=4.5|juggle=4.4|forage=4.4|todo: learn=3.1|ice-skate=4.4|snowboard=4.3|meditate=4.3|bake=4.3|paint=4.3|knit=4.2|draw=4.2|climb=4.2|row=4.2|touch-type=4.2|sail=4.2|dive=4.2|handstand=4.1|whistle=3.4|yodel=3.4|unicycle=4.0|surf=4.0|weave=4.0|sing=2.5|type=4.0|solder=4.0|fly=3.5|box=2.2|swim=2.3|ski=2.7|cook=2.1|kite=3.0|skate=2.4|drive=2.0|sew=2.2|read=1.6|read music=1.9|dance=1.8|bike=1.5|music=1.4|code=1.6|project: teach=2.3|next: teach=2.2|goal: teach=1.8|let's teach=2.0|plan: teach=2.1|todo: teach=1.9|vegan=1.0|waking=1.1|joint=0.8|hurting=1.0|utrecht=1.6",
   "stages": [
    "1|Decide how well you want to <t> and by when|Write down what you want to manage first when you <t>",
    "1|Watch people who <t> well and ask how they began|Find someone who can <t> and watch closely",
    "1|Find a course, a club or a teacher|Book a trial lesson",
    "1|Borrow what you need to <t> safely|Get only the equipment a beginner needs",
    "2|Practise the first small part until it feels easy|Start with the simplest exercise",
    "4|Practise three times a week for half an hour|Keep fixed hours to practise",
    "1|Let someone film you and look at it together|Ask for feedback on what to change",
    "3|Raise the difficulty a little every week|Go on to the next harder exercise",
    "1|Do it in front of a friend|Show somebody how well you <t>",
    "1|Set the next goal|Decide how to keep it up"
   ]
  },
  {
   "cues": "permit=6.0|monument=6.0|listed=6.0|recognised=6.0|^get=1.8|status=5.6|landmark=5.4|charity=3.9|^renew=4.1|^obtain=4.1|citizenship=4.1|approved=4.9|licence=2.2|card=3.6|^arrange=3.1|^apply for=2.6|permit recognised=4.7|parking permit=4.7|registered=4.7|tree felling=4.6|felling permit=4.6|closure=4.6|disability card=4.6|monument status=4.6|protected=4.6|export licence=4.6|food licence=4.6|visa=4.3|registration=4.6|permit listed=4.6|fishing permit=4.6|business registration=4.6|permission=4.6|street closure=4.6|parking=4.3|disability=4.5|planning permission=4.5|charity status=4.5|export=4.5|adoption papers=4.5|residence permit=4.5|building permit=4.4|listed status=4.4|adoption=4.1|felling=3.4|^sort out=1.7|trademark=4.4|dual citizenship=4.3|event permit=4.3|planning=3.5|marriage licence=4.3|study permit=4.3|residence=4.3|work permit=4.3|tree=3.2|building=4.2|dual=4.2|patent=4.2|change=3.9|goal: get=1.7|green card=4.2|fishing=3.4|event=4.2|name change=3.8|marriage=4.1|papers=2.9|business=2.9|passport=3.6|name=3.3|pension=2.7|next: get=1.9|green=2.2|project: get=1.7|work=2.1|street=1.5|licence listed=3.6|permit registered=3.6|study=1.8|food=1.7|status recognised=3.5|licence recognised=3.5|let's get=1.5|^fishing=3.3|status listed=3.4|citizenship listed=3.4|permit protected=3.4|citizenship recognised=3.4|todo: get=1.4|permit approved=3.2|^food=2.4|goal: arrange=2.5|card listed=3.0|get listed=3.0|get visa=3.0|goal: obtain=2.7|^building=2.9|permission recognised=2.9|^citizenship for=2.9|^residence=2.9|registration listed=2.9|plan: get=1.1|plan: apply=2.6|let's obtain=2.8|^tree=2.6|goal: apply=2.2|let's sort=1.9|visa listed=2.8|card registered=2.8|papers recognised=2.8|patent recognised=2.8|get trademark=2.8|get study=2.8|^work=2.8|^business=2.8|get planning=2.8|get disability=2.8|^passport for=2.7|^charity=2.6|licence protected=2.7|^event=2.7|^monument=2.7|card recognised=2.7|^visa for=2.7|^marriage=2.7|get monument=2.7|get fishing=2.7|closure recognised=2.7|get tree=2.7|get green=2.7|visa recognised=2.7|status approved=2.7|passport recognised=2.7|pension recognised=2.7|patent listed=2.7|^export=2.7|^parking=2.6|project: renew=2.6|todo: renew=2.6|get street=2.6|goal: renew=2.5|todo: arrange=2.3|^trademark for=2.6|^listed=2.6|get business=2.6|get residence=2.6|^disability=2.6|get dual=2.6|get work=2.6|get parking=2.6|registration recognised=2.6|get name=2.6|closure listed=2.6|licence approved=2.6|project: sort=1.8|plan: arrange=2.4|next: apply=2.0|get marriage=2.4|get building=2.4|permission listed=2.4|status registered=2.4|trademark listed=2.4|^patent for=2.4|get pension=2.4|change listed=2.4|^pension for=2.4|get patent=2.4|get food=2.4|todo: apply=1.9|plan: renew=2.3|next: arrange=2.1|project: apply=1.9|let's arrange=1.9|^street=1.5|computer=1.0|citizenship protected=2.2|get citizenship=2.2|card approved=2.2|get event=2.2|change recognised=2.2|card protected=2.2|citizenship approved=2.2|protected must=2.2|get passport=2.2|landmark must=2.2|^dual=2.2|monument must=2.2|visa approved=2.2|monument hardly=2.2|next: obtain=2.2|next: renew=2.1|project: obtain=2.1|pass customs=0.9|project: arrange=1.9|^green=1.8|goal: sort=1.0|^name=1.7|let's apply=1.6|next: sort=1.2|computers=0.8",
   "stages": [
    "1|Find out which office decides on the <t> and what the conditions are|Read the official page on the <t> and note fees and waiting times",
    "1|Make a list of the documents the <t> requires|Get the checklist and the forms for the <t>",
    "2|Gather certificates, copies and translations|Collect the papers and have copies certified",
    "1|Ask the office or an adviser about unclear points|Call the office with your open questions about the <t>",
    "2|Fill in the forms for the <t> carefully|Complete the application for the <t>",
    "1|Have somebody check that the application is complete|Go through the checklist once more before you send it",
    "1|Book an appointment and hand in the application|Submit the <t> application and pay the fee",
    "1|Keep proof of receipt and note the waiting time|Save the confirmation and the file number",
    "1|Prepare for the interview, test or inspection|Practise for the interview or visit",
    "1|Ask about the state of things and send what is missing|Follow up after a few weeks",
    "1|Collect the <t> and note when it runs out|Check the <t> for mistakes and store it safely"
   ]
  },
  {
   "cues": "^convert=4.6|^switch=4.7|heating=4.5|^install=5.5|^put in=5.4|panels=5.4|solar panels=5.3|solar=4.0|heat pump=4.7|pump=4.2|^set up=2.6|roof=2.1|wifi=4.8|underfloor heating=4.8|garden=2.0|guest wifi=4.7|balcony solar=4.6|heat=3.5|lift=4.3|stair lift=4.6|internet=4.6|underfloor=4.6|fibre internet=4.5|alarms=4.5|rainwater tank=4.5|conditioning=4.5|smoke alarms=4.5|greenhouse heating=4.5|home network=4.5|lighting=4.5|air conditioning=4.4|ventilation=4.4|smart heating=4.4|security cameras=4.4|toilet=3.9|green roof=4.4|charging station=4.4|sound system=4.4|led lighting=4.4|garden pond=4.4|composting toilet=4.4|stove=3.8|tank=3.5|battery=4.3|wood stove=3.8|pond=3.9|solar power=4.3|home=2.4|home battery=4.3|rainwater=4.3|sound=4.3|cameras=3.5|guest=3.0|station=3.3|network=3.1|fibre=4.2|filter=4.2|water filter=4.2|windows=3.0|composting=4.2|smoke=4.2|stair=4.1|^heat=4.0|power=3.1|goal: switch=3.5|irrigation=4.1|balcony=2.6|led=4.1|charging=4.1|greenhouse=2.7|smart=3.5|air=3.1|^solar=3.6|goal: convert=3.6|security=2.6|next: convert=3.5|wood=2.1|^stair=3.6|green=2.0|todo: convert=3.4|water=1.7|system=1.3|project: convert=3.4|^rainwater=3.5|^home=3.2|todo: switch=3.0|^led=3.4|^smoke=3.3|^security=3.2|^smart=3.2|let's convert=3.1|plan: convert=3.1|^fibre=3.3|^air=3.3|^green=3.2|let's switch=2.9|^charging=3.2|^wood=2.9|^underfloor=3.1|project: switch=2.9|goal: set=2.2|plan: switch=2.6|^greenhouse=2.7|^guest=2.7|plan: set=2.4|goal: install=2.9|^composting=2.9|next: switch=2.6|^garden=2.3|goal: put=1.8|^irrigation for=2.8|let's install=2.8|^balcony=2.5|^sound=2.6|todo: put=1.8|plan: install=2.6|project: install=2.6|todo: set=1.9|head teacher=1.2|^ventilation=2.4|^irrigation=2.4|^ventilation for=2.4|head=1.0|plan: put=1.6|teacher=0.9|let's put=1.5|spare solar=2.2|install fibre=2.2|goal: green=2.2|goal: solar=2.1|next: set=1.7|^water=1.8|project: put=1.4|^traditional=1.4|neighbour only=1.6|let's set=1.5|^floating=1.0",
   "stages": [
    "1|Measure how much is needed and look at the place|Note consumption, space and what is there today",
    "1|Find out about grants, permits and rules for the <t>|Ask about funding and what has to be approved",
    "1|Talk to someone who already has <t>|Visit a place with <t> and ask about costs and trouble",
    "2|Get three offers for the <t>|Ask three firms for offers with all costs included",
    "1|Compare cost, saving and lifetime|Calculate when the <t> pays for itself",
    "1|Agree with owner, neighbours or members|Get the decision of everyone who has a say",
    "1|Apply for funding and permits before ordering|Send the applications before anything is signed",
    "1|Order the <t> and fix the date of the work|Sign the contract and plan the work",
    "2|Prepare the place|Clear the space and arrange cables, pipes or foundations",
    "3|Install the <t>|Have the <t> built in by the specialists",
    "1|Test the <t> and have it signed off|Check the <t> and learn how it is used",
    "1|Register it, claim the funding and plan the maintenance|Keep papers and put the service date in the calendar"
   ]
  },
  {
   "cues": "^stop=4.2|rid=5.4|get rid=5.4|rid of=5.4|^find=2.1|^solve=4.5|^deal with=4.6|^remove=5.1|^fight=3.7|drain=4.6|blocked drain=4.5|circuit=4.5|smell=4.5|short circuit=4.4|woodworm=4.4|bad smell=4.3|moles=4.3|blocked=4.3|bugs=4.3|backlog=4.3|dust=4.3|bed bugs=4.3|jam=4.2|leak=4.2|mice=4.2|traffic jam=4.2|echo=4.2|moss=4.2|mosquitoes=4.2|spam=4.2|slugs=4.1|wasps=4.1|ants=4.1|mould=4.1|damp=4.1|viruses=4.1|rust=4.1|queue=4.0|rats=4.0|goal: stop=3.5|short=2.8|moths=3.9|graffiti=3.9|cockroaches=3.9|error=3.9|weeds=3.9|damage=2.9|pigeons=2.8|water damage=2.9|bed=2.9|bottleneck=3.7|draught=3.7|next: stop=3.3|litter=2.6|let's stop=3.3|goal: deal=3.4|todo: stop=3.2|traffic=2.0|^woodworm in=3.4|bad=1.0|water=1.5|goal: fight=3.0|noise=2.2|^blocked=3.2|^mice in=3.2|^bed=3.2|^damp in=3.2|plan: stop=2.8|project: stop=3.0|^echo in=3.1|^bottleneck in=3.1|^litter in=3.1|goal: solve=3.1|plan: find=1.9|^noise in=3.0|^dust in=3.0|^moles in=3.0|goal: remove=2.9|^ants in=2.9|^traffic=2.9|^backlog in=2.9|^leak in=2.9|^cockroaches in=2.9|plan: fight=2.8|^rust in=2.8|^spam in=2.8|^graffiti in=2.8|^queue in=2.8|^wasps in=2.8|let's find=1.6|project: solve=2.8|goal: find=1.3|todo: fight=2.7|^water=2.6|todo: find=1.6|^draught in=2.7|^weeds in=2.7|^moss in=2.7|project: find=1.5|plan: solve=2.6|^short=1.9|^rats in=2.6|let's remove=2.6|^slugs in=2.6|^viruses in=2.6|plan: deal=2.5|^moths in=2.4|^bad=2.4|todo: deal=2.4|^error in=2.2|project: deal=2.2|todo: solve=2.1|let's deal=2.1|let's fight=1.9|next: find=1.1|^pigeons in=1.8|^secret=1.3|have 300=0.8|300 members=0.8|^big=1.4|^red=1.2|^student=1.1|#family=1.0",
   "stages": [
    "1|Look closely where and when the <t> occur|Write down where the <t> show up and how bad it is",
    "1|Find out what causes the <t>|Look for the cause of the <t>, not only the signs",
    "1|Protect what is valuable and move it away|Keep what is not affected apart",
    "1|Compare the ways to deal with the <t>|Ask an expert which treatment is safe",
    "1|Get what is needed|Buy traps, tools or materials",
    "2|Clean and treat the affected place|Treat the place thoroughly",
    "1|Close the ways in|Seal gaps and change what attracts the <t>",
    "1|Check again after a week and repeat if needed|Watch for the <t> for three weeks",
    "1|Call a professional if the <t> come back|Get help if it is not enough",
    "1|Set up regular checks so that the <t> stay away|Put a monthly check in the calendar"
   ]
  },
  {
   "cues": "^make=2.7|programme=4.7|^establish=5.3|^introduce=3.9|rules=4.9|system=2.3|team=2.5|guide=3.1|^create=2.1|^set up=2.2|four-day week=4.4|buddy system=4.4|conduct=4.4|audio guide=4.4|scheme=4.4|scholarship programme=4.3|base=4.3|visitor centre=4.3|knowledge base=4.3|culture=4.3|mentoring scheme=4.3|flexible hours=4.2|inclusion plan=4.2|feedback culture=4.2|filing system=4.2|roster=4.2|emergency plan=4.2|safety plan=4.2|four-day=4.2|audio=4.2|training=2.6|health programme=4.2|house rules=4.2|aid team=4.1|flexible=4.1|barrier-free=4.1|training plan=4.1|onboarding process=4.1|buddy=4.1|bilingual=4.1|mentoring=4.1|style guide=4.1|duty roster=4.1|plastic-free=4.1|knowledge=4.1|recycling system=4.0|crisis plan=4.0|suggestion box=4.0|checks=4.0|meeting rules=4.0|paperless=4.0|childcare=4.0|visitor=3.3|safety=2.0|feedback=4.0|lunch programme=4.0|shift model=4.0|safety training=4.0|suggestion=4.0|filing=4.0|quality checks=4.0|newcomer programme=4.0|style=4.0|centre=2.7|newcomer=3.9|hours=2.8|fire safety=2.9|crisis=3.9|duty=3.9|^start=0.9|lunch=3.9|accessibility plan=3.9|scholarship=2.9|recycling=3.8|help desk=3.8|inclusion=3.8|process=2.4|week=1.2|model=2.6|goal: introduce=3.4|aid=2.3|onboarding=2.5|emergency=2.7|desk=2.7|box=1.8|code=1.8|accessibility=3.4|^inclusion=3.4|quality=2.1|digital=2.7|^first=2.4|shift=2.4|health=1.5|^shift=3.2|goal: establish=3.2|meeting=2.0|^emergency=3.1|^digital for=3.1|^scholarship=3.1|^buddy=3.1|^accessibility=3.1|let's establish=3.1|^four-day=3.1|^feedback=3.0|^plastic-free for=3.0|^safety=3.0|todo: create=2.5|^meeting=2.9|fire=0.9|todo: set=2.3|^filing=2.8|^knowledge=2.8|^audio=2.8|project: introduce=2.7|^health=2.6|plan: create=2.1|^barrier-free for=2.7|^childcare for=2.7|^duty=2.7|plan: establish=2.7|project: establish=2.7|^mentoring=2.7|^fire=2.7|^recycling=2.7|^paperless for=2.7|goal: create=1.9|goal: set=1.9|plan: introduce=2.5|^bilingual for=2.6|^crisis=2.6|^visitor=2.6|todo: introduce=2.3|let's create=1.9|^help=1.9|^onboarding=2.1|^training=1.8|^lunch=2.4|^newcomer=2.4|^flexible=2.4|project: create=1.8|plan: set=1.8|^house=1.5|let's set=1.8|project: buddy=2.2|^style=2.2|next: establish=2.2|^suggestion=2.2|let's start=1.1|goal: start=0.8|^code=1.2|^nordic=1.5|^blue=1.4|next: create=1.5|next: set=1.5|project: set=1.5|todo: start=0.9|^vegan=1.3|^missing=1.3|^wooden=1.3|next: start=0.8",
   "stages": [
    "1|Write down which problem the <t> should solve|Describe what should be better for <u> in a year",
    "1|Ask those concerned what they need|Talk to ten people about the <t>",
    "1|Look at how others have done it|Visit a place where it already works",
    "1|Name someone in charge and a small team|Decide who leads it and how much time there is",
    "2|Work out a first version on two pages|Draft the <t>: who, what, when, how much",
    "1|Get the approval and the budget|Present the draft and ask for a clear decision",
    "1|Prepare material and training|Write a short guide and train those who start",
    "3|Try it in one small group|Run a pilot for six weeks",
    "1|Ask for feedback and improve the <t>|Collect what worked and what did not",
    "2|Extend it to everyone|Roll it out step by step",
    "1|Measure the result after half a year|Check the aim and decide how to go on"
   ]
  },
  {
   "cues": "contest=4.5|ready=3.1|competition=4.7|^prepare=2.9|^compete in=5.4|^enter=5.4|award=5.3|^qualify for=5.3|olympiad=5.2|show=3.2|take part=4.3|prize=5.1|part=3.9|league=5.0|^take=3.1|^win=3.1|film=3.2|battle=4.7|dance battle=4.7|design award=4.7|film prize=4.6|flower show=4.6|village competition=4.6|championship=4.6|cup final=4.5|national championship=4.5|film festival=4.5|talent show=4.0|cheese award=4.5|science olympiad=4.5|yodelling contest=4.5|short film=3.8|trials=4.4|writing competition=4.4|maths olympiad=4.4|sheepdog trials=4.4|baking contest=4.4|photo contest=4.4|world record=4.3|national=4.3|debating contest=4.3|yodelling=4.3|chess league=4.3|gaming tournament=4.3|dog show=4.3|dog=1.5|robotics competition=4.3|cup=4.3|architecture prize=4.2|writing=4.2|band contest=4.2|tournament=3.4|flower=3.7|quiz league=4.2|design=3.2|pitch competition=4.2|science=3.3|bee=4.1|eisteddfod=4.1|short=3.1|song contest=4.1|spelling bee=4.1|talent=3.2|robotics=4.1|brass band=3.4|sheepdog=3.3|cheese=3.2|final=2.2|world=3.4|festival=2.3|debating=3.4|architecture=3.9|spelling=3.9|maths=3.0|record=2.4|chess=2.8|dog ready=3.8|quiz=3.0|baking=2.7|gaming=2.8|song=2.9|photo=2.1|village=1.5|brass=3.0|dance=1.8|band=1.8|pitch=2.3|^dance=3.1|goal: prepare=2.2|goal: compete=3.4|^talent=3.0|^eisteddfod=3.3|^flower=3.3|^gaming=3.3|^brass=3.0|todo: prepare=2.3|let's prepare=2.2|^cup=3.2|^debating=2.9|^maths=3.1|^architecture=3.1|^national=3.1|goal: enter=3.1|^cheese=3.1|^yodelling=3.0|plan: enter=3.0|project: qualify=3.0|let's enter=3.0|goal: qualify=3.0|^robotics=3.0|^short=2.3|project: prepare=2.1|^quiz=2.9|goal: take=2.3|let's take=2.5|plan: prepare=2.0|^writing=2.9|plan: compete=2.9|^film=2.0|^village=2.4|next: prepare=2.0|^dog=2.9|^world=2.7|^photo=2.1|project: take=2.6|^pitch=2.6|^spelling=2.8|^baking=2.8|next: win=2.5|^design=2.0|^chess=2.5|next: take=2.4|^sheepdog=2.7|competition must=2.6|^science=2.5|plan: win=2.4|let's win=2.3|plan: qualify=2.6|todo: enter=2.6|todo: compete=2.6|next: compete=2.6|^song=2.2|goal: win=2.1|project: win=2.2|project: compete=2.4|let's qualify=2.4|show must=2.1|goal: dance=2.1|contest must=2.0|^second=1.5|plan: take=1.7|^nordic=1.2|^floating=1.0",
   "stages": [
    "1|Read the rules of the <t> and note all deadlines|Find out how to qualify for the <t>",
    "1|Look at past winners and what the judges value|Study what won the <t> in other years",
    "1|Decide what to enter with and who takes part|Choose the strongest idea for the <t>",
    "1|Register and pay the fee|Sign up for the <t>",
    "2|Make a training or work plan|Plan the weeks until the <t>",
    "5|Practise or build regularly|Work on it several times a week",
    "1|Find a coach or an experienced helper|Ask somebody who has been there to help",
    "2|Do a trial under real conditions|Simulate the <t> in front of critical friends",
    "2|Improve the weakest points|Work on what the trial has shown",
    "1|Organise travel, equipment and papers|Pack and check everything the <t> asks for",
    "1|Compete in the <t> and enjoy it|Give your best and note what you learn"
   ]
  },
  {
   "cues": "why=6.0|^find out=5.4|survey=6.0|^survey=6.0|^carry out=5.9|grow=5.8|low=5.7|numbers=5.7|drop=5.6|quality=5.1|times=5.3|^run=2.9|^investigate=5.0|^measure=4.9|^analyse=4.9|^evaluate=4.9|returns=4.8|competitors=4.8|satisfaction=4.8|^study=3.6|wishes=4.7|employee=4.7|employee satisfaction=4.7|bird numbers=4.7|member wishes=4.7|survey data=4.7|complaints=4.7|support tickets=4.6|air quality=4.6|user=4.6|delivery times=4.6|support=3.9|web=2.7|behaviour=4.5|needs=4.5|reports=4.5|air=3.9|tickets=3.6|web statistics=4.5|member=3.6|soil quality=4.5|water quality=4.5|bug=4.5|waiting times=4.5|user behaviour=4.5|dropout=4.5|rates=4.5|customer needs=4.5|levels=4.5|bug reports=4.5|delivery=3.6|dropout rates=4.4|figures=4.4|energy use=4.4|visitor numbers=4.4|sales figures=4.4|bird=3.2|bat=4.0|noise levels=4.3|waiting=3.5|bat numbers=4.3|statistics=3.3|^research=2.0|visitor=3.7|habits=4.3|reading habits=4.3|prices=4.3|market prices=4.2|soil=2.9|goal: find=2.6|noise=3.2|reading=3.4|data=2.1|traffic=2.6|energy=2.6|customer=2.3|costs=2.0|water=2.1|sales=2.2|next: find=2.7|project: find=2.6|plan: find=2.5|let's find=2.4|numbers grow=3.7|use=1.6|goal: carry=3.6|why returns=3.6|quality grow=3.6|goal: run=2.7|quality drop=3.5|todo: find=2.3|why bat=3.4|market=1.2|why delivery=3.3|why costs=3.3|todo: carry=3.2|why web=3.2|why survey=3.2|why water=3.2|why complaints=3.2|why air=3.2|why bird=3.1|why energy=3.1|next: carry=3.0|goal: analyse=3.0|why traffic=3.0|traffic grow=3.0|why member=3.0|why support=3.0|why waiting=3.0|why soil=3.0|numbers drop=3.0|times drop=3.0|project: run=2.5|next: run=2.5|goal: research=2.2|let's run=2.4|returns drop=2.9|why noise=2.9|goal: evaluate=2.9|costs grow=2.9|why visitor=2.9|why dropout=2.9|plan: measure=2.9|times grow=2.8|tickets grow=2.8|why customer=2.8|complaints drop=2.8|goal: investigate=2.8|let's carry=2.8|plan: run=2.4|goal: survey=2.7|plan: investigate=2.7|next: investigate=2.7|why competitors=2.7|why bug=2.7|next: measure=2.7|needs drop=2.7|project: carry=2.7|why user=2.6|wishes drop=2.6|rates grow=2.6|competitors grow=2.6|why reading=2.6|returns grow=2.6|let's investigate=2.6|why employee=2.6|next: survey=2.6|plan: carry=2.5|project: measure=2.5|goal: study=2.2|drop while=2.4|plan: evaluate=2.4|grow must=2.4|project: analyse=2.4|satisfaction grow=2.4|tickets drop=2.4|goal: measure=2.4|why sales=2.4|why market=2.4|habits drop=2.4|complaints grow=2.4|let's survey=2.4|reports grow=2.4|plan: survey=2.4|project: survey=2.4|project: research=1.8|plan: study=2.0|levels drop=2.2|statistics grow=2.2|rates drop=2.2|project: investigate=2.2|let's analyse=2.2|why student=2.2|figures grow=2.2|costs drop=2.2|let's evaluate=2.2|todo: analyse=2.2|data drop=2.2|wishes grow=2.2|behaviour drop=2.2|traffic drop=2.2|statistics drop=2.2|survey visitor=2.2|levels grow=2.2|times savings=2.2|todo: run=1.7|todo: research=1.6|large=1.1|groups=1.1|large groups=1.1|project: study=1.8|next: study=1.8|let's study=1.7|let's research=1.4|next: research=1.3",
   "stages": [
    "1|Write the question about the <t> in one sentence|Say what will be decided with the result",
    "1|Find out what is known already|Collect existing figures and reports on the <t>",
    "1|Choose the method: count, ask, measure|Decide how the <t> are measured and how many cases are needed",
    "1|Prepare forms, tools and a schedule|Make the questionnaire or the measuring plan",
    "1|Clear permission and data protection|Ask for consent and keep data safe",
    "1|Do a small trial|Test the method with five cases",
    "4|Collect the data|Gather the data on the <t> in a fixed way",
    "2|Clean and analyse the data|Look for patterns and check them twice",
    "1|Draw two or three clear charts|Show the results in simple charts",
    "1|Discuss the result with people who know the <t>|Check the findings with experts",
    "1|Write a short report with what should be done|Present the result and agree on measures"
   ]
  },
  {
   "cues": "concert=5.5|^tour with=6.0|show=4.2|^play=3.3|play=3.1|^direct=5.4|^perform=3.8|evening=3.8|^stage=4.4|puppet show=4.9|^rehearse=3.5|band=3.0|mob=4.5|drum circle=4.7|choir=2.5|flash mob=4.4|talent evening=4.6|improv show=4.6|nativity play=4.6|theatre=3.1|orchestra concert=4.6|dance show=4.6|flash=4.4|circle=3.5|^put=1.9|passion play=4.5|band tour=4.5|mic=3.5|carol concert=4.4|benefit concert=4.4|street theatre=4.4|sketch evening=4.4|open mic=3.4|ukulele concert=4.3|choir concert=4.3|nativity=3.9|puppet=3.5|circus show=4.3|pantomime=4.3|passion=4.3|radio play=3.5|magic show=4.3|shadow play=4.3|goal: tour=4.3|opera=3.3|drum=3.5|statues=4.2|improv=3.8|talent=3.3|sketch=4.2|living statues=4.1|school musical=3.4|theatre play=3.1|orchestra=3.1|shadow=4.1|musical=2.8|goal: play=3.2|open=2.6|magic=3.5|circus=3.1|benefit=2.6|radio=2.4|carol=2.8|ukulele=2.9|tour=1.8|let's tour=3.8|next: tour=3.7|dance=1.9|todo: play=3.1|^puppet=3.1|living=2.6|^drum=3.5|plan: tour=3.5|project: play=2.9|^carol=3.4|^improv=3.4|^shadow=3.4|project: tour=3.4|^pantomime with=3.3|goal: direct=3.3|project: direct=3.3|^orchestra=3.3|^flash=3.2|street=1.3|goal: rehearse=3.0|^sketch=3.2|^nativity=3.2|goal: perform=2.9|^talent=2.8|plan: play=2.5|^dance=2.7|^magic=3.1|todo: tour=3.1|^benefit=3.1|^theatre=2.8|^street=2.3|^ukulele=3.0|let's play=2.4|^concert with=2.9|^passion=2.9|^open=2.0|^band=2.8|^living=2.5|^choir=2.8|^school=1.9|^opera with=2.7|^circus=2.7|next: direct=2.7|goal: stage=2.7|plan: perform=2.6|project: put=2.0|^radio=2.1|next: perform=2.4|next: play=2.1|todo: direct=2.6|todo: perform=2.5|goal: puppet=2.5|plan: rehearse=2.4|project: perform=2.4|next: put=1.8|todo: rehearse=2.3|let's put=1.8|plan: put=1.7|plan: stage=2.4|let's perform=2.2|todo: put=1.5|plan: direct=2.2|concert one=2.2|next: rehearse=1.9|goal: put=1.0|^nordic=1.2|^three-day=1.2|+garden=0.9",
   "stages": [
    "1|Choose the piece and clear the rights|Decide what is performed and how long it lasts",
    "1|Set date, place and budget|Reserve the stage or square for the <t>",
    "1|Find the performers and give out the parts|Hold auditions and cast the <t>",
    "1|Find people for stage, costumes, light and sound|Form a team behind the stage",
    "1|Make a rehearsal plan|Fix the rehearsal dates with everyone",
    "5|Rehearse the <t> scene by scene|Practise the parts and put them together",
    "3|Make costumes, props and set|Build and collect what the <t> needs",
    "1|Announce the <t> and sell tickets|Hang posters and tell the press",
    "1|Do a technical run|Try light, sound and changes at the place",
    "1|Hold the dress rehearsal|Run the whole <t> once without stopping",
    "1|Perform the <t> and celebrate with everyone|Play the <t> and thank all helpers"
   ]
  },
  {
   "cues": "safe=6.0|get ready=6.0|^prepare for=3.5|ready=3.0|^back up=5.5|^secure=5.5|^protect=5.4|^safeguard=5.5|data=3.1|against=2.0|company network=4.5|museum collection=4.3|family photos=3.8|web site=4.3|network=3.2|data safe=4.2|orchard=4.2|site=3.3|emails=3.4|beehives=4.1|orchard safe=4.1|chickens=4.0|cellar safe=4.0|photos=2.1|archive safe=3.9|phone safe=3.9|garden safe=3.9|bikes=3.9|boat safe=3.9|collection=2.2|accounts=2.6|identity=3.8|beehives safe=3.8|accounts safe=3.8|customer data=3.0|network safe=3.8|collection safe=3.7|^orchard=3.7|site safe=3.7|^cellar=3.5|photos safe=3.7|chickens safe=3.7|identity safe=3.6|boat=1.9|goal: protect=3.6|emails safe=3.6|house safe=3.6|passwords safe=3.6|^boat=3.3|phone=2.3|goal: secure=3.5|laptop safe=3.5|bikes safe=3.5|passwords=2.7|data against=3.4|^identity=3.4|^garden=2.8|todo: safeguard=3.4|^passwords=3.4|allotment safe=3.4|^museum=3.1|^phone=3.2|laptop=2.1|goal: safeguard=3.3|^chickens=3.3|^accounts=3.3|goal: prepare=2.0|cellar=1.7|let's prepare=2.2|next: prepare=2.3|archive=1.7|web=1.5|^beehives=3.2|^company=2.5|allotment=1.4|^house=2.5|^archive=2.3|goal: back=3.1|^data=3.1|let's back=3.1|todo: prepare=2.2|^allotment=2.8|^laptop=3.0|next: protect=3.0|^emails=3.0|project: prepare=2.1|customer=1.4|let's secure=2.9|accounts against=2.9|^family=2.0|family=0.8|^web=2.7|identity against=2.8|todo: back=2.8|emails against=2.8|^bikes=2.8|plan: safeguard=2.8|plan: get=1.0|museum=0.9|against data=2.7|boat against=2.7|next: secure=2.7|project: protect=2.7|orchard against=2.7|todo: secure=2.7|todo: protect=2.7|collection against=2.7|next: back=2.7|project: back=2.7|plan: back=2.6|laptop against=2.6|allotment against=2.6|passwords against=2.6|chickens against=2.6|cellar against=2.6|project: secure=2.6|let's protect=2.5|plan: prepare=1.7|^customer=1.8|house against=2.4|plan: secure=2.4|let's safeguard=2.4|beehives against=2.4|bikes against=2.4|plan: protect=2.4|goal: house=2.3|goal: data=2.2|plan: chickens=2.2|todo: orchard=2.2|site against=2.2|goal: orchard=2.2|next: safeguard=2.2|plan: archive=2.1|plan: company=2.1|#q3=1.1|^electric=1.2|^blue=1.2|^outdoor=0.9",
   "stages": [
    "1|Write down what must be protected and what it is worth|Make a list of the most important parts of the <t>",
    "1|Find out which dangers are likely|Think through what could go wrong",
    "1|Look for the weak spots|Check the <t> for weak spots, with someone who knows",
    "1|Do the cheap and quick things first|Fix the simplest gaps today",
    "2|Choose and buy what is missing|Get the equipment or service you need",
    "2|Put the measures in place|Install and set up the protection for the <t>",
    "1|Explain it to everyone who has to know|Show family or team what to do",
    "1|Write down what to do in an emergency|Make a one-page emergency plan with phone numbers",
    "1|Test it for real|Do a drill or try to restore the <t>",
    "1|Check insurance and papers|Look at what the insurance covers",
    "1|Repeat the check twice a year|Put the next check in the calendar"
   ]
  },
  {
   "cues": "^make=2.8|^better=6.0|^new=3.5|simpler=5.6|friendlier=5.5|process=4.8|faster=5.4|^relaunch=5.4|^redesign=5.4|^reorganise=5.2|^modernise=4.3|better=3.3|layout=5.1|^improve=2.8|member magazine=4.7|homework club=4.6|waiting room=4.6|brand=4.6|logo=4.2|customer service=4.6|menu=4.6|intranet=3.9|workflow=4.6|checkout=4.6|magazine=3.6|kitchen workflow=4.6|booking process=4.6|member=3.7|invoice=4.5|invoice process=4.5|waiting=3.7|homework=3.7|warehouse=3.3|signage=4.4|club=1.6|reception=3.7|product page=4.3|service=3.1|onboarding=3.3|schedule=4.3|office layout=4.3|meetings=3.4|booking=3.1|page=3.9|shop layout=4.3|archive=2.7|support process=4.2|room=2.1|support=3.3|library=1.9|playground=2.7|product=3.0|customer=2.4|kitchen=2.0|website=2.2|exhibition=1.7|goal: better=3.7|next: better=3.5|goal: redesign=3.4|goal: relaunch=3.4|office=1.1|todo: better=3.3|let's modernise=3.2|let's better=3.2|better library=3.2|process simpler=3.2|process faster=3.2|process better=3.2|goal: reorganise=3.0|project: better=3.0|room better=3.0|better homework=3.0|project: relaunch=3.0|logo simpler=2.9|better member=2.9|brand better=2.9|layout simpler=2.9|better onboarding=2.9|room faster=2.9|next: modernise=2.9|better invoice=2.8|better booking=2.8|magazine simpler=2.8|better meetings=2.8|let's redesign=2.8|process friendlier=2.8|goal: modernise=2.8|next: improve=2.5|let's improve=2.5|plan: reorganise=2.7|layout faster=2.7|plan: better=2.7|onboarding better=2.7|better support=2.7|room simpler=2.7|library simpler=2.7|onboarding friendlier=2.7|better customer=2.7|goal: improve=2.1|club simpler=2.6|reception friendlier=2.6|better archive=2.6|better warehouse=2.6|todo: reorganise=2.6|better office=2.6|brand simpler=2.6|page friendlier=2.6|better waiting=2.6|next: relaunch=2.6|project: reorganise=2.6|service friendlier=2.6|intranet simpler=2.6|warehouse simpler=2.6|checkout faster=2.6|better shop=2.6|plan: improve=2.2|project: improve=2.2|better brand=2.4|exhibition simpler=2.4|magazine friendlier=2.4|room friendlier=2.4|better checkout=2.4|onboarding faster=2.4|club faster=2.4|project: modernise=2.4|let's relaunch=2.4|checkout better=2.4|service better=2.4|workflow faster=2.4|intranet faster=2.4|better intranet=2.4|signage better=2.4|intranet better=2.4|plan: redesign=2.4|club friendlier=2.4|playground simpler=2.4|library friendlier=2.4|menu friendlier=2.4|layout better=2.4|plan: modernise=2.3|can cook=1.0|todo: improve=1.9|better reception=2.2|warehouse better=2.2|todo: relaunch=2.2|exhibition friendlier=2.2|logo better=2.2|meetings better=2.2|website faster=2.2|playground faster=2.2|workflow better=2.2|better savings=2.2|page simpler=2.2|project: redesign=2.2|warehouse faster=2.2|logo friendlier=2.2|brand friendlier=2.2|archive better=2.2|plan: relaunch=2.2|better playground=2.2|schedule friendlier=2.2|better exhibition=2.2|layout friendlier=2.2|archive friendlier=2.2|reception faster=2.2|playground better=2.2|reception better=2.2|todo: modernise=2.1|landlord=0.8|hurting=0.8",
   "stages": [
    "1|Find out what does not work about the <t> today|Watch five people use the <t> and take notes",
    "1|Set one measurable goal for the new <t>|Decide what should be better and how you will see it",
    "1|Look at three good examples|Collect ideas from others",
    "2|Sketch two or three variants of the <t>|Draft a new <t> on paper",
    "1|Ask users which variant works for them|Test the sketches with real people",
    "1|Decide, with time and cost|Choose one variant and get the approval",
    "4|Build the new <t>|Carry out the change step by step",
    "1|Prepare those who work with it|Train the people who use it every day",
    "1|Switch to the new <t>|Start with the new <t> on a quiet day",
    "1|Compare with the goal after a month|Measure again and correct"
   ]
  },
  {
   "cues": "^museum for=6.0|exhibition=5.1|^sort out=3.2|^curate=5.9|grandfather's=5.5|late uncle's=5.5|late=3.9|^make=1.8|uncle's=2.1|^value=4.6|^exhibit=4.7|estate=4.7|^inventory=4.6|photographs=4.6|^catalogue=3.6|hats=4.6|drawings=4.5|children's drawings=4.5|coins=3.7|stamps=4.5|shells=4.5|insects=4.5|posters=4.5|herbarium=3.8|paintings=3.7|puppets=4.4|minerals=4.4|costumes=4.4|butterflies=4.4|labels=4.4|radios=4.4|crafts=4.4|beekeeping gear=4.4|machines=4.3|fossils=4.3|cameras=3.6|farm machines=4.3|local crafts=4.3|teapots=4.3|^show=2.5|toys=4.3|goal: sort=3.1|vintage=3.8|instruments=4.2|books=3.3|^collect=3.0|model trains=4.2|vintage toys=4.2|gear=3.4|^sort=2.8|wine labels=4.2|musical instruments=4.2|buttons=4.1|children's=2.7|vinyl=3.4|trains=3.3|letters=1.9|beekeeping=2.7|todo: sort=3.2|model=2.9|wine=2.8|maps=2.2|musical=2.6|local=1.8|plan: sort=2.8|goal: curate=3.7|let's sort=2.7|farm=1.6|next: sort=2.8|tools=1.0|plan: curate=3.4|project: sort=2.6|todo: curate=3.3|goal: catalogue=2.8|project: curate=2.9|let's curate=2.9|goal: value=2.8|next: curate=2.8|goal: exhibit=2.7|uncle's coins=2.7|goal: show=2.0|goal: inventory=2.6|project: show=2.2|project: collect=2.3|grandfather's paintings=2.4|uncle's radios=2.4|uncle's stamps=2.4|grandfather's herbarium=2.4|plan: inventory=2.4|todo: value=2.4|goal: collect=2.1|missing=1.0|plan: exhibit=2.2|grandfather's costumes=2.2|uncle's wine=2.2|grandfather's local=2.2|uncle's maps=2.2|estate savings=2.2|grandfather's teapots=2.2|grandfather's cameras=2.2|project: catalogue=2.2|let's collect=2.1|plan: catalogue=2.1|next: show=1.7",
   "stages": [
    "1|Decide what the <t> are to be used for|Set the aim: keep, show or sell the <t>",
    "1|Get an overview and count the <t>|Look through everything and make a rough list",
    "1|Learn how to handle and store the <t>|Ask a specialist how to keep the <t> safe",
    "1|Choose a system: number, name, date, place|Make a form with the facts to record",
    "3|Photograph and record each piece|Number and describe the <t> one by one",
    "1|Find out origin and value of the best pieces|Have the most valuable pieces looked at",
    "2|Select the pieces that tell the story|Choose what is shown and group it",
    "2|Write short labels|Write texts that everyone understands",
    "2|Prepare the room: cases, light, safety|Build the display and insure it",
    "1|Invite the first visitors|Open the show and lead the first tour",
    "1|Store the rest well|Pack the rest and note where it is"
   ]
  },
  {
   "cues": "^bring=3.5|^handle=4.6|festival=2.7|problem=4.2|will=4.2|town=2.2|living=3.3|school garden=4.1|summit book=4.0|springs=4.0|arms=4.0|^solve=2.8|hunt=3.9|treasure hunt=3.9|school=1.0|case=2.9|star party=3.9|pumpkin boat=3.9|rink=3.9|ice rink=3.9|living nativity=3.9|sundial=3.9|book=1.8|attempt=3.8|record attempt=3.8|attorney=3.8|sale=3.8|chain=3.8|domino chain=3.8|kite festival=3.8|twinning=3.8|sourdough sale=3.8|maze=3.8|complaint=3.8|bat survey=3.8|treasure=3.8|clock tower=3.8|custody papers=3.7|cross=3.7|wayside cross=3.7|living will=3.7|town twinning=3.7|summit=3.7|hedge maze=3.7|snail race=3.7|coat=3.7|domino=3.7|nativity=2.9|star=3.6|^arrange=1.9|^fix=2.4|map=3.0|night market=3.6|ferry=3.6|pumpkin=3.6|^manage=3.6|number=3.6|house number=3.6|fountain=3.6|guest book=3.6|ham radio=3.6|radio contest=3.6|key system=3.6|bench=3.6|snow sculpture=3.6|custody=3.6|alarm=3.6|minister=3.6|wayside=3.6|sourdough=3.6|capsule=3.6|insurance case=3.6|bell=2.7|tower=2.7|sculpture=3.1|lighthouse tour=3.5|ghost tour=3.5|snail=3.5|barrel=3.5|kite=2.6|^deal with=2.4|school play=2.4|bottle=2.9|bat=2.7|snow=3.4|time capsule=3.4|message=3.4|rain barrel=3.4|hedge=3.4|ham=3.4|inventory=2.8|ice=2.6|passport=2.8|^win=1.7|tour=1.5|swimming pond=3.4|ghost=3.4|lawsuit=3.4|dispute=3.4|marble run=3.4|wheel=3.4|warranty case=3.4|exchange programme=3.4|telescope evening=3.4|rain=3.3|clock=2.8|take care=1.8|count=3.3|luggage=3.3|lost luggage=3.3|cheese wheel=3.3|parking problem=3.3|ski lift=3.3|class project=3.3|flag=3.3|frog=3.3|puppet parade=3.3|neighbour dispute=3.3|frog crossing=3.3|change=2.7|name change=2.6|key=3.2|bird count=3.2|lighthouse=3.2|visa problem=3.2|papers=1.9|^set up=1.1|pond=2.5|adoption=2.5|race=1.8|warranty=3.1|boat=1.5|^take=1.4|river=1.8|marble=3.0|record=1.6|lift=2.2|name=2.2|guest=1.7|^exchange=2.9|^coat=2.9|^summit=2.9|power=1.9|radio=1.5|programme=1.6|^finish=0.9|goal: bring=2.3|visa=2.1|cheese=1.9|survey=1.1|evening=1.5|run=1.6|project=1.4|party=0.9|parking=2.1|care=0.9|visit=1.4|^name=2.4|flash mob=1.9|crossing=1.5|swimming=1.3|mob=1.9|^night=2.7|^power=2.7|mailbox=2.7|^map=2.7|^dissolve=2.7|^scare off=2.7|^living=2.3|parade=1.4|telescope=2.0|lost=1.6|insurance=1.2|contest=1.0|^weld=2.6|^test=2.6|^sundial=2.6|^feed=2.6|^list=2.6|^reveal=2.6|^pumpkin=2.6|^treasure=2.6|goal: handle=2.6|^school=1.7|puppet=1.5|exchange=1.3|flash=1.7|^star=2.4|^order=2.4|^wake=2.4|^sourdough=2.4|^hedge=2.4|^ice=2.4|^seal=2.4|^key=2.4|^marble=2.4|let's handle=2.4|^clock=2.4|^spin=2.4|^town=2.4|^dress=2.4|^report=2.4|ski=1.3|^telescope=2.3|neighbour=0.9|goal: set=1.5|bird=1.1|next: bring=2.0|goal: arrange=1.7|^press=2.0|^transport=2.2|^reunite=2.2|^snow=2.2|^deliver=2.2|^bless=2.2|^ham=2.2|^tame=2.2|^hang=2.2|^bench=2.2|near=2.2|^visa=2.2|^fountain for=2.2|^snail=2.2|^extend=2.2|^wayside=2.2|goal: summit=2.2|^lighthouse=2.2|^trim=2.2|let's deal=2.1|project: bring=2.0|plan: solve=2.0|^puppet=1.6|plan: arrange=1.9|^bird=1.8|^insurance=1.8|^ski=1.8|goal: take=1.4|^record=1.3|^value=1.3|^ship=1.3",
   "stages": [
    "1|Write down what a good result for the <t> would be|Describe in three sentences what is to be different for the <t>",
    "1|Find out what others have done in such a case|Ask somebody who has done such a thing before",
    "1|Check rules, permits and costs|Find out which rules apply and what it will cost",
    "1|List what is needed for the <t>: people, things, money|Make a list of what is there and what is missing for the <t>",
    "1|Divide the work into parts with a date each|Break the work down into small steps",
    "1|Ask people to help and share out the parts|Agree on who does what",
    "2|Get what is missing|Buy, borrow or order what is missing",
    "2|Do a small test first|Try the hardest part on a small scale",
    "4|Do the main part of the work on the <t>|Work through the parts for the <t> one by one",
    "1|Check the result and fix what is not right|Compare the result with what you wanted",
    "1|Finish the last parts and tell the people it matters to|Pay what is open and thank everyone who helped with the <t>"
   ]
  }
 ],
 "sideSteps": [
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Agree with <u> on who does what",
     "Talk with <u> about time, money and tasks"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Ask what is checked to pass <u>",
     "Find out early what <u> looks at"
    ]
   },
   {
    "when": "late",
    "days": 2,
    "titles": [
     "Prepare for <u> and fix what would fail",
     "Do a trial check before <u>"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Decide how to manage without <u>",
     "Find out who can help, as there is no <u>"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 2,
    "titles": [
     "Ask somebody who knows about <u>",
     "Learn the basics of <u> or find help with it"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Find a way that works although nobody can <u>",
     "Plan the work so that nobody has to <u>"
    ]
   }
  ],
  [
   {
    "when": "mid",
    "days": 1,
    "titles": [
     "Check every step against the rule: without <u>",
     "Write down what could lead to <u> and how to avoid it"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Set a firm limit for the costs",
     "Borrow and swap before buying anything"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Plan the costs so that the money lasts for <u>",
     "Work out how to get by with money for <u>"
    ]
   }
  ],
  [
   {
    "when": "mid",
    "days": 1,
    "titles": [
     "Check that everything is enough for <u> people",
     "Count places, portions and helpers for <u> people"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Look through what is there: <u>",
     "Check how good the <u> really are"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Write to the <u> and ask for a clear answer",
     "Convince the <u> with a short written plan"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Find fixed hours in the week for it",
     "Plan small pieces that fit between other duties"
    ]
   }
  ],
  [
   {
    "when": "early",
    "days": 1,
    "titles": [
     "Take one hour to collect all open questions",
     "Start with the smallest useful step and a date for it"
    ]
   }
  ]
 ]
}
`;
