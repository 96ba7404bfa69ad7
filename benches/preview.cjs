// How long it takes from a change of the file until the browser has painted the new page:
//   benches/preview [--edits 100] [--pages 4,22] [--memory 10000]   (after cargo build --release)
// Each edit changes one word of the case, as an editor saves it: another file is given the name. The time
// ends when the new words are in the page and a frame with it has been drawn. Beside it stands how long a frame
// takes in which a single word of the page is changed without any server: so much is the browser's and the machine's.
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const tjut = path.resolve(option("tjut", "target/release/tjut"));
const edits = Number(option("edits", "100"));
const sizes = option("pages", "4,22").split(",").map(Number);
const memory = Number(option("memory", "0"));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tjut-bench-"));
const file = path.join(folder, "a.yaml");

// Paragraphs of different words, as many as so many pages hold.
function text(pages, word) {
  const sentence = (at) => `Stycke ${at} handlar om skolmaten i stadsdel ${at % 14}, om köken och om vad barnen tycker.`;
  const paragraph = (at) => `  ${[at, at + 1000, at + 2000, at + 3000].map(sentence).join("\n  ")}\n`;
  const paragraphs = Array.from({ length: Math.round(pages * 6.6 - 4) }, (_, at) => paragraph(at));
  paragraphs.splice(Math.floor(paragraphs.length / 2), 0, `  Här står ordet ${word} i en mening.\n`);
  return `mall: tjänsteutlåtande
titel: Trygga vägar till skolan
diarienummer: UTBF 2026/1
datum: 2026-03-02
till:
  nämnd: Utbildningsnämnden
avsändare:
  förvaltning: Utbildningsförvaltningen
förslag till beslut: Utbildningsnämnden godkänner förvaltningens tjänsteutlåtande.
bakgrund: |
${paragraphs.join("\n")}`;
}

function save(content) {
  fs.writeFileSync(`${file}.tmp`, content);
  fs.renameSync(`${file}.tmp`, file);
}

const WORDS = ["alfa", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "teta"];
const word = (at) => `${WORDS[at % WORDS.length]}${at}`;
const now = () => performance.timeOrigin + performance.now();
const quantile = (times, part) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];

function start() {
  const server = spawn(tjut, ["visa", "--ingen-webbläsare", "a.yaml"], { cwd: folder });
  return new Promise((resolve) => {
    server.stdout.once("data", (said) => resolve({ server, address: String(said).trim() }));
  });
}

// In the page: tells when the next new page has been painted.
const painted = () =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        channel.port2.postMessage(null);
      });
    });
    observer.observe(document.querySelector("#sidor"), { subtree: true, attributeFilter: ["data-ord"] });
  });

// In the page: how long a frame takes that shows a changed word.
const frame = () =>
  new Promise((resolve) => {
    const begun = performance.now();
    document.querySelector("#storlek").style.opacity = String(0.9 + Math.random() / 10);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - begun);
      channel.port2.postMessage(null);
    });
  });

async function latency(browser, pages) {
  save(text(pages, word(0)));
  const { server, address } = await start();
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(address);
  await page.waitForFunction(() => document.querySelectorAll(".sida[data-bild]").length > 0);
  await page.waitForTimeout(1000);
  const number = await page.locator(".sida").count();
  const [times, frames] = [[], []];
  for (let edit = 1; edit <= edits + 10; edit++) {
    const end = page.evaluate(painted);
    await page.evaluate(() => 0);
    const content = text(pages, word(edit));
    const begun = now();
    save(content);
    const took = (await end) - begun;
    // The first ones find nothing warm.
    if (edit > 10) times.push(took);
    await page.waitForTimeout(40);
    frames.push(await page.evaluate(frame));
  }
  await page.close();
  server.kill();
  const ms = (part) => quantile(times, part).toFixed(0);
  const [least, most] = [Math.min(...times), Math.max(...times)].map((time) => time.toFixed(0));
  const alone = `${quantile(frames, 0.5).toFixed(0)}, ${quantile(frames, 0.95).toFixed(0)}`;
  console.log(`| ${number} | ${times.length} | ${least} | ${ms(0.5)} | ${ms(0.95)} | ${most} | ${alone} | ${os.loadavg()[0].toFixed(1)} |`);
}

const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
const processor = (pid) => {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
};

// A day of edits, listened to without a browser; and what it costs when nothing changes.
async function day() {
  save(text(4, word(0)));
  const { server, address } = await start();
  const events = await fetch(address.replace("arende", "handelser"));
  const reader = events.body.getReader();
  const decoder = new TextDecoder();
  let heard = "";
  const next = async () => {
    while (!heard.includes("\n\n")) heard += decoder.decode((await reader.read()).value);
    heard = heard.slice(heard.indexOf("\n\n") + 2);
  };
  await next();
  console.log("\n| edits | resident, MB |\n| --- | --- |");
  for (let edit = 1; edit <= memory; edit++) {
    save(text(4, word(edit)));
    await next();
    if (edit === 100 || edit % (memory / 5) === 0) console.log(`| ${edit} | ${resident(server.pid).toFixed(0)} |`);
  }
  const before = processor(server.pid);
  await new Promise((resolve) => { setTimeout(resolve, 20_000); });
  console.log(`\nProcessor time in 20 seconds without a change: ${processor(server.pid) - before} ms.`);
  server.kill();
}

(async () => {
  console.log(execFileSync(tjut, ["--version"]).toString().trim());
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
  console.log("\n| pages | edits | least, ms | p50 | p95 | most | a frame alone, p50 and p95 | load |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const pages of sizes) await latency(browser, pages);
  await browser.close();
  if (memory > 0) await day();
  fs.rmSync(folder, { recursive: true });
  process.exit(0);
})();
