// The source ledger: who speaks in the draft, what they say, and what nobody stands for; beside the text and in the status bar.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

export interface Item {
  words: string;
  detail: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

export interface Voice {
  name: string;
  detail: string;
  quotes: number;
  paraphrases: number;
  /** Empty where none are noted. */
  terms: string;
  kind: "person" | "body" | "document" | "unnamed" | "open";
  items: Item[];
}

export interface Ledger {
  summary: string;
  voices: Voice[];
}

const ICONS = { person: "person", body: "organization", document: "file-text", unnamed: "eye-closed", open: "question" };

/** How long the text must rest before the ledger is asked for again, in milliseconds. */
const REST = 400;

/** Shows the ledger of the draft at hand. `client` gives the server's client while there is one. */
export class LedgerView implements vscode.TreeDataProvider<Voice | Item> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly status = vscode.window.createStatusBarItem("onrecord.ledger", vscode.StatusBarAlignment.Left, 10);
  private readonly view: vscode.TreeView<Voice | Item>;
  private ledger: Ledger | undefined;
  private uri: vscode.Uri | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(context: vscode.ExtensionContext, private readonly client: () => LanguageClient | undefined) {
    this.status.name = "Onrecord: source ledger";
    this.status.command = "onrecord.ledger.focus";
    this.view = vscode.window.createTreeView("onrecord.ledger", { treeDataProvider: this, showCollapseAll: true });
    context.subscriptions.push(
      this.changed,
      this.status,
      this.view,
      { dispose: () => clearTimeout(this.timer) },
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // A list or a log in front of the text is no reason to forget it.
        if (editor === undefined || editor.document.uri.scheme === "output") {
          return;
        }
        void this.refresh();
      }),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === vscode.window.activeTextEditor?.document) {
          this.refreshSoon();
        }
      }),
      vscode.workspace.onDidOpenTextDocument(() => this.refreshSoon()),
    );
  }

  refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), REST);
  }

  async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const client = this.client();
    const isDraft = document?.languageId === "lede" && client?.isRunning() === true;
    let ledger: Ledger | undefined;
    if (isDraft) {
      const uri = client.code2ProtocolConverter.asUri(document.uri);
      try {
        ledger = (await client.sendRequest<Ledger | null>("onrecord/ledger", { textDocument: { uri } })) ?? undefined;
      } catch {
        // The server is going or was replaced; the next change asks again.
        return;
      }
      if (document !== vscode.window.activeTextEditor?.document) {
        return;
      }
    }
    this.ledger = ledger;
    this.uri = document?.uri;
    this.view.message = ledger?.summary || undefined;
    this.showStatus();
    this.changed.fire();
  }

  /** The ledger that is shown; none where no draft is at hand. */
  current(): Ledger | undefined {
    return this.ledger;
  }

  /** Selects some words of a voice in the draft. */
  async goTo(voice: number, item: number): Promise<void> {
    const found = this.ledger?.voices[voice]?.items[item];
    if (found === undefined || this.uri === undefined) {
      return;
    }
    const { start, end } = found.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(this.uri, { selection });
  }

  private showStatus(): void {
    if (this.ledger === undefined || this.ledger.summary === "") {
      this.status.hide();
      return;
    }
    const voices = this.ledger.voices.filter((voice) => voice.kind !== "open");
    const unnamed = voices.filter((voice) => voice.kind === "unnamed").length;
    const open = this.ledger.voices.filter((voice) => voice.kind === "open").reduce((sum, voice) => sum + voice.items.length, 0);
    this.status.text = `$(quote) ${voices.length} $(eye-closed) ${unnamed} $(question) ${open}`;
    this.status.tooltip = `${voices.length} who speak, ${unnamed} without a name, ${open} open.\n${this.ledger.summary}`;
    this.status.accessibilityInformation = { label: `Source ledger: ${this.ledger.summary}` };
    this.status.show();
  }

  getChildren(element?: Voice | Item): (Voice | Item)[] {
    if (element === undefined) {
      return this.ledger?.voices ?? [];
    }
    return "items" in element ? element.items : [];
  }

  getTreeItem(element: Voice | Item): vscode.TreeItem {
    if ("items" in element) {
      const item = new vscode.TreeItem(element.name, vscode.TreeItemCollapsibleState.Collapsed);
      item.description = element.detail;
      item.iconPath = new vscode.ThemeIcon(ICONS[element.kind]);
      item.tooltip = `${element.name}: ${element.detail}`;
      return item;
    }
    const item = new vscode.TreeItem(element.words);
    item.description = element.detail;
    item.tooltip = element.words;
    const { start, end } = element.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    item.command = { command: "vscode.open", title: "Show in the draft", arguments: [this.uri, { selection }] };
    return item;
  }
}
