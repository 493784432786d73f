import {
  applyDecorators,
  Inject,
  Injectable,
  NotFoundException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { rawRequest } from '../access/raw-request.js';
import { OperatorListener } from './operator-listener.js';

@Injectable()
class OperatorGuard implements CanActivate {
  constructor(@Inject(OperatorListener) private readonly operators: OperatorListener) {}

  canActivate(context: ExecutionContext): boolean {
    const request = rawRequest(context);
    if (this.operators.serves(request)) return true;
    // As Nest says it where there is no such route.
    throw new NotFoundException(`Cannot ${request.method ?? ''} ${request.url ?? ''}`);
  }
}

/**
 * Makes an HTTP controller, or a route, one for operators: where the module's option `operators` is set, it answers on that
 * port only, and is a 404 elsewhere. Stands below `@UseGuards()`, so that it is asked first.
 */
export function OperatorEndpoint(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(OperatorGuard));
}
