// A first draft to look at, for the walkthrough: invented, and with something to find in it.
import * as vscode from "vscode";

const SAMPLE = `Council weighs sale of harbor ferry

By Nora Lindqvist

PORT ELLERY, March 12, 2026 — The city council is preparing to sell the last ferry to Gull Island, according to three people familiar with the talks.

“We cannot keep a boat that loses money every day it sails,” Councilwoman Maren Holt said in an interview on March 10. “Not for another year.”

It is widely believed that the boat will be scrapped.

Islanders filled the hall on Tuesday. “Nobody asked us how our children are supposed to get to school.”

Holt said the council would vote in April.
`;

/** Opens the sample as an untitled draft. */
export async function beginWithSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: SAMPLE, language: "lede" });
  await vscode.window.showTextDocument(document);
}
