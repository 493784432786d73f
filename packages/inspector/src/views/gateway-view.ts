import type { EndpointStatus } from '@sluice/nestjs';

export interface GatewayView {
  /** As in metrics: the first path, unless the gateway has a name. */
  readonly name: string;
  readonly gateway: string;
  readonly paths: readonly string[];
  readonly port: number | null;
  /** Whether that port speaks TLS itself. */
  readonly secure: boolean;
  readonly connections: number;
  readonly topics: readonly { readonly name: string; readonly receivers: number }[];
}

export function gatewayView(status: EndpointStatus): GatewayView {
  const { name, gateway, paths, port, secure, connections, topics } = status;
  return {
    name,
    gateway,
    paths,
    port: port ?? null,
    secure,
    connections,
    topics: Array.from(topics, ([topic, receivers]) => ({ name: topic, receivers })),
  };
}
