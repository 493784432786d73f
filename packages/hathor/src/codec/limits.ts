/** Most bytes of a serialised vertex. */
export const MAX_VERTEX_SIZE = 48_000;

/** Most bytes of a block's `data`. */
export const MAX_BLOCK_DATA_SIZE = 100;

/** Most links of a merge-mined block's merkle path (20 once the network has activated that feature). */
export const MAX_MERKLE_PATH_LINKS = 12;
