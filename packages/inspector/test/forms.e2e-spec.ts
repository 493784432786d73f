/** Ready-made messages of the console: the contract's examples, the bare command, or what the application says. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { jsonRpc } from '@sluice/engine';
import { ChainGateway, type WireContract } from '@sluice/nestjs';
import type { CommandForm, InspectorOptions } from '../src/index.js';
import { InspectedApplication } from './support/inspected-application.js';

const contract: WireContract = {
  messages: {
    add: {
      examples: [
        { payload: { method: 'add', params: [1, 2] } },
        { summary: 'many', payload: { method: 'add', params: [1, 2, 3] } },
        { summary: 'a batch, which is no object', payload: [{ method: 'add' }] },
      ],
    },
    sum_of_squares: { examples: [{ payload: { method: 'sum', squares: true } }] },
    done: { examples: [{ payload: { done: true } }] },
  },
  commands: { sum: { messages: ['sum_of_squares'] } },
  receives: { done: {} },
};

@ChainGateway({ path: '/sums', codec: jsonRpc(), contract })
class SumGateway {
  @SubscribeMessage('add')
  add(): number {
    return 3;
  }

  @SubscribeMessage('sum')
  sum(): number {
    return 5;
  }

  @SubscribeMessage('reset')
  reset(): null {
    return null;
  }
}

@Module({ providers: [SumGateway] })
class SumModule {}

type Forms = Readonly<Record<string, readonly CommandForm[]>>;

describe('forms of the console', () => {
  let running: InspectedApplication;
  afterEach(() => running.stop());

  async function formsWith(inspector: InspectorOptions): Promise<Forms> {
    running = await InspectedApplication.start({ inspector, imports: [{ module: SumModule }] });
    return (await running.json<{ forms: Forms }>('/api/about')).forms;
  }

  it('are the examples of what a gateway receives, or the bare command where there is none', async () => {
    expect(await formsWith({})).toEqual({
      QuoteGateway: [{ title: 'subscribe', message: { action: 'subscribe' } }],
      SumGateway: [
        { title: 'add', message: { method: 'add', params: [1, 2] } },
        { title: 'add: many', message: { method: 'add', params: [1, 2, 3] } },
        { title: 'sum_of_squares', message: { method: 'sum', squares: true } },
        { title: 'reset', message: { method: 'reset' } },
        { title: 'done', message: { done: true } },
      ],
    });
  });

  it('are those of the option for the gateways that it names', async () => {
    const own = [{ title: 'Add', message: { method: 'add', params: [0] } }];
    const forms = await formsWith({ forms: { SumGateway: own } });
    expect(forms.SumGateway).toEqual(own);
    expect(forms.QuoteGateway).toHaveLength(1);
  });
});
