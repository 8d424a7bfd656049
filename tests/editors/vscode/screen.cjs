// What a person sees: squiggles, problems, hover, completion, a quick fix and its squiggle going; with screenshots.
// Usage: node screen.cjs URL FOLDER SHOTS
const fs = require("node:fs");
const path = require("node:path");
const { inBrowser, reader, Tally, WAIT } = require("./browser.cjs");

const [url, folder, shots] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "expected.json"), "utf8"));
const tally = new Tally();

inBrowser(async (page) => {
  const shot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
  const test = async (name, check) => {
    if (!(await tally.test(name, check))) {
      await shot(`failed-${tally.failed}`);
      return false;
    }
    return true;
  };

  const { texts, placeOf, middleOf, squigglesUnder, until, runCommand, openDraft, newText, waysOutAt } = reader(page);
  const problems = () => texts(".markers-panel .monaco-list-row");

  await test("VS Code opens the draft as lede", () => openDraft(url, folder, expected.file));

  for (const finding of expected.findings) {
    const found = await test(`a squiggle for ${finding.rule}`, () =>
      until(`a squiggle under ${finding.words}`, async () => {
        const kinds = await squigglesUnder(finding.words.split(" ").slice(0, 3).join(" "));
        return kinds.length > 0 && kinds;
      }),
    );
    if (!found) {
      return; // The rest would wait for the same.
    }
  }

  await test("the problems name each rule", async () => {
    await runCommand("Problems: Focus on Problems View");
    const rows = await until("all findings among the problems", async () => {
      const seen = await problems();
      return expected.findings.every(({ rule }) => seen.some((row) => row.includes(rule))) && seen;
    });
    await shot("1-squiggles");
    return rows;
  });

  await test("hover on a speaker", async () => {
    const { on, says } = expected.hover;
    const said = await until("the hover", async () => {
      // The ledger comes in above the copy and moves it down.
      const [x, y] = await middleOf(on);
      await page.mouse.move(x + 60, y + 60);
      await page.mouse.move(x, y, { steps: 4 });
      await page.waitForSelector(".monaco-hover:not(.hidden) .hover-contents", { timeout: 3000 }).catch(() => {});
      return (await texts(".monaco-hover:not(.hidden) .hover-contents")).find((text) => text.includes(says));
    });
    await shot("2-hover");
    return said;
  });

  await test("completion of a source", async () => {
    const { after, typed, offers } = expected.completion;
    const box = await placeOf(after);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.press("End");
    await page.keyboard.type(` ${typed}`, { delay: 40 });
    const rows = await until("the list", async () => {
      const labels = await page.$$eval(".suggest-widget.visible .monaco-list-row", (all) =>
        all.map((one) => one.getAttribute("aria-label")),
      );
      return labels.some((label) => label?.includes(offers)) && labels;
    });
    await shot("3-completion");
    await page.keyboard.press("Tab");
    const taken = await until("the id in the text", () => placeOf(`${after} ${typed}${offers}]`));
    // Back to the draft as it was.
    await runCommand("File: Revert File");
    await until("the draft as saved", async () => (await placeOf(`${after} ${typed}`)) === null);
    return { rows, taken: Boolean(taken) };
  });

  await test("a quick fix makes its squiggle go", async () => {
    const { rule, words, title, leaves } = expected.fix;
    await until("the squiggle", async () => (await squigglesUnder(words)).length > 0);
    const offered = await waysOutAt(words, title);
    await shot("4-quick-fix");
    await page.click(`.action-widget .monaco-list-row:has-text("${title}")`);
    await until("the text after the fix", () => placeOf(leaves));
    await until("the squiggle to go", async () => (await squigglesUnder(leaves)).length === 0);
    await until("the problem to go", async () => !(await problems()).some((row) => row.includes(rule)));
    await page.keyboard.press("Escape");
    await shot("5-after-the-fix");
    return { offered, left: await problems() };
  });

  await test("the source ledger lists who speaks, and leads to their words", async () => {
    const { speaker, words } = expected.ledger;
    await runCommand("Onrecord: Focus on Source Ledger View");
    const row = `.pane:has-text("Source Ledger") .monaco-list-row:has-text("${speaker}")`;
    await page.waitForSelector(row, WAIT);
    await page.click(row);
    const item = `.pane:has-text("Source Ledger") .monaco-list-row:has-text("${words}")`;
    await page.waitForSelector(item, WAIT);
    await page.click(item);
    const selected = await until("the words selected in the draft", () =>
      page.$$eval(".monaco-editor .selected-text", (found) => found.length > 0),
    );
    const rows = await texts('.pane:has-text("Source Ledger") .monaco-list-row');
    const status = await page.getAttribute('.statusbar-item a[aria-label^="Source ledger"]', "aria-label", WAIT);
    await shot("9-ledger");
    return { rows, selected, status };
  });

  await test("the panel says who is quoted how often and on what terms, and leads to the words", async () => {
    const { speaker, words } = expected.ledger;
    await runCommand("Onrecord: Open Source Ledger");
    const frame = await until("the panel", async () => {
      for (const frame of page.frames()) {
        const has = await frame.$(`details[data-name="${speaker}"]`).catch(() => null);
        if (has) {
          return frame;
        }
      }
      return false;
    });
    const said = await frame.$$eval("details", (found) => found.map((one) => one.querySelector("summary").innerText.replace(/\s+/g, " ")));
    await frame.click(`details[data-name="${speaker}"] summary`);
    await frame.click(`details[data-name="${speaker}"] button:has-text("${words}")`);
    await until("the words selected in the draft", () => page.$$eval(".monaco-editor .selected-text", (found) => found.length > 0));
    await shot("10-panel-light");
    await runCommand("Preferences: Toggle between Light/Dark Themes");
    await until("the dark theme", () => page.$eval(".monaco-workbench", (found) => found.classList.contains("vs-dark")));
    await page.waitForTimeout(800);
    await shot("11-panel-dark");
    await runCommand("Preferences: Toggle between Light/Dark Themes");
    await until("the light theme", () => page.$eval(".monaco-workbench", (found) => !found.classList.contains("vs-dark")));
    return said;
  });

  await test("the clean text stands beside the draft", async () => {
    await page.click('.tab:has-text("ferry.lede")');
    await runCommand("Onrecord: Show Clean Text Beside the Draft");
    await page.waitForSelector('.tab:has-text("ferry (clean).txt")', WAIT);
    const text = await until("its words", async () => {
      const groups = await page.$$eval(".editor-group-container", (found) => found.map((one) => one.querySelector(".view-lines")?.innerText ?? ""));
      return groups.find((one) => one.includes("PORT") && !one.includes("[^holt]"));
    });
    await shot("12-clean-text");
    return text.length;
  });

  await test("a first start is led through", async () => {
    await runCommand("Welcome: Open Walkthrough...");
    await page.waitForSelector('.quick-input-list .monaco-list-row:has-text("Onrecord: your first draft")', WAIT);
    await page.click('.quick-input-list .monaco-list-row:has-text("Onrecord: your first draft")');
    await page.waitForSelector('.gettingStartedContainer :text("Paste a story")', WAIT);
    await page.waitForTimeout(800);
    await shot("13-walkthrough");
    const steps = await texts(".gettingStartedContainer .step-title");
    return steps;
  });

  await test("a new text is checked in one click", async () => {
    await newText();
    await page.keyboard.type("It is widely believed that the old boat will be scrapped.", { delay: 5 });
    await page.click('.statusbar-item:has-text("Check as news draft")', WAIT);
    const kinds = await until("a squiggle", async () => {
      const seen = await squigglesUnder("It is widely believed");
      return seen.length > 0 && seen;
    });
    await shot("6-untitled");
    return kinds;
  });
})
  .catch((error) => tally.test("the browser", () => Promise.reject(error)))
  .finally(() => tally.end());
