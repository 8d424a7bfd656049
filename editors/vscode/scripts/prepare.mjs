// Puts what the extension shares with the rest of the project beside it: the grammar and the licences.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const project = join(here, "..", "..");

mkdirSync(join(here, "syntaxes"), { recursive: true });
copyFileSync(join(project, "grammar", "lede.tmLanguage.json"), join(here, "syntaxes", "lede.tmLanguage.json"));

const licences = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => join(project, name)).filter(existsSync);
writeFileSync(join(here, "LICENSE.txt"), licences.map((file) => readFileSync(file, "utf8")).join("\n\n"));
