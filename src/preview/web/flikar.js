// The tabs: pages, Markdown, what changed since the last commit, the web page. What is not looked at is
// not asked for.

import { address, ask, byId } from "./dom.js";

const TABS = ["sidor", "markdown", "andrat", "webb"];
let chosen = "sidor";
let view = null;
// The view that each tab shows.
const shown = {};

export function startTabs() {
  for (const name of TABS) {
    byId(`flik-${name}`).addEventListener("click", () => choose(name));
    byId(`flik-${name}`).addEventListener("keydown", pressed);
  }
  for (const name of ["andrat", "webb"]) {
    const frame = byId(`ram-${name}`);
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, frame.scrolled || 0));
  }
}

export function renewTab(told) {
  view = told;
  fill();
}

function choose(name) {
  chosen = name;
  for (const other of TABS) {
    const is = other === name;
    byId(`flik-${other}`).setAttribute("aria-selected", String(is));
    byId(`flik-${other}`).tabIndex = is ? 0 : -1;
    byId(`panel-${other}`).hidden = !is;
  }
  fill();
}

function pressed(event) {
  const at = TABS.indexOf(chosen);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose(TABS[(to + TABS.length) % TABS.length]);
  byId(`flik-${chosen}`).focus();
}

async function fill() {
  if (view === null || chosen === "sidor" || shown[chosen] === view.number) return;
  shown[chosen] = view.number;
  if (chosen === "markdown") {
    const answer = await ask("markdown");
    byId("markdown").textContent = answer === null ? "Det finns ingen Markdown än." : await answer.text();
    return;
  }
  const frame = byId(`ram-${chosen}`);
  frame.scrolled = frame.contentWindow?.scrollY || 0;
  frame.src = address(chosen, { vy: view.number });
}
