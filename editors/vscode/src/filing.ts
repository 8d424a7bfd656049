// Before you file: what an editor would ask first, each a jump; then the clean text on the clipboard.
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, type Range } from "vscode-languageclient/node";

const COMMAND = "onrecord.file";

interface Line {
  severity: "error" | "warning" | "information" | "hint";
  message: string;
  range: Range;
}

interface Answer {
  refused?: { message: string; range: Range };
  before: Line[];
  leftOut: string[];
  text?: string;
  kept?: string | null;
}

interface Row extends vscode.QuickPickItem {
  line?: Line;
}

/** Shows the list for the draft in the active editor, and files it when asked to. */
export async function beforeYouFile(client: LanguageClient | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (client === undefined || editor === undefined || editor.document.languageId !== "lede") {
    void vscode.window.showInformationMessage("Onrecord: open a draft, then file it.");
    return;
  }
  const ask = (wishes: object): Promise<Answer> =>
    client.sendRequest(ExecuteCommandRequest.type, {
      command: COMMAND,
      arguments: [client.code2ProtocolConverter.asUri(editor.document.uri), wishes],
    }) as Promise<Answer>;
  const answer = await ask({ before: true });
  if (answer.refused !== undefined) {
    jump(editor, client.protocol2CodeConverter.asRange(answer.refused.range));
    void vscode.window.showErrorMessage(answer.refused.message);
    return;
  }
  const picked = await vscode.window.showQuickPick(rows(answer), {
    title: "Before you file",
    placeHolder: answer.before.length === 0 ? "Nothing to ask" : "Go to what is to be looked at, or copy the clean text",
    matchOnDetail: true,
  });
  if (picked === undefined) {
    return;
  }
  if (picked.line !== undefined) {
    jump(editor, client.protocol2CodeConverter.asRange(picked.line.range));
    return;
  }
  const filed = await ask({});
  if (filed.text === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(filed.text);
  await tellFiled(filed);
}

function rows(answer: Answer): Row[] {
  const icons = { error: "$(error)", warning: "$(warning)", information: "$(info)", hint: "$(lightbulb)" };
  const copy: Row = {
    label: "$(clippy) Copy the clean text",
    detail: answer.leftOut.length === 0 ? "Nothing is left out" : `Left out: ${answer.leftOut.join(", ")}`,
  };
  const lines: Row[] = answer.before.map((line) => ({ label: `${icons[line.severity]} ${line.message}`, line }));
  return [...lines, copy];
}

function jump(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  void vscode.window.showTextDocument(editor.document, editor.viewColumn);
}

async function tellFiled(filed: Answer): Promise<void> {
  const open = "Open It";
  const where = filed.kept ? " What was filed is kept." : "";
  const choice = await vscode.window.showInformationMessage(`The clean text is on the clipboard.${where}`, open);
  if (choice === open) {
    const document = await vscode.workspace.openTextDocument({ content: filed.text ?? "", language: "plaintext" });
    await vscode.window.showTextDocument(document);
  }
}
