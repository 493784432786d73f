/**
 * Options of a whole run. Specs hold sockets, processes and files of their own: the limit of time is there to end a test
 * that hangs, also on a machine that is busy, not to measure one. They wait more than they compute: one worker a core.
 */
export const runner = { maxWorkers: '100%', workerIdleMemoryLimit: '500MB', testTimeout: 120_000 };

/** Shared by every project: ESM specs, TypeScript through swc, sibling packages read from source. */
export default {
  ...runner,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@sluice/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          keepClassNames: true,
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
      },
    ],
  },
};
