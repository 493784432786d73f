/**
 * Runs the spec files that can notice a mutant, and none after the first that does. Of a mutant, Stryker says only the
 * names of the tests that reach it, and Jest would load every file to look for them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import JestRunner from 'jest-runner';

export default class ReachingFilesRunner extends JestRunner {
  async runTests(tests, watcher, options) {
    const { rootDir, testNamePattern } = this._globalConfig;
    // Lives as long as the sandbox: Stryker's processes come and go, and the first one alone runs without a mutant.
    const notes = join(rootDir, 'spec-files.json');
    if (!existsSync(notes)) {
      await this.#runAll(tests, notes, watcher, options);
      return;
    }
    const files = JSON.parse(readFileSync(notes, 'utf8'));
    const pattern = new RegExp(testNamePattern ?? '', 'i');
    const failed = this.#nextFailure();
    for (const file of files.filter(({ names }) => names.some((name) => pattern.test(name)))) {
      const found = tests.filter(({ path }) => path === file.path);
      await super.runTests(found, watcher, options);
      if (!failed()) continue;
      // Mutants come file by file: who noticed this one will notice many of the next.
      const others = files.filter((other) => other !== file);
      writeFileSync(notes, JSON.stringify([file, ...others]));
      return;
    }
  }

  #nextFailure() {
    let failed = false;
    this.on('test-file-failure', () => (failed = true));
    this.on('test-file-success', ([, { numFailingTests }]) => (failed ||= numFailingTests > 0));
    return () => failed;
  }

  /** Notes which tests are in which file, those of quick files first. */
  async #runAll(tests, notes, watcher, options) {
    const files = [];
    this.on('test-file-success', ([{ path }, { perfStats, testResults }]) => {
      const names = testResults.map(({ fullName }) => fullName);
      files.push({ path, names, ms: perfStats.runtime });
    });
    await super.runTests(tests, watcher, options);
    files.sort((one, other) => one.ms - other.ms);
    writeFileSync(notes, JSON.stringify(files));
  }
}
