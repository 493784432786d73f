import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import type { Session } from '@sluice/engine';
import { afterAnswers, jsonRpc, jsonRpcFaults, latestOnly, SluiceError } from '@sluice/engine';
import type { OnSessionOpen } from '@sluice/nestjs';
import { ChainGateway, FlowControl, Topic } from '@sluice/nestjs';
import type { Observable } from 'rxjs';
import { HathorMiningChain } from '../chain/hathor-mining-chain.js';
import { BlockSubmissions } from './block-submissions.service.js';
import { HathorMiningStats } from './hathor-mining-stats.js';
import { MINING_CONTRACT } from '../contract/mining-contract.js';
import { MINING_ENDPOINT } from './mining-endpoint.js';
import { MiningTemplates } from './mining-templates.service.js';
import { isTruthy } from './python-truth.js';
import { TemplateFeed } from './template.feed.js';
import type { TemplateMessage } from './template-message.js';
import { templateMessage } from './template-message.js';

interface SubmitParams {
  readonly hexdata: unknown;
  readonly optimistic?: unknown;
}

const NOTIFY = 'mining.notify';

/** A node has no such limit; a batch is worked off one request after the other, but stands in memory whole. */
const BATCH = 10_000;

/** The mining socket: templates out, blocks in, by JSON-RPC (contract 3). */
@ChainGateway({
  path: ['/v1a/mining_ws', '/v1a/mining', '/mining'],
  leaf: true,
  codec: jsonRpc({
    params: { 'mining.refresh': [], 'mining.submit': ['hexdata', 'optimistic?'] },
    underscore: true,
    batch: BATCH,
  }),
  faults: jsonRpcFaults,
  contract: MINING_CONTRACT,
  heartbeat: false,
  config: MINING_ENDPOINT,
  violations: 'drop',
  shutdown: {},
  closeReply: () => ({ code: 1000 }),
  answersBeforeClose: true,
})
export class MiningGateway implements OnSessionOpen {
  constructor(
    private readonly chain: HathorMiningChain,
    private readonly templates: MiningTemplates,
    private readonly submissions: BlockSubmissions,
    private readonly feed: TemplateFeed,
    private readonly stats: HathorMiningStats,
  ) {}

  async onSessionOpen(session: Session): Promise<void> {
    if (session.phase !== 'open') return;
    this.stats.count(session);
    session.subscribe(NOTIFY);
    await this.feed.greet(session);
  }

  @SubscribeMessage('mining.refresh')
  async refresh(): Promise<readonly TemplateMessage[]> {
    return ((await this.templates.current()) ?? []).map(templateMessage);
  }

  /** The order of the checks is the contract's (3.6). */
  @SubscribeMessage('mining.submit')
  async submit(
    @MessageBody() { hexdata, optimistic }: SubmitParams,
  ): Promise<boolean | TemplateMessage> {
    if (!(await this.chain.canMine())) return false;
    if (typeof hexdata !== 'string') throw new SluiceError('INVALID', 'hexdata must be a text');
    const submission = this.submissions.decode(hexdata);
    const accepted = submission && (await this.submissions.take(submission));
    if (accepted === undefined) return false;
    return isTruthy(optimistic) ? templateMessage(await this.chain.templateOn(accepted)) : true;
  }

  /** A slow miner gets the newest templates, and whoever submits a block has the answer before the templates on it. */
  @Topic(NOTIFY)
  @FlowControl(afterAnswers(latestOnly()))
  notify(): Observable<string> {
    return this.feed.messages$;
  }
}
