// The preview in a browser, as somebody uses it who writes a case: node browse.cjs TJUT
// Chromium is Debian's; nothing is asked for from anywhere but the preview, which is part of what is tried.
const assert = require("node:assert");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const tjut = path.resolve(process.argv[2]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tjut-preview-"));
const file = path.join(folder, "cases/skolmat.yaml");

const paragraphs = (count) =>
  Array.from({ length: count }, (_, at) => `  Stycke ${at} handlar om skolmaten, och är så långt att det tar mer än en rad.\n`).join("\n");
const CASE = `mall: tjänsteutlåtande
titel: Trygga vägar till skolan
diarienummer: UTBF 2026/1
datum: 2026-03-02
till:
  nämnd: Utbildningsnämnden
avsändare:
  förvaltning: Utbildningsförvaltningen
förslag till beslut: Utbildningsnämnden godkänner förvaltningens tjänsteutlåtande.
bakgrund: |
${paragraphs(60)}
Slutet: |
  Allt är sagt om vägarna.
underskrifter:
  - namn: Anna Andersson
    titel: direktör
`;

// As an editor saves: another file that is given the name.
function save(text) {
  fs.writeFileSync(`${file}.tmp`, text);
  fs.renameSync(`${file}.tmp`, file);
}

function start() {
  const server = spawn(tjut, ["visa", "--ingen-webbläsare", "cases/skolmat.yaml"], { cwd: folder });
  return new Promise((resolve) => {
    server.stdout.once("data", (said) => resolve({ server, address: String(said).trim() }));
  });
}

const tests = {
  async "pages are painted, and their words can be selected"(page) {
    await page.waitForFunction(() => document.querySelectorAll(".sida[data-bild]").length > 2);
    assert.equal(await page.textContent("#lage"), "Klart att bygga");
    const selected = await page.evaluate(() => {
      const text = [...document.querySelectorAll(".ord text")].find((text) => text.textContent.includes("Stycke 3 "));
      getSelection().selectAllChildren(text);
      const said = String(getSelection());
      getSelection().removeAllRanges();
      return said;
    });
    assert.match(selected.replace(/\s+/g, " "), /^Stycke 3 handlar om skolmaten, och är så långt att det tar mer än en rad\. ?$/);
  },

  async "a change replaces the page that changed, and scroll and zoom stay"(page) {
    await page.click("#storre");
    const panel = page.locator("#panel-sidor");
    await panel.evaluate((panel) => { panel.scrollTop = 700; });
    const before = await page.evaluate(() => {
      document.querySelectorAll(".ord text").forEach((text) => { text.unchanged = true; });
      return { top: document.querySelector("#panel-sidor").scrollTop, zoom: document.querySelector("#storlek").textContent };
    });
    save(CASE.replace("Allt är sagt", "Inget är sagt"));
    await page.waitForFunction(() => document.body.textContent.includes("Inget är sagt"));
    const after = await page.evaluate(() => ({
      changed: [...document.querySelectorAll(".sida")].map((page) => {
        return [...page.querySelectorAll(".ord text")].some((text) => !text.unchanged);
      }),
      top: document.querySelector("#panel-sidor").scrollTop,
      zoom: document.querySelector("#storlek").textContent,
    }));
    assert.deepEqual(after.changed.filter((is) => is).length, 1);
    assert.equal(after.changed.at(-1), true);
    assert.deepEqual({ top: after.top, zoom: after.zoom }, before);
    await page.click("#mindre");
    save(CASE);
    await page.waitForFunction(() => document.body.textContent.includes("Allt är sagt"));
  },

  async "an error leaves the last pages, dimmed, until it is mended"(page) {
    save(CASE.replace("titel:", "titl:"));
    await page.waitForSelector(".lage.fel");
    assert.ok((await page.locator(".sida").count()) > 2);
    assert.equal(await page.locator("#panel-sidor").evaluate((panel) => panel.className), "gammal");
    assert.ok((await page.locator(".anmarkning.fel").count()) > 0);
    await page.waitForFunction(() => /nya? anmärkning/.test(document.querySelector("#sagt").textContent));
    save(CASE);
    await page.waitForSelector(".lage.klar");
    assert.equal(await page.locator(".anmarkning.fel").count(), 0);
    save(CASE.replace("Trygga vägar till skolan", "«Fyll i titeln»"));
    await page.waitForSelector(".lage.utkast");
    save(CASE);
    await page.waitForSelector(".lage.klar");
  },

  async "a click on a word tells its place, and copies it"(page) {
    const word = await page.evaluate(() => {
      const span = [...document.querySelectorAll(".ord tspan")].find((span) => span.textContent.startsWith("Stycke 4 "));
      span.scrollIntoView({ block: "center" });
      const at = span.textContent.indexOf("skolmaten");
      const box = span.getExtentOfChar(at);
      const point = span.ownerSVGElement.createSVGPoint();
      point.x = box.x + box.width / 2;
      point.y = box.y + box.height / 2;
      const on = point.matrixTransform(span.ownerSVGElement.getScreenCTM());
      return { x: on.x, y: on.y };
    });
    await page.mouse.click(word.x, word.y);
    const lines = CASE.split("\n");
    const line = lines.findIndex((line) => line.includes("Stycke 4 "));
    const place = `cases/skolmat.yaml:${line + 1}:${lines[line].indexOf("skolmaten") + 1}`;
    await page.waitForFunction((place) => document.querySelector("#plats").textContent === place, place);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), place);
  },

  async "so does a word of the letterhead"(page) {
    const box = await page.locator(".ord tspan", { hasText: "UTBF 2026/1" }).first().boundingBox();
    await page.locator("#panel-sidor").evaluate((panel) => { panel.scrollTop = 0; });
    const at = (await page.locator(".ord tspan", { hasText: "UTBF 2026/1" }).first().boundingBox()) ?? box;
    await page.mouse.click(at.x + at.width - 2, at.y + at.height / 2);
    await page.waitForFunction(() => document.querySelector("#plats").textContent.startsWith("cases/skolmat.yaml:3:"));
  },

  async "Rätta changes the file, and Ångra takes it back; the finding is marked where its words print"(page) {
    const wrong = CASE.replace("Allt är sagt", "Allt  är sagt");
    save(wrong);
    await page.waitForSelector(".anmarkning .ratta:visible");
    assert.ok((await page.locator(".marke").count()) > 0);
    await page.locator(".anmarkning:has(.ratta:visible) .visa").first().click();
    await page.waitForSelector(".marke.utpekad");
    await page.locator(".anmarkning .ratta:visible").first().click();
    await page.waitForSelector("#angra:visible");
    assert.equal(fs.readFileSync(file, "utf8"), CASE);
    await page.click("#angra");
    await page.waitForSelector(".anmarkning .ratta:visible");
    assert.equal(fs.readFileSync(file, "utf8"), wrong);
    save(CASE);
    await page.waitForFunction(() => document.querySelectorAll(".ratta:not([hidden])").length === 0);
  },

  async "an unfolded explanation stays unfolded while others come and go"(page) {
    const one = CASE.replace("Allt är sagt", "Allt  är sagt");
    save(one);
    await page.locator("details summary").first().click();
    await page.waitForSelector("details[open] h4");
    save(one.replace("Stycke 7 handlar", "Stycke 7  handlar"));
    await page.waitForFunction(() => document.querySelectorAll(".ratta:not([hidden])").length > 1);
    assert.equal(await page.locator("details[open]").count(), 1);
    save(CASE);
    await page.waitForFunction(() => document.querySelectorAll(".ratta:not([hidden])").length === 0);
  },

  async "the tabs show Markdown, what changed and the web page"(page) {
    await page.click("#flik-markdown");
    await page.waitForFunction(() => document.querySelector("#markdown").textContent.includes("# Trygga vägar till skolan"));
    await page.click("#flik-andrat");
    await page.frameLocator("#ram-andrat").getByText("Inget är ändrat").waitFor();
    save(CASE.replace("Allt är sagt", "Mycket är sagt"));
    await page.frameLocator("#ram-andrat").getByText("[nytt: Mycket").first().waitFor();
    await page.click("#flik-webb");
    await page.frameLocator("#ram-webb").getByText("Mycket är sagt om vägarna.").waitFor();
    save(CASE);
    await page.frameLocator("#ram-webb").getByText("Allt är sagt om vägarna.").waitFor();
    await page.click("#flik-sidor");
  },

  async "everything can be done from the keyboard"(page) {
    save(CASE.replace("Allt är sagt", "Allt  är sagt"));
    await page.waitForSelector(".anmarkning .ratta:visible");
    await page.reload();
    await page.waitForSelector(".sida[data-bild]");
    await page.waitForSelector(".anmarkning .ratta:visible");
    const reach = async (wanted) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        const found = await page.evaluate((wanted) => document.activeElement?.matches(wanted), wanted);
        if (found) return;
      }
      assert.fail(`${wanted} is not reached`);
    };
    await reach("#flik-sidor");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector("#markdown").textContent.length > 100);
    await page.keyboard.press("ArrowLeft");
    await reach(".sida");
    const chosen = () => page.evaluate(() => document.querySelector(".vald")?.textContent ?? "");
    for (let row = 0; row < 60 && !(await chosen()).startsWith("Stycke"); row++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /^cases\/skolmat\.yaml:\d+:\d+$/.test(document.querySelector("#plats").textContent));
    await reach("summary");
    await page.keyboard.press("Enter");
    await page.waitForSelector("details[open] h4");
    await page.locator("body").press("Escape");
    await page.evaluate(() => document.querySelector("#anmarkningar").focus());
    await reach(".ratta");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#angra:visible");
    assert.equal(fs.readFileSync(file, "utf8"), CASE);
    assert.ok(await page.evaluate(() => document.activeElement.closest("#anmarkningar") !== null), "the focus is lost");
  },

  async "Bygg builds, and the list of cases tells"(page) {
    await page.click("#bygg");
    await page.waitForFunction(() => document.querySelector("#kopierat").textContent === "Byggde 1 ärende till output/.");
    assert.ok(fs.existsSync(path.join(folder, "output/skolmat.pdf")));
    await page.click("text=Alla ärenden");
    await page.waitForFunction(() => document.querySelector("#rader").textContent.includes("Trygga vägar till skolan"));
    assert.match(await page.textContent("#rader"), /\d sidor/);
    await page.click("text=Trygga vägar till skolan");
    await page.waitForSelector(".sida[data-bild]");
  },
};

// What axe finds, of what is seen in light and dark, wide and at 320 pixels, which is 1,280 at four times the size.
async function accessible(browser, address) {
  save(CASE.replace("Allt är sagt", "Allt  är sagt").replace("Stycke 3 ", "Stycke  3 "));
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 640], ["dark", 320]]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    const judge = async (what) => {
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wider <= 0, `${what}, ${width}: ${wider} pixels too wide`);
      const { violations } = await page.evaluate(() => axe.run());
      const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ").slice(0, 400)}`);
      assert.deepEqual(said, [], `${what}, ${colorScheme}, ${width}`);
    };
    await page.goto(address);
    await page.addScriptTag({ path: axe });
    await page.waitForSelector(".sida[data-bild]");
    await page.waitForSelector(".marke");
    await page.locator("summary").first().click();
    await page.waitForSelector("details[open] h4");
    for (const tab of ["markdown", "andrat", "webb", "sidor"]) {
      await page.click(`#flik-${tab}`);
      await page.waitForTimeout(300);
      await judge(tab);
    }
    await page.goto(new URL("./", address).href);
    await page.waitForSelector("#rader tr");
    await page.addScriptTag({ path: axe });
    await judge("list");
    await context.close();
  }
  save(CASE);
}

// A page elsewhere, which even knows the secret, neither reads nor does anything.
async function refused(browser, address) {
  const evil = http.createServer((_, answer) => answer.end("<!DOCTYPE html><title>ond</title>"));
  await new Promise((resolve) => { evil.listen(0, "127.0.0.1", resolve); });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${evil.address().port}/`);
  const built = path.join(folder, "output/skolmat.pdf");
  fs.rmSync(built, { force: true });
  const reached = await page.evaluate(async (address) => {
    const tries = [];
    const base = new URL("./", address).href;
    const query = new URL(address).search;
    const attempt = async (what, does) => {
      try { await does(); tries.push(what); } catch { /* as it should be */ }
    };
    await attempt("read", () => fetch(`${base}vy${query}`));
    const headers = { "Content-Type": "application/json" };
    await attempt("act", () => fetch(`${base}bygg${query}`, { method: "POST", headers, body: "{}" }));
    await fetch(`${base}bygg${query}`, { method: "POST", mode: "no-cors", body: "{}" }).catch(() => {});
    await new Promise((resolve) => {
      const events = new EventSource(`${base}handelser${query}`);
      events.onmessage = () => { tries.push("listen"); resolve(); };
      events.onerror = () => { events.close(); resolve(); };
    });
    await new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.onload = () => {
        try { if (frame.contentDocument?.querySelector("#titel")) tries.push("frame"); } catch { /* another origin */ }
        resolve();
      };
      document.body.append(frame);
      setTimeout(resolve, 1500);
    });
    await new Promise((resolve) => {
      const image = new Image();
      image.onload = () => { tries.push("picture"); resolve(); };
      image.onerror = resolve;
      image.src = `${base}ikon.svg`;
    });
    return tries;
  }, address);
  assert.deepEqual(reached, []);
  const framed = page.frames().find((frame) => frame !== page.mainFrame());
  assert.ok(!framed || !(await framed.content()).includes("anmarkningar"), "it is shown in a frame");
  await page.close();
  // A name that leads to this machine: the browser takes it for another address.
  const rebound = await browser.newPage();
  const answer = await rebound.goto(address.replace("127.0.0.1", "ond.example"));
  assert.equal(answer.status(), 403);
  await rebound.close();
  assert.ok(!fs.existsSync(built), "a page elsewhere has built");
  evil.close();
}

(async () => {
  fs.mkdirSync(path.dirname(file));
  save(CASE);
  const git = (...words) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.se", ...words], { cwd: folder });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "ett");
  const { server, address } = await start();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--host-resolver-rules=MAP ond.example 127.0.0.1"],
  });
  let failed = 0;
  const run = async (name, test) => {
    try {
      await test();
      console.log(`ok: ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED: ${name}\n${error.stack}`);
      save(CASE);
    }
  };
  const origin = new URL(address).origin;
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const strange = [];
  page.on("console", (message) => { if (message.type() === "error") strange.push(message.text()); });
  page.on("pageerror", (error) => strange.push(error.message));
  page.on("request", (request) => { if (new URL(request.url()).origin !== origin && !request.url().startsWith("data:")) strange.push(request.url()); });
  await page.goto(address);
  for (const [name, test] of Object.entries(tests)) await run(name, () => test(page));
  await run("nothing is blocked, broken, or asked for from elsewhere", () => assert.deepEqual(strange, []));
  await context.close();
  await run("axe finds nothing", () => accessible(browser, address));
  await run("pages elsewhere reach nothing", () => refused(browser, address));
  await browser.close();
  server.kill();
  fs.rmSync(folder, { recursive: true });
  process.exit(failed === 0 ? 0 : 1);
})();
