import { describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe("the README's example", () => {
  it('is the file that is compiled and run here', async () => {
    const readme = await readFile(join(import.meta.dirname, '../../../README.md'), 'utf8');
    const example = await readFile(join(import.meta.dirname, 'embed-example.ts'), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it('brings what the application publishes to a client of the event socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-embed-'));
    Object.assign(process.env, { EVENT_LOG: folder, PORT: '0' });
    const { app } = await import('./embed-example.js');
    const url = (await app.getUrl()).replace(/^http:\/\/[^/]*:/, 'ws://127.0.0.1:');
    const client = await TestClient.connect(`${url}/v1a/event_ws`);
    client.send({ type: 'START_STREAM', window_size: 10 });
    const types = (await client.takeJson<{ event: { type: string } }>(3)).map(
      ({ event }) => event.type,
    );
    expect(types).toEqual(['LOAD_STARTED', 'LOAD_FINISHED', 'FULL_NODE_CRASHED']);
    await client.close();
    await app.close();
    await rm(folder, { recursive: true });
  });
});
