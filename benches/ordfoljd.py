#!/usr/bin/env python3
"""Makes templates/language/ordfoljd.txt: how usual it is that words of one kind stand beside those of another.

    git clone --branch data https://github.com/civictechsweden/g0vse
    python3 benches/ordfoljd.py paragraphs g0vse > paragraphs.txt
    python3 benches/ordfoljd.py make paragraphs.txt
    python3 benches/ordfoljd.py measure target/release/tjut FOLDER…

`make` wants numpy, takes about three minutes and prints how the weights do on an eighth of the documents, which
they were not made of. `measure` swaps neighbouring words in the cases of the folders, one pair in each copy, and counts
how many the review finds and what it says of the cases as they are."""

import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HEAD = """\
# Hur ord brukar stå intill varandra: det som regeln ordföljd räknar med. Gjord av benches/ordfoljd.py av {words}
# ord löpande text från regeringen.se, insamlad av det öppna projektet g0vse (github.com/civictechsweden/g0vse).
# Myndigheters texter är fria från upphovsrätt (1960:729, 9 §), och här står inget av dem utom enskilda ord.
#
# [gräns]: så mycket bättre ska orden stå i omvänd följd, i steg om en fjärdedels naturlig logaritm, för att det ska sägas.
# [ordslag]: ett slag på varje rad: ord, ändelser (-ning) och tecken; de 450 vanligaste orden har var sitt. Ord som
# inte står här har slaget för sin längsta ändelse.
# [bredvid] och [med ett ord emellan]: en rad för varje slag, med ett tecken för varje slag som kan stå efter det.
# O är varken bra eller dåligt; varje tecken längre fram i ASCII är ett steg bättre, varje tecken före ett sämre.
"""
FILE = "templates/language/ordfoljd.txt"
LIMIT = 42
STEP = 0.25
NEUTRAL = ord("O")
TOKEN = re.compile(r"[^\W\d_]+(?:[-’':][^\W\d_]+)*|\d+(?:[ .,:]\d+)*|\S")
SIGNS = set(".,;:!?()”–%§/")
BEGINNING, END, NUMBER, NAME, CAPITALS, OTHER = "<början>", "<slut>", "<tal>", "<namn>", "<versaler>", "<annat>"
SPECIAL = [BEGINNING, END, NUMBER, NAME, CAPITALS, OTHER, *sorted(SIGNS)]
ALONE = 450  # usual words that are each a kind of their own
GROUPS = 170  # kinds of other words
RARE = 12  # what stands fewer times is known by its ending
ENDING = 6  # letters of the longest ending
MARGIN = 4  # how much worse than what is written a swap shall be
ROUNDS = 3


def paragraphs(folder):
    """The paragraphs of running text, a line each, and an empty line between documents."""
    for path in sorted(pathlib.Path(folder).rglob("*.md")):
        for line in path.read_text(encoding="utf-8").replace("\xa0", " ").replace("\xad", "").split("\n"):
            line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line.strip())
            if len(line) > 60 and not line.startswith(("#", "|", "-", "*", "<", "http", "[")) and line[-1] in ".:":
                print(line)
        print()


def words(text):
    """What stands in a paragraph, special kinds by their names, and which of it are words in small letters."""
    found, small, begins = [BEGINNING], [False], True
    for token in TOKEN.findall(text):
        if token[0].isdigit():
            word = NUMBER
        elif not token[0].isalpha():
            token = "”" if token in '"“' else token
            word = token if token in SIGNS else OTHER
        elif not begins and token[0].isupper():
            word = CAPITALS if token.isupper() and len(token) > 1 else NAME
        else:
            word = token.lower()
        found.append(word)
        small.append(token.isalpha() and token.islower())
        begins = token in ".!?:"
    return found + [END], small + [False]


def grouped(texts, counts, usual):
    """Groups of words that have the same neighbours and endings: a number for each word."""
    import numpy as np

    listed = [word for word, count in counts.items() if count >= RARE]
    own = {word for word, _ in counts.most_common(700)}
    ends = collections.Counter()
    for word, count in counts.items():
        if word not in own:
            ends[word[-3:]] += count
    ends = {end for end, _ in ends.most_common(150)}
    kinds = {}
    kind = lambda word: kinds.setdefault(
        word if word in own or word in SPECIAL else "-" + word[-3:] if word[-3:] in ends else "-", len(kinds)
    )
    number = {word: at for at, word in enumerate(listed)}
    flat = [word for text, _ in texts for word in text]
    around = np.array([kind(word) for word in flat])
    at = np.array([number.get(word, -1) for word in flat])
    inner = np.nonzero(at[1:-1] >= 0)[0] + 1
    width = len(kinds)
    share = np.bincount(around, minlength=width) / len(around)

    def beside(step):
        seen = np.bincount(at[inner] * width + around[inner + step], minlength=len(listed) * width)
        seen = seen.reshape(len(listed), width).astype(np.float32)
        return np.sqrt((seen + 5 * share) / (seen.sum(1, keepdims=True) + 5)) - np.sqrt(share)

    tails = collections.Counter(word[-size:] for word in listed for size in (2, 3, 4))
    tails = {tail: at for at, tail in enumerate(tail for tail, count in tails.items() if count >= 15)}
    spelt = np.zeros((len(listed), len(tails)))
    for row, word in enumerate(listed):
        for size in (2, 3, 4):
            if word[-size:] in tails:
                spelt[row, tails[word[-size:]]] = 0.125
    free = np.array([word not in usual for word in listed])
    points = np.concatenate([beside(-1), beside(1), spelt], 1)[free].astype(np.float32)
    weight = np.sqrt([counts[word] for word, is_free in zip(listed, free) if is_free])
    chance = np.random.default_rng(1)
    middles = points[chance.choice(len(points), GROUPS, replace=False, p=weight / weight.sum())]
    for _ in range(15):
        nearest = ((middles**2).sum(1) - 2 * points @ middles.T).argmin(1)
        for group in range(GROUPS):
            mine = nearest == group
            if mine.any():
                middles[group] = (points[mine] * weight[mine, None]).sum(0) / weight[mine].sum()
    nearest = ((middles**2).sum(1) - 2 * points @ middles.T).argmin(1)
    return dict(zip((word for word, is_free in zip(listed, free) if is_free), map(int, nearest)))


def endings(groups, counts):
    """The group that most words with an ending are of, where a shorter ending does not say the same."""
    seen = collections.defaultdict(collections.Counter)
    for word, group in groups.items():
        if counts[word] <= 400:
            for size in range(min(ENDING + 1, len(word))):
                seen[word[len(word) - size :]][group] += 1
    found = {end: of.most_common(1)[0][0] for end, of in seen.items() if not end or sum(of.values()) >= 6}
    for end in sorted(found, key=len, reverse=True):
        shorter = (found[end[at:]] for at in range(1, len(end) + 1) if end[at:] in found)
        if end and next(shorter) == found[end]:
            del found[end]
    return found


class Order:
    """The kinds of words, and their weights."""

    def __init__(self, texts):
        import numpy as np

        self.np = np
        counts = collections.Counter(word for text, _ in texts for word in text if word not in SPECIAL)
        usual = [word for word, _ in counts.most_common(ALONE)]
        groups = grouped(texts, counts, set(usual))
        self.rows = [[word] for word in SPECIAL + usual] + [[] for _ in range(GROUPS)]
        first = len(SPECIAL) + len(usual)
        for word in sorted(groups):
            self.rows[first + groups[word]].append(word)
        for end, group in sorted(endings(groups, counts).items()):
            self.rows[first + group].append("-" + end)
        self.rows = [row for row in self.rows if row]
        self.kinds = {word: kind for kind, row in enumerate(self.rows) for word in row}
        self.size = len(self.rows)
        self.learn([self.sequence(*text) for text in texts])

    def kind(self, word):
        if word in self.kinds:
            return self.kinds[word]
        tails = ("-" + word[len(word) - size :] for size in range(min(ENDING, len(word)), -1, -1))
        return next(self.kinds[tail] for tail in tails if tail in self.kinds)

    def sequence(self, text, small):
        return self.np.array([self.kind(word) for word in text]), self.np.array(small)

    def pairs(self, sequences):
        """Two before, the pair, and two behind, for each pair of words in small letters."""
        np, found = self.np, []
        beginning, end = self.kinds[BEGINNING], self.kinds[END]
        for kinds, small in sequences:
            at = np.nonzero(small[:-1] & small[1:] & (kinds[:-1] != kinds[1:]))[0]
            padded = np.concatenate([[beginning], kinds, [end, end]])
            found.append(np.stack([padded[at + step] for step in range(-1, 5)], 1))
        return np.concatenate(found)

    def changed(self, pairs):
        """The cells that a swap of each pair adds and takes away: of neighbours, and of words with one between them."""
        far, before, one, other, after, beyond = pairs.T
        cell = lambda first, second: first * self.size + second
        beside = [(before, other), (other, one), (one, after)], [(before, one), (one, other), (other, after)]
        apart = (
            [(far, other), (before, one), (other, after), (one, beyond)],
            [(far, one), (before, other), (one, after), (other, beyond)],
        )
        return [[[cell(*pair) for pair in pairs] for pairs in both] for both in (beside, apart)]

    def gain(self, weights, pairs):
        both = zip(weights, self.changed(pairs))
        return sum(sum(of[cell] for cell in new) - sum(of[cell] for cell in old) for of, (new, old) in both)

    def learn(self, sequences):
        """Begins with how often kinds stand beside one another, and moves the weights until swaps are worse."""
        np, size = self.np, self.size
        first, second = (np.concatenate([kinds[a:b] for kinds, _ in sequences]) for a, b in ((0, -1), (1, None)))
        seen = np.bincount(first * size + second, minlength=size * size).reshape(size, size).astype(float)
        chance = seen.sum(1, keepdims=True) * seen.sum(0, keepdims=True) / seen.sum()
        weights = [np.log((seen + 0.5) / (chance + 0.5)).ravel(), np.zeros(size * size)]
        moved = [np.ones(size * size), np.ones(size * size)]
        pairs, order = self.pairs(sequences), np.random.default_rng(2)
        for _ in range(ROUNDS):
            order.shuffle(pairs)
            for start in range(0, len(pairs), 8192):
                some = pairs[start : start + 8192]
                pull = 1 / (1 + np.exp(-np.clip(self.gain(weights, some) + MARGIN, -30, 30)))
                for of, sum_, (new, old) in zip(weights, moved, self.changed(some)):
                    cells = np.concatenate(new + old)
                    pulls = np.concatenate([pull] * len(new) + [-pull] * len(old))
                    slope = np.bincount(cells, pulls, minlength=size * size)
                    sum_ += slope * slope
                    of -= 0.1 * slope / np.sqrt(sum_)
        self.weights = [np.clip(np.round(of / STEP), 33 - NEUTRAL, 126 - NEUTRAL).astype(int) for of in weights]

    def found(self, text, small):
        """How much the best swap of a paragraph gains, in steps."""
        kinds, small = self.sequence(text, small)
        listed = self.np.array([word in self.kinds for word in text])
        at = self.np.nonzero(small[:-1] & small[1:] & (listed[:-1] | listed[1:]))[0]
        if not len(at):
            return -999
        padded = self.np.concatenate([[self.kinds[BEGINNING]], kinds, [self.kinds[END]] * 2])
        pairs = self.np.stack([padded[at + step] for step in range(-1, 5)], 1)
        return int(self.gain(self.weights, pairs).max())

    def text(self, words):
        rows = lambda of: "".join(
            bytes((NEUTRAL + of[at : at + self.size]).tolist()).decode() + "\n" for at in range(0, len(of), self.size)
        )
        kinds = "".join(" ".join(row) + "\n" for row in self.rows)
        beside, apart = map(rows, self.weights)
        parts = (("gräns", f"{LIMIT}\n"), ("ordslag", kinds), ("bredvid", beside), ("med ett ord emellan", apart))
        return HEAD.format(words=words) + "\n" + "".join(f"[{name}]\n{part}" for name, part in parts)


def make(path):
    documents = [text.split("\n") for text in pathlib.Path(path).read_text(encoding="utf-8").split("\n\n")]
    random.Random(2).shuffle(documents)
    seen, held = set(), len(documents) * 7 // 8
    texts = []
    for document in documents:
        new = [line for line in document if line.strip() and line not in seen]
        seen.update(new)
        texts.append([words(line) for line in new])
    made, others = (sum(part, []) for part in (texts[:held], texts[held:]))
    order = Order(made)
    number = sum(len(text) - 2 for text, _ in others)
    clean = [order.found(*text) for text in others]
    chance, swapped = random.Random(3), []
    while len(swapped) < 4000:
        text, small = chance.choice(others)
        at = chance.randrange(len(text) - 1)
        if len(text) >= 9 and small[at] and small[at + 1]:
            text = text[:at] + [text[at + 1], text[at]] + text[at + 2 :]
            swapped.append(order.found(text, small))
    for limit in range(30, 56, 2):
        told, hit = (sum(gain > limit for gain in gains) for gains in (clean, swapped))
        mark = " <- [gräns]" if limit == LIMIT else ""
        print(f"{limit}: {told / number * 1e4:.2f} of 10,000 words, {hit / 40:.1f} % of swaps{mark}")
    total = f"{sum(len(text) - 2 for text, _ in made):,}".replace(",", " ")
    pathlib.Path(FILE).write_text(order.text(total), encoding="utf-8")


def measure(tjut, folders, number=200):
    """Swaps pairs of words in cases, and counts those that the review finds and what it says of the cases as they are."""

    def told(folder):
        report = subprocess.run([tjut, "check", folder, "--format", "json"], capture_output=True)
        return json.loads(report.stdout)["findings"]

    paths = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.yaml"))
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    pair = re.compile(r"(?<![\w-])([^\W\d_]{2,}) ([^\W\d_]{2,})(?![\w-])")
    running = lambda row: re.match(r"  +(?!#|- fråga:|svar:|Tabell )", row) and "|" not in row and len(row) > 60
    places = {path: [row for row in text.split("\n") if running(row)] for path, text in texts.items()}
    known = {path: {(at["code"], at["message"]) for at in told(path)} for path in paths}
    count = sum(len(row.split()) for rows in places.values() for row in rows)
    alarms = [message for path in paths for code, message in known[path] if code == "ordföljd"]
    print(f"{len(alarms)} of {count} words as they are:", *alarms, sep="\n  ")
    chance, hits, own = random.Random(number), 0, 0
    paths = [path for path in paths if places[path]]
    with tempfile.TemporaryDirectory() as folder:
        copy, done = pathlib.Path(folder) / "case.yaml", 0
        while done < number:
            path = chance.choice(paths)
            row = chance.choice(places[path])
            pairs = [at for at in pair.finditer(row) if at[1] != at[2] and at[1].islower() and at[2].islower()]
            if not pairs:
                continue
            at, done = chance.choice(pairs), done + 1
            swapped = f"{row[: at.start()]}{at[2]} {at[1]}{row[at.end() :]}"
            copy.write_text(texts[path].replace(row, swapped, 1), encoding="utf-8")
            line = texts[path].split("\n").index(row) + 1
            new = [one for one in told(copy) if (one["code"], one["message"]) not in known[path]]
            of_it = [one for one in new if one["range"]["start"]["line"] <= line <= one["range"]["end"]["line"]]
            hits += bool(of_it)
            own += any(one["code"] == "ordföljd" for one in of_it)
    print(f"{hits} of {number} swaps found, {own} of them as ordföljd")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["paragraphs", folder]:
            paragraphs(folder)
        case ["make", path]:
            make(path)
        case ["measure", tjut, *folders] if folders:
            measure(tjut, folders)
        case _:
            sys.exit(__doc__)
