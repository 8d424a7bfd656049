// What VS Code asks beyond a place, and what it changes: rename, organisation, every draft that quotes somebody, who quotes whom,
// signs in the text, tidying, a file that gets another name. Each by VS Code's own commands.
const vscode = require("vscode");

exports.wider = async ({ test, until, uri, document, editor, rangeOf, expected }) => {
  const at = (words) => rangeOf(words).start;
  const command = (name, ...rest) => vscode.commands.executeCommand(name, ...rest);

  await test("inside: a name is renamed through the draft", async () => {
    const before = document.getText();
    const edit = await command("vscode.executeDocumentRenameProvider", uri, at(expected.hover.on), expected.rename.to);
    await vscode.workspace.applyEdit(edit);
    const has = document.getText().includes(expected.rename.leaves);
    await editor.edit((change) => change.replace(new vscode.Range(0, 0, document.lineCount, 0), before));
    if (!has) {
      throw new Error("the new name is not in the text");
    }
    return expected.rename.leaves;
  });
  await test("inside: every quotation of a person, and every place that names them", async () => {
    const quoted = await command("vscode.executeImplementationProvider", uri, at(expected.hover.on));
    const named = await command("vscode.executeReferenceProvider", uri, at(expected.hover.on));
    if (quoted.length === 0 || named.length <= quoted.length) {
      throw new Error(`${quoted.length} quotations, ${named.length} places`);
    }
    return { quoted: quoted.length, named: named.length };
  });
  await test("inside: who quotes whom", async () => {
    const [item] = await command("vscode.prepareCallHierarchy", uri, at(expected.hover.on));
    const calls = await command("vscode.provideIncomingCalls", item);
    if (!item.name.includes(expected.hover.says) || calls.length === 0) {
      throw new Error(`${item.name}: ${calls.length}`);
    }
    return calls.map((call) => `${call.from.name} quotes ${item.name} ${call.fromRanges.length} times`);
  });
  await test("inside: a sign says whom “he said” means, for those who switch it on", async () => {
    const settings = vscode.workspace.getConfiguration("onrecord");
    await settings.update("inlayHints", { antecedent: true, role: true }, vscode.ConfigurationTarget.Global);
    const end = document.positionAt(document.getText().indexOf("\n\n###"));
    await editor.edit((change) => change.insert(end, " It would sail again, she said. “We will find the money for that.”"));
    const whole = () => new vscode.Range(0, 0, document.lineCount, 0);
    const labels = await until("the signs", async () => {
      const hints = await command("vscode.executeInlayHintProvider", uri, whole());
      const labels = (hints ?? []).map((hint) => String(hint.label));
      return labels.some((label) => label.startsWith("— ")) && labels.some((label) => label.startsWith("= ")) && labels;
    });
    await settings.update("inlayHints", undefined, vscode.ConfigurationTarget.Global);
    return labels;
  });
  await test("inside: marks and records are tidied", async () => {
    const untidy = "[^holt]:interview,Maren Holt;on record";
    const lines = document.lineCount;
    await editor.edit((change) => change.insert(new vscode.Position(lines, 0), `\n${untidy.replace("^holt", "^second")}\n`));
    const edits = await command("vscode.executeFormatDocumentProvider", uri, { tabSize: 2, insertSpaces: true });
    const change = new vscode.WorkspaceEdit();
    change.set(uri, edits);
    await vscode.workspace.applyEdit(change);
    if (!document.getText().includes("[^second]: interview, Maren Holt; on record")) {
      throw new Error(document.getText());
    }
    return edits.length;
  });
  await test("inside: drafts follow a notes file that gets another name", async () => {
    const folder = vscode.workspace.workspaceFolders[0].uri;
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(vscode.Uri.joinPath(folder, "notes/holt.txt"), vscode.Uri.joinPath(folder, "notes/holt-interview.txt"));
    await vscode.workspace.applyEdit(rename);
    await until("the new name", () => document.getText().includes("file: notes/holt-interview.txt"));
    return "notes/holt-interview.txt";
  });
};
