// axe-core in Chromium on each page: light and dark, wide and narrow; and what axe does not ask:
// that the page asks for nothing from anywhere, that its own policy blocks nothing, that it reflows
// at 320 pixels, and that a line of text has about 70 characters at most.
const { chromium } = require("playwright-core");
const path = require("path");
const axe = require.resolve("axe-core/axe.min.js");

const windows = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 320 },
];
const LONGEST_LINE = 75;

// The mean number of characters of the full lines of the paragraphs, run in the page.
const lineLength = () => {
  let characters = 0, lines = 0;
  for (const p of document.querySelectorAll("main > p")) {
    const range = document.createRange();
    range.selectNodeContents(p);
    const tops = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
    if (tops.size > 2) { characters += p.textContent.length; lines += tops.size - 0.5; }
  }
  return lines ? characters / lines : 0;
};

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"],
  });
  let findings = 0;
  const say = (file, what) => { findings++; console.log(`${file}: ${what}`); };
  for (const file of process.argv.slice(2)) {
    for (const { colorScheme, width } of windows) {
      // The page allows no script, so axe has to pass by its policy.
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto("file://" + path.resolve(file));
      const others = asked.slice(1).filter((url) => !url.startsWith("data:"));
      if (others.length) say(file, `asks for ${others}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wider > 0) say(file, `is ${wider} pixels wider than a window of ${width}`);
      if (width > 1000) {
        const length = await page.evaluate(lineLength);
        if (length > LONGEST_LINE) say(file, `has ${length.toFixed(0)} characters a line`);
      }
      await page.addScriptTag({ path: axe });
      const { violations, incomplete } = await page.evaluate(() => axe.run());
      // What axe could not decide is a finding too; in a narrow window it cannot see what is scrolled away.
      for (const { id, help, nodes } of width > 1000 ? [...violations, ...incomplete] : violations) {
        say(file, `${colorScheme}, ${width}: ${id}: ${help}: ${nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
      }
      await context.close();
    }
    // Under its own policy: its style applies, and nothing of it is blocked.
    const page = await browser.newPage();
    page.on("console", (message) => { if (message.type() === "error") say(file, message.text()); });
    await page.goto("file://" + path.resolve(file));
    const width = await page.evaluate(() => getComputedStyle(document.body).maxWidth);
    if (width === "none") say(file, "its own policy blocks its style");
    await page.close();
  }
  await browser.close();
  process.exit(findings ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
