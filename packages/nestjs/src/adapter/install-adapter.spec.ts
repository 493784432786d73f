import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { SluiceModule } from '../sluice.module.js';
import { installAdapter } from './install-adapter.js';
import { SluiceWsAdapter } from './sluice-ws.adapter.js';

class RecordingAdapter extends WsAdapter {
  readonly created: unknown[] = [];

  override create(_: number, options?: object): object {
    this.created.push(options);
    return {};
  }
}

@Injectable()
class Holder {
  constructor(readonly config: ApplicationConfig) {}
}

@Module({ imports: [SluiceModule.forRoot()], providers: [Holder] })
class HolderModule {}

const adapterOf = async (): Promise<SluiceWsAdapter> => {
  const app = (
    await Test.createTestingModule({ imports: [HolderModule] }).compile()
  ).createNestApplication();
  return app.get(Holder).config.getIoAdapter() as unknown as SluiceWsAdapter;
};

describe('installAdapter', () => {
  it.each<[string, (config: ApplicationConfig, theirs: WsAdapter, ours: SluiceWsAdapter) => void]>([
    [
      'before',
      (config, theirs, ours) => {
        config.setIoAdapter(theirs);
        installAdapter(config, ours);
      },
    ],
    [
      'after',
      (config, theirs, ours) => {
        installAdapter(config, ours);
        config.setIoAdapter(theirs);
      },
    ],
  ])('wraps an adapter that the application sets %s', async (_, set) => {
    const config = new ApplicationConfig();
    const [theirs, ours] = [new RecordingAdapter(), await adapterOf()];
    set(config, theirs, ours);
    expect(config.getIoAdapter()).toBe(ours);
    ours.create(0, { path: '/stock' });
    expect(theirs.created).toEqual([{ path: '/stock' }]);
  });

  it('refuses a second import of the module', async () => {
    @Module({ imports: [HolderModule, SluiceModule.forRoot({ limits: { connections: 1 } })] })
    class TwiceModule {}
    const compiled = Test.createTestingModule({ imports: [TwiceModule] }).compile();
    await expect(compiled).rejects.toThrow('imported twice');
  });
});
