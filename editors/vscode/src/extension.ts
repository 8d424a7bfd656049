// Starts the server when the first draft is open, and keeps it in step with the settings.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { beforeYouFile } from "./filing";
import { findServer } from "./find";
import { offerCleanText } from "./clean";
import { LedgerView } from "./ledger";
import { Panel } from "./panel";
import { beginWithSample } from "./sample";
import { offerCheck } from "./status";

/** The files that say how a project checks its drafts: their keys are completed, explained and looked at too. */
const CONFIGURATION = "**/{onrecord,.onrecord}.toml";

let client: LanguageClient | undefined;
let ledger: LedgerView | undefined;
/** Starts and stops follow one another, whatever asks for them. */
let turn: Promise<void> = Promise.resolve();

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Onrecord", { log: true });
  const start = () => inTurn(() => startServer(context, log));
  const restart = () => inTurn(async () => {
    await stopServer();
    await startServer(context, log);
  });

  offerCheck(context);
  ledger = new LedgerView(context, () => client);
  new Panel(context, ledger);
  offerCleanText(context, () => client);
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("onrecord.restart", restart),
    vscode.commands.registerCommand("onrecord.showLog", () => log.show()),
    vscode.commands.registerCommand("onrecord.openLedger", () => vscode.commands.executeCommand("onrecord.panel.focus")),
    vscode.commands.registerCommand("onrecord.openSample", beginWithSample),
    vscode.commands.registerCommand("onrecord.beforeYouFile", () => beforeYouFile(client)),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document) && client === undefined) {
        void start();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("onrecord.path") && draftIsOpen()) {
        void restart();
      }
    }),
  );
  if (draftIsOpen()) {
    void start();
  }
}

export function deactivate(): Promise<void> {
  return inTurn(stopServer);
}

function draftIsOpen(): boolean {
  return vscode.workspace.textDocuments.some(isOurs);
}

function isOurs(document: vscode.TextDocument): boolean {
  return document.languageId === "lede" || vscode.languages.match({ scheme: "file", pattern: CONFIGURATION }, document) > 0;
}

function inTurn(work: () => Promise<void>): Promise<void> {
  turn = turn.then(work, work);
  return turn;
}

async function startServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  if (client !== undefined) {
    return;
  }
  const setting = vscode.workspace.getConfiguration("onrecord").get<string>("path") ?? "";
  const found = findServer(setting, context.extensionPath);
  if ("missing" in found) {
    log.error(found.missing);
    void tellMissing(found.missing);
    return;
  }
  log.info(`Starting ${found.program}`);
  client = new LanguageClient(
    "onrecord",
    "Onrecord",
    { command: found.program, args: ["serve"] },
    {
      documentSelector: [{ language: "lede" }, { scheme: "file", pattern: CONFIGURATION }],
      outputChannel: log,
      synchronize: { configurationSection: "onrecord" },
      middleware: {
        // From the list of actions, too, the command has its own list here.
        executeCommand: (command, args, next) =>
          command === "onrecord.file" ? beforeYouFile(client) : next(command, args),
      },
    },
  );
  try {
    await client.start();
    void ledger?.refresh();
  } catch (error) {
    client = undefined;
    log.error(String(error));
    void tellMissing(`Onrecord: ${found.program} did not start. The log says why.`);
  }
}

async function stopServer(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function tellMissing(message: string): Promise<void> {
  const settings = "Open Settings";
  const again = "Try Again";
  const log = "Show Log";
  const choice = await vscode.window.showErrorMessage(message, settings, again, log);
  if (choice === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "onrecord.path");
  } else if (choice === again) {
    await vscode.commands.executeCommand("onrecord.restart");
  } else if (choice === log) {
    await vscode.commands.executeCommand("onrecord.showLog");
  }
}
