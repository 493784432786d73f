import {
  ForbiddenException,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { remoteFault } from './local-request.js';
import { rawRequest } from './raw-request.js';

/**
 * Lets requests of this machine in, and no others: for HTTP controllers that drive an application. Others get 403: from
 * other addresses, through a proxy, under a foreign `Host`, or from a page of another origin.
 *
 * ```ts
 * @UseGuards(LocalOnlyGuard)
 * ```
 */
@Injectable()
export class LocalOnlyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const fault = remoteFault(rawRequest(context));
    if (fault !== undefined) throw new ForbiddenException(`Not for you: ${fault}`);
    return true;
  }
}
