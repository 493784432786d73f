/** Tests that have Nx put builds in place again, which other tests must not meet half done: they run before all others. */
import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'alone',
  testMatch: ['<rootDir>/*.e2e-spec.ts'],
};
