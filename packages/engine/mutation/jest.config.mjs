import { fileURLToPath } from 'node:url';
import preset from '../../../jest.preset.mjs';

export default {
  ...preset,
  rootDir: '..',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  runner: '<rootDir>/mutation/reaching-files.runner.mjs',
  // Stryker puts its own around it, and does not know <rootDir>.
  testEnvironment: fileURLToPath(new URL('first-failure.environment.mjs', import.meta.url)),
  setupFiles: ['<rootDir>/mutation/properties.setup.mjs'],
  // A mutant that makes a test wait for ever costs this; the longest property takes half.
  testTimeout: 10_000,
};
