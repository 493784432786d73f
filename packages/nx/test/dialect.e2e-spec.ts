import { describe, expect, it } from '@jest/globals';
import { generateDialect } from '../src/index.js';
import { MemoryTree } from './support/memory-tree.js';

describe('the dialect generator', () => {
  it('makes a folder of the application', () => {
    const tree = new MemoryTree({ 'package.json': { type: 'module' } });
    const { files } = generateDialect(tree, { name: 'my chain' });
    expect(files).toEqual([
      'src/my-chain/PROTOCOL.md',
      'src/my-chain/index.ts',
      'src/my-chain/my-chain-block.ts',
      'src/my-chain/my-chain-chain.ts',
      'src/my-chain/my-chain.dto.ts',
      'src/my-chain/my-chain.endpoint.ts',
      'src/my-chain/my-chain.gateway.ts',
      'src/my-chain/my-chain.module-definition.ts',
      'src/my-chain/my-chain.module.spec.ts',
      'src/my-chain/my-chain.module.ts',
      'src/my-chain/my-chain.options.ts',
      'src/my-chain/wire/block-message.ts',
      'src/my-chain/wire/faults.ts',
      'src/my-chain/wire/welcome-message.ts',
      'src/my-chain/wire/wire.spec.ts',
    ]);
    expect(files.map((path) => tree.text(path)).join('')).not.toMatch(/acme/i);
    expect(tree.text('src/my-chain/wire/faults.ts')).toContain('export const myChainFaults');
    expect(tree.text('src/my-chain/my-chain.options.ts')).toContain("Symbol('MY_CHAIN_OPTIONS')");
    expect(tree.text('src/my-chain/PROTOCOL.md')).toMatch(/^# MyChain: the wire protocol/);
  });

  it('makes a package where it is given a name for one', () => {
    const tree = new MemoryTree({ 'package.json': { devDependencies: { jest: '^30' } } });
    const { files } = generateDialect(tree, { name: 'kadena', packageName: '@acme/kadena' });
    expect(files).toEqual(
      expect.arrayContaining([
        'packages/kadena/PROTOCOL.md',
        'packages/kadena/README.md',
        'packages/kadena/package.json',
        'packages/kadena/src/index.ts',
        'packages/kadena/src/wire/faults.ts',
        'packages/kadena/tsconfig.json',
      ]),
    );
    expect(tree.json('packages/kadena/package.json')).toMatchObject({
      name: '@acme/kadena',
      type: 'module',
      peerDependencies: { '@sluice/nestjs': '^0.1.0' },
      devDependencies: { '@sluice/testing': '^0.1.0' },
    });
    expect(tree.text('packages/kadena/README.md')).toContain("from '@acme/kadena'");
    expect(tree.text('packages/kadena/src/index.ts')).toContain("'./kadena.module.js'");
    expect(tree.text('packages/kadena/src/wire/wire.spec.ts')).toContain("'@jest/globals'");
    expect(tree.json('package.json')).toEqual({ devDependencies: { jest: '^30' } });
  });

  it.each<[object, string]>([
    [{ name: 'kadena', packageName: 'Not A Name' }, 'no name of a package'],
    [{ name: 'chain' }, 'ChainGateway, which the code imports'],
    [{ name: 'injection', packageName: '' }, 'no name of a package'],
  ])('refuses %j and writes nothing', (options, why) => {
    const tree = new MemoryTree();
    expect(() => generateDialect(tree, options as { name: string })).toThrow(why);
    expect(tree.paths).toEqual([]);
  });
});
