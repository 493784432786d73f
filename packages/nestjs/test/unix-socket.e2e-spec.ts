import { afterEach, describe, expect, it } from '@jest/globals';
import { json } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { ChainGateway, SessionRegistry } from '../src/index.js';
import { PLATFORMS, TestApplication } from './support/application.js';
import { until } from './support/until.js';

@ChainGateway({ path: '/local', codec: json() })
class LocalGateway {}

describe.each(PLATFORMS)('an application on a Unix socket, on %s', (platform) => {
  let app: INestApplication;
  let directory: string;

  afterEach(async () => {
    await app.close();
    await rm(directory, { recursive: true });
  });

  it.each([
    ['', '127.0.0.1'],
    ['loopback', '1.2.3.4'],
  ])('with trusted proxies "%s" sees clients as %s', async (proxy, address) => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-'));
    const path = join(directory, 'http.sock');
    const trustedProxies = [proxy].filter((name) => name !== '');
    app = await TestApplication.create({
      platform,
      providers: [LocalGateway],
      sluice: { trustedProxies },
    });
    await app.listen(path);
    const client = await TestClient.connect(`ws+unix://${path}:/local`, {
      headers: { 'X-Forwarded-For': '1.2.3.4' },
    });
    await until(() => app.get(SessionRegistry).connections === 1);
    expect([...app.get(SessionRegistry).addresses.keys()]).toEqual([address]);
    await client.close();
  });
});
