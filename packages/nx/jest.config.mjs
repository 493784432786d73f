import preset from '../../jest.preset.mjs';

/** The templates are code: their specs run here as they will where they are generated. */
const testMatch = [...preset.testMatch, '<rootDir>/templates/**/*.spec.ts'];

export default { ...preset, displayName: 'nx', testMatch };
