/** Who may drive the chain. */
import {
  applyDecorators,
  Controller,
  ForbiddenException,
  Inject,
  Injectable,
  NotFoundException,
  UseGuards,
  UsePipes,
  ValidationPipe,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { OperatorListener, originFault, rawRequest, remoteFault } from '@sluice/nestjs';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';

const PASS = randomUUID();

/** Of requests that the process puts to itself, for a gateway that has looked who asks. */
export const INNER_HEADERS: Readonly<Record<string, string>> = { 'x-sluice-inner': PASS };

/** Rules of `/control`, on the process that has the chain and on gateways that hand over to it. */
@Injectable()
export class ControlAccess {
  constructor(
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    private readonly operators: OperatorListener,
  ) {}

  /**
   * Without `--control-open` only requests of this machine are answered; pages of other origins never are.
   *
   * @throws NotFoundException where operators have a port of their own and it is not asked, ForbiddenException for whoever
   * may not drive the chain.
   */
  check(request: IncomingMessage): void {
    if (request.headers['x-sluice-inner'] === PASS) return;
    if (!this.operators.serves(request)) {
      throw new NotFoundException(`Cannot ${request.method ?? ''} ${request.url ?? ''}`);
    }
    const fault = this.config.controlOpen ? originFault(request) : remoteFault(request);
    if (fault === undefined) return;
    const hint = this.config.controlOpen ? '' : ' (--control-open lets everybody drive the chain)';
    throw new ForbiddenException(`/control is not for you: ${fault}${hint}`);
  }
}

@Injectable()
class ControlGuard implements CanActivate {
  constructor(@Inject(ControlAccess) private readonly access: ControlAccess) {}

  canActivate(context: ExecutionContext): boolean {
    this.access.check(rawRequest(context));
    return true;
  }
}

/** The control endpoints of one dialect, below `/control`. Bodies are checked, and so is who asks. */
export function ControlController(dialect: string): ClassDecorator {
  return applyDecorators(
    Controller(`control/${dialect}`),
    UseGuards(ControlGuard),
    UsePipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true })),
  );
}
