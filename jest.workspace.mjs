/** All projects in one run, for `npm test`; a single project is tested with `nx test NAME`. */
export default {
  projects: [
    '<rootDir>/packages/*/jest.config.mjs',
    '<rootDir>/apps/*/jest.config.mjs',
    '<rootDir>/test/jest.config.mjs',
  ],
  workerIdleMemoryLimit: '500MB',
};
