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
    "Personalen beskriver att det fungerar väl på vardagar men att lördagarna ofta blir trånga.",
    "Ett försök med längre öppettider kostade {cost} kronor under sex månader och pågick på två platser.",
    "Av dem som svarade på enkäten uppgav {percent} procent att belysningen avgör om de går dit efter mörkrets inbrott.",
    "Kostnaden för underhåll av {area} har ökat med {percent} procent på fem år.",
    "Det finns i dag ingen samlad bild av hur lokalerna används mellan klockan 16 och 20.",
    "Förvaltningen bedömer att samma insats kan göras på fler platser utan att bemanningen behöver ändras.",
    "Flera av anläggningarna byggdes på 1970-talet och uppfyller inte dagens krav på tillgänglighet.",
    "Samverkan med civilsamhället sker genom avtal som löper ut den 31 december {year}.",
    "När {who} själva får vara med och planera används platserna mer och skadegörelsen minskar.",
    "Resultatet ska tolkas försiktigt, eftersom mätningen gjordes under en ovanligt varm månad.",
    "Vid {place} har en lokal förening åtagit sig att öppna och stänga, vilket har gett goda erfarenheter.",
    "En jämförelse med tre andra kommuner visar att staden har färre platser per invånare men fler anställda per plats.",
    "Det är en fördel om bokningen sker i ett och samma system, så att lediga tider syns för alla.",
    "Förvaltningen har tagit fram en tidplan i tre steg, där det första steget ryms inom årets budget.",
    "Under hösten {year} genomfördes {small} dialogmöten, varav två digitala.",
    "Behovet är störst i områden där få hushåll har tillgång till egen gård eller balkong.",
]
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

    def person():
        return f"{rng.choice(FIRST)} {rng.choice(LAST)}"

    def filled(text):
        return text.format(
            **fill, area=rng.choice(AREAS), place=rng.choice(PLACES), who=rng.choice(WHO),
            count=f"{rng.randint(1, 90)}\u00a0{rng.randint(100, 999)}", cost=f"{rng.randint(80, 990)}\u00a0000",
            percent=rng.randint(4, 88), small=rng.randint(3, 9), ordinal=rng.choice(["tredje", "fjärde", "femte", "tionde"]),
        )

    def paragraph():
        return " ".join(filled(text) for text in rng.sample(SENTENCES, rng.randint(3, 5)))

    def sections(headings, least, most):
        return [dict(heading=heading, paragraphs=[paragraph() for _ in range(rng.randint(least, most))]) for heading in headings]

    asker, other = person(), person()
    officer = person()
    area = rng.choice(AREAS)
    own = sections(rng.sample(HEADINGS, rng.randint(1, 4)), 1, 3)
    own[0]["points"] = [filled(text).rstrip(".").lower() for text in rng.sample(SENTENCES, rng.randint(2, 4))]
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
        children=[paragraph()],
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
    out.append("\nunderskrifter:")
    for person in case["signatures"]:
        out.append(f"  - namn: {person['name']}\n    titel: {person['title']}\n    organisation: {person['unit']}")
    out.append(f"\nbilagor:\n  - {quoted(case['attachment'])}")
    return "\n".join(out) + "\n"
