// The clean text of a draft: copied, opened beside it as a document that cannot be edited, or saved as a file.
import * as vscode from "vscode";
import type { LanguageClient, Range } from "vscode-languageclient/node";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

const SCHEME = "onrecord-clean";

interface Before {
  refused?: { message: string; range: Range };
  leftOut?: string[];
}

/** Offers the three commands. `client` gives the server's client while there is one; it shows documents of the server by itself. */
export function offerCleanText(context: vscode.ExtensionContext, client: () => LanguageClient | undefined): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("onrecord.copyCleanText", () => withCopy(client(), async (text, leftOut) => {
      await vscode.env.clipboard.writeText(text);
      void vscode.window.showInformationMessage(`Onrecord: the clean text is on the clipboard.${leftOut}`);
    })),
    vscode.commands.registerCommand("onrecord.openCleanText", () => withCopy(client(), async (_text, _leftOut, uri) => {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
    })),
    vscode.commands.registerCommand("onrecord.exportCleanText", () => withCopy(client(), async (text, leftOut, uri) => {
      const draft = vscode.Uri.parse(draftOf(uri) ?? "");
      const beside = draft.scheme === "file" ? draft.with({ path: draft.path.replace(/(\.lede)?(\.md)?$/, ".clean.txt") }) : undefined;
      const target = await vscode.window.showSaveDialog({ defaultUri: beside, filters: { Text: ["txt"] }, title: "Export the clean text" });
      if (target !== undefined) {
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
        void vscode.window.showInformationMessage(`Onrecord: the clean text is in ${vscode.workspace.asRelativePath(target)}.${leftOut}`);
      }
    })),
  );
}

/** The address of a draft's clean text. */
function addressOf(draft: vscode.Uri): vscode.Uri {
  const name = draft.path.split("/").pop()?.replace(/(\.lede)?(\.md)?$/, "") || "draft";
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name} (clean).txt`, query: `draft=${encodeURIComponent(draft.toString())}` });
}

function draftOf(uri: vscode.Uri): string | undefined {
  return new URLSearchParams(uri.query).get("draft") ?? undefined;
}

async function textOf(client: LanguageClient | undefined, uri: vscode.Uri): Promise<string | undefined> {
  const draft = draftOf(uri);
  if (client === undefined || draft === undefined) {
    return undefined;
  }
  // As the server reads an address: the draft's own is one value of the query.
  const asked = `${SCHEME}:/copy.txt?draft=${encodeURIComponent(draft)}`;
  const answer = await client.sendRequest<{ text: string }>("workspace/textDocumentContent", { uri: asked });
  return answer.text;
}

async function withCopy(
  client: LanguageClient | undefined,
  take: (text: string, leftOut: string, uri: vscode.Uri) => Promise<void>,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (client === undefined || editor === undefined || editor.document.languageId !== "lede") {
    void vscode.window.showInformationMessage("Onrecord: open a draft first.");
    return;
  }
  const before = (await client.sendRequest(ExecuteCommandRequest.type, {
    command: "onrecord.file",
    arguments: [client.code2ProtocolConverter.asUri(editor.document.uri), { before: true }],
  })) as Before;
  if (before.refused !== undefined) {
    const range = client.protocol2CodeConverter.asRange(before.refused.range);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    void vscode.window.showErrorMessage(before.refused.message);
    return;
  }
  const uri = addressOf(editor.document.uri);
  const text = await textOf(client, uri);
  if (text !== undefined) {
    const leftOut = before.leftOut?.length ? ` Left out: ${before.leftOut.join(", ")}.` : "";
    await take(text, leftOut, uri);
  }
}
