import { Injectable } from '@nestjs/common';
import { ConnectGuard, type ConnectRequest } from '@sluice/nestjs';

/** Knows a client by its certificate, which TLS has checked: by an authority of ours, and not expired. */
@Injectable()
export class CertificateGuard extends ConnectGuard {
  private readonly allowed = new Set(process.env.INDEXERS?.split(','));

  canConnect({ certificate, locals }: ConnectRequest): boolean {
    const name = certificate?.subject.CN;
    if (typeof name !== 'string' || !this.allowed.has(name)) return false;
    locals.client = name;
    return true;
  }
}
