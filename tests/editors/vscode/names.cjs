// Names accepted from the list of suggestions, as names.json says; what is then saved is compared.
// Usage: node names.cjs URL FOLDER SHOTS
const fs = require("node:fs");
const path = require("node:path");
const { inBrowser, reader, Tally } = require("./browser.cjs");

const [url, folder, shots] = process.argv.slice(2);
const names = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "names.json"), "utf8"));
const tally = new Tally();
const file = path.join(folder, names.file);
const line = () => fs.readFileSync(file, "utf8").split("\n").find((one) => one.startsWith(names.before.trim()));

inBrowser(async (page) => {
  const { placeOf, until, openDraft } = reader(page);
  const labels = () =>
    page.$$eval(".suggest-widget.visible .monaco-list-row", (all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  await openDraft(url, folder, names.file);
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
      await until("the line as it was before", () => placeOf(names.before.trim()));
      await page.keyboard.press("Escape");
      await page.keyboard.type(typed, { delay: 80 });
      const rows = await until("the name in the list", async () => {
        const seen = await labels();
        return seen[0]?.includes(label) && seen;
      });
      await page.screenshot({ path: path.join(shots, `name-${typed.replace(/ /g, "-")}.png`) });
      await page.keyboard.press("Tab");
      const wanted = names.before + becomes;
      await until(`${wanted} on the screen`, () => placeOf(wanted));
      await page.keyboard.press("Control+s");
      await until(`${wanted}, not ${line()}`, () => line() === wanted);
      return { typed, rows, became: line() };
    });
  }
})
  .catch((error) => tally.test("the browser", () => Promise.reject(error)))
  .finally(() => tally.end());
