import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { generated } from './readme.example.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

/** Options that the Nest command line gives to every generator; they change nothing. */
const GIVEN = ['collection', 'language', 'skipImport'];

describe('the README', () => {
  it('shows the program that runs here', async () => {
    const program = (await read('./readme.example.ts')).replace(
      "'../src/index.js'",
      "'@sluice/nx'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
    expect(generated.files).toContain('apps/api/src/quotes/quotes.gateway.ts');
  });

  it.each(['gateway', 'dialect'])('tells every option of the generator of a %s', async (name) => {
    const { properties } = JSON.parse(await read(`../schemas/${name}.json`)) as {
      properties: Record<string, { readonly default?: string | boolean }>;
    };
    const rows = (await read('../README.md')).split('\n').filter((line) => line.startsWith('| `'));
    for (const [option, { default: value }] of Object.entries(properties)) {
      if (GIVEN.includes(option)) continue;
      const row = rows.find((line) => line.startsWith(`| \`${option}\``));
      expect([option, row]).toEqual([option, expect.any(String)]);
      if (value !== undefined) expect(row).toContain(`| \`${String(value)}\``);
    }
  });
});
