// One click from plain text to a checked draft.
import * as vscode from "vscode";

/** Offers "Check as news draft" in the status bar for plain text and for texts that were never saved. */
export function offerCheck(context: vscode.ExtensionContext): void {
  const item = vscode.window.createStatusBarItem("onrecord.checkAsDraft", vscode.StatusBarAlignment.Right, 90);
  item.name = "Onrecord";
  item.text = "$(book) Check as news draft";
  item.tooltip = "Read this text as a news draft and show what Onrecord finds";
  item.command = "onrecord.checkAsDraft";

  const refresh = () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined && mayBeDraft(document)) {
      item.show();
    } else {
      item.hide();
    }
  };
  context.subscriptions.push(
    item,
    vscode.commands.registerCommand("onrecord.checkAsDraft", checkAsDraft),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    // A change of language closes the text and opens it again.
    vscode.workspace.onDidOpenTextDocument(refresh),
  );
  refresh();
}

function mayBeDraft(document: vscode.TextDocument): boolean {
  const untitled = document.uri.scheme === "untitled" && document.languageId !== "lede";
  return untitled || (document.languageId === "plaintext" && document.uri.scheme === "file");
}

async function checkAsDraft(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) {
    await vscode.languages.setTextDocumentLanguage(document, "lede");
  }
}
