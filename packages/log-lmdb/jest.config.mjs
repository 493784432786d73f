import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'log-lmdb',
  // Processes of their own, which take their time on a busy machine.
  testTimeout: 60_000,
};
