// The findings beside the pages. A finding that is still there keeps its element, with what is unfolded
// in it and where the focus is.

import { act, ask, byId, count, element, say } from "./dom.js";
import { showOnPage, usePlace } from "./sidor.js";

const WORDS = { fel: ["fel", "fel"], varning: ["varning", "varningar"], råd: ["råd", "råd"] };

// By what tells a finding from others, whatever line it stands on.
const cards = new Map();
let current = null;

export function showFindings(view) {
  current = view;
  const seen = new Map();
  const shown = view.findings.map((finding, number) => {
    const same = `${finding.code}|${finding.message}|${finding.words}`;
    const nth = seen.get(same) || 0;
    seen.set(same, nth + 1);
    const key = `${same}|${nth}`;
    const card = cards.get(key) || newCard();
    card.number = number;
    fill(card, finding);
    return [key, card];
  });
  const kept = new Map(shown);
  const had = document.activeElement?.closest("li.anmarkning");
  const gone = [...cards.keys()].filter((key) => !kept.has(key)).length;
  const come = shown.filter(([key]) => !cards.has(key)).length;
  const isFirst = !byId("lista").dataset.visad;
  for (const [key, card] of cards) if (!kept.has(key)) card.item.remove();
  cards.clear();
  shown.forEach(([key, card], at) => {
    cards.set(key, card);
    const there = byId("lista").children[at];
    if (there !== card.item) byId("lista").insertBefore(card.item, there || null);
  });
  byId("lista").dataset.visad = "ja";
  byId("antal").textContent = summary(view);
  // Whoever mended one goes on with the next.
  if (had && !had.isConnected) (byId("lista").querySelector("button") || byId("anmarkningar")).focus();
  if (isFirst) say(summary(view), 700);
  else if (come > 0) say(`${count(come, "ny anmärkning", "nya anmärkningar")}.`, 700);
  else if (gone > 0) say(`${count(gone, "anmärkning", "anmärkningar")} färre. ${summary(view)}`, 700);
}

function summary(view) {
  if (view.findings.length === 0) return "Inget att anmärka.";
  const parts = Object.entries(WORDS).map(([severity, words]) => {
    const number = view.findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? null : count(number, ...words);
  });
  return `${parts.filter((part) => part !== null).join(", ")}.`;
}

function newCard() {
  const card = { number: 0, finding: null, told: null };
  const button = (className, text, does) => {
    const made = element("button", { type: "button", className }, text);
    made.addEventListener("click", does);
    return made;
  };
  card.kind = element("span", { className: "slag" });
  card.message = element("span");
  card.words = element("p", { className: "ordet" });
  card.hint = element("p", { className: "gor" });
  card.place = button("lank plats", "", () => usePlace(start(card.finding)));
  card.show = button("visa", "Visa på sidan", () => showOnPage(card.number));
  card.mend = button("ratta viktig", "Rätta", () => mend(card));
  card.becomes = element("p", { className: "blir" });
  card.related = element("ul", { className: "aven" });
  card.page = element("div", { className: "forklaring" });
  card.unfold = element("details", {}, element("summary", {}, "Förklaring"), card.page);
  card.unfold.addEventListener("toggle", () => explain(card));
  card.item = element(
    "li",
    { className: "anmarkning" },
    element("h3", {}, card.kind, " ", card.message),
    card.words,
    card.hint,
    card.related,
    card.becomes,
    element("p", { className: "knappar" }, card.place, card.show, card.mend),
    card.unfold,
  );
  return card;
}

function fill(card, finding) {
  card.finding = finding;
  const told = JSON.stringify({ ...finding, areas: finding.areas.length > 0 });
  if (card.told === told) return;
  card.told = told;
  card.item.className = `anmarkning ${finding.severity}`;
  card.kind.textContent = capital(finding.severity);
  card.message.textContent = `${capital(finding.message)}.`;
  card.words.hidden = finding.words === null;
  card.words.textContent = finding.words === null ? "" : `”${finding.words}”`;
  card.hint.hidden = finding.hint === null;
  card.hint.textContent = finding.hint || "";
  card.place.hidden = finding.range === null;
  card.place.textContent = finding.range === null ? "" : said(start(finding));
  card.place.setAttribute("aria-label", finding.range === null ? "" : `Kopiera platsen ${said(start(finding))}`);
  card.show.hidden = finding.areas.length === 0;
  card.mend.hidden = finding.replaced === null;
  card.becomes.hidden = finding.replaced === null;
  card.becomes.replaceChildren(...(finding.replaced === null ? [] : becomes(finding)));
  card.related.hidden = finding.related.length === 0;
  card.related.replaceChildren(
    ...finding.related.map((other) => {
      const there = element("button", { type: "button", className: "lank plats" }, said(start(other)));
      there.addEventListener("click", () => usePlace(start(other)));
      return element("li", {}, `${capital(other.message)}: `, there);
    }),
  );
}

function becomes({ replaced, edit }) {
  const seen = (text) => text.replaceAll("\u00a0", "⍽").replaceAll("\n", "↵");
  // Spaces alone would show nothing.
  const visible = (text) => (text.trim() === "" ? seen(text).replaceAll(" ", "␣") : seen(text));
  const old = replaced === "" ? [] : [element("del", {}, visible(replaced)), " "];
  const after = edit.replacement;
  return ["Blir: ", ...old, after === "" ? "(tas bort)" : element("ins", {}, visible(after))];
}

// A button that is disabled would lose the focus.
async function mend(card) {
  if (card.isBusy) return;
  card.isBusy = true;
  const { done, said } = await act("ratta", { granskad: current.reviewed, nummer: card.number });
  card.isBusy = false;
  say(said);
  if (!done) {
    byId("fot").hidden = false;
    byId("plats").textContent = "";
    byId("kopierat").textContent = said;
  }
}

// A code's page, which is a little Markdown: headings, paragraphs, lists and code.
async function explain(card) {
  if (!card.unfold.open || card.page.childElementCount > 0) return;
  const answer = await ask("kod", { namn: card.finding.code });
  const text = answer === null ? "" : await answer.text();
  const made = [element("p", { className: "kod" }, `Kod: ${card.finding.code}`)];
  let code = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) {
      if (code !== null) made.push(element("pre", { tabIndex: 0 }, element("code", {}, code.join("\n"))));
      code = code === null ? [] : null;
    } else if (code !== null) code.push(line);
    else if (line.startsWith("## ")) made.push(element("h4", {}, line.slice(3)));
    else if (line.trim() !== "" && !line.startsWith("# ")) made.push(element("p", {}, line));
  }
  card.page.replaceChildren(...made);
}

const start = ({ file, range }) => ({ file, ...range.start });
const said = ({ file, line, column }) => `${file}:${line}:${column}`;
const capital = (text) => text.slice(0, 1).toLocaleUpperCase("sv") + text.slice(1);
