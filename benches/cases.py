"""Realistic cases that differ: the same number always gives the same case.

A case is a plain dictionary; `tjut` gives it as a case file, and the peers read it as JSON.
All names, numbers and events are made up.
"""

import json
import random

FIRST = "Alma Birger Cajsa Disa Edvin Fatima Gustav Hilma Ivar Jasmin Kerstin Loke Mirjam Nils Olga Petra Ragnar Signe Tyra Viggo".split()
LAST = "Askling Brunnvik Dalros Ekgård Fallby Grenholt Hagström Isberga Kvistäng Lindåker Mossvall Norrsund Rågby Sjötorp Vassmark Ödbergh".split()
AREAS = ["parker och lekplatser", "fritidsgårdar", "skolgårdar", "sim- och idrottshallar", "cykelvägar", "äldres mötesplatser", "öppna förskolor", "stadsdelsbibliotek"]
PLACES = ["Rönninge backe", "Norra hamnen", "Klockarängen", "Sjövik", "Tallmon", "Gamla varvet", "Åbrinken", "Hästhagen"]
WHO = ["barnfamiljer", "ungdomar mellan 13 och 19 år", "personer med funktionsnedsättning", "pensionärer", "nyanlända", "föreningar utan egen lokal"]
PARTIES = ["S", "M", "V", "L", "C", "MP", "KD"]
SENDERS = [
    ("Utbildningsförvaltningen", "Utbildningsnämnden", "UTBF {year}/{number}"),
    ("Kulturförvaltningen", "Kulturnämnden", "KUF {year}/{number}"),
    ("Fritidsförvaltningen", "Fritidsnämnden", "FRI {year}/{number}"),
    ("Parkförvaltningen", "Parknämnden", "PRK {year}/{number}"),
]
SENTENCES = [
    "Under {year} besökte {count} personer stadens {area}, vilket är fler än året innan.",
    "Ungefär var {ordinal} besökare kommer från ett annat område än det där verksamheten ligger.",
    "Vid {place} har öppettiderna varit desamma sedan {earlier}, trots att antalet boende har vuxit.",
    "Förvaltningen har frågat {who} vad de saknar, och svaren skiljer sig tydligt mellan kvällar och helger.",
    "Personalen vid {place} beskriver att det fungerar väl på vardagar men att lördagarna ofta blir trånga.",
    "Ett försök med längre öppettider kostade {cost} kronor under {months} månader och pågick på två platser.",
    "Av dem som svarade på enkäten uppgav {percent} procent att belysningen avgör om de går dit efter mörkrets inbrott.",
    "Kostnaden för underhåll av {area} har ökat med {percent} procent på fem år.",
    "Det finns i dag ingen samlad bild av hur lokalerna vid {place} används mellan klockan 16 och 20.",
    "Förvaltningen bedömer att samma insats kan göras vid {place} utan att bemanningen behöver ändras.",
    "Flera av stadens {area} byggdes på {decade}-talet och uppfyller inte dagens krav på tillgänglighet.",
    "Samverkan med föreningarna sker genom avtal som löper ut den {day} december {year}.",
    "När {who} själva får vara med och planera används platserna mer och skadegörelsen minskar.",
    "Resultatet från {place} ska tolkas försiktigt, eftersom mätningen gjordes under en ovanligt varm månad.",
    "Vid {place} har en lokal förening åtagit sig att öppna och stänga, vilket har gett goda erfarenheter.",
    "En jämförelse med {small} andra kommuner visar att staden har färre platser per invånare men fler anställda per plats.",
    "Det är en fördel om bokningen av {area} sker i ett och samma system, så att lediga tider syns för alla.",
    "Förvaltningen har tagit fram en tidplan i {small} steg, där det första steget ryms inom årets budget.",
    "Under {season} {year} genomfördes {small} dialogmöten med {who}, varav två digitala.",
    "Behovet är störst kring {place}, där få hushåll har tillgång till egen gård eller balkong.",
    "Sedan {earlier} har antalet bokade timmar vid {place} stigit från {low} till {high} per månad.",
    "I en intervju med {small} chefer framkom att sjukfrånvaron är lägre där scheman läggs tillsammans.",
    "Budgeten för {area} uppgår till {cost} kronor under {year}, inklusive hyror och energi.",
    "Den vanligaste synpunkten från {who} gäller hur svårt det är att hitta rätt ingång.",
    "Under {season} stängdes {place} i {weeks} veckor på grund av en vattenskada.",
    "Hyran för lokalen vid {place} har räknats upp med {percent} procent sedan {earlier}.",
    "En tillfällig bro ledde om gångtrafiken förbi {place} medan ledningarna byttes.",
    "Ungefär {percent} procent av bokningarna avbokas samma dag, oftast utan att någon annan hinner ta tiden.",
    "Fastighetskontoret planerar att byta ventilationen vid {place} under {season} {year}.",
    "Frivilliga ledare har tillsammans lagt {high} timmar på verksamheten för {who}.",
    "Vid {small} oanmälda besök var dörrarna låsta trots att schemat angav öppet.",
    "Antalet anmälda skador vid {place} sjönk från {high} till {low} på ett år.",
    "Enligt avtalet ska entreprenören svara på felanmälningar inom {weeks} arbetsdagar.",
    "Ett nytt passersystem skulle kosta {cost} kronor att köpa in och lika mycket att driva i tio år.",
    "Föräldrar till yngre barn efterfrågar främst skötrum, skugga och bänkar med ryggstöd.",
    "Biblioteket intill {place} lånar ut nycklar, vilket har minskat behovet av bemannad reception.",
    "På morgnarna används ytorna vid {place} främst av skolor, på kvällarna av föreningar.",
    "Kollektivtrafiken till {place} går var {ordinal} timme efter klockan 19, vilket begränsar vilka som kan komma.",
    "Av stadens {area} har {low} en egen entré i markplan.",
    "Kommunens egen uppföljning från {earlier} pekade på samma brister som revisorerna gjorde senare.",
    "Städningen vid {place} har utökats till {small} gånger i veckan efter klagomål.",
    "Andelen {who} bland besökarna var {percent} procent under {season} {year}.",
    "Belysningen längs vägen till {place} byttes till lysdioder under {season} {earlier}.",
    "Konsulten räknade på {small} alternativ och fann att det billigaste också går snabbast att genomföra.",
    "Skyltar på lätt svenska har satts upp vid {place}, tillsammans med bildstöd.",
    "Två av tre som svarade hade bott i området i mer än {months} månader utan att känna till verksamheten.",
    "Intäkterna från uthyrning täckte {percent} procent av driften under {year}.",
    "Under {season} används {place} av {low} olika grupper i veckan.",
    "Ett gemensamt schema för {area} minskade antalet dubbelbokningar till {small}.",
    "Snöröjningen fram till {place} sker i dag sist i turordningen och blir ofta klar först efter lunch.",
    "Det lokala rådet för {who} har yttrat sig och är positivt till förslaget i stort.",
    "Hyresgästföreningen avstyrker att avgiften vid {place} höjs till {low} kronor.",
    "Möblerna vid {place} köptes begagnade för {cost} kronor och väntas hålla i {weeks} år.",
    "Räddningstjänsten godtar högst {high} personer samtidigt i den stora salen vid {place}.",
    "Efter klockan 21 bemannas {place} av väktare, till en kostnad av {cost} kronor om året.",
    "Omkring {count} resor om året görs till {place} med cykel.",
    "Ljudnivån vid {place} uppmättes till {low} decibel, vilket är under gällande riktvärde.",
    "Barnen ritade kartor över sin väg till {place} och markerade var de känner sig otrygga.",
    "Tolk beställdes vid {small} av mötena, oftast på arabiska eller somaliska.",
    "Utan nya medel räcker nuvarande avtal om {area} till och med {season} {year}.",
    "Förskolor inom gångavstånd bokar {place} på förmiddagar, i snitt {small} gånger i månaden.",
    "Ett förslag från {who} är att låta unga ledare ansvara för en kväll i veckan.",
    "Kvällsöppet prövas nu vid {place} och följs upp efter {months} månader.",
    "Värmen i golvet vid {place} sänktes med en grad, vilket sparade {cost} kronor.",
    "Parkeringen vid {place} rymmer {low} bilar och är full på lördagar.",
    "Mötesprotokollen från {earlier} visar att frågan har väckts {small} gånger tidigare.",
    "En karta över stadens {area} finns på webbplatsen men uppdaterades senast {earlier}.",
    "Allergiker har påpekat att mattorna vid {place} behöver bytas oftare.",
    "Ny teknik för räkning av besökare testades under {weeks} veckor, utan att någon kunde kännas igen.",
    "Felmarginalen i räkningen vid {place} bedöms vara {small} procent.",
    "Samtliga {small} chefer anser att ansvaret för {area} bör samlas hos en enhet.",
    "Nattvandrare har passerat {place} omkring {high} gånger sedan {earlier}.",
    "Företagare kring {place} har erbjudit sig att bekosta planteringar för {cost} kronor.",
    "Ventilerna byttes {earlier}, men rören mot {place} är från {decade}-talet.",
    "Kön till {area} är kortast i januari och längst under {season}.",
    "Med nuvarande takt tar det {weeks} år innan alla stadens {area} har rustats upp.",
    "Pensionärsföreningen vid {place} ordnar kaffe för {low} personer varje torsdag.",
    "De som bor närmast {place} kommer oftast till fots, i genomsnitt {small} gånger i månaden.",
    "Synpunkter på {area} kommer in via telefon, e-post och kontaktcenter.",
    "Under {year} besvarades {percent} procent av synpunkterna inom en vecka.",
    "Nya hyresgäster vid {place} får en rundvandring och ett häfte på {small} språk.",
    "Elförbrukningen vid {place} ligger {percent} procent under snittet för liknande byggnader.",
    "Ungdomsrådet har fått {cost} kronor att fördela mellan {area}.",
    "Av bidraget gick hälften till {place} och resten till mindre insatser.",
    "Tomten vid {place} är planlagd för allmänt ändamål sedan {earlier}.",
    "Geoteknikern avråder från att bygga närmare strandkanten än {low} meter.",
    "Detaljplanen kring {place} medger en byggnad på högst {small} våningar.",
    "Vid årets slut var {low} av {high} planerade åtgärder genomförda.",
    "Återstående åtgärder för {area} skjuts till {season} {year}, när avtalen kan sägas upp.",
    "Idrottslärare använder {place} i undervisningen under {weeks} veckor per läsår.",
]
SEASONS = ["våren", "sommaren", "hösten"]
HEADINGS = ["Nuläge", "Erfarenheter från försöket", "Ekonomi", "Tidplan", "Samråd", "Lagar och riktlinjer", "Uppföljning"]
QUESTIONS = [
    "Hur många av stadens {area} är öppna efter klockan 20?",
    "Vad kostar det att hålla öppet en timme längre varje kväll?",
    "Hur säkerställer förvaltningen att {who} får information i tid?",
    "Vilka lokaler vid {place} står tomma på helgerna?",
    "När kan ett samlat bokningssystem vara i drift?",
]


def case(number):
    """The case of this number."""
    rng = random.Random(f"tjut {number}")
    forvaltning, namnd, form = rng.choice(SENDERS)
    year = rng.randint(2022, 2026)
    fill = dict(year=year, earlier=year - rng.randint(3, 9))

    people = rng.sample([f"{first} {last}" for first in FIRST for last in LAST], 4)

    def person():
        return people.pop()

    def filled(text):
        return text.format(
            **fill, area=rng.choice(AREAS), place=rng.choice(PLACES), who=rng.choice(WHO),
            count=f"{rng.randint(1, 90)}\u00a0{rng.randint(100, 999)}", cost=f"{rng.randint(80, 990)}\u00a0000",
            percent=rng.randint(4, 88), small=rng.randint(3, 9), ordinal=rng.choice(["tredje", "fjärde", "femte", "tionde"]),
            low=rng.randint(12, 60), high=rng.randint(110, 490), weeks=rng.randint(3, 11), months=rng.randint(4, 11),
            season=rng.choice(SEASONS), decade=rng.choice([1950, 1960, 1970, 1980]), day=rng.randint(27, 31),
        )

    deck, said = [], set()

    def sentence():
        """No pattern comes again before all have come, and then with other words in it."""
        if not deck:
            deck.extend(rng.sample(SENTENCES, len(SENTENCES)))
        text = filled(deck.pop())
        if text in said:
            return sentence()
        said.add(text)
        return text

    def paragraph():
        return " ".join(sentence() for _ in range(rng.randint(2, 5)))

    def sections(headings, least, most):
        return [dict(heading=heading, paragraphs=[paragraph() for _ in range(rng.randint(least, most))]) for heading in headings]

    asker, other = person(), person()
    officer = person()
    area = rng.choice(AREAS)
    own = sections(rng.sample(HEADINGS, rng.randint(0, 5)) + ["Lokaler"], 1, 3)
    own[0]["points"] = [sentence() for _ in range(rng.randint(2, 4))]
    table = None
    if rng.random() < 0.4:
        rows = [[place, str(rng.randint(100, 999)), str(rng.randint(10, 99))] for place in rng.sample(PLACES, rng.randint(3, 6))]
        table = dict(head=["Plats", "Besök", "Timmar"], rows=rows)
    questions = [
        dict(question=filled(text), answer=[paragraph() for _ in range(rng.randint(1, 2))])
        for text in rng.sample(QUESTIONS, rng.randint(0, 4))
    ]
    return dict(
        title=f"Öppnare {area}, ärende {number}",
        subtitle=f"Svar på skrivelse från {asker} ({rng.choice(PARTIES)}) och {other} ({rng.choice(PARTIES)})",
        number=form.format(year=year, number=100 + number), date=f"{year}-09-{1 + number % 28:02}",
        board=namnd, meeting=f"{year}-10-{1 + number % 28:02}", sender=forvaltning, unit="Avdelningen för utveckling",
        address=[f"Storgatan {1 + number % 90}", f"123 {10 + number % 80} Stockholm"], officer=officer,
        telephone=f"08-508 {10 + number % 80} {100 + number % 900}",
        decision=[f"{namnd} godkänner förvaltningens tjänsteutlåtande som svar på skrivelsen.", "Beslutet justeras omedelbart."][: rng.randint(1, 2)],
        summary=[paragraph() for _ in range(rng.randint(1, 2))],
        background=[paragraph() for _ in range(rng.randint(1, 3))],
        own=own, table=table, questions=questions,
        view=[paragraph() for _ in range(rng.randint(1, 3))],
        children=[paragraph()], equality=[paragraph()],
        signatures=[dict(name=person(), title="Direktör", unit=forvaltning), dict(name=officer, title="Avdelningschef", unit=forvaltning)],
        attachment=f"Skrivelse om öppnare {area} av {asker} och {other}",
    )


def tjut(case):
    """The case as tjut's case file."""
    out = []
    quoted = lambda text: json.dumps(text, ensure_ascii=False)

    def text(key, paragraphs, points=(), table=None):
        out.append(f"\n{key}: |")
        blocks = list(paragraphs)
        if points:
            blocks.append("\n".join(f"- {point}" for point in points))
        if table:
            rows = [table["head"], ["---", "--:", "--:"], *table["rows"]]
            blocks.append("\n".join("| " + " | ".join(row) + " |" for row in rows))
        out.append("\n\n".join(blocks).replace("\n", "\n  ").replace("\n  \n", "\n\n").join(["  ", ""]))

    out += [
        "mall: tjänsteutlåtande", f"titel: {quoted(case['title'])}", f"underrubrik: {quoted(case['subtitle'])}",
        f"diarienummer: {quoted(case['number'])}", f"datum: {case['date']}",
        "till:", f"  nämnd: {case['board']}", f"  sammanträde: {case['meeting']}",
        "avsändare:", f"  förvaltning: {case['sender']}", f"  avdelning: {case['unit']}", "  adress:",
        *(f"    - {quoted(line)}" for line in case["address"]),
        "handläggare:", f"  namn: {case['officer']}", f"  telefon: {quoted(case['telephone'])}", "",
        "förslag till beslut:", *(f"  - {quoted(point)}" for point in case["decision"]),
    ]
    text("sammanfattning", case["summary"])
    text("bakgrund", case["background"])
    if case["questions"]:
        out.append("\nfrågor:")
        for question in case["questions"]:
            out.append(f"  - fråga: {quoted(question['question'])}\n    svar: |")
            out.append("\n\n".join("      " + paragraph for paragraph in question["answer"]))
    for at, section in enumerate(case["own"]):
        text(section["heading"], section["paragraphs"], section.get("points", ()), case["table"] if at == 0 else None)
    text("förvaltningens synpunkter", case["view"])
    text("konsekvenser för barn", case["children"])
    text("jämställdhetsanalys", case["equality"])
    out.append("\nunderskrifter:")
    for person in case["signatures"]:
        out.append(f"  - namn: {person['name']}\n    titel: {person['title']}\n    organisation: {person['unit']}")
    out.append(f"\nbilagor:\n  - {quoted(case['attachment'])}")
    return "\n".join(out) + "\n"


def document(case):
    """The document that the case becomes, for the peers: the same words in the same order."""
    blocks = [("title", case["title"]), ("paragraph", case["subtitle"])]

    def section(heading, paragraphs):
        blocks.append(("heading", heading))
        blocks.extend(("paragraph", text) for text in paragraphs)

    questions = case["questions"]
    section("Förvaltningens förslag till beslut", [])
    blocks.append(("numbers", [[point] for point in case["decision"]]))
    section("Sammanfattning", case["summary"])
    section("Bakgrund", case["background"])
    if questions:
        blocks.append(("numbers", [[question["question"]] for question in questions]))
    for at, own in enumerate(case["own"]):
        section(own["heading"], own["paragraphs"])
        if "points" in own:
            blocks.append(("points", own["points"]))
        if at == 0 and case["table"]:
            blocks.append(("table", [case["table"]["head"], *case["table"]["rows"]]))
    section("Förvaltningens synpunkter", case["view"])
    if questions:
        blocks.append(("numbers", [[question["question"], *question["answer"]] for question in questions]))
    section("Konsekvenser för barn och barns rättigheter", case["children"])
    section("Jämställdhetsanalys", case["equality"])
    blocks.append(("signatures", [[person["name"], person["title"], person["unit"]] for person in case["signatures"]]))
    section("Bilaga", [case["attachment"]])
    head = "title number date board meeting sender unit address officer telephone".split()
    return dict(blocks=blocks, **{key: case[key] for key in head})
