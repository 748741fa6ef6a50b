/** English words that are not taken for names; written by `generate.ts words` from the phrases of the generator. */
export const COMMON_WORD_LIST = `
able about above absent absolutely abstract accept acceptance accepted access accident account accountant accounts across action ad add address admin
adviser after afternoon again against age agency agenda ages ago agree agreed agreement agrees ah ahead aid air airport alarm alerts all allergen
allergy allow allowed almost alone along already alright also although always am among amount an analysis and angry announced annoying annual another
answer answered answers any anybody anymore anyone anything anyway apart api app appear application apply appointment appraisal apprentices approved
april architect architecture archive are area aren arent arm around arrive arrived arrives art as asap ask asked asking asks assembly assessment at
ate attic audiobook audit august author autumn availability aware away awful baby babysitter back backup bad badly bag bags bake baker bales ball
balloons balls ban band bandages bank banner banners baptism bar barcode barn barrels base basement basic bath bathroom batteries battery be beans
bear beat beautiful because become bed beds beehives beekeeper been before begin behind believe below benchmark beschluss best better between beyond
bibliography big bike bikes bird birthday bit black blankets blog blood blow blue blurb board boarded boarding boat boathouse body boiler book booked
booking books border born borrowed boss both bother bottles bottom bouncy box boxes boy branch bread break breakfast breaks brewery briefing brigade
bright brilliant bring bringing brings brochure broke broken brother brought brown brushes btw bubble budget buffet bug build building built bulbs
bunting burn bus business busy but butcher button buttons buy buying by bye bylaws cabin cabinet cable cables cache cages cake calendar call called
calling calls calm came camp campsite can cancel cancellation cancelled candidate candles cans cant canvases capacity captions car card cards care
careful caretaker carol carpenter carpet carried carry cart case cash castle cat catalogue catch caterer catering cause cellar cement central centre
certain certificate chains chair chairs chairwoman chance change changelog changing chapter charge chargers charity chart cheap cheaper cheat check
checking checklist checkout cheers cheese chicken child children chimney choices choir choose christmas church ciao cinema circle city claim clarified
class classroom clay clean cleaning clear client climb climbing clinic clock close closed closing clothes cloud club clubhouse coach coat coats code
coffee cold colleague collect college colour come comes coming comment committee common company competition complained complains complete completed
compost computer concert conclusion concrete condition conditions conductor cones conference confirmation confirmed confirms congratulations consider
contact contain continue contract control cook cookie cool copies copy copyright corks corner correct corrected corridor cost costs costumes could
couldn couldnt council count counted counter country couple courier course court courtyard cousin cover cracked crane crash crashed crew cron cross
crossed cry csv cup cupboard current curtain curtains customer customers customs cut daily damage dance danger dark dashboard data database dataset
date dates daughter day days dead deadline deal dear death december decide decided decides decision deck decline declined decorations deep defects
deferred definitely degree delay delayed deliver delivered delivery demand demo dentist department depend dependency depends deployment deposit depot
describe description design designer desk detail details detectors develop diagram did didn didnt die different difficult digital dimensions dinner
direct director dirty disappeared disaster discount discuss discussed discussion dishwasher display distance dns do doable dock docs doctor document
documents does doesn doesnt dog doing dollar dollars domain don donations done donors dont door doors dosage double doubt down download draw drawings
dream dress dressing drill drink drinks drive driver drives drop dropped drummer dry ducts due during dust duty each ear earlier early earth easels
east easy eat edge editor education effect effects egg eight either electric electrician electrics else email embassy empty encore end ending energy
engine engineer english enjoy enough enter entire entrance entry equal equally equipment error escape especially estimate etc euros evaluation even
evening event ever every everybody everyone everything exact exactly exam example excellent except excited excursion excuse excuses exercise
exhibition exit expect expected expense expensive experience expiry explain explains export express extend extended extension external extinguisher
extra eye fabric face fact factory fail failed fair fall family famous faq far farewell farm farmer fast fat father faulty favour fear feature
february fee feed feedback feel fees fell fence ferry few field fight figure figures file files fill film filter final finally finance find fine
finger fingers finish finished fire firewall firm firmware first fish fit five fix fixed fixing flag flags flea flight flights flip floor florist
flour flow flower flowers fly flyer flyers fold folding follow following font food foot for forbidden force forecast foreign forest forester foreword
forget forgot form format former forward forwarded found foundation four frame frames free freezer freezing fresh friday fridays fridge friend from
front froze frozen fruit fuel full fun function funding fundraiser funny further fuse future fyi gain gallery game garage garden gas gasket gate
gather gave gazebo general get gets getting girl give glad gladly glass glasses glazier gloves go goal goals god godparents goes goggles going gold
gone gonna good got gotta grand grandmother grant grass gravel great green greenhouse grey grill ground group grow guess guest guests guide guided
gutter gutters gym ha had haha half hall hand handle handout handover hands hang happen happens happy harbour hard hardly hardware harvest has hasn
hasnt hat hate have haven havent hay he head headset health hear heard heart heat heater heating heavy hedge height hello helmets help helps her here
hers herself hes hey hi high hill him himself hinges hire his hit hm hmm hold hole holiday holidays home honest hope horse hose hospital hostel
hosting hot hotel hotfix hour hourly hours house how however huge human hundred hungry hurry hurt hurts husband hut hygiene ice icon icons id idea if
ill illustrator im image imagine immediate import important impossible imprint improve in inbox incident include included increase indeed index
industry information inside inspection inspector instead insulation insurance intends interest interesting intern internal internet interns
interpreter interview interviews into intranet introduce inventory invitations invite invoice invoices involved iron is island isn isnt issue it item
itinerary its itself ive jackets january jars jerseys job join joining joking journey joy judge july jumble jump june just keen keep keeps kennels
kept kettle key keys kick kid kidding kill kiln kilos kind kindergarten kindly king kit kitchen knee knew know knows lab label labels ladder lady lake
lamps land landing landlord lane language laptop laptops large last lastly late later latest latter laugh laughing launch law lawn lawyer lay layout
lead leader leads league leak leaking leaky learn lease least leave leaving left leftover leg legal less lesson let lets letter level library licence
lids lie life lift light lighting lights like liked likely limit line linen link links list listen little live ll load loading loan local lock lockers
locksmith log login logo long longer look looking loose lose lost lot loud loudspeakers love lovely low lower luck lucky lunch machine macro mail
mailbox mailing main maintenance majority make makes making man manage mandatory manual manuscript many map mapping march mark markers market
marketing marquee marry masks master match material matter mattress maximum may maybe me meal mean means measurements meat mechanic medals medication
medicine meet meeting member members membership memorial memory men mention mentions menu merge mess message meter method metres mhm microphone middle
might migration mile mileage milk million mind minds mine minibus minimum minute minutes miss missed missing mistake mix mixing mock mode model modern
moment monday money monitoring month monthly months moon more morning most mother motto mountain mouth move moved moves moving mower much museum music
must mute my myself nah name napkins narrow nature near nearly necessary neck need needs neighbour neighbours neither nesting nets never new newer
news newsletter next nice night nightly nightmare nine no nobody nodded noise noisy none nope nor normal north nose not notary note noted notes
nothing notice noticed notifications november now number numbers object objected objections obvious occur october of off offer offered office officer
official offline often oh oil ok okay old on onboarding once one online only onto oops open opening opens opinion opinions opposite optional options
or oral orchestra order ordered ordering ordinary other otherwise ouch ought our ours ourselves out outcome outdated outside oven over overdue
overkill overtime own owner pack packaging packing paddles page paid pain paint painted painter pair pallets panic panics paper parade parent parents
parish park parking parser part participants particular parts party pass password past patch path patient pay paying payment payments payroll pays pdf
peace people per perfect perhaps period permit person pharmacy phone phones photo photographer photos physio piano pick picture piece pieces pilot
pipes pitch place places plan planned plans plant planting plasterboard plate plates play playground please plenty pls plumber plumbing poetry point
points police pond pool poor popular portable position possible post postage poster posters postpone postponed posts pots pound pounds power practice
prams prefer preferences preordered prepare present presentation press pressure pretty price prices print printed printer printers privacy private
prizes probably problem procession produce product production professor programme projector promise promised proof proper propose proposed proposes
props protect protection proud prove provide public publisher pull pump pursued push put putting puzzles quality quarter quarterly question
questionnaire questions queue quick quicker quickly quiet quieter quite quiz quote race rack radiator radio raffle railway rain rained rains raise
rang rate rather re reach read reader reading reads ready real really reason rebuilt recap receipts receive recent reception recipe record recording
recruiter recycling red reduce referee refresher refund regression regular rehearsal reject rejected release released remain remaining remember remind
reminder removal remove removed renew rent rental rented repair repaired repeat replace replaced reply report reports reproduce reset residents
resolution resolved resolves resources response responsible rest restaurant result results retirement retrospective return returns review revised rich
rid ride right rights ring rise risk river road roadmap rock role roles roll rollback rollers rolls roof roofer room rooms roster rota round rounding
route router row rubbish rule rules run running rush rusty sad saddle safe safer safety said sail sale sales salt same sample samples sand sandpit
saturday save saves say saying says scaffold scaffolders scanner scenery schedule school science screen screws script sea seal search season seat
seating seats second secret secretary see seeds seeing seem seen self sell selling seminar send sending sense sensor sent separate september serial
serious serve server service set settings settle settled seven several sewing shade shadow shake shall shape share shared sharp she shed sheet shelves
shes shift ship shipping ships shirt shoe shoes shoot shop shopping short shorter should shoulder shouldn shouldnt shout show showed showers shut sick
side sign signatures signed signs silence silver similar simple simpler simply since sing single sister sit site sitter situation six size sizes
sketch sketches skin skip sky skylight sleep sleeping slept slides slogan slot slow slowly small smart smell smile smoke smooth snag snagging snow so
social sockets sofa soft software soil sold solo soloist some somebody someone something sometime sometimes somewhere son song soon sorry sort sorted
sound sounds south space spaces spam spare speak speaker spec special speed spend spirit split spoke sponsor sponsors sport sports spot spread
spreadsheet spring square stable staff stage staging staircase stairs stall stand stands star start starting starts state statement station statutes
stay stays steady step steps stick stickers sticks still stock stocktaking stone stool stop stopping storage store storm story storyboard straight
strange straw stream street strong structural stuck student students studio study stuff stupid style subtitle success such sudden suddenly sugar
suggest suggested suggestion suggests suit sum summary summer sun sunday super supplier suppliers supply support suppose sure surface surprise survey
surveyor sweep sweet swim swimming switch sync system table tablecloths tables tablet tags take taken takers takes taking talk talked talking talks
tall taste tasting tax tea teach teacher team teams tear technically tell telling temperature templates temporary temps ten tenants tender tent
terminate terms terrace terrible test tested testing tests text textbooks than thank thanked thanks that thats the theatre their them theme themselves
then theory there therefore thermostat these they theyll theyre thick thickness thin thing things think thinking third this those though thought
thousand three threw through throw thursday thus thx tick ticket tickets tie tight tiles till timber time timeout times timetable tired to today todo
together toilets told tomorrow toner tonight too took tool top topic total touch tour tournament toward towels town toys track tracking trade
trademark traffic trailer train trainee trainers training translated translation translations translator travel treasurer treatment tree trestle trial
tried trimmer trip trophies trouble true truly trust truth try trying tuesday turn tutorial twelve twenty twice two type typical typing typo tyre uh
um unanimous unanimously uncle unclear under understand undertakes uniforms union unit university unless until unused up update updated upload upon
ups urgent us usability usb use used useful user using usual usually vaccination vaccinations value values valve van various ve vegetable vegetables
vegetarian vendor venue version very vests vet video view village visa visit visiting visitor visitors voice voicemail voltage volunteered volunteers
vote voted votes vpn wait waiting walk wall wallpaper wanna want wanted wants war ward warehouse warm warranty was wash wasn wasnt waste watch watched
water watering wave way we weak wear weather webhook webinar website wedding wednesday week weekend weekly weeks weight welcome well went were weren
west wet weve what whatever whats wheel wheelbarrow when whenever where whether which while whistles white whiteboard who whole wholesaler whom whose
why wide wife wifi wigs wiki wild will win wind window windows wine winner winter wireframes wiring wish with within without woman won wonder
wonderful wonders wont wood wooden word work workbench worker working works worksheet workshop world worries worry worse worth would wouldn wouldnt
wow wrap wristbands write writing wrong wrote yard yarn yeah year years yellow yep yes yesterday yet you youll young your youre yours yourself youth
zero
`;
