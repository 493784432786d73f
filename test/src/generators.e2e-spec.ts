/** The packed generators, run by the tools they are made for; what they generate compiles, and its tests pass. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Consumer, PackedPackages } from './support/packed-packages.js';

const { resolve } = createRequire(import.meta.url);
const NX = join(resolve('nx/package.json'), '../dist/bin/nx.js');
const SCHEMATICS = join(
  resolve('@angular-devkit/schematics-cli/package.json'),
  '../bin/schematics.js',
);
const JEST = join(resolve('jest/package.json'), '../bin/jest.js');

/** Flags that the Nest command line (11) gives to the generators of any collection. */
const NEST_FLAGS = [
  '--collection=@sluice/nx',
  '--no-skip-import',
  '--language=ts',
  '--source-root=src',
  '--spec',
  '--no-flat',
  '--spec-file-suffix=spec',
];

/** Command lines up to the generator's name; `overwrite` is what replaces files that are there. */
const TOOLS = {
  nx: { overwrite: '--force', command: (name: string) => [NX, 'g', `@sluice/nx:${name}`] },
  schematics: {
    overwrite: '--overwrite',
    command: (name: string) => [SCHEMATICS, `@sluice/nx:${name}`, '--no-dry-run', ...NEST_FLAGS],
  },
};

const STRICT = {
  target: 'es2023',
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  isolatedModules: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  useDefineForClassFields: false,
  skipLibCheck: true,
  noEmit: true,
};

const JEST_CONFIG = `export default {
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$': '$1' },
  transform: { '^.+\\\\.ts$': ['@swc/jest', { swcrc: false, module: { type: 'es6' }, jsc: {
    target: 'es2022', parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false } } }] },
};`;

let packages: PackedPackages;
beforeAll(async () => {
  packages = await PackedPackages.create(['engine', 'nestjs', 'testing', 'nx']);
});
afterAll(() => {
  packages.remove();
});

describe.each(['nx', 'schematics'] as const)('the generators, run by %s', (tool) => {
  const { command, overwrite } = TOOLS[tool];
  let consumer: Consumer;
  const generate = (name: string, ...args: readonly string[]) =>
    consumer.nodeWith(
      { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', CI: 'true' },
      ...command(name),
      ...args,
    );
  const has = (path: string) => existsSync(join(consumer.folder, path));

  beforeAll(async () => {
    consumer = await Consumer.create(packages.all);
    consumer.write('nx.json', '{ "neverConnectToCloud": true, "analytics": false }');
    consumer.write('jest.config.mjs', JEST_CONFIG);
  });
  afterAll(() => {
    consumer.remove();
  });

  it('write nothing in a dry run', async () => {
    const before = consumer.read('package.json');
    const said = await generate('gateway', 'price-quotes', '--dry-run');
    expect(said).toContain('src/price-quotes/price-quotes.gateway.ts');
    expect(has('src')).toBe(false);
    expect(consumer.read('package.json')).toBe(before);
  });

  it('refuse what they do not know', async () => {
    await expect(generate('gateway', 'quotes', '--colour=red')).rejects.toThrow(/colour/);
    await expect(generate('gateway', 'chain')).rejects.toThrow(/ChainGateway/);
    expect(has('src')).toBe(false);
  });

  it('generate a gateway and a dialect, and overwrite them only if they are told to', async () => {
    await generate('gateway', 'PriceQuotes');
    await generate('dialect', 'my-chain');
    expect(JSON.parse(consumer.read('package.json'))).toMatchObject({
      dependencies: { '@sluice/nestjs': '^0.1.0' },
      devDependencies: { '@sluice/testing': '^0.1.0' },
    });
    const dto = 'src/price-quotes/price-quotes.dto.ts';
    consumer.write(dto, 'mine');
    await expect(generate('gateway', 'price quotes')).rejects.toThrow(dto);
    expect(consumer.read(dto)).toBe('mine');
    await generate('gateway', 'price quotes', overwrite);
    expect(consumer.read(dto)).toContain('class SubscribePriceQuotes');
  });

  it('generate a package', async () => {
    await generate('dialect', 'kadena', '--package-name=kadena');
    expect(readdirSync(join(consumer.folder, 'packages/kadena')).sort()).toEqual([
      'PROTOCOL.md',
      'README.md',
      'package.json',
      'src',
      'tsconfig.json',
    ]);
    await consumer.node(resolve('typescript/bin/tsc'), '-p', 'packages/kadena');
    const exported = `import('./packages/kadena/dist/index.js').then((m) => console.log(Object.keys(m).join()))`;
    expect(await consumer.node('-e', exported)).toBe(
      'KadenaChain,KadenaGateway,KadenaModule,blockMessage\n',
    );
  });

  it('generate code that type-checks in the strictest settings', async () => {
    const include = ['src/**/*.ts', 'packages/*/src/**/*.ts'];
    expect(await consumer.diagnostics({ compilerOptions: STRICT, include })).toBe('');
  });

  it('generate tests that pass', async () => {
    const report = 'report.json';
    await consumer.nodeWith(
      { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
      JEST,
      '--json',
      `--outputFile=${report}`,
    );
    expect(JSON.parse(consumer.read(report))).toMatchObject({
      numFailedTests: 0,
      numPassedTestSuites: 5,
      numTotalTestSuites: 5,
    });
  });
});

it('the generated code type-checks as CommonJS, as Nest 11 makes applications', async () => {
  const consumer = await Consumer.create(packages.all, 11);
  try {
    const dependencies = { '@nestjs/core': '^11.1.0' };
    consumer.write('package.json', JSON.stringify({ name: 'consumer', dependencies }));
    for (const name of ['gateway', 'dialect']) {
      await consumer.node(...TOOLS.schematics.command(name), 'quotes', `--path=${name}s`);
    }
    expect(consumer.read('src/gateways/quotes/quotes.module.ts')).toContain("'./quotes.gateway'");
    expect(JSON.parse(consumer.read('package.json'))).toMatchObject({
      dependencies: { ...dependencies, '@nestjs/websockets': '^11.0.0' },
    });
    const nest = { ...STRICT, exactOptionalPropertyTypes: false, isolatedModules: false };
    const compilerOptions = {
      ...nest,
      esModuleInterop: true,
      strict: false,
      strictNullChecks: true,
    };
    expect(await consumer.diagnostics({ compilerOptions, include: ['src/**/*.ts'] })).toBe('');
  } finally {
    consumer.remove();
  }
});
