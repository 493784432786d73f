/** `npm test`: installs what is missing, checks, builds and tests everything; ends with `N passed, N failed`. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensurePrograms } from './debian-programs.mjs';
import { ensureInstalled, root, runBin } from './workspace.mjs';

const report = `${root}test-results/jest.json`;

/** Each is one of what the last line counts, beside the tests themselves. */
const checks = [
  ['TypeScript project references', () => runBin('nx', ['sync:check'])],
  ['formatting', () => runBin('prettier', ['--check', '--log-level', 'warn', '.'])],
  [
    'build, lint and types',
    () => runBin('nx', ['run-many', '-t', 'build', 'lint', 'typecheck', '--outputStyle=static']),
  ],
  ['speed beside plain ws', () => runBin('nx', ['run', 'bench:short', '--outputStyle=static'])],
  ['the path of a newcomer', () => runJest('test/alone/jest.config.mjs')],
];

function runJest(config, ...args) {
  return runBin('jest', ['--config', config, ...args], {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  });
}

function runTests() {
  rmSync(report, { force: true });
  mkdirSync(`${root}test-results`, { recursive: true });
  runJest('jest.workspace.mjs', '--json', `--outputFile=${report}`, ...process.argv.slice(2));
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch (error) {
    console.error(`The tests left no report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

ensureInstalled();
ensurePrograms();
let passed = 0;
let failed = 0;
for (const [name, check] of checks) {
  if (check() === 0) {
    passed++;
  } else {
    failed++;
    console.error(`FAILED: ${name}`);
  }
}
const tests = runTests();
passed += tests.passed;
failed += tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;
