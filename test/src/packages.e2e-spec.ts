/** What `npm publish` would ship: contents, entry points and types, as a consumer without this repository sees them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { Consumer, PackedPackages } from './support/packed-packages.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = readdirSync(join(ROOT, 'packages'));

describe('the packages as npm packs them', () => {
  let packages: PackedPackages;
  let consumer: Consumer;

  beforeAll(async () => {
    packages = await PackedPackages.create();
    consumer = await Consumer.create(packages.all);
  });
  afterAll(() => {
    consumer.remove();
    packages.remove();
  });

  it.each(FOLDERS)(
    '%s: built files, pages that are served, templates, README and licence, and nothing else',
    (folder) => {
      const { files } = packages.of(folder);
      const documents = ['LICENSE', 'README.md', 'package.json'];
      if (existsSync(join(ROOT, 'packages', folder, 'PROTOCOL.md'))) documents.push('PROTOCOL.md');
      if (existsSync(join(ROOT, 'packages', folder, 'generators.json'))) {
        documents.push('generators.json');
      }
      const besides = files.filter((file) => !/^(bin|dist|page|templates|schemas)\//.test(file));
      expect(besides.sort()).toEqual(documents.sort());
      const built = files.filter((file) => !file.startsWith('templates/'));
      expect(
        built.filter((file) => /\.(spec|e2e-spec|test)\.|tsbuildinfo|\.tsx?$/.test(file)),
      ).toEqual(built.filter((file) => file.endsWith('.d.ts')));
      expect(files).toContain('dist/index.js');
      const licence = readFileSync(join(ROOT, 'packages', folder, 'LICENSE'), 'utf8');
      expect(licence).toBe(readFileSync(join(ROOT, 'LICENSE'), 'utf8'));
    },
  );

  it.each(FOLDERS)(
    '%s: every source map carries its sources, as they are not shipped',
    (folder) => {
      const { name, files } = packages.of(folder);
      for (const file of files.filter((path) => path.endsWith('.map'))) {
        const path = join(consumer.folder, 'node_modules', name, file);
        const map = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly unknown[]>;
        expect([file, map.sourcesContent]).toEqual([
          file,
          map.sources?.map(() => expect.any(String)),
        ]);
      }
    },
  );

  it.each(FOLDERS)('%s: publint has nothing to say', async (folder) => {
    const pkgDir = join(consumer.folder, 'node_modules', packages.of(folder).name);
    const { messages } = await publint({ pkgDir, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it.each(FOLDERS)(
    '%s: types are found and are right, as ESM and through require',
    async (folder) => {
      const tarball = new Uint8Array(readFileSync(packages.of(folder).tarball));
      const result = await checkPackage(createPackageFromTarballData(tarball));
      if (result.types === false) throw new Error(`${folder} has no types`);
      // ESM is all there is, which CommonJS may load since Node 20.19; the resolution of Node 10 knows no sub-paths.
      const found = result.problems.filter(
        (problem) =>
          problem.kind !== 'CJSResolvesToESM' &&
          !(problem.kind === 'NoResolution' && problem.resolutionKind === 'node10'),
      );
      expect(found).toEqual([]);
    },
  );

  it('every entry point can be imported in plain Node, and required from CommonJS', async () => {
    const entryPoints = packages.all.flatMap((each) => each.entryPoints);
    expect(entryPoints).toEqual(
      expect.arrayContaining(['@sluice/engine', '@sluice/hathor', '@sluice/hathor/codec']),
    );
    const list = JSON.stringify(entryPoints);
    consumer.write(
      'imports.mjs',
      `import 'reflect-metadata';
       for (const name of ${list}) console.log(name, Object.keys(await import(name)).sort().join());`,
    );
    consumer.write(
      'requires.cjs',
      `require('reflect-metadata');
       for (const name of ${list}) console.log(name, Object.keys(require(name)).sort().join());`,
    );
    const imported = await consumer.node('imports.mjs');
    expect(imported.trimEnd().split('\n')).toEqual(
      entryPoints.map((name) => expect.stringMatching(`^${name} \\w+(,\\w+)*$`)),
    );
    // From Node 22 on, without a warning; 20.19 warns and loads it all the same.
    expect(await consumer.node('--disable-warning=ExperimentalWarning', 'requires.cjs')).toBe(
      imported,
    );
  });

  it('an application type-checks against them, as ESM and as CommonJS', async () => {
    consumer.write('application.mts', APPLICATION);
    consumer.write('application.cts', APPLICATION);
    consumer.write(
      'entry-points.mts',
      packages.all
        .flatMap((each) => each.entryPoints)
        .map((name, index) => `export * as entry${index} from '${name}';`)
        .join('\n'),
    );
    expect(await consumer.diagnostics(TSCONFIG)).toBe('');
  });

  it('an event that does not exist does not type-check', async () => {
    consumer.write('wrong.mts', APPLICATION.replace("'node.crashed'", "'node.crashd'"));
    const compilerOptions = { ...TSCONFIG.compilerOptions, skipLibCheck: true };
    const found = await consumer.diagnostics({ compilerOptions, files: ['wrong.mts'] });
    expect(found).toMatch(/^wrong\.mts\(\d+,\d+\): error .*node\.crashd/);
    expect(found.trimEnd().split('\n')).toHaveLength(1);
  });
});

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    noEmit: true,
    // Our declarations are checked as well, and whatever they refer to.
    skipLibCheck: false,
  },
  files: ['application.mts', 'application.cts', 'entry-points.mts'],
};

const APPLICATION = `
import { Injectable, Module } from '@nestjs/common';
import { EventBus, memoryLog } from '@sluice/engine';
import { HathorModule } from '@sluice/hathor';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule } from '@sluice/nestjs';

@Injectable()
export class Node {
  constructor(private readonly bus: EventBus) {}

  async crash(): Promise<void> {
    await this.bus.publish('node.crashed', {});
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({ log: process.env.EVENT_LOG ? lmdbLog({ path: process.env.EVENT_LOG }) : memoryLog() }),
    HathorModule.forRoot({ network: 'mainnet' }),
  ],
  providers: [Node],
})
export class AppModule {}
`;
