/** What the tools that run the generators rely on; that they do is tested with the packed package. */
import { describe, expect, it, jest } from '@jest/globals';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { readFile } from 'node:fs/promises';
import * as api from '../src/index.js';
import { dialectSchematic, gatewayGenerator } from '../src/index.js';
import { MemoryTree } from './support/memory-tree.js';

const json = async (path: string) =>
  JSON.parse(await readFile(new URL(`../${path}`, import.meta.url), 'utf8')) as Record<
    string,
    Record<string, Record<string, string>>
  >;

describe('the generators for their tools', () => {
  it('are an Nx generator over an Nx tree', () => {
    const tree = createTreeWithEmptyWorkspace();
    const said = jest.spyOn(console, 'log').mockReturnValue();
    const whenWritten = gatewayGenerator(tree, { name: 'quotes' });
    expect(tree.listChanges().map(({ path }) => path)).toContain('src/quotes/quotes.gateway.ts');
    expect(said).not.toHaveBeenCalled();
    whenWritten();
    expect(said.mock.calls.flat().join('\n')).toMatch(
      /npm install[^]*src\/quotes\/quotes\.module\.ts/,
    );
    said.mockRestore();
  });

  it('are schematics, which create files and overwrite those that are there', () => {
    const tree = new MemoryTree({ 'package.json': {}, 'src/acme/acme.module.ts': 'mine' });
    const calls: string[] = [];
    const told: string[] = [];
    const angular = {
      exists: (path: string) => tree.exists(path),
      read: (path: string) => tree.read(path),
      create: (path: string, text: string) => {
        calls.push(`create ${path}`);
        tree.write(path, text);
      },
      overwrite: (path: string, text: string) => {
        calls.push(`overwrite ${path}`);
        tree.write(path, text);
      },
    };
    const rule = dialectSchematic({ name: 'acme', overwrite: true });
    rule(angular, { logger: { info: (text) => told.push(text) } });
    expect(calls).toEqual(
      expect.arrayContaining([
        'create src/acme/acme.gateway.ts',
        'overwrite src/acme/acme.module.ts',
        'overwrite package.json',
      ]),
    );
    expect(told.join()).toContain('src/acme/acme.module.ts');
  });

  it('are found where generators.json says, with every option of theirs in the schema', async () => {
    const { generators = {}, schematics = {} } = await json('generators.json');
    expect(Object.keys(generators)).toEqual(['gateway', 'dialect']);
    expect(Object.keys(schematics)).toEqual(Object.keys(generators));
    for (const { implementation, factory, schema = '' } of [
      ...Object.values(generators),
      ...Object.values(schematics),
    ]) {
      const [path, name = ''] = (implementation ?? factory ?? '').split('#');
      expect([path, name]).toEqual(['./dist/index.js', expect.any(String)]);
      expect(api).toHaveProperty(name, expect.any(Function));
      expect(await json(schema)).toMatchObject({ additionalProperties: false });
    }
  });
});
