import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { json } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { ChainGateway, OptionsError, SluiceModule, type SluiceOptions } from '../src/index.js';

@ChainGateway({ path: '/module', codec: json() })
class ModuleGateway {}

@Injectable()
class Settings {
  readonly connections = 1;
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Injectable()
class Factory {
  create(): SluiceOptions {
    return { limits: { connections: 1 } };
  }
}

const MODULES = {
  forRoot: SluiceModule.forRoot({ limits: { connections: 1 } }),
  'forRootAsync with a factory': SluiceModule.forRootAsync({
    imports: [SettingsModule],
    inject: [Settings],
    useFactory: async ({ connections }: Settings) => Promise.resolve({ limits: { connections } }),
  }),
  'forRootAsync with a class': SluiceModule.forRootAsync({ useClass: Factory }),
};

describe('SluiceModule', () => {
  let app: INestApplication | undefined;

  afterEach(() => app?.close());

  const start = async (module: (typeof MODULES)['forRoot']): Promise<string> => {
    @Module({ imports: [module], providers: [ModuleGateway] })
    class Root {}
    app = await NestFactory.create(Root as Type, { logger: false, abortOnError: false });
    await app.listen(0, '127.0.0.1');
    return (await app.getUrl()).replace('http', 'ws');
  };

  it.each(Object.entries(MODULES))('takes its options from %s', async (_, module) => {
    const url = await start(module);
    const client = await TestClient.connect(`${url}/module`);
    expect((await TestClient.refused(`${url}/module`)).status).toBe(429);
    await client.close();
  });

  it('refuses options that a factory made and that cannot work', async () => {
    const useFactory = (): SluiceOptions => ({ limits: { connections: 0 } });
    await expect(start(SluiceModule.forRootAsync({ useFactory }))).rejects.toThrow(OptionsError);
  });
});
