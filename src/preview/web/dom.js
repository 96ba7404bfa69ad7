// What the pages of the preview share: elements made without markup, questions to the server, and what
// is said to whoever listens instead of looking.

export const byId = (id) => document.getElementById(id);

// An element with properties and children; a string is text and never markup.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function drawn(name, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

export const file = new URLSearchParams(location.search).get("fil");

export function address(path, values = {}) {
  const query = new URLSearchParams(file === null ? values : { fil: file, ...values });
  return `${path}?${query}`;
}

// What the server answers; null when it has none, as for a page that has been replaced meanwhile.
export async function ask(path, values) {
  const answer = await fetch(address(path, values));
  return answer.ok ? answer : null;
}

export async function act(action, body = {}) {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address(action), { method: "POST", headers, body: JSON.stringify(body) });
    return answer.ok ? await answer.json() : { done: false, said: "Det gick inte. Ladda om sidan och försök igen." };
  } catch {
    return { done: false, said: "Förhandsvisningen svarar inte." };
  }
}

let waiting = [];
let timer = null;

// Says something once nothing new has come for a while: not each keystroke.
export function say(text, wait = 0) {
  waiting = wait === 0 ? [...waiting, text] : [...waiting.filter((other) => other !== text), text];
  clearTimeout(timer);
  timer = setTimeout(() => {
    byId("sagt").textContent = waiting.join(" ");
    waiting = [];
  }, wait);
}

export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
