import { cpSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import ts from "typescript";

/** Writes the declarations of the package in this folder: of all that its entries reach, each with a map to the source that is shipped beside. */
const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.values(exports).flatMap((entry) => entry["flows-source"] ?? []);
const fail = (fault) => {
  throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, "\n"));
};
const { options } = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail });

const program = ts.createProgram(entries, {
  ...options,
  // What other packages publish, so that their sources are not part of this one.
  customConditions: [],
  rootDir: "src",
  outDir: "dist",
  noEmit: false,
  emitDeclarationOnly: true,
  declaration: true,
  declarationMap: true,
});
/** Declarations written by hand, beside JavaScript, are not emitted. */
const byHand = program
  .getSourceFiles()
  .filter(({ fileName, isDeclarationFile }) => isDeclarationFile && fileName.startsWith(resolve("src")));
for (const { fileName } of byHand) cpSync(fileName, resolve("dist", relative("src", fileName)));

const faults = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
if (faults.length > 0) {
  console.error(
    ts.formatDiagnostics(faults, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getNewLine: () => "\n",
    }),
  );
  process.exitCode = 1;
}
