// Reads a page aloud, as text: what a screen reader says of it from top to bottom.
const fs = require("fs");
const { JSDOM, VirtualConsole } = require("jsdom");

(async () => {
  const dom = new JSDOM(fs.readFileSync(process.argv[2], "utf8").replace(/<style>[^]*?<\/style>/, ""), {
    virtualConsole: new VirtualConsole(), // without words about what jsdom cannot draw
  });
  global.window = dom.window;
  for (const name of Object.getOwnPropertyNames(dom.window)) {
    if (!(name in global)) { try { global[name] = dom.window[name]; } catch { /* not all can be had */ } }
  }
  global.document = dom.window.document;
  const { virtual } = require("@guidepup/virtual-screen-reader");
  await virtual.start({ container: document.body });
  while ((await virtual.lastSpokenPhrase()) !== "end of document") await virtual.next();
  // A space at which no line breaks is heard as any other.
  console.log((await virtual.spokenPhraseLog()).join("\n").replaceAll("\u00a0", " "));
  await virtual.stop();
})().catch((error) => { console.error(error); process.exit(2); });
