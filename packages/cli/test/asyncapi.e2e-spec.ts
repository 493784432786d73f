import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliRun } from './support/cli-run.js';
import { ScriptedServer, ScriptedServers } from './support/scripted-server.js';

const DOCUMENT = { asyncapi: '3.0.0', info: { title: 'Quotes', version: '1' } };

describe('sluice asyncapi of a running application', () => {
  const servers = new ScriptedServers();
  afterEach(() => servers.stopAll());

  /** Serves the document at a path, as JSON and YAML. */
  const serving = async (path = '/asyncapi') => {
    const server = await ScriptedServer.refusing(({ url, headers }, response) => {
      if (headers['x-key'] !== undefined)
        response.end(JSON.stringify({ ...DOCUMENT, key: headers['x-key'] }));
      else if (url === `${path}.json`) response.end(JSON.stringify(DOCUMENT));
      else if (url === `${path}.yaml`) response.end('asyncapi: 3.0.0\n');
      else if (url === '/other.json') response.end('{}');
      else response.writeHead(404).end();
    });
    return servers.add(server).url.replace('ws', 'http');
  };

  it.each([
    ['', []],
    ['/', []],
    ['/asyncapi', []],
    ['/asyncapi.json', []],
  ])('prints the document at %j', async (path, args) => {
    const { code, stdout } = await CliRun.of(['asyncapi', `${await serving()}${path}`, ...args]);
    expect([code, JSON.parse(stdout)]).toEqual([0, DOCUMENT]);
  });

  it('prints YAML, finds other paths, sends headers, and writes files', async () => {
    const url = await serving('/api/docs');
    expect((await CliRun.of(['asyncapi', `${url}/api/docs/`, '--yaml'])).stdout).toBe(
      'asyncapi: 3.0.0\n',
    );
    const { stdout } = await CliRun.of(['asyncapi', url, '--header', 'X-Key: 5']);
    expect(stdout).toContain('"key":"5"');
    const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
    const file = join(folder, 'api.json');
    expect(await CliRun.of(['asyncapi', `${url}/api/docs`, '--out', file])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(DOCUMENT);
    rmSync(folder, { recursive: true });
  });

  it('tells what is not there', async () => {
    const url = await serving();
    const stderr = async (source: string) => (await CliRun.of(['asyncapi', source])).stderr;
    expect(await stderr(`${url}/none`)).toBe(
      `sluice asyncapi: ${url}/none.json answers 404; is there an AsyncApiModule at this path?\n`,
    );
    expect(await stderr(`${url}/other`)).toBe(
      `sluice asyncapi: ${url}/other.json is no AsyncAPI document\n`,
    );
    await servers.stopAll();
    expect(await stderr(url)).toContain('nobody listens there (ECONNREFUSED)');
  });
});

/** A project whose packages do as little as possible; tests of the whole system have the real ones. */
describe('sluice asyncapi of a module', () => {
  let project: string;

  const write = (path: string, text: string): string => {
    const file = join(project, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const writePackage = (name: string, code: string): void => {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, type: 'module', exports: './index.js' }),
    );
    write(`node_modules/${name}/index.js`, code);
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
    write('package.json', '{ "type": "module" }');
    write(
      'dist/app.module.js',
      `export class AppModule {}
       export class Broken {}
       export default class Fallback {}`,
    );
    writePackage('reflect-metadata', '');
    writePackage(
      '@nestjs/core',
      `export const NestFactory = {
         async create(module) {
           if (module.name === 'Broken') throw new Error('no database');
           let state = 'created';
           return { name: module.name, init: async () => { state = 'running'; }, close: async () => {}, state: () => state };
         },
       };`,
    );
    writePackage(
      '@sluice/asyncapi',
      `export const createAsyncApiDocument = (app, options) => ({ asyncapi: '3.0.0', of: app.name, state: app.state(), ...options });
       export const toYaml = (document) => \`asyncapi: \${document.asyncapi}\\nof: \${document.of}\\n\`;`,
    );
  });
  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  const run = (source: string, ...args: readonly string[]) =>
    CliRun.of(['asyncapi', join(project, source), ...args]);

  it('starts it with the packages of its project, and describes it', async () => {
    const { code, stdout } = await run(
      'dist/app.module.js',
      '--title',
      'T',
      '--api-version',
      '2',
      '--host',
      'h',
    );
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { asyncapi: '3.0.0', of: 'AppModule', state: 'running', title: 'T', version: '2', host: 'h' },
    ]);
    expect((await run('dist/app.module.js#default', '--yaml')).stdout).toBe(
      'asyncapi: 3.0.0\nof: Fallback\n',
    );
  });

  it('tells what is missing', async () => {
    expect(await run('dist/none.js')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no file') as unknown,
    });
    expect(await run('dist/app.module.js#Other')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exports no Other, but') as unknown,
    });
    expect(await run('dist/app.module.js#Broken')).toMatchObject({
      code: 1,
      stderr: 'sluice asyncapi: the application does not start: no database\n',
    });
  });

  it('tells how to install what the project does not have', async () => {
    rmSync(join(project, 'node_modules/@sluice'), { recursive: true });
    expect(await run('dist/app.module.js')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /@sluice\/asyncapi is missing in the project of .*; npm install @sluice\/asyncapi\n/,
      ) as unknown,
    });
  });
});
