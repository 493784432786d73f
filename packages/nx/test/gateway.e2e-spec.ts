import { describe, expect, it } from '@jest/globals';
import { generateGateway } from '../src/index.js';
import { MemoryTree } from './support/memory-tree.js';

const MODULE = { name: 'app', type: 'module', devDependencies: { jest: '^30.0.0' } };

describe('the gateway generator', () => {
  it('makes a folder with the gateway and everything that belongs to it', () => {
    const tree = new MemoryTree({ 'package.json': MODULE });
    const { files } = generateGateway(tree, { name: 'PriceQuotes' });
    expect(files).toEqual([
      'src/price-quotes/price-quotes.dto.ts',
      'src/price-quotes/price-quotes.event.ts',
      'src/price-quotes/price-quotes.filter.ts',
      'src/price-quotes/price-quotes.gateway.spec.ts',
      'src/price-quotes/price-quotes.gateway.ts',
      'src/price-quotes/price-quotes.module.ts',
    ]);
    const gateway = tree.text('src/price-quotes/price-quotes.gateway.ts');
    expect(gateway).toContain("@ChainGateway({ path: '/price-quotes'");
    expect(gateway).toContain('export class PriceQuotesGateway');
    expect(files.map((path) => tree.text(path)).join('')).not.toMatch(/readings/i);
  });

  it.each([
    [{ name: 'quotes', path: 'apps/api/src' }, 'apps/api/src/quotes'],
    [{ name: 'quotes', path: './lib//' }, 'lib/quotes'],
    [{ name: 'quotes', flat: true }, 'src'],
    [{ name: 'quotes', path: '.', flat: true }, ''],
    [{ name: 'market/quotes' }, 'src/market/quotes'],
    [{ name: 'market/quotes', sourceRoot: 'server' }, 'server/market/quotes'],
    [{ name: 'quotes', sourceRoot: 'src', path: 'market' }, 'src/market/quotes'],
  ])('puts %j into %s', (options, folder) => {
    const tree = new MemoryTree();
    generateGateway(tree, options);
    expect(tree.paths).toContain([folder, 'quotes.gateway.ts'].filter(Boolean).join('/'));
  });

  it('mounts it at another path where one is given, and tests it there', () => {
    const tree = new MemoryTree();
    generateGateway(tree, { name: 'quotes', route: '/v1/prices' });
    expect(tree.text('src/quotes/quotes.gateway.ts')).toContain("path: '/v1/prices'");
    expect(tree.text('src/quotes/quotes.gateway.spec.ts')).toContain("'ws')}/v1/prices`");
  });

  it('writes imports as the package does', () => {
    const esm = new MemoryTree({ 'package.json': {}, 'app/package.json': MODULE });
    generateGateway(esm, { name: 'quotes', path: 'app/src' });
    expect(esm.text('app/src/quotes/quotes.module.ts')).toContain("from './quotes.gateway.js'");
    const cjs = new MemoryTree({ 'package.json': {} });
    generateGateway(cjs, { name: 'quotes' });
    expect(cjs.text('src/quotes/quotes.module.ts')).toContain("from './quotes.gateway'");
  });

  it.each([
    [{ devDependencies: { jest: '^30' } }, {}, "'@jest/globals'"],
    [{ devDependencies: { vitest: '^4' } }, {}, "'vitest'"],
    [{}, { devDependencies: { vitest: '^4' } }, "'vitest'"],
    [
      { devDependencies: { jest: '^30' } },
      { devDependencies: { vitest: '^4' } },
      "'@jest/globals'",
    ],
    [{}, {}, "'@jest/globals'"],
  ])('writes the test for the runner of the package %j in the workspace %j', (own, root, from) => {
    const tree = new MemoryTree({ 'package.json': root, 'app/package.json': own });
    generateGateway(tree, { name: 'quotes', path: 'app/src' });
    expect(tree.text('app/src/quotes/quotes.gateway.spec.ts')).toContain(from);
  });

  it('writes no test, or one of another name, where it is told to', () => {
    const tree = new MemoryTree({ 'package.json': {} });
    generateGateway(tree, { name: 'quiet', spec: false });
    generateGateway(tree, { name: 'silent', unitTestRunner: 'none' });
    generateGateway(tree, { name: 'loud', specFileSuffix: 'test' });
    expect(tree.paths.filter((path) => /\.(spec|test)\./.test(path))).toEqual([
      'src/loud/loud.gateway.test.ts',
    ]);
  });

  it('adds what is missing to the nearest package.json, and leaves the rest as it is', () => {
    const manifest = {
      ...MODULE,
      dependencies: { '@nestjs/core': '^11.1.0', rxjs: '~7.8.1', zod: '4.0.0' },
    };
    const tree = new MemoryTree({ 'package.json': manifest });
    const { added } = generateGateway(tree, { name: 'quotes' });
    expect(added).toEqual(
      expect.arrayContaining(['@sluice/nestjs', '@sluice/testing', 'class-validator']),
    );
    expect(tree.json('package.json')).toMatchObject({
      name: 'app',
      dependencies: {
        '@nestjs/core': '^11.1.0',
        '@nestjs/websockets': '^11.0.0',
        '@sluice/nestjs': '^0.1.0',
        rxjs: '~7.8.1',
        zod: '4.0.0',
      },
      devDependencies: { '@sluice/testing': '^0.1.0', jest: '^30.0.0' },
    });
    expect(generateGateway(tree, { name: 'others' }).added).toEqual([]);
  });

  it('leaves package.json alone where it is told to', () => {
    const tree = new MemoryTree({ 'package.json': MODULE });
    generateGateway(tree, { name: 'quotes', addDependencies: false });
    expect(tree.json('package.json')).toEqual(MODULE);
  });

  it('overwrites nothing unless it is told to, and then everything', () => {
    const tree = new MemoryTree({ 'src/quotes/quotes.dto.ts': 'mine' });
    expect(() => generateGateway(tree, { name: 'quotes' })).toThrow('src/quotes/quotes.dto.ts');
    expect(tree.paths).toEqual(['src/quotes/quotes.dto.ts']);
    generateGateway(tree, { name: 'quotes', force: true });
    expect(tree.text('src/quotes/quotes.dto.ts')).toContain('SubscribeQuotes');
    generateGateway(tree, { name: 'quotes', overwrite: true });
  });

  it.each<[object, string]>([
    [{ name: 'chain' }, 'ChainGateway, which the code imports'],
    [{ name: 'topic' }, 'TopicFilter, which the code imports'],
    [{ name: 'quotes', path: '/etc' }, 'not below the workspace'],
    [{ name: 'quotes', path: 'C:\\sources' }, 'not below the workspace'],
    [{ name: 'quotes', path: '../other' }, 'leads out of its folder'],
    [{ name: '../quotes' }, 'leads out of its folder'],
    [{ name: 'quotes', route: 'v1' }, "'v1' is no path"],
    [{ name: 'quotes', route: "/v1'" }, 'is no path'],
    [{ name: 'quotes', unitTestRunner: 'mocha' }, "not 'mocha'"],
    [{ name: 'quotes', language: 'js' }, 'no templates in js'],
    [{ name: 'quotes', specFileSuffix: 'a/b' }, 'no suffix'],
  ])('refuses %j and writes nothing', (options, why) => {
    const tree = new MemoryTree();
    expect(() => generateGateway(tree, options as { name: string })).toThrow(why);
    expect(tree.paths).toEqual([]);
  });

  it('refuses a package.json that it cannot read', () => {
    const tree = new MemoryTree({ 'package.json': '{' });
    expect(() => generateGateway(tree, { name: 'quotes' })).toThrow('package.json is not JSON');
  });
});
