// A document: listens for its views, and lets each part show what is new in them.

import { act, address, byId, say } from "./dom.js";
import { showFindings } from "./anmarkningar.js";
import { renewTab, startTabs } from "./flikar.js";
import { showPages, startPages } from "./sidor.js";

const STATES = {
  klar: "Klart att bygga",
  utkast: "Utkast: allt är inte ifyllt",
  fel: "Fel: här visas de senaste felfria sidorna",
};

let before = null;

function show(view) {
  document.title = `${view.title || view.file} – tjut`;
  byId("titel").textContent = view.title || "Ärendet har ingen titel än";
  byId("fil").textContent = view.file;
  const state = view.state === "fel" && view.pages.length === 0 ? "Fel: inga sidor än" : STATES[view.state];
  byId("lage").textContent = state;
  byId("lage").className = `lage ${view.state}`;
  byId("fel-i-mallar").hidden = view.faults.length === 0;
  byId("fel-i-mallar").textContent = view.faults.join(" ");
  byId("avbrott").hidden = true;
  byId("angra").hidden = view.undo === 0;
  byId("oppna").hidden = !view.editor;
  showPages(view);
  showFindings(view);
  renewTab(view);
  if (before !== null && before.state !== view.state) say(`${state}.`, 700);
  before = view;
}

async function build() {
  byId("bygg").disabled = true;
  const { said } = await act("bygg");
  byId("bygg").disabled = false;
  byId("bygg").focus();
  tell(said);
}

// Says something that was asked for, to be seen and heard.
export function tell(text) {
  byId("fot").hidden = false;
  byId("plats").textContent = "";
  byId("kopierat").textContent = text;
  say(text);
}

byId("bygg").addEventListener("click", build);
byId("angra").addEventListener("click", async () => {
  const { said } = await act("angra");
  tell(said);
  if (byId("angra").hidden) byId("anmarkningar").focus();
});
startPages(tell);
startTabs();

const views = new EventSource(address("handelser"));
views.addEventListener("message", (event) => show(JSON.parse(event.data)));
views.addEventListener("error", () => {
  byId("avbrott").hidden = false;
});

