/**
 * Runs the spec files that can notice a mutant and no others: of a mutant, Stryker says only the names of the tests that
 * reach it, and Jest would load every file to look for them. Quickest first, and none after the first that fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import JestRunner from 'jest-runner';

export default class ReachingFilesRunner extends JestRunner {
  #failed = false;

  async runTests(tests, watcher, options) {
    this.on('test-file-failure', () => {
      this.#failed = true;
    });
    this.on('test-file-success', ([, { numFailingTests }]) => {
      this.#failed ||= numFailingTests > 0;
    });
    const { testNamePattern, rootDir } = this._globalConfig;
    // Lives as long as the sandbox: Stryker's processes come and go, and the first one alone runs all tests.
    const notes = join(rootDir, 'spec-files.json');
    if (testNamePattern === undefined || testNamePattern === '') {
      await this.#runAll(tests, notes, watcher, options);
      return;
    }
    const pattern = new RegExp(testNamePattern, 'i');
    const files = new Map(JSON.parse(readFileSync(notes, 'utf8')));
    const reaching = tests
      .filter(({ path }) => files.get(path).names.some((name) => pattern.test(name)))
      .sort((a, b) => files.get(a.path).ms - files.get(b.path).ms);
    for (const test of reaching) {
      if (this.#failed) return;
      await super.runTests([test], watcher, options);
    }
  }

  async #runAll(tests, notes, watcher, options) {
    const files = [];
    this.on('test-file-success', ([{ path }, { perfStats, testResults }]) => {
      files.push([
        path,
        { ms: perfStats.runtime, names: testResults.map((test) => test.fullName) },
      ]);
    });
    await super.runTests(tests, watcher, options);
    writeFileSync(notes, JSON.stringify(files));
  }
}
