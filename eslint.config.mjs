import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import * as jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

/** Arrows between packages point one way: engine <- nestjs <- dialects <- apps. */
const depConstraints = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
  { sourceTag: 'scope:engine', onlyDependOnLibsWithTags: ['scope:engine'] },
  { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: ['scope:engine'] },
  // A black box: it shares no code with what it judges.
  { sourceTag: 'scope:conformance', onlyDependOnLibsWithTags: ['scope:engine', 'scope:testing'] },
  { sourceTag: 'scope:log', onlyDependOnLibsWithTags: ['scope:engine', 'scope:testing'] },
  { sourceTag: 'scope:nestjs', onlyDependOnLibsWithTags: ['scope:engine', 'scope:testing'] },
  { sourceTag: 'scope:relay', onlyDependOnLibsWithTags: ['scope:engine', 'scope:testing'] },
  {
    sourceTag: 'scope:inspector',
    onlyDependOnLibsWithTags: ['scope:engine', 'scope:nestjs', 'scope:testing'],
  },
  {
    sourceTag: 'scope:asyncapi',
    onlyDependOnLibsWithTags: ['scope:engine', 'scope:nestjs', 'scope:testing'],
  },
  {
    sourceTag: 'scope:generators',
    onlyDependOnLibsWithTags: ['scope:engine', 'scope:nestjs', 'scope:testing'],
  },
  {
    sourceTag: 'scope:dialect',
    onlyDependOnLibsWithTags: ['scope:engine', 'scope:nestjs', 'scope:relay', 'scope:testing'],
  },
  {
    // The dialects, nestjs and the mock chain are for its tests only; see below.
    sourceTag: 'scope:cli',
    onlyDependOnLibsWithTags: [
      'scope:engine',
      'scope:relay',
      'scope:testing',
      'scope:conformance',
      'scope:nestjs',
      'scope:dialect',
      'scope:mock',
    ],
  },
  {
    sourceTag: 'scope:mock',
    onlyDependOnLibsWithTags: ['scope:engine', 'scope:dialect', 'scope:testing'],
  },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/coverage', '**/.nx', '**/test-results'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          depConstraints,
          // Shared by scripts and tests of several projects; too little for a package.
          allow: ['/scripts/chromium\\.mjs$'],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Nest modules and typed error maps are classes and interfaces without members of their own.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    // The rule does not see that the methods of a list's items have the list's type.
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', 'packages/conformance/**/*.checks.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    // The command line knows the protocols from their wire alone: it works against nodes without Sluice.
    files: ['packages/cli/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            '@nestjs/*',
            ...['nestjs', 'hathor', 'nano', 'lighthouse', 'bigchaindb', 'basalt', 'mock-chain'].map(
              (name) => `@sluice/${name}{,/**}`,
            ),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    // The compiler checks these modules, with the browser's own types.
    files: ['packages/inspector/page/**/*.js'],
    rules: { 'no-undef': 'off', 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: ['packages/*/package.json'],
    languageOptions: { parser: jsonc },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          buildTargets: ['build'],
          ignoredFiles: [
            '{projectRoot}/jest.config.mjs',
            '{projectRoot}/src/**/*.spec.ts',
            '{projectRoot}/test/**/*.ts',
          ],
          ignoredDependencies: [
            'reflect-metadata',
            'class-transformer',
            '@nestjs/platform-ws',
            '@types/ws',
          ],
        },
      ],
    },
  },
);
