// The list of cases with their state, renewed when anything changes.

import { address, ask, byId, count, element, say } from "./dom.js";

let cases = [];
let timer = null;

function link({ file, title }) {
  const to = element("a", { href: `arende?${new URLSearchParams({ fil: file })}` }, title || file);
  return element("th", { scope: "row" }, to, element("span", { className: "fil" }, file));
}

function row(found) {
  const number = (value, kind) => element("td", { className: value > 0 ? kind : "" }, String(value));
  const built = found.pages === null ? "nej" : count(found.pages, "sida", "sidor");
  return element(
    "tr",
    {},
    link(found),
    number(found.errors, "fel"),
    number(found.warnings, "varning"),
    number(found.advice, "råd"),
    element("td", {}, built),
  );
}

function show() {
  const wanted = byId("sok").value.toLocaleLowerCase("sv");
  const found = cases.filter(({ file, title }) => `${title} ${file}`.toLocaleLowerCase("sv").includes(wanted));
  byId("rader").replaceChildren(...found.map(row));
  const all = count(cases.length, "ärende", "ärenden");
  byId("antal").textContent = found.length === cases.length ? `${all}.` : `${found.length} av ${all}.`;
}

async function renew() {
  const answer = await ask("lista");
  if (answer === null) return;
  const told = await answer.json();
  const wrong = (list) => list.filter(({ errors }) => errors > 0).length;
  if (wrong(told.cases) !== wrong(cases)) {
    say(`${count(wrong(told.cases), "ärende har", "ärenden har")} fel.`, 700);
  }
  cases = told.cases;
  show();
}

byId("sok").addEventListener("input", show);
new EventSource(address("handelser")).addEventListener("message", () => {
  clearTimeout(timer);
  timer = setTimeout(renew, 200);
});
