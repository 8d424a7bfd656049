// As somebody who has never seen markup: a story pasted into an untitled window, one click, a quotation that came by mail, what is
// asked followed, filed. Each step is timed and has its picture; every word of the story must be in the clean text.
// Usage: node firstday.cjs URL FOLDER SHOTS
const path = require("node:path");
const { inBrowser, reader, Tally, WAIT } = require("./browser.cjs");

const [url, folder, shots] = process.argv.slice(2);
const tally = new Tally();

const STORY = `Old pier to close for repairs

By Jo Ash

PORT HARLAN, March 12, 2026 — The old pier will close on Friday for repairs that will take a month, Harbor Commissioner Dana Ortiz said on Thursday.

“We have no choice, because two of the pillars have moved since the storm,” Ortiz said. “Nobody will lose a job over this.”

Shopkeepers on the pier are not so sure. “We were told about it this morning by a man with a clipboard.”

Repairs will be paid for by the state.
`;
const MAIL = `
Ferries will land at the old mole meanwhile. “Every boat will run, and every boat will be on time,” Ruth Abel, the harbor master, said in an email.
`;

inBrowser(async (page) => {
  const { texts, squigglesUnder, until, runCommand, newText, waysOutAt } = reader(page);
  let number = 0;
  const shot = (name) => page.screenshot({ path: path.join(shots, `first-${++number}-${name}.png`) });
  const test = async (name, check) => {
    const done = await tally.test(name, check);
    await shot(done ? name.split(" ").slice(0, 4).join("-").replace(/[^a-z-]/gi, "") : "failed");
    return done;
  };
  const paste = async (words) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), words);
    await page.keyboard.press("Control+v");
  };

  await test("an untitled window", async () => {
    await page.goto(`${url}/?folder=${folder}`);
    await page.waitForSelector(".explorer-folders-view", { timeout: 60000 });
    return newText();
  });
  await test("a story is pasted", async () => {
    await page.click(".monaco-editor .view-lines");
    await paste(STORY);
    return until("its words", async () => (await texts(".monaco-editor .view-lines")).some((text) => text.includes("Old pier to close")));
  });
  await test("one click checks it", async () => {
    await page.click('.statusbar-item:has-text("Check as news draft")', WAIT);
    return until("a squiggle", async () => {
      const seen = await squigglesUnder("“We were told");
      return seen.length > 0 && seen;
    });
  });
  await test("a quotation that came by mail is added", async () => {
    const ledger = () => page.getAttribute('.statusbar-item a[aria-label^="Source ledger"]', "aria-label", WAIT);
    const before = await ledger();
    await page.click(".monaco-editor .view-lines");
    await page.keyboard.press("Control+End");
    await paste(MAIL);
    await until("its words", async () => (await texts(".monaco-editor .view-lines")).some((text) => text.includes("Ruth Abel")));
    await until("them in the ledger", async () => (await ledger()) !== before);
    await page.waitForTimeout(2500); // What was just written is left alone for two seconds.
    const seen = await squigglesUnder("“Every boat will run");
    if (seen.includes("error")) {
      throw new Error(`the quotation has a speaker, and is asked about: ${seen}`);
    }
    return { before, then: await ledger() };
  });
  await test("what is asked is followed", async () => {
    await runCommand("Problems: Focus on Problems View");
    const row = '.markers-panel .monaco-list-row:has-text("no speaker")';
    await page.waitForSelector(row, WAIT);
    // It leaves the question open.
    await waysOutAt("“We were told about it", "[TK");
    await page.click('.action-widget .monaco-list-row:has-text("[TK")');
    await until("the mark", async () => (await texts(".monaco-editor .view-lines")).some((text) => text.includes("[TK")));
    await until("the question to go", async () => !(await texts(".markers-panel .monaco-list-row")).some((text) => text.includes("no speaker")));
    return texts(".markers-panel .monaco-list-row");
  });
  await test("the story is filed, and every word of it is there", async () => {
    await page.click(".monaco-editor .view-lines");
    await runCommand("Onrecord: Before You File");
    await page.waitForSelector('.quick-input-list .monaco-list-row:has-text("Copy the clean text")', WAIT);
    const rows = await texts(".quick-input-list .monaco-list-row");
    await page.click('.quick-input-list .monaco-list-row:has-text("Copy the clean text")');
    await page.waitForSelector('.notification-toast:has-text("on the clipboard")', WAIT);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const words = (text) => text.split(/\s+/).filter(Boolean);
    const left = words(copied);
    const missing = words(STORY + MAIL).filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) {
        left.splice(at, 1);
      }
      return at < 0;
    });
    if (missing.length > 0 || left.length > 0) {
      throw new Error(`not in it: ${missing.join(" ")}; more in it: ${left.join(" ")}`);
    }
    return rows;
  });
})
  .catch((error) => tally.test("the browser", () => Promise.reject(error)))
  .finally(() => tally.end());
