/** Frames of an event socket, as short as they may be. */
export function eventFrame(id: number, latest = id, streamId = 'stream'): string {
  return JSON.stringify({
    type: 'EVENT',
    peer_id: 'peer',
    network: 'unittests',
    event: {
      id,
      timestamp: 1_700_000_000.5,
      type: id % 2 === 0 ? 'NEW_VERTEX_ACCEPTED' : 'VERTEX_METADATA_CHANGED',
      data: {
        hash: String(id).padStart(64, '0'),
        version: 1,
        outputs: [{ decoded: { address: `H${String(id)}` } }],
      },
      group_id: null,
    },
    latest_event_id: latest,
    stream_id: streamId,
  });
}
