// The pages: a picture of each, its words over it in the document's own fonts, to be selected and searched, and marks
// where a finding's words print. Only what is new is replaced, so scroll and selection stay.

import { act, address, ask, byId, drawn, element, say } from "./dom.js";

const pages = [];
let zoom = Number(sessionStorage.getItem("zoom")) || 1;
let place = null;
let tell = () => {};

export function showPages(view) {
  byId("panel-sidor").classList.toggle("gammal", view.state === "fel");
  byId("inga-sidor").hidden = view.pages.length > 0;
  while (pages.length > view.pages.length) pages.pop().frame.remove();
  view.pages.forEach((told, at) => {
    if (at === pages.length) pages.push(newPage(at));
    const page = pages[at];
    const label = `Sida ${at + 1} av ${view.pages.length}. Pil upp och ned väljer rad, Retur visar var raden står i filen.`;
    page.frame.setAttribute("aria-label", label);
    page.frame.style.setProperty("--bredd", told.width);
    page.frame.style.aspectRatio = `${told.width} / ${told.height}`;
    page.over.setAttribute("viewBox", `0 0 ${told.width} ${told.height}`);
    renew(page, told, view.words, marks(view, at));
  });
}

function newPage(at) {
  const over = drawn("svg", { class: "over", "aria-hidden": "true" });
  const marks = over.appendChild(drawn("g", { class: "marken" }));
  const words = over.appendChild(drawn("g", { class: "ord" }));
  const image = element("img", { alt: "", draggable: false });
  const frame = element("div", { className: "sida", tabIndex: 0, role: "group" }, image, over);
  const page = { at, frame, image, over, marks, words, wanted: null, picture: null, told: null, row: -1 };
  over.addEventListener("click", (event) => clicked(page, event));
  frame.addEventListener("keydown", (event) => pressed(page, event));
  frame.addEventListener("blur", () => chooseRow(page, -1));
  byId("sidor").append(frame);
  return page;
}

// Picture, words and marks change at once, when all of them can be painted, so nothing flickers.
async function renew(page, told, known, found) {
  page.wanted = told;
  const runs = page.told === told.words ? null : known[told.words] ?? (await wordsOf(told.words));
  const fonts = runs === null ? [] : [...new Set(runs.map((run) => run[7]).filter((name) => name !== undefined))];
  const isWritten = runs === null ? page.isWritten : (await Promise.all(fonts.map(loaded))).every((is) => is);
  // Where the browser refuses a font, the picture holds its words.
  const picture = isWritten ? { bild: told.picture } : { bild: told.picture, ord: told.words };
  const name = Object.values(picture).join();
  const image = page.picture === name ? page.image : await pictureOf(picture);
  // It has been replaced meanwhile, or the next view tells of the next.
  if (page.wanted !== told || runs === undefined || image === undefined) return;
  if (image !== page.image) page.image.replaceWith(image);
  Object.assign(page, { image, picture: name, told: told.words, isWritten });
  if (runs !== null) showWords(page, runs);
  page.marks.replaceChildren(...found);
  page.frame.dataset.bild = name;
  page.frame.dataset.ord = told.words;
}

async function wordsOf(digest) {
  const answer = await ask("ord", { ord: digest });
  return answer === null ? undefined : answer.json();
}

async function pictureOf(picture) {
  const image = element("img", { alt: "", draggable: false, decoding: "sync" });
  // To decode it besides would paint it once more than is seen.
  const isThere = await new Promise((resolve) => {
    image.addEventListener("load", () => resolve(true));
    image.addEventListener("error", () => resolve(false));
    image.src = address("sida.svg", picture);
  });
  return isThere ? image : undefined;
}

// The fonts that were asked for, by their names: whether the browser has them.
const fonts = new Map();

function loaded(name) {
  if (!fonts.has(name)) {
    const face = new FontFace(`t${name}`, `url("${address("typsnitt", { namn: name })}")`);
    const isThere = face.load().then(() => document.fonts.add(face) === document.fonts, () => false);
    fonts.set(name, isThere);
  }
  return fonts.get(name);
}

// The lines of a text are one text, so that a search finds what a line's end parts. What is the same stays, with
// what is selected in it.
function showWords(page, runs) {
  const texts = [];
  for (const run of runs) {
    const leaf = run[0];
    if (texts.length === 0 || leaf < 0 || texts.at(-1).leaf !== leaf) texts.push({ leaf, runs: [] });
    texts.at(-1).runs.push(run);
  }
  texts.forEach(({ leaf, runs }, at) => {
    const there = page.words.children[at];
    const said = JSON.stringify([page.isWritten, runs]);
    if (there?.said === said) return;
    const text = drawn("text", { "data-blad": leaf });
    text.said = said;
    text.append(...runs.map((run) => words(run, page.isWritten)));
    if (there) there.replaceWith(text);
    else page.words.append(text);
  });
  while (page.words.children.length > texts.length) page.words.lastElementChild.remove();
  page.row = -1;
}

// Words in their font; over a picture that holds them, as wide as they are there.
function words([, from, x, y, size, width, said, font, colour], isWritten) {
  const measures = { x, y, "font-size": size, "data-fran": from };
  if (font !== undefined && isWritten) Object.assign(measures, { "font-family": `t${font}`, fill: colour });
  else if (width > 0) Object.assign(measures, { textLength: width, lengthAdjust: "spacingAndGlyphs" });
  return drawn("tspan", measures, said);
}

function marks(view, at) {
  const found = [];
  view.findings.forEach((finding, number) => {
    for (const [page, x, y, width, height] of finding.areas) {
      if (page !== at) continue;
      found.push(drawn("rect", { class: `marke ${finding.severity}`, x, y, width, height, rx: 1.5, "data-nummer": number }));
      found.push(drawn("line", { class: `streck ${finding.severity}`, x1: x, x2: x + width, y1: y + height, y2: y + height }));
    }
  });
  return found;
}

// Shows where on the pages a finding's words print.
export function showOnPage(number) {
  const found = document.querySelectorAll(`.marke[data-nummer="${number}"]`);
  if (found.length === 0) return;
  byId("flik-sidor").click();
  found[0].scrollIntoView({ block: "center", inline: "nearest" });
  for (const mark of found) {
    mark.classList.remove("utpekad");
    void mark.getBBox();
    mark.classList.add("utpekad");
  }
}

// --- From words to their place ---------------------------------------------------------------

// As the server counts: white space is not always printed, and hyphens of line ends are none of the text's.
const SOLID = /[^\p{White_Space}\u00ad\u200b-\u200d\u2060\ufeff]/gu;

function solid(words) {
  return (words.match(SOLID) || []).length;
}

async function clicked(page, event) {
  if (String(getSelection()) !== "") return;
  const span = event.target.closest("tspan") || nearest(page, event.clientY);
  if (span === null) return;
  const point = page.over.createSVGPoint();
  point.x = event.clientX;
  point.y = event.clientY;
  const at = Math.max(0, span.getCharNumAtPosition(point.matrixTransform(page.over.getScreenCTM().inverse())));
  await showPlace(span, at);
}

function nearest(page, y) {
  let best = null;
  let least = 12;
  for (const span of page.words.querySelectorAll("tspan")) {
    const box = span.getBoundingClientRect();
    const distance = Math.max(box.top - y, y - box.bottom, 0);
    if (distance < least) [best, least] = [span, distance];
  }
  return best;
}

async function showPlace(span, at) {
  const leaf = Number(span.parentNode.dataset.blad);
  const before = Number(span.dataset.fran) + solid(span.textContent.slice(0, at));
  const answer = leaf < 0 ? null : await ask("plats", { blad: leaf, tecken: before });
  if (answer === null) {
    tell("Orden står inte i ärendets fil: de kommer från mallen eller förvaltningens profil.");
    return;
  }
  await usePlace(await answer.json());
}

// Shows and copies a place, and opens the editor at it.
export async function usePlace(found) {
  place = found;
  const said = `${place.file}:${place.line}:${place.column}`;
  tell("");
  byId("plats").textContent = said;
  let copied = "";
  try {
    await navigator.clipboard.writeText(said);
    copied = "kopierat";
  } catch {
    // The browser may not allow it; the place is there to be read.
  }
  byId("kopierat").textContent = copied;
  say(`${place.file}, rad ${place.line}, kolumn ${place.column}. ${copied}`);
  if (!byId("oppna").hidden) await open();
}

async function open() {
  const { done, said } = await act("oppna", place);
  if (!done) tell(said);
}

// --- By keyboard -----------------------------------------------------------------------------

function pressed(page, event) {
  const rows = [...page.words.querySelectorAll("tspan")].filter((row) => row.textContent.trim() !== "");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && event.target === page.frame) {
    const next = page.row + step;
    if (next < 0 || next >= rows.length) return;
    event.preventDefault();
    chooseRow(page, next, rows[next]);
  } else if (event.key === "Enter" && page.row >= 0 && rows[page.row]) {
    event.preventDefault();
    showPlace(rows[page.row], 0);
  }
}

function chooseRow(page, row, span = null) {
  page.row = row;
  page.words.querySelector(".vald")?.classList.remove("vald");
  if (span === null) return;
  span.classList.add("vald");
  span.scrollIntoView({ block: "nearest" });
  say(span.textContent.trim(), 150);
}

// --- Size ------------------------------------------------------------------------------------

function setZoom(wanted) {
  const panel = byId("panel-sidor");
  const middle = (panel.scrollTop + panel.clientHeight / 2) / Math.max(panel.scrollHeight, 1);
  zoom = Math.min(4, Math.max(0.25, wanted));
  sessionStorage.setItem("zoom", zoom);
  byId("sidor").style.setProperty("--zoom", zoom);
  byId("storlek").textContent = `${Math.round(zoom * 100)} %`;
  panel.scrollTop = middle * panel.scrollHeight - panel.clientHeight / 2;
}

export function startPages(say) {
  tell = say;
  byId("mindre").addEventListener("click", () => setZoom(zoom / 1.2));
  byId("storre").addEventListener("click", () => setZoom(zoom * 1.2));
  byId("bredd").addEventListener("click", () => {
    const width = pages[0]?.frame.style.getPropertyValue("--bredd") || 595;
    setZoom((byId("panel-sidor").clientWidth - 32) / (width * (4 / 3)));
  });
  byId("oppna").addEventListener("click", open);
  setZoom(zoom);
}
