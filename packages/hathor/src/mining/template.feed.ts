/** Tells miners of new templates (contract 3.4). */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { Session } from '@sluice/engine';
import { EventBus, jsonRpcNotification, stringifyJson } from '@sluice/engine';
import type { Subscription } from 'rxjs';
import { Subject } from 'rxjs';
import { isPromise } from '../chain/maybe-promise.js';
import type { BlockTemplate } from '../codec/block-template.js';
import { HathorMiningStats } from './hathor-mining-stats.js';
import { MiningTemplates } from './mining-templates.service.js';
import { templateMessage } from './template-message.js';

type Templates = readonly BlockTemplate[] | undefined;

@Injectable()
export class TemplateFeed implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(TemplateFeed.name);
  private readonly messages = new Subject<string>();
  private lastBroadcast: string | undefined;
  /** The answer that is being waited for: everything that is accepted before the chain is asked shares it. */
  private awaited: Promise<Templates> | undefined;
  private events: Subscription | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly templates: MiningTemplates,
    private readonly stats: HathorMiningStats,
  ) {}

  /** Notifications for everybody, encoded once. */
  readonly messages$ = this.messages.asObservable();

  onApplicationBootstrap(): void {
    this.events = this.bus.on('vertex.accepted').subscribe(() => {
      this.look();
    });
  }

  onModuleDestroy(): void {
    this.events?.unsubscribe();
  }

  /**
   * Sends a new connection the templates, if there are any (contract 3.2). The connection is subscribed already: what
   * was announced to it meanwhile is newer than the answer.
   */
  async greet(session: Session): Promise<void> {
    const before = this.lastBroadcast;
    const templates = await this.templates.current();
    if (templates === undefined || this.lastBroadcast !== before) return;
    session.send(notification(templates));
  }

  /** Nobody connected, nothing asked. */
  private look(): void {
    if (this.stats.connections === 0) return;
    try {
      const answer = this.templates.current();
      if (isPromise(answer)) this.broadcastLater(answer);
      else this.broadcast(answer);
    } catch (error) {
      this.logger.error(error);
    }
  }

  private broadcastLater(answer: Promise<Templates>): void {
    if (answer === this.awaited) return;
    this.awaited = answer;
    answer
      .then((templates) => {
        this.broadcast(templates);
      })
      .catch((error: unknown) => {
        this.logger.error(error);
      });
  }

  private broadcast(templates: Templates): void {
    if (templates === undefined) return;
    const message = notification(templates);
    if (message === this.lastBroadcast) return;
    this.lastBroadcast = message;
    this.messages.next(message);
  }
}

function notification(templates: readonly BlockTemplate[]): string {
  return stringifyJson(jsonRpcNotification('mining.notify', templates.map(templateMessage)));
}
