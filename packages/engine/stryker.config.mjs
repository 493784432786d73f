/** `npm run mutate`: see docs/reliability.md. Paths are those of the repository's root, where Stryker runs. */
export default {
  mutate: [
    'packages/engine/src/**/*.ts',
    '!**/*.spec.ts',
    '!packages/engine/src/testing/**',
    '!packages/engine/src/index.ts',
    // Names, labels and help of metrics: data, which a test holds against docs/operations.md.
    '!packages/engine/src/metrics/engine-metrics.ts',
    '!packages/engine/src/metrics/relay-metrics.ts',
  ],
  // What is copied for the mutated tests: the engine and what its configuration extends.
  ignorePatterns: [
    'apps',
    'consumers',
    'docs',
    'scripts',
    'test',
    '/packages/!(engine)/**',
    'dist',
    'out-tsc',
    'coverage',
    '.nx',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'packages/engine/mutation/jest.config.mjs',
    // The runner knows which files to run, and for less than a search of all imports.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // ES modules of tests stay in memory: a process that has run many starts to collect garbage instead.
  maxTestRunnerReuse: 100,
  concurrency: 1,
  plugins: ['@stryker-mutator/*', './packages/engine/mutation/text-for-people.ignorer.mjs'],
  ignorers: ['text-for-people'],
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: 'coverage/mutation/mutation.json' },
  htmlReporter: { fileName: 'coverage/mutation/mutation.html' },
  incrementalFile: 'coverage/mutation/incremental.json',
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
};
