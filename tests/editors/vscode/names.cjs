// Names accepted from the list of suggestions, as names.json says; what is then saved is compared.
// Usage: node names.cjs URL FOLDER SHOTS
const fs = require("node:fs");
const path = require("node:path");
const { inBrowser, Tally } = require("./browser.cjs");

const [url, folder, shots] = process.argv.slice(2);
const names = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "names.json"), "utf8"));
const tally = new Tally();
const WAIT = { timeout: 30000 };
const file = path.join(folder, names.file);
const line = () => fs.readFileSync(file, "utf8").split("\n").find((one) => one.startsWith(names.before.trim()));

inBrowser(async (page) => {
  const until = async (what, condition) => {
    for (const end = Date.now() + WAIT.timeout; Date.now() < end; await page.waitForTimeout(50)) {
      const seen = await condition();
      if (seen) {
        return seen;
      }
    }
    throw new Error(`waited in vain for ${what}`);
  };
  const labels = () =>
    page.$$eval(".suggest-widget.visible .monaco-list-row", (all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  await page.goto(`${url}/?folder=${folder}`);
  await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60000 });
  await page.dblclick(`.explorer-folders-view .monaco-list-row:has-text("${names.file}")`);
  await page.waitForSelector(".monaco-editor .view-lines .view-line", WAIT);
  await until("the language in the status bar", async () =>
    (await page.$$eval(".statusbar-item", (all) => all.map((one) => one.innerText))).some((text) => text.includes("Lede")),
  );
  for (const { what, typed, label, becomes } of names.cases) {
    await tally.test(what, async () => {
      await page.click(".monaco-editor .view-lines .view-line", { position: { x: 5, y: 5 } });
      // The last line of copy, as it was before.
      await page.keyboard.press("Control+End");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("End");
      await page.keyboard.press("Shift+Home");
      await page.keyboard.press("Shift+Home");
      await page.keyboard.press("Delete");
      await page.keyboard.type(names.before, { delay: 5 });
      await page.keyboard.press("Escape");
      await page.keyboard.type(typed, { delay: 80 });
      const rows = await until("the name in the list", async () => {
        const seen = await labels();
        return seen[0]?.includes(label) && seen;
      });
      await page.screenshot({ path: path.join(shots, `name-${typed.replace(/ /g, "-")}.png`) });
      await page.keyboard.press("Tab");
      await page.waitForTimeout(300);
      await page.keyboard.press("Control+s");
      const wanted = names.before + becomes;
      await until(`${wanted}, not ${line()}`, () => line() === wanted);
      return { typed, rows, became: line() };
    });
  }
})
  .catch((error) => tally.test("the browser", () => Promise.reject(error)))
  .finally(() => tally.end());
