// A panel beside the draft: who is quoted how often and on what terms; a click goes to the words.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Item, Ledger, LedgerView, Voice } from "./ledger";

/** Shows the ledger that `view` holds, whenever it changes. */
export class Panel implements vscode.WebviewViewProvider {
  private shown: vscode.WebviewView | undefined;

  constructor(context: vscode.ExtensionContext, private readonly view: LedgerView) {
    context.subscriptions.push(
      vscode.window.registerWebviewViewProvider("onrecord.panel", this),
      view.onDidChangeTreeData(() => this.draw()),
    );
  }

  resolveWebviewView(shown: vscode.WebviewView): void {
    this.shown = shown;
    shown.webview.options = { enableScripts: true, localResourceRoots: [] };
    shown.webview.onDidReceiveMessage((message: { voice: number; item: number }) => {
      void this.view.goTo(message.voice, message.item);
    });
    shown.onDidDispose(() => (this.shown = undefined));
    this.draw();
  }

  private draw(): void {
    if (this.shown !== undefined) {
      this.shown.webview.html = page(this.view.current());
    }
  }
}

const STYLE = `
body { padding: 0 10px 10px; font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); color: var(--vscode-foreground); }
.summary, .none { color: var(--vscode-descriptionForeground); margin: 8px 0; }
details { border-top: 1px solid var(--vscode-widget-border, transparent); padding: 5px 0; }
summary { cursor: pointer; display: grid; grid-template-columns: 1fr auto; gap: 2px 8px; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, button:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.count { font-variant-numeric: tabular-nums; color: var(--vscode-descriptionForeground); }
.terms { grid-column: 1 / -1; font-size: 0.9em; color: var(--vscode-descriptionForeground); }
.terms.unsaid { color: var(--vscode-editorWarning-foreground); }
.open .name { color: var(--vscode-editorWarning-foreground); }
.bar { grid-column: 1 / -1; height: 3px; background: var(--vscode-scrollbarSlider-background); }
.bar i { display: block; height: 100%; background: var(--vscode-charts-blue); }
button { all: unset; box-sizing: border-box; display: block; width: 100%; cursor: pointer; padding: 3px 0 3px 10px; overflow-wrap: anywhere; color: var(--vscode-textLink-foreground); }
button:hover { background: var(--vscode-list-hoverBackground); }
button span { color: var(--vscode-descriptionForeground); }
`;

const SCRIPT = `
const editor = acquireVsCodeApi();
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) {
    editor.postMessage({ voice: Number(button.dataset.voice), item: Number(button.dataset.item) });
  }
});
const open = new Set(editor.getState()?.open ?? []);
for (const one of document.querySelectorAll("details")) {
  one.open = open.has(one.dataset.name);
  one.addEventListener("toggle", () => {
    open[one.open ? "add" : "delete"](one.dataset.name);
    editor.setState({ open: [...open] });
  });
}
`;

function page(ledger: Ledger | undefined): string {
  const nonce = randomBytes(16).toString("hex");
  const body =
    ledger === undefined || ledger.voices.length === 0
      ? `<p class="none">${ledger === undefined ? "Open a news draft to see who speaks in it." : "Nobody speaks in this draft yet."}</p>`
      : `<p class="summary">${escaped(ledger.summary)}</p>${rows(ledger.voices)}`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<style nonce="${nonce}">${STYLE}${shares(ledger)}</style></head><body>${body}<script nonce="${nonce}">${SCRIPT}</script></body></html>`;
}

/** The widths of the bars, as rules: a style in an element would need a looser policy. */
function shares(ledger: Ledger | undefined): string {
  const voices = ledger?.voices ?? [];
  const most = Math.max(1, ...voices.map((voice) => voice.quotes + voice.paraphrases));
  return voices.map((voice, index) => `#share-${index} { width: ${Math.round((100 * (voice.quotes + voice.paraphrases)) / most)}%; }`).join("\n");
}

function rows(voices: Voice[]): string {
  return voices.map((voice, index) => {
    const items = voice.items.map((item, at) => row(item, index, at)).join("");
    const isOpen = voice.kind === "open";
    const count = isOpen ? String(voice.items.length) : [counted(voice.quotes, "quote"), counted(voice.paraphrases, "paraphrase")].filter(Boolean).join(", ");
    const terms = isOpen ? "" : `<span class="terms${voice.terms === "" ? " unsaid" : ""}">${escaped(voice.terms || "terms not noted")}</span>`;
    const bar = isOpen ? "" : `<span class="bar"><i id="share-${index}"></i></span>`;
    return `<details class="${voice.kind}" data-name="${escaped(voice.name)}"><summary><span class="name">${escaped(voice.name)}</span><span class="count">${count}</span>${terms}${bar}</summary>${items}</details>`;
  }).join("");
}

function row(item: Item, voice: number, at: number): string {
  return `<button data-voice="${voice}" data-item="${at}">${escaped(item.words)} <span>${escaped(item.detail)}</span></button>`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function escaped(words: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return words.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
