import { Body, Controller, Get, HttpCode, HttpException, Post, Query } from '@nestjs/common';
import type { JobAnswer } from './mining-job.js';
import { TxMiningService, type JobRequest } from './tx-mining.service.js';

/** What wallets call of a tx-mining-service. Its URL for wallets ends in `/tx-mining/`. */
@Controller('tx-mining')
export class TxMiningController {
  constructor(private readonly service: TxMiningService) {}

  @Get('health')
  health(): object {
    return { status: 'pass', description: 'Health status of tx-mining-service', checks: {} };
  }

  @Post('submit-job')
  @HttpCode(200)
  submit(@Body() body: unknown): JobAnswer {
    return this.service.submit(jobRequest(body));
  }

  @Get('job-status')
  status(@Query('job-id') id: unknown): JobAnswer {
    return this.service.status(id);
  }

  /** The service wants the id in the query, and the wallet library sends it in the body. */
  @Post('cancel-job')
  @HttpCode(200)
  cancel(@Query('job-id') id: unknown, @Body() body: unknown): object {
    return this.service.cancel(id ?? (body as { 'job-id'?: unknown } | undefined)?.['job-id']);
  }
}

function jobRequest(body: unknown): JobRequest {
  if (body === undefined) throw new HttpException({ error: 'cannot-decode-json' }, 400);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpException({ error: 'json-must-be-an-object' }, 400);
  }
  const { tx, propagate, add_parents, timeout } = body as Readonly<Record<string, unknown>>;
  if (tx === undefined || tx === '') throw new HttpException({ error: 'missing-tx' }, 400);
  return {
    tx: typeof tx === 'string' ? tx : '',
    propagate: propagate === true,
    add_parents: add_parents === true,
    ...(timeout !== undefined && timeout !== null && { timeout: Number(timeout) }),
  };
}
