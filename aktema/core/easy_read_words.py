"""The words that the easy-read checker knows: verbs, forms that look like something else, abbreviations, numbers."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs in the present and the past that texts about everyday life and work are full of: how a clause is known.
FINITE_VERBS = _words(
    """
    är var blir blev har hade kan kunde ska skall skulle vill ville får fick måste bör borde brukar brukade
    gör gjorde går gick kommer kom tar tog ger gav ser såg säger sa sade vet visste står stod sitter satt ligger låg
    heter hette finns fanns äter åt dricker drack sover sov läser läste skriver skrev ritar ritade målar målade
    hör hörde lyssnar lyssnade pratar pratade talar talade berättar berättade frågar frågade svarar svarade
    förstår förstod lär lärde minns mindes glömmer glömde tänker tänkte tror trodde tycker tyckte känner kände
    jobbar jobbade arbetar arbetade hjälper hjälpte visar visade övar övade tränar tränade provar provade
    prövar prövade börjar började slutar slutade fortsätter fortsatte väntar väntade vilar vilade orkar orkade
    klarar klarade behöver behövde använder använde gillar gillade älskar älskade önskar önskade hoppas hoppades
    trivs trivdes mår mådde åker åkte reser reste kör körde cyklar cyklade promenerar promenerade hittar hittade
    träffar träffade möter mötte ringer ringde mejlar mejlade skickar skickade hämtar hämtade lämnar lämnade
    köper köpte säljer sålde betalar betalade räknar räknade lagar lagade bakar bakade diskar diskade städar städade
    tvättar tvättade viker vek stryker strök torkar torkade plockar plockade packar packade sorterar sorterade
    bär bar lyfter lyfte flyttar flyttade ställer ställde lägger lade la sätter håller höll öppnar öppnade
    stänger stängde väljer valde bestämmer bestämde planerar planerade ändrar ändrade byter bytte följer följde
    leder ledde ansvarar ansvarade stödjer stöttar stöttade påminner påminde kollar kollade tittar tittade
    spelar spelade sjunger sjöng dansar dansade skrattar skrattade gråter grät leker lekte bor bodde
    lever levde dör dog växer växte vattnar vattnade klipper klippte gräver grävde sår skär skar kokar kokade
    steker stekte serverar serverade dukar dukade handlar handlade sparar sparade kostar kostade tjänar tjänade
    söker sökte anmäler anmälde bokar bokade mäter mätte väger vägde passar passade stör störde
    varnar varnade skyddar skyddade ramlar ramlade skadar blöder andas vaknar vaknade somnar somnade duschar duschade
    klär klädde borstar borstade kammar rakar fyller fyllde byggde bygger lagade målar syr sydde stickar stickade
    fungerar fungerade händer hände betyder betydde gäller gällde räcker räckte tar delar delade samlar samlade
    undrar undrade föreslår föreslog godkänner godkände skapar skapade utvecklar utvecklade deltar deltog
    trycker tryckte drar drog släpper släppte fastnar låser låste tänder tände släcker släckte
    """
)

SUBJECTS = _words("jag du han hon hen vi ni de dom det den man alla någon ingen personen")

# Two verbs that tell of one thing: "du sitter och vilar".
POSTURES = _words("sitter satt står stod ligger låg går gick kommer kom håller höll är var")

# Forms in -s of the present and the supine that hide who does it, without the prefixes they may have.
# Those in -as, -eras, -ades, -ats, -des and -tes are known by their ends.
PASSIVE_FORMS = _words(
    """
    görs gjorts ges getts tas tagits fås setts sägs sagts skrivs skrivits läses lästs sköts skötts används använts
    bedöms bedömts beslutats bestäms bestämts ställs ställts läggs lagts sätts satts hålls hållits
    förs förts leds letts väljs valts köps köpts säljs sålts skickas visas hjälps hjälpts tvingas döms dömts
    bjuds bjudits stängs stängts öppnas byggs byggts bryts brutits byts bytts följs följts stöds stötts
    påverkas prövas nås nåtts drivs drivits räknas dras dragits krävs krävts erbjuds erbjudits anges angetts
    utses utsetts beskrivs beskrivits anses ansetts tillgodoses medges omfattas hanteras bärs burits körs körts
    släpps släppts trycks tryckts fylls fyllts ombeds uppmanas gynnas fördelas delges avgörs avgjorts
    tillsätts skärs stryks strukits äts ätits dricks druckits hämtas mäts mätts vägs vägts
    stärks stärkts löses lösts knyts knutits syftas förstås förståtts genomförs genomförts utförs utförts
    avslutas påbörjas sänds sänts sprids spridits låses låsts täcks täckts stoppas ordnas anordnas
    """
)
PASSIVE_ENDS = ("ades", "ats", "des", "tes", "as")
PASSIVE_PREFIXES = _words("åter för över under genom fram sam till upp ut in av på om an med be bort ned ner")

# Words in -s that are no passive. Deponents first: a form in -s is their only form.
NO_PASSIVES = _words(
    """
    hoppas hoppades hoppats lyckas lyckades lyckats misslyckas misslyckades misslyckats andas andades andats
    låtsas låtsades låtsats vistas vistades vistats trivas trivs trivdes trivts finnas finns fanns funnits
    känns kändes känts minns minnas mindes mints syns synas syntes synts hörs höras hördes hörts märks märkas märktes
    märkts tycks tyckas tycktes tyckts träffas träffades träffats ses sågs möts mötas möttes mötts umgås umgicks
    behövs behövas behövdes behövts saknas saknades saknats svettas svettades svettats skäms skämdes skämts
    åldras åldrades åldrats samarbetas slåss slogs kräks kräktes enas enades enats samlas samlades samlats
    brottas kramas kramades kramats pussas lekas skiljas skiljs skildes retas nöjas nöjs töras törs tordes
    avundas avundades fattas fattades fattats hjälpas hjälpts
    deras allas andras någras bådas mångas fleras vilkas ingas vems dess
    mammas pappas brorsas syrras flickas pojkas kvinnas människas veckas skolas timmas familjas
    kalas ananas atlas palas vas gas glas dricksglas vinglas ras bas jeans
    plats arbetsplats praktikplats boplats parkeringsplats sittplats mötesplats lekplats träffplats badplats
    campingplats marknadsplats sats insats ansats uppsats bisats huvudsats skats lats rats
    mats resultats klimats stats
    mötes förgäves således hades
    dels alls hos hus tills dags idags strax ens
    """
)
NO_PASSIVE_ENDS = (
    "plats",
    "insats",
    "uppsats",
    "arnas",
    "ernas",
    "ornas",
    "ledes",
    "mötes",
)

TO_BE = _words("blir blev blivit bli är var varit vara")
BETWEEN = _words("redan nu alltid ofta också sedan ännu snart helt ju väl idag aldrig inte då här där")
# Perfect participles that are not known by their ends in -ad, -at and -ade.
PARTICIPLES = _words(
    """
    given givet givna tagen taget tagna skriven skrivet skrivna gjord gjort gjorda bestämd bestämt bestämda
    utförd utfört utförda använd använt använda sagd sagt sagda betald betalt betalda köpt köpta såld sålt sålda
    skött skötta vald valt valda hjälpt hjälpta sänd sänt sända satt satta lagd lagt lagda ställd ställt ställda
    genomförd genomfört genomförda bedömd bedömt bedömda godkänd godkänt godkända byggd byggt byggda
    kallad kallat kallade beslutad beslutat beslutade dömd dömt dömda tvingad tvingat
    uppfylld uppfyllt uppfyllda fylld följd följt följda förd fört förda hämtad hämtat
    inskriven inskrivet inskrivna utskriven utskrivet utskrivna beskriven beskrivet beskrivna
    antagen antaget antagna uttagen uttaget uttagna mottagen mottaget mottagna sedd sett sedda
    körd kört körda ledd lett ledda flyttad flyttat stöttad stöttat inlagd inlagt inlagda pålagd
    """
)
# After "är" and "blir" these say how somebody or something is, and nobody did it.
ADJECTIVES = _words(
    """
    glad intresserad intresserat intresserade stressad stressat stressade oroad förvånad irriterad irriterat
    motiverad motiverade skadad skadat skadade begåvad kvalificerad
    separerad privat separat delikat adekvat mat salat privata
    bad stad rad blad kostnad månad marknad skillnad byggnad sallad choklad parad grad vad
    älskad älskade engagerad engagerade koncentrerad koncentrerade fokuserad fokuserade
    kamrat resultat format apparat stat fat advokat kandidat klimat
    stängd stängt stängda anställd anställda
    inbjuden komplicerad komplicerat avancerad avancerat begagnad begagnat begagnade försenad försenat
    något annat
    """
)

NEGATIONS = _words("inte ej icke aldrig varken knappast")

ABBREVIATIONS: dict[str, str] = {
    "bl.a.": "till exempel",
    "t.ex.": "till exempel",
    "m.m.": "med mera",
    "m.fl.": "med flera",
    "kl.": "klockan",
    "kl": "klockan",
    "tel.": "telefon",
    "tel": "telefon",
    "osv.": "och så vidare",
    "osv": "och så vidare",
    "o.s.v.": "och så vidare",
    "dvs.": "det betyder",
    "dvs": "det betyder",
    "d.v.s.": "det betyder",
    "etc.": "med mera",
    "etc": "med mera",
    "ca": "ungefär",
    "ca.": "ungefär",
    "c:a": "ungefär",
    "p.g.a.": "för att",
    "pga": "för att",
    "pga.": "för att",
    "fr.o.m.": "från",
    "fom": "från",
    "t.o.m.": "till och med",
    "tom.": "till och med",
    "ang.": "om",
    "resp.": "och",
    "ev.": "kanske",
    "enl.": "enligt",
    "inkl.": "med",
    "exkl.": "utan",
    "s.k.": "som heter",
    "f.d.": "tidigare",
    "e.d.": "eller liknande",
    "o.d.": "och liknande",
    "el.": "eller",
    "nr": "nummer",
    "nr.": "nummer",
    "obs": "viktigt",
    "obs!": "viktigt",
    "m.a.o.": "med andra ord",
    "f.n.": "nu",
    "mån.": "måndag",
    "tis.": "tisdag",
    "ons.": "onsdag",
    "tors.": "torsdag",
    "fre.": "fredag",
    "lör.": "lördag",
    "sön.": "söndag",
    "jan.": "januari",
    "feb.": "februari",
    "okt.": "oktober",
    "nov.": "november",
    "dec.": "december",
    "avd.": "avdelning",
    "ssk": "sjuksköterska",
    "AF": "Arbetsförmedlingen",
    "FK": "Försäkringskassan",
    "DV": "daglig verksamhet",
    "AP": "praktik",
    "SYV": "studievägledare",
    "TV": "tv",
    "SMS": "sms",
}
# After a number only: "30 min", "8 h".
UNITS: dict[str, str] = {
    "min": "minuter",
    "h": "timmar",
    "tim": "timmar",
    "kr": "kronor",
    "kg": "kilo",
    "km": "kilometer",
    "st": "stycken",
    "v": "veckor",
    "mån": "månader",
    "%": "procent",
}

ONES = "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra"
NUMBER_WORDS: dict[str, str] = {
    **{word: str(number) for number, word in enumerate(ONES.split(), start=2)},
    **{word: str(10 * number) for number, word in enumerate(TENS.split(), start=2)},
}
