import { Injectable, UnauthorizedException } from '@nestjs/common';
import { ConnectGuard, type ConnectRequest } from '@sluice/nestjs';
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Knows a client by the key in `X-Api-Key`, before the 101 answer. */
@Injectable()
export class ApiKeyGuard extends ConnectGuard {
  private readonly expected = digest(process.env.API_KEY ?? '');

  canConnect({ headers, locals }: ConnectRequest): boolean {
    const key = headers['x-api-key'];
    if (typeof key !== 'string' || key === '') throw new UnauthorizedException();
    // Digests have one length: the comparison tells nothing about the key.
    if (!timingSafeEqual(digest(key), this.expected)) return false;
    locals.client = key.slice(0, 4);
    return true;
  }
}
