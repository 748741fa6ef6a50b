/** English words that are not taken for names; written by `generate.ts words` from the phrases of the generator. */
export const COMMON_WORD_LIST = `
able about above abroad absent absolutely abstract accept acceptance accepted access accident accordion account accountant accounting accounts across
action ad add address addresses adjust admin adopt adoption adult advent advice adviser after afternoon afterwards again against age agency agenda
ages ago agree agreed agreement agrees ah ahead aid aim air airport alarm album albums alcohol alerts alive all allergen allergy allies allotment
allow allowed almost alone along aloud alpaca alpacas alpine already alright also although alumni always am amateur ambulance among amount an analyse
analysis analyst anatomy ancestors and angry animal animals animation anniversary announced announcements annoying annual another answer answered
answers any anybody anymore anyone anything anyway apart apartment api app appeal appear apples applicants application applications apply appointment
appointments appraisal apprentice apprentices apprenticeship approved april aquarium archery architect architecture archive archives are area aren
arent arm arms around arrange arrangement arrears arrive arrived arrives art as asap aside ask asked asking asks assembly assessment assistant
association astronomy at ate attempt attic attorney auction auctions audience audiobook audit audition auditor august aunt author authority automatic
automatically automation autumn availability aware away awful baby babysitter babysitting bachelor back backpack backpacking backup backups bad badge
badly bag bagpipes bags bake baker bakery baking balance balcony bales ball balloons balls ban band bandages banjo bank banks banner banners baptism
bar barbecue barber barbershop barcode barista barking barn barrel barrels bars base basement basic basics basket bass bat batches bath bathroom
batteries battery be beans bear beat beautiful because become bed bedding beds beehive beehives beekeeper beekeeping been beer bees before begin
beginner beginners beginning behind being believe bell belongs below bench benchmark benefit beschluss best beta better between beyond bibliography
bicycle big bigger biggest bike bikes bill bills bin binding biology bird birth birthday bit biting black blacksmithing blanket blankets blend block
blog blood blow blowing blue blueberries blurb board boarded boarding boat boathouse bodies body boiler bonsai book bookbinding booked booking
bookings bookkeeper bookkeeping books bookshelf bookshelves bookshop boost booth border born borrow borrowed boss bot both bother bottle bottles
bottom bouncy box boxes boxing boy branch brass bread break breakfast breaks breed breeder brewery brewing bricks bridge briefing brigade bright
brilliant bring bringing brings brochure broke broken brother brought brown browser brunch brush brushes btw bubble budget budgeting budgies buffet
bug bugs build builders building built bulbs bulletin bunk bunting burn bus business busy but butcher button buttons buy buyers buying buys by bye
bylaws cabin cabinet cable cables cache caf cages cake calendar calf call called calligraphy calling calls calm calmly came camel camera camp campaign
camper camping campsite can cancel cancellation cancelled candidate candles canoe canons cans cant canvases capacity cappella capsule captions car
caravan carbon card cards care careful carefully caretaker cargo carnival carol carols carousel carpenter carpet carried carrots carry cart carving
case cash cassettes castle cat catalogue catch category caterer catering cattle cause causes celebrate cellar cello cement cent central centre century
certain certificate certificates certification certified chain chains chainsaw chair chairs chairwoman challenge chance chandelier change changed
changelog changes changing channel channels chants chapter charge chargers charity chart chat cheap cheaper cheat check checked checking checklist
checkout checks cheers cheese chef chemistry chess chest chicken child children chillies chimney choices choir choose chords choruses christening
christmas chronicle church ciao cigar cinema circle circus citations citizens citizenship city claim clarified clarinet class classroom clay clean
cleaner cleaning clear clerk clicked client climate climb climbing clinic clock close closed closely closest closing clothes cloud club clubhouse
clubs co coach coaching coast coat coats code coffee coins cold collar colleague colleagues collect collection college colour colours column come
comes comic comics coming command comment comments committee common community companies company compare competition competitors complained complains
complaint complete completed compliant compost computer concert concertina conclusion concrete condition conditions conductor cones conference confirm
confirmation confirmed confirms congratulations connect consent consider construct consulting contact contacts contain container containers contest
continue contract contracts control conversation convert convince cook cookbook cookie cooking cool coop cooperative copies copy copyright core corks
corner correct corrected correcting corrections corridor cost costs costume costumes could couldn couldnt council count counted counter country counts
couple courier course courses court courtyard cousin cousins cover covered covers cracked cracks craft craftsman cram crane crash crashed crate cream
create credit crew crime criteria crm crochet cron cross crossed crossing crow crowdfund crowdfunding crowds cry csv cucumbers cup cupboard current
curtain curtains custody customer customers customs cut cyber cycling dahlias daily damage damaged damp dance dances dancing danger dark darkroom
dashboard data database databases dataset date dates daughter day daylight days dead deadline deal dealers dear dearest death debating debt debts
december decide decided decides decision deck declaration decline declined declutter decorate decoration decorations deducted deep defects deferred
definitely degree delay delayed deleted deliver delivered delivery demand dementia demo dental dentist department departments depend dependency
depends deployment deposit depot describe description design designer desk detail details detective detectors develop developer diagram dialect
dialects diaries diary did didn didnt die diets different differently difficult difficulty digital digitise dimensions dinner direct director dirty
disappeared disaster discount discuss discussed discussion disease dishes dishwasher display dispute dissertation distance distractions district
diving divorce dns do doable dock docs doctor doctoral document documentary documents does doesn doesnt dog doing doll dollar dollars domain domino
don donate donation donations done donkeys donor donors dont doomscrolling door doors dosage double doubt doubtful down download draft draw drawers
drawing drawings dream dress dressing driftwood drill drink drinking drinks drive driver drives driving drone drop dropped drum drummer drums dry
ducks ducts due during dust duty each ear earlier early earn ears earth easels east easy eat eating edge editing editor education effect effects
effort egg eight eighty either elections electric electrician electricity electrics else email emails embassy embroidery emergency emigrants employed
employer empty encore end ending energy engagement engine engineer english enjoy enough enter entire entrance entry equal equally equipment erosion
error errors escape especially espresso essay estimate etc euros evaluation even evening event events ever every everybody everyone everything
evidence exact exactly exam example examples exams excellent except exchange excited excursion excuse excuses exercise exhibition exit expect expected
expense expenses expensive experience experienced expert experts expiry explain explains export express extend extended extension external
extinguisher extra eye eyes fabric facade face fact factory facts fail failed fair falcon fall family famous fanzine faq far farewell farm farmer
farming fast fat father faults faulty favour favourite favourites fear feature february fee feed feedback feeding feel fees fell felling felting fence
fencing ferret ferrets ferry festival fetch few fiction field fifteen fifty fight figs figure figures file files fill film films filter final finally
finals finance finances find findings fine finger fingers finish finished fire firewall firm firms firmware first fish fishing fit fitness fits
fittings five fix fixed fixing flag flags flash flat flea flight flights flip float floor floors floral florist flour flow flower flowers flute fly
flyer flyers flying foal fold folder folders folding folk follow followers following font food foot football footprint for forbidden force forecast
foreign forest forester forestry foreword forget forgot forklift form format former forms forums forward forwarded forwarding found foundation
foundations founders fountain fountains four frame frames framework francs free freezer freezing fresh friday fridays fridge friend friendly friends
frog from front frost froze frozen fruit fuel fulfil full fun function fund funding fundraiser fundraising funds funeral funny furnish furniture
further fuse future fyi gain gala gallery game games gaming gap gaps garage garden gardener gardening garlic gas gasket gate gather gave gazebo gear
geese general gentlest get gets getting ghost ginger gingerbread girl give glad gladly glass glasses glazier gliding gloves go goal goals goat goats
god godparents goes goggles going gold golden goldfish gone gonna good goose gospel gossip got gotta graduation gramophone grand grandchildren
grandfather grandma grandmother grandpa grandparents granola grant grants graphic grass gravel gravestones great green greener greenhouse grew grey
greyhound grill ground group grow growing guarantees guards guess guest guests guide guided guinea guitar gun gurdy gutter gutters gym ha habit habits
hackathon had haha hair half hall halloween hallway halter ham hamster hand handle handout handouts handover handpan hands handwriting hang happen
happens happy harbour hard harder hardest hardly hardware harmonica harness harp harvest has hasn hasnt hat hate have haven havent hay he head
headphones headset health healthy hear heard hearing heart heat heater heating heavy hedge height hello helmets help helper helpers helps hen hens her
herbarium herbs herd here hers herself hes hey hi hidden high highland hiking hill him himself hinges hip hips hire hired his historical history hit
hm hmm hobby hold holds hole holes holiday holidays home homework honest honeymoon hope hops horse hose hospice hospital host hostel hosting hot hotel
hotfix hour hourly hours house houseboat household housewarming housing how however huge human hundred hungry hunt hunting hurdy hurry hurt hurts
husband hut huts hygiene hymns ice icon icons id idea ideas if ill illustrate illustrator im image imagine immediate implement import important
impossible imprint improv improve impulse in inbox incident include included including income increase increases indeed independent index industry
information informed inheritance initiative inscriptions insect inside inspected inspection inspections inspector installation instead instructor
insulate insulation insurance insure intends interest interested interesting intermediate intern internal internet interns internship interpreter
interrail interruption interview interviews into intranet introduce introduction inventory investment invitation invitations invite invoice invoices
involved iron ironman is island islands isn isnt issue issues it item items itinerary its itself ive jackets january jar jars jazz jerseys jewellery
job jobs join joining joins joking journaling journals journey journeyman joy judge judo juggling jukebox july jumble jump jumper june just kale
karaoke kart kayak keen keep keeper keeping keeps kennels kept kettle key keynote keys kick kicking kid kidding kill kiln kilometre kilos kind
kindergarten kindly kinds king kiosk kit kitchen kite knee knew knit knitting know knows kora lab label labelled labels labour ladder lady lake lamb
lamp lamps land landing landlord lane language lantern laptop laptops large last lastly lasts late later latest latter laugh laughing launch lavender
law lawn laws lawsuit lawyer lay layout lead leader leads league leak leaking leaky learn learned learning lease least leather leatherwork leave
leaves leaving lecture left leftover leg legal lego length less lesson lessons let lets letter letters level library licence lids lie life lifeboat
lifeguard lift light lighthouse lighthouses lighting lights like liked likely limit line linen lines link links linux liquor list listen listens
literature litter little live living lizard ll llama load loading loan local lock lockers locksmith loft log login logo logs long longer look looking
loose lose lost lot loud loudspeakers love lovely low lower loyalty luck lucky luggage lullabies lunch lunches machine macro made madrigals magazine
magic mail mailbox mailing mails main maintenance majority make makes making man manage management manager mandatory mandolin manual manuals
manuscript many map mapping maps marathon marble march mare mark marked markers market marketing marking marquee marry mask masks master match
material materials maths matter matters mattress maximum may maybe maze me meal mean means measure measurements measures meat mechanic medals media
medical medication medicine medieval meditation meet meeting meetings meetup member members membership memoir memorial memory men mend mended mental
mention mentions mentor menu merge mess message messages meter method metres metronome mhm mic microgreens microphone microplastics middle might
migrate migration mile mileage milestone milk mill million mind minds mine minibus minimum minister minute minutes miss missed missing mistake
mistakes mix mixing mob mobile mock mode model modern modernise moment moments monday money monitoring month monthly months moon moped more morning
mortgage mosaic most mother motorbike motorway motto mountain mountains mouth move moved moves moving mower much mule mural museum mushroom mushrooms
music musical must mute my myself nah nails name names napkins narrow nativity naturalisation nature near nearly necessary neck need needed needs
negatives negotiate neighbour neighbourhood neighbours neither nesting nets network never new newcomers newer news newsletter newspaper newspapers
next nice night nightly nightmare nights nine no nobody nodded noise noisy non none nope nor normal north nose not notary note noted notes nothing
notice noticed notifications novel november now number numbers nun nurse nursing nutrition object objected objections oboe obstacle obtain obvious
occur october odd of off offer offered offers office officer offices official offline offsite often oh oil ok okay old oldest on onboarding once one
ones onions online only onto oops op open opened opening opens opera operation opinion opinions opposite optional options or oral orchestra orchids
order ordered ordering orders ordinary organ organic organise origami original originals other others otherwise ouch ought our ours ourselves out
outcome outdated outdoor outdoors outline outside oven over overdraft overdue overkill overnight overseas overtime own owner ox pace pack packages
packaging packing paddles page pages paid pain paint painted painter painting paintings pair pallets panic panics pantry paper papers parachute parade
parent parental parents parish park parking parlour parrot parser part participants particular partner partners parts party pass passport passports
password passwords past patch path patient pattern pay paying payment payments payroll pays pdf peace peas pens pension people peppers per perfect
perform perhaps period periods permit permits person personal pests petition pets pharmacy phone phones photo photograph photographer photography
photos physics physio piano pick picking picnic picture pictures piece pieces pig pigeons pigs pilgrimage pilot pinball ping pipeline pipes pitch
pizza pizzeria place places plan planned planner planning plans plant planting plants plaster plasterboard plastic plate plates platform play player
playground playhouse please plenty pls plugin plumber plumbing pocket podcast poetry point points police policies polish polishing pond pong ponies
pony pool poor popular portable portal portals portfolio portrait position possible post postage postcards poster posters postgres postpone postponed
posts posture potatoes pots pottery pound pounds power practical practice practise pram prams prefer preferences preordered prepare prepares present
presentation presents press pressure pretty prevent price prices print printed printer printers printing privacy private prizes probably probate
problem problems procedures procession procrastination produce product production professional professor program programme programming progress
project projector projects prom promise promised promising promo promotion pronunciation proof proofread proper property proposal propose proposed
proposes props protect protection protest proud prove provide provider providers pub public publish publisher publishing pull pump pumpkin pumpkins
puppet puppy purpose pursued push put putting puzzle puzzles pyrotechnics quails quality quarter quarterly question questionnaire questions queue
quick quicker quickly quiet quieter quilt quit quite quiz quote quotes rabbit rabbits race racing rack radiator radio raffle raft railway rain rained
rains raise raised rally rang range raspberries rat rate rather re reach reachable reached read reader readers reading reads ready real realistic
really reason reasons rebuild rebuilt recap receipts receive recent reception receptionist recipe recipes recommendations record recording recordings
records recover recruit recruiter recycle recycling red redo reduce reels referee references refresher refugee refugees refund refurbish refusal
regatta regiment register registers registration registrations regression regular regularly rehearsal rehearse reject rejected relatives relay release
released remain remaining remarks remember remind reminder remote removal remove removed renegotiate renew renewal renovate renovation rent rental
rented repair repaired repeat replace replaced replacement replies reply report reports repository reproduce required requirements requires rescue
research researchers reserve reset residency residents resolution resolved resolves resources response responsible rest restaurant restore restored
result results retirement retreat retrospective return returns reunion reverse review reviews revise revised revive reward rhythm rich rid ride rides
right rights ring rings rink rise risk risks river road roadmap rock rocking role roles roll rollback rollers rolls roof roofer room rooms roses
roster rot rota rough round rounding rounds route router routine row rowing rows rubbish rule rules run running runo rush rust rusty sabbatical sad
saddle safari safe safer safety said sail sailing salad salary sale sales salon salsa salt same sample samples sand sandpit saturday sauce sauna save
saved saves savings saxophone say saying says scaffold scaffolders scale scan scanner scarf scenery schedule scholarship school science scope scores
scout scrap screen screenplay screens screws script scuba sculpture sea seal search searchable season seat seating seats second secret secretary
section sections security see seed seeds seeing seem seen self sell selling seminar send sending sense sensor sent sentence sentences separate
separately september serial series serious serve server servers service services session sessions set sets settings settle settled seven several sew
sewing shade shadow shady shake shall shanties shape share shared shares sharing sharp sharpen she shed sheep sheepdog sheet sheets shelter shelves
shes shift ship shipping ships shirt shoe shoes shoot shooting shop shopping shops short shorten shorter shortlist should shoulder shouldn shouldnt
shout show showed shower showers shown shut sick side sides sight sign signal signatures signed signs silence silkworms sill silver similar simple
simpler simplest simply since sing singer singers singing single sister sit sitar site sitter situation six sixties sixtieth sixty size sizes skate
skating sketch sketches ski skiing skills skin skincare skip skipper sky skylight slam sleep sleeping sleepover slept slides slip slips slogan slot
slow slowly slugs small smaller smallest smart smell smile smoke smokehouse smoking smooth snacking snag snagging snail snails snoozing snow so soap
soapbox social society sockets sofa soft software soil solar sold soldering solo soloist solve some somebody someone something sometime sometimes
somewhere son song songs soon sorry sort sorted sound sounds soup source sources sourdough south space spaces spam spare speak speaker speaking spec
special specialist speech speeches speed spelling spend spending spends spirit split spoke sponsor sponsors sport sports spot spots spread spreadsheet
spring springs square stable staff stag stage staging stained staircase stairs stall stamp stand standing stands star start started starting starts
startup stash state statement statements station statistics statutes stay stayed stays steady steam steel step steps stick stickers sticks still stock
stocktaking stone stool stop stopping storage store stored stories storm story storyboard stove straight strange strangers strap strategy straw
strawberries stream street strength stress stretching stroke strong structural stuck student students studio study stuff stupid style submit
subscribers subscription subscriptions substitute subtitle subtitles success such sudden suddenly sugar suggest suggested suggestion suggests suit sum
summaries summary summer summit sun sunday sundial sunflowers sunny super supervisor supplier suppliers supply support supporting suppose sure surface
surfaces surfing surname surprise survey surveyor sustainable swap swearing sweep sweet swim swimming swing switch symposium sync system table
tablecloths tables tablet tags tail tailor take taken takers takes taking talent talk talked talking talks tall tango tangos tank tape taper tapes
tapestry target task tasks taste tasting tattoo tax taxi te tea teach teacher teaching team teams tear technically technician technology teddy
teenagers telescope tell telling temperature template templates temporary temps ten tenants tender tent term terminate terms terrace terrible terrier
test tested testers testing tests text textbook textbooks texts than thank thanked thanks thanksgiving that thatching thats the theatre their them
theme themselves then theory therapist there therefore thermostat these thesis they theyll theyre thick thickness thin thing things think thinking
third thirty this those though thought thousand three threw through throw thursday thus thx tick ticket tickets tidy tie tight tighten tile tiles till
timber time timeline timeout times timetable tin tiny tips tired to toast today todo together toilet toilets told tomatoes tomorrow tone toner tonight
too took tool toolbox tools top topic topics tortoise total touch touched tour tourists tournament toward towels tower town toy toys trace track
tracker tracking tractor trade trademark tradespeople traffic trailer trails train trainee trainer trainers training trains transcribe transfer
transfers translate translated translation translations translator travel treasure treasurer treat treatment tree trees trestle trial triathlon tricks
tried trigger triggers trimmer trip trombone trophies trouble truck true truffles truly trumpet trust trustworthy truth try trying tub tuesday tulips
tune tuning tunnel turbine turkeys turn tutorial twelve twenty twice twin twinning twins two type typewriter typical typing typo tyre uh ukulele
ultramarathon um unanimous unanimously uncle unclear under understand undertakes unicycling uniforms union unit university unless unsubscribe until
unused up update updated upgrade upload upon ups urban urgent us usability usable usb use used useful user users uses using usual usually vaccinate
vaccination vaccinations valid value values valve van various vat ve vegan vegetable vegetables vegetarian vendor vents venue version very vests vet
video view viewings village vines vintage vinyl viola violin visa visas visit visiting visitor visitors voice voicemail voices voltage volunteer
volunteered volunteers vote voted votes voting vpn wages wagon wait waiter waiting walk walking wall walling wallpaper walls wanna want wanted wants
war ward wardrobe warehouse warm warranty was wash washing wasn wasnt waste watch watched watching water watercolour watering wave way wayside we weak
wear weather weaving web webhook webinar website wedding wednesday week weekend weekly weeks weight welcome well went were weren west wet weve what
whatever whats wheel wheelbarrow when whenever where whether which while whistle whistles white whiteboard who whoever whole wholesaler whom whose why
wide wife wifi wigs wiki wild wildflowers will win wind window windows wine winner winter wireframes wiring wisely wish wishes witches with within
without witnesses woman women won wonder wonderful wonders wont wood woodcarving wooden word words work workbench worked worker working works
worksheet workshop world worries worry worse worst worth would wouldn wouldnt wow wrap wristbands write writing written wrong wrote yard yarn yeah
year yearly years yellow yep yes yesterday yet yodel yoga you youll young your youre yours yourself youth zebra zero zine zither zone
zones
`;
