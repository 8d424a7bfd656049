// Runs suite.js inside VS Code's extension host and prints what it found.   Usage: node inside.cjs URL FOLDER RESULT
const fs = require("node:fs");
const path = require("node:path");
const { inBrowser, Tally } = require("./browser.cjs");

const [url, folder, result] = process.argv.slice(2);
const tally = new Tally();

inBrowser(async (page) => {
  const authority = new URL(url).host;
  const at = (place) => ({ $mid: 1, scheme: "vscode-remote", authority, path: place });
  const suite = path.join(__dirname, "suite");
  // The workbench reads its configuration from the page; a test run is asked for there, before it loads.
  await page.addInitScript(
    (options) =>
      new MutationObserver((_, observer) => {
        const meta = document.getElementById("vscode-workbench-web-configuration");
        if (!meta) {
          return;
        }
        observer.disconnect();
        const configuration = JSON.parse(meta.dataset.settings);
        configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
        meta.dataset.settings = JSON.stringify(configuration);
      }).observe(document, { childList: true, subtree: true }),
    { enableSmokeTestDriver: true, extensions: [at(suite)], extensionTestsPath: at(path.join(suite, "index")) },
  );
  let ended;
  await page.exposeFunction("codeAutomationLog", () => {});
  await page.exposeFunction("codeAutomationExit", (code) => {
    ended = code;
  });
  const file = path.join(folder, "inside.json");
  await page.goto(`${url}/?folder=${folder}`);
  for (const end = Date.now() + 120000; Date.now() < end && ended === undefined && !fs.existsSync(file); ) {
    await page.waitForTimeout(100);
  }
  if (!fs.existsSync(file)) {
    throw new Error(`no result from inside; exit ${ended}`);
  }
  fs.copyFileSync(file, result);
  for (const { test, seen, error } of JSON.parse(fs.readFileSync(file, "utf8"))) {
    await tally.test(test, () => {
      if (error) {
        throw new Error(error);
      }
      return seen;
    });
  }
})
  .catch((error) => tally.test("the extension host", () => Promise.reject(error)))
  .finally(() => tally.end());
