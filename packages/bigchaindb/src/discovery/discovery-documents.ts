/** What the discovery documents are made of. */
export interface DiscoveryFacts {
  readonly version: string;
  /** URL of the transaction stream as clients reach it. */
  readonly streams: string;
  /** URL of the block stream, where there is one. */
  readonly streamedblocks?: string;
}

/** `GET /` of a node's web API (contract 3). */
export function rootDocument(facts: DiscoveryFacts): object {
  return {
    api: { v1: apiDocument('/api/v1/', facts) },
    docs: docsOf(facts.version),
    software: 'BigchainDB',
    version: facts.version,
  };
}

/** `GET /api/v1/` of a node's web API, or the same within `GET /` (contract 3). Members are sorted by name. */
export function apiDocument(
  prefix: string,
  { version, streams, streamedblocks }: DiscoveryFacts,
): object {
  return {
    assets: `${prefix}assets/`,
    blocks: `${prefix}blocks/`,
    docs: `${docsOf(version)}http-client-server-api.html`,
    metadata: `${prefix}metadata/`,
    outputs: `${prefix}outputs/`,
    ...(streamedblocks !== undefined && { streamedblocks }),
    streams,
    transactions: `${prefix}transactions/`,
    validators: `${prefix}validators`,
  };
}

function docsOf(version: string): string {
  return `https://docs.bigchaindb.com/projects/server/en/v${version}/`;
}
