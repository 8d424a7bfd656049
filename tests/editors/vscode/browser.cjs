// A browser without a screen, and a count of what passed in it.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require(path.join(process.env.ONRECORD_TOOLS, "node_modules", "playwright-core"));

/** Opens Debian's Chromium with a fresh profile, lets `work` use it, and tidies up. */
async function inBrowser(work) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "onrecord-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1200, height: 760 },
    permissions: ["clipboard-read", "clipboard-write"],
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  try {
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

const WAIT = { timeout: 30000 };

/** Reads the screen as a person does: words at their places, the squiggles under them. */
function reader(page) {
  const texts = (selector) => page.$$eval(selector, (found) => found.map((one) => one.innerText.replace(/\s+/g, " ").trim()));
  /** Where the words stand on the screen; they must not run over the end of a line. */
  const placeOf = (words) =>
    page.evaluate((wanted) => {
      for (const line of document.querySelectorAll(".monaco-editor .view-lines .view-line")) {
        const nodes = [];
        for (let walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); walk.nextNode(); ) {
          nodes.push(walk.currentNode);
        }
        const text = nodes.map((node) => node.data).join("").replaceAll("\u00a0", " ");
        const from = text.indexOf(wanted);
        if (from < 0) {
          continue;
        }
        const at = (offset) => {
          for (const node of nodes) {
            if (offset <= node.length) {
              return [node, offset];
            }
            offset -= node.length;
          }
        };
        const range = document.createRange();
        range.setStart(...at(from));
        range.setEnd(...at(from + wanted.length));
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return null;
    }, words);
  const middleOf = async (words) => {
    const box = await placeOf(words);
    if (!box) {
      throw new Error(`not on the screen: ${words}`);
    }
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  /** The squiggles under the words, by their kind. */
  const squigglesUnder = async (words) => {
    const box = await placeOf(words);
    if (!box) {
      return [];
    }
    return page.$$eval(
      ".squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint",
      (all, { x, y, width, height }) =>
        all
          .filter((one) => {
            const b = one.getBoundingClientRect();
            return b.x < x + width && b.right > x && b.y < y + height && b.bottom > y;
          })
          .map((one) => one.className.match(/squiggly-(\w+)/)[1]),
      box,
    );
  };
  const until = async (what, condition) => {
    for (const end = Date.now() + WAIT.timeout; Date.now() < end; await page.waitForTimeout(50)) {
      const seen = await condition();
      if (seen) {
        return seen;
      }
    }
    throw new Error(`waited in vain for ${what}`);
  };
  /** Whether something comes to be seen; a key whose work does not come is pressed again, as a person would. */
  const comes = (selector) =>
    page.waitForSelector(selector, { timeout: 8000 }).then(
      () => true,
      () => false,
    );
  const runCommand = (name) =>
    until(`the command ${name}`, async () => {
      await page.keyboard.press("F1");
      if (await comes(".quick-input-box input")) {
        // The box goes again where something else takes the focus just then: whoever types would ask for it once more.
        const filled = page.fill(".quick-input-box input", `>${name}`, { timeout: 3000 });
        const isFilled = await filled.then(
          () => true,
          () => false,
        );
        if (isFilled && await comes(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`)) {
          await page.keyboard.press("Enter");
          return true;
        }
      }
      await page.keyboard.press("Escape");
      return false;
    });
  /** Opens a folder and a draft in it; gives what the status bar says of its language. */
  const openDraft = async (url, folder, file) => {
    await page.goto(`${url}/?folder=${folder}`);
    const row = `.explorer-folders-view .monaco-list-row:has-text("${file}")`;
    await page.waitForSelector(row, { timeout: 60000 });
    await until(`the draft ${file}`, async () => {
      await page.dblclick(row);
      return comes(`.tab:has-text("${file}")`);
    });
    await page.waitForSelector(".monaco-editor .view-lines .view-line", WAIT);
    return until("the language in the status bar", async () => (await texts(".statusbar-item")).find((text) => text.includes("Lede")));
  };
  /** An untitled window, with the cursor in it. */
  const newText = async () => {
    // Right after the start the command may fail, and says so in a box; with one kind of file to choose from it asks nothing.
    const row = '.quick-input-list .monaco-list-row:has-text("Text File")';
    const box = ".monaco-dialog-box";
    const tab = '.tab.active:has-text("Untitled-1")';
    await until("a new text", async () => {
      await runCommand("Create: New File...");
      await comes(`${row}, ${box}, ${tab}`);
      if (await page.$(box)) {
        await page.keyboard.press("Escape");
        await page.waitForSelector(box, { state: "detached", ...WAIT });
        return false;
      }
      if ((await page.$(tab)) === null && (await page.$(row)) !== null) {
        await page.click(row);
      }
      return comes(tab);
    });
    await page.waitForSelector(".editor-group-container.active .monaco-editor.focused", WAIT);
    return "Untitled-1";
  };
  /** The ways out that are offered at some words, when one of them is the one meant; the list stands open then. */
  const waysOutAt = async (words, title) => {
    let offered = [];
    await until(`the way out ${title}`, async () => {
      await page.mouse.click(...(await middleOf(words)));
      await page.keyboard.press("Control+.");
      await comes(`.action-widget .monaco-list-row:has-text("${title}")`);
      offered = await texts(".action-widget .monaco-list-row");
      if (offered.some((one) => one.includes(title))) {
        return true;
      }
      await page.keyboard.press("Escape");
      return false;
    }).catch((error) => {
      throw new Error(`${error.message}; offered: ${offered.join(" / ")}`);
    });
    return offered;
  };
  return { texts, placeOf, middleOf, squigglesUnder, until, runCommand, openDraft, newText, waysOutAt };
}

/** Says what passed and what failed, the count last. */
class Tally {
  passed = 0;
  failed = 0;
  begun = Date.now();

  async test(name, check) {
    let line;
    try {
      const seen = await check();
      this.passed += 1;
      line = { test: name, ok: true, seen };
    } catch (error) {
      this.failed += 1;
      line = { test: name, ok: false, error: String(error?.message ?? error).slice(0, 600) };
    }
    console.log(`${((Date.now() - this.begun) / 1000).toFixed(1)} s`, JSON.stringify(line));
    return line.ok;
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

module.exports = { inBrowser, reader, Tally, WAIT };
