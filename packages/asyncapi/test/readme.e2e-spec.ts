import { expect, it, jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readFile } from 'node:fs/promises';
import { createAsyncApiDocument } from '../src/index.js';
import { AppModule } from './readme.module.js';
import { QuoteGateway } from './readme.gateway.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

it.each(['module', 'gateway', 'document'])('the README has %s as it is run here', async (name) => {
  const program = (await read(`./readme.${name}.ts`))
    .replace("'../src/index.js'", "'@sluice/asyncapi'")
    .replace("'./readme.module.js'", "'./app.module.js'");
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
});

it('its gateway is described as it says', async () => {
  @Module({ imports: [AppModule], providers: [QuoteGateway] })
  class RootModule {}
  const app = await NestFactory.create(RootModule, { logger: false });
  await app.init();
  const { channels, components } = createAsyncApiDocument(app);
  await app.close();
  expect(Object.values(channels)).toMatchObject([{ address: '/quotes', title: 'Quotes' }]);
  expect(Object.keys(components.messages)).toEqual([
    'quote.subscribe',
    'quote.subscribed',
    'quote.quote',
  ]);
});

it('its program writes a document', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme.document.js');
  expect(log.mock.calls[0]?.[0]).toMatch(/^asyncapi: 3\.0\.0\n/);
  log.mockRestore();
});
