// Runs inside the extension host, through the same interface that any extension has.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { wider } = require("./wider.js");

const expected = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "..", "expected.json"), "utf8"));

async function until(what, condition) {
  for (const end = Date.now() + 20000; Date.now() < end; await new Promise((later) => setTimeout(later, 20))) {
    const seen = await condition();
    if (seen) {
      return seen;
    }
  }
  throw new Error(`waited in vain for ${what}`);
}

const nameOf = (diagnostic) => String(diagnostic.code?.value ?? diagnostic.code);

exports.run = async () => {
  const results = [];
  const test = async (name, check) => {
    try {
      results.push({ test: name, seen: await check() });
    } catch (error) {
      results.push({ test: name, error: String(error?.stack ?? error) });
    }
  };
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, expected.file);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const rangeOf = (words) => {
    const from = document.getText().indexOf(words);
    if (from < 0) {
      throw new Error(`the draft has no ${words}`);
    }
    return new vscode.Range(document.positionAt(from), document.positionAt(from + words.length));
  };
  const findings = () => vscode.languages.getDiagnostics(uri);

  await test("inside: the draft is lede", () => {
    if (document.languageId !== "lede") {
      throw new Error(document.languageId);
    }
    return vscode.version;
  });
  for (const { rule, words } of expected.findings) {
    await test(`inside: ${rule} at its words`, () =>
      until(`${rule} at ${words}`, () => {
        const found = findings().find((one) => nameOf(one) === rule && document.getText(one.range) === words);
        return found && { severity: vscode.DiagnosticSeverity[found.severity], message: found.message };
      }),
    );
  }
  await test("inside: nothing but what is expected", () => {
    const names = expected.findings.map(({ rule }) => rule);
    const others = findings().filter((one) => !names.includes(nameOf(one)));
    if (others.length > 0) {
      throw new Error(others.map((one) => `${nameOf(one)}: ${one.message}`).join("; "));
    }
    return findings().length;
  });
  await test("inside: the outline has the headline", async () => {
    const symbols = await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", uri);
    if (!symbols?.length) {
      throw new Error("no symbols");
    }
    return symbols.map((one) => one.name);
  });
  await test("inside: a level set in the settings is taken", async () => {
    const rule = expected.fix.rule;
    const settings = vscode.workspace.getConfiguration("onrecord");
    await settings.update("rules", { [rule]: "off" }, vscode.ConfigurationTarget.Global);
    await until(`${rule} to go`, () => findings().length > 0 && !findings().some((one) => nameOf(one) === rule));
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Global);
    await until(`${rule} to come back`, () => findings().some((one) => nameOf(one) === rule));
    return "off, and on again";
  });
  await test("inside: the server starts anew", async () => {
    await vscode.commands.executeCommand("onrecord.restart");
    return until("findings", () => findings().length);
  });
  await test("inside: an edit is followed", async () => {
    const { words, becomes, rule } = expected.fix;
    await editor.edit((edit) => edit.replace(rangeOf(words), becomes));
    await until(`${rule} to go`, () => findings().length > 0 && !findings().some((one) => nameOf(one) === rule));
    return findings().length;
  });
  await wider({ test, until, uri, document: editor.document, editor, rangeOf, expected });
  fs.writeFileSync(path.join(folder.fsPath, "inside.json"), JSON.stringify(results));
};
