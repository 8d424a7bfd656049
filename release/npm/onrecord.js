#!/usr/bin/env node
// Starts the binary that the package of this platform carries.
"use strict";
const { spawn } = require("node:child_process");

const name = `@onrecord/${process.platform}-${process.arch}`;
const exe = process.platform === "win32" ? ".exe" : "";
let binary;
try {
  binary = require.resolve(`${name}/bin/onrecord${exe}`);
} catch {
  console.error(
    `onrecord: the package ${name} is not installed. It comes with @onrecord/cli unless npm was told to leave optional packages out (--omit=optional); install again without that, or build from source.`
  );
  process.exit(2);
}
const child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`onrecord: ${binary} cannot be started: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code)));
