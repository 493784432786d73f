import preset from '../jest.preset.mjs';

export default { ...preset, displayName: 'system', testMatch: ['<rootDir>/src/**/*.e2e-spec.ts'] };
