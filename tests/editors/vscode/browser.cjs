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

module.exports = { inBrowser, Tally };
