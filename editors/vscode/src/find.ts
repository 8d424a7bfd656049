// Where the server is: in the setting, beside the extension, or on the PATH.
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

/** The server's program, or why there is none, in words for the person at the desk. */
export type Found = { program: string } | { missing: string };

const PROGRAM = process.platform === "win32" ? "onrecord.exe" : "onrecord";

/** Looks for the server: `setting` as the person wrote it, then `extensionFolder`, then the PATH. */
export function findServer(setting: string, extensionFolder: string): Found {
  const wanted = setting.trim();
  if (wanted !== "") {
    const program = wanted.startsWith("~/") ? join(homedir(), wanted.slice(2)) : wanted;
    if (isAbsolute(program) ? isProgram(program) : onPath(program) !== undefined) {
      return { program: isAbsolute(program) ? program : onPath(program)! };
    }
    return { missing: `Onrecord: there is no program at “${wanted}”. Correct the setting onrecord.path, or empty it.` };
  }
  const bundled = join(extensionFolder, "server", PROGRAM);
  const program = isProgram(bundled) ? bundled : onPath(PROGRAM);
  if (program !== undefined) {
    return { program };
  }
  return {
    missing:
      "Onrecord: the program “onrecord” was not found. Install it (cargo install onrecord), " +
      "or say where it is in the setting onrecord.path.",
  };
}

function onPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
