import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  HttpException,
  HttpStatus,
  Inject,
  Options,
  Post,
  UseInterceptors,
} from '@nestjs/common';
import { base64 } from '@scure/base';
import { SluiceError } from '@sluice/engine';
import { HathorMiningChain } from '../chain/hathor-mining-chain.js';
import type { BlockTemplate } from '../codec/block-template.js';
import { CodecError } from '../codec/codec-error.js';
import type { HathorNetwork } from '../codec/networks.js';
import { addressScript } from '../codec/script.js';
import { encodeVertex } from '../codec/vertex-encoder.js';
import { NodeJsonInterceptor } from '../node-api/node-json.interceptor.js';
import { NodeQuery } from '../node-api/node-query.js';
import { NodeRefusal } from '../node-api/node-refusal.js';
import { ADDRESS_NETWORK } from '../wallet-socket/addresses/address-network.js';
import { blockDraft } from './block-draft.js';
import { BlockSubmissions } from './block-submissions.service.js';
import { templateAnswer } from './template-answer.js';
import { miningFigures } from './mining-figures.js';
import { MiningTemplates } from './mining-templates.service.js';

/** Everything that browsers may ask about before they send the request itself. */
const PATHS = ['get_block_template', 'submit_block', 'mining', 'getmininginfo', 'tx_parents'];

/** What pools and mining services ask over HTTP (contract 4). */
@Controller('v1a')
@UseInterceptors(NodeJsonInterceptor)
export class MiningController {
  constructor(
    private readonly chain: HathorMiningChain,
    private readonly templates: MiningTemplates,
    private readonly submissions: BlockSubmissions,
    @Inject(ADDRESS_NETWORK) private readonly network: HathorNetwork,
  ) {}

  /** A block to be mined, in readable form. */
  @Get('get_block_template')
  async blockTemplate(@NodeQuery() query: URLSearchParams): Promise<object> {
    const template = await this.template({ error: 'Node syncing' });
    const script = this.rewardScript(query, { error: 'Invalid address' });
    const version = query.getAll('capabilities').includes('mergedmining') ? 3 : 0;
    return templateAnswer(template, blockDraft(template, { version, ...script }));
  }

  /** A block to be mined, in bytes. */
  @Get('mining')
  async mining(@NodeQuery() query: URLSearchParams): Promise<object> {
    const template = await this.template({ reason: 'Node still syncing' });
    const script = this.rewardScript(query, { success: false, message: 'Invalid address' });
    const block = { ...blockDraft(template, script), version: 0, nonce: 0n } as const;
    return { parents: block.parents, block_bytes: base64.encode(encodeVertex(block)) };
  }

  /** @throws BadRequestException whose `result` is false too: mining services look at nothing else. */
  @Post('submit_block')
  @HttpCode(200)
  async submitBlock(@Body() body: unknown): Promise<{ readonly result: boolean }> {
    const hexdata = (body as { hexdata?: unknown } | null | undefined)?.hexdata;
    if (typeof hexdata !== 'string') throw refusal('Missing hexadecimal data');
    try {
      const submission = this.submissions.decode(hexdata);
      if (submission === undefined) throw refusal('Not a block');
      if (!(await this.chain.canMine())) throw refusal('Node syncing');
      return { result: (await this.submissions.take(submission)) !== undefined };
    } catch (error) {
      throw error instanceof SluiceError ? refusal(error.message) : error;
    }
  }

  @Get('getmininginfo')
  async miningInfo(): Promise<object> {
    const [template] = (await this.templates.current()) ?? [];
    if (template === undefined) throw new NodeRefusal('Node still syncing');
    return miningFigures(await this.chain.miningInfo(), template.weight);
  }

  @Get('tx_parents')
  async transactionParents(): Promise<object> {
    if (!(await this.chain.canMine())) throw new NodeRefusal('Node syncing');
    return { success: true, tx_parents: await this.chain.transactionParents() };
  }

  /** All that is asked for is in the headers. */
  @Options(PATHS)
  preflight(): undefined {
    return undefined;
  }

  /** @throws HttpException 503 with this answer while there is none. */
  private async template(syncing: object): Promise<BlockTemplate> {
    const [template] = (await this.templates.current()) ?? [];
    if (template !== undefined) return template;
    throw new HttpException(syncing, HttpStatus.SERVICE_UNAVAILABLE);
  }

  /** @throws BadRequestException with this answer if `address` is none of this network. */
  private rewardScript(query: URLSearchParams, invalid: object): { readonly script?: Uint8Array } {
    const address = query.get('address');
    if (address === null || address === '') return {};
    try {
      return { script: addressScript(address, this.network) };
    } catch (error) {
      throw error instanceof CodecError ? new BadRequestException(invalid) : error;
    }
  }
}

function refusal(error: string): BadRequestException {
  return new BadRequestException({ result: false, error });
}
