import { Injectable, UnauthorizedException } from '@nestjs/common';
import { ConnectGuard, type ConnectRequest } from '@sluice/nestjs';
import { createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';

/** Knows a client by a signed token in `Authorization`, before the 101 answer. */
@Injectable()
export class JwtGuard extends ConnectGuard {
  // For tokens of an identity provider: createRemoteJWKSet(new URL('https://id.example/keys')).
  private readonly key = createSecretKey(process.env.JWT_SECRET ?? '', 'utf8');

  async canConnect({ headers, locals }: ConnectRequest): Promise<boolean> {
    const token = /^Bearer (\S+)$/i.exec(headers.authorization?.toString() ?? '')?.[1];
    if (token === undefined) throw new UnauthorizedException('A token is needed');
    const { payload } = await jwtVerify(token, this.key, {
      algorithms: ['HS256'],
      issuer: 'https://id.example',
      audience: 'event-stream',
      requiredClaims: ['sub', 'exp'],
    }).catch(() => {
      throw new UnauthorizedException('The token does not hold');
    });
    locals.client = payload.sub;
    return payload.scope === 'events:read';
  }
}
