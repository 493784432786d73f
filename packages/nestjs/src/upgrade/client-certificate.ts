import type { ClientCertificate } from '@sluice/engine';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** The certificate a client has shown; undefined if it has shown none, or one that did not stand the check. */
export function clientCertificate({ socket }: IncomingMessage): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  // A resumed connection is authorized without a certificate if there was none before; what Node gives then is empty.
  const { subject, issuer, subjectaltname, serialNumber, fingerprint256, valid_to } =
    socket.getPeerCertificate();
  if ((fingerprint256 as string | undefined) === undefined) return undefined;
  return {
    subject: { ...subject },
    issuer: { ...issuer },
    subjectAltName: subjectaltname ?? '',
    serialNumber,
    fingerprint256,
    validTo: Date.parse(valid_to),
  };
}
