import {
  Controller,
  Get,
  HttpException,
  HttpStatus,
  Inject,
  Options,
  UseInterceptors,
} from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import { HathorNodeChain } from '../chain/hathor-node-chain.js';
import { NODE_VERSION } from './network.controller.js';
import { NodeJsonInterceptor } from './node-json.interceptor.js';
import { NodeQuery } from './node-query.js';

/** `/v1a/health` (contract 4): whether the node is of any use at the moment. */
@Controller('v1a/health')
@UseInterceptors(NodeJsonInterceptor)
export class HealthController {
  constructor(
    private readonly chain: HathorNodeChain,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HttpException 503 with the answer if something is wrong; `strict_status_code=1`: 200 all the same. */
  @Get()
  async health(@NodeQuery() query: URLSearchParams): Promise<object> {
    const trouble = await this.chain.syncTrouble();
    const status = trouble === undefined ? 'pass' : 'fail';
    const check = {
      componentName: 'sync',
      componentType: 'internal',
      status,
      output: trouble ?? 'Healthy',
      time: new Date(this.clock.now()).toISOString().replace(/\.\d+/, ''),
    };
    const answer = {
      status,
      description: `Hathor-core v${NODE_VERSION}`,
      checks: { sync: [check] },
    };
    if (trouble === undefined || query.get('strict_status_code') === '1') return answer;
    throw new HttpException(answer, HttpStatus.SERVICE_UNAVAILABLE);
  }

  /** All that is asked for is in the headers. */
  @Options()
  preflight(): undefined {
    return undefined;
  }
}
