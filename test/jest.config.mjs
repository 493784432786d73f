import preset from '../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'system',
  testMatch: ['<rootDir>/src/**/*.e2e-spec.ts'],
  // A limit for what hangs; the suites wait for events, not for time.
  testTimeout: 120_000,
};
