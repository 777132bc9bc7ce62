import { writeFileSync } from "node:fs";

/**
 * Says vitest's totals as one plain line: `N passed, N failed, N skipped`. A test file that does not load and an error outside any
 * test count as failed. The line goes into the file that FLOWS_COUNTS names, or else out as the last thing the process prints.
 */
export default class CountReporter {
  onTestRunEnd(modules, errors) {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
    }
    // A run that was broken off leaves tests pending: they did not pass.
    const line = `${count.passed} passed, ${count.failed + count.pending} failed, ${count.skipped} skipped`;
    if (process.env.FLOWS_COUNTS) writeFileSync(process.env.FLOWS_COUNTS, `${line}\n`);
    else process.on("exit", () => console.log(line));
  }
}
