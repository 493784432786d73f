import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readFile } from 'node:fs/promises';
import { DEFAULT_INSPECTOR } from '../src/inspector.options.js';
import { AppModule } from './readme.module.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  let app: INestApplication | undefined;
  afterEach(() => app?.close());

  it('shows the module that serves the page here', async () => {
    const program = (await read('./readme.module.ts')).replace(
      "'../src/index.js'",
      "'@sluice/inspector'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
    app = await NestFactory.create(AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    expect((await fetch(`${await app.getUrl()}/inspector/`)).status).toBe(200);
  });

  it.each(Object.entries(DEFAULT_INSPECTOR))(
    'tells the default of %s, which is %s',
    async (name, value) => {
      const row = new RegExp(`^\\| \`${name}\` +\\| \`?${String(value)}\`? +\\|`, 'm');
      expect(await read('../README.md')).toMatch(row);
    },
  );
});
