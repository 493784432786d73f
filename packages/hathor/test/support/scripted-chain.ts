/**
 * A chain without rules: tests write down what is on it. Vertices are stored as events have them, and everything that
 * wallets ask is worked out of that on every question, so that nothing can go stale.
 */
import type { ChainDashboard, HistoryVertex, MaybePromise, VertexData } from '../../src/index.js';
import { HathorWalletChain } from '../../src/index.js';
import { vertexData } from './vertex-data.js';
import type { VertexSketch } from './vertex-data.js';

const NATIVE_TOKEN = '00';

export class ScriptedChain extends HathorWalletChain {
  private readonly stored = new Map<string, VertexData>();
  /** Ids that {@link historyVertex} was asked for. */
  readonly questions: string[] = [];
  /** What {@link dashboard} answers. */
  figures: ChainDashboard = {
    transactions: 2,
    blocks: 8,
    best_block_height: 7,
    hash_rate: 0.25,
    peers: 3,
  };

  /** Stores a vertex, and notes with the vertices it spends that it does. */
  add(sketch: VertexSketch): VertexData {
    const data = vertexData(sketch, (id) => this.data(id));
    this.stored.set(data.hash, data);
    for (const { tx_id, index } of data.inputs) this.addSpender(tx_id, index, data.hash);
    return data;
  }

  /** Stores a vertex as it was on another chain. */
  restore(data: VertexData): void {
    this.stored.set(data.hash, data);
  }

  /** Replaces a part of a vertex's metadata. */
  change(id: string, metadata: Partial<VertexData['metadata']>): VertexData {
    const data = this.data(id);
    const changed = { ...data, metadata: { ...data.metadata, ...metadata } };
    this.stored.set(id, changed);
    return changed;
  }

  /** Takes a vertex out. */
  remove(id: string): VertexData {
    const data = this.data(id);
    this.stored.delete(id);
    for (const { tx_id, index } of data.inputs) {
      const { spent_outputs } = this.data(tx_id).metadata;
      const others = spent_outputs.filter((output) => output.index !== index);
      this.change(tx_id, { spent_outputs: others });
    }
    return data;
  }

  /** A vertex as events have it. */
  data(id: string): VertexData {
    const data = this.stored.get(id);
    if (data === undefined) throw new Error(`No vertex ${id}`);
    return data;
  }

  vertices(): Iterable<VertexData> {
    return this.stored.values();
  }

  *addressHistory(address: string): Iterable<HistoryVertex> {
    const vertices = [...this.stored.values()].map((data) => this.history(data));
    const related = vertices.filter((vertex) => mentions(vertex, address));
    yield* related.sort((a, b) => a.timestamp - b.timestamp || (a.tx_id < b.tx_id ? -1 : 1));
  }

  isAddressUsed(address: string): boolean {
    return [...this.addressHistory(address)].length > 0;
  }

  historyVertex(id: string): MaybePromise<HistoryVertex | undefined> {
    this.questions.push(id);
    const data = this.stored.get(id);
    return data && this.history(data);
  }

  dashboard(): ChainDashboard {
    return this.figures;
  }

  private history(data: VertexData): HistoryVertex {
    const { hash, version, weight, timestamp, metadata, parents, tokens } = data;
    const isBlock = version === 0;
    return {
      tx_id: hash,
      version,
      weight,
      timestamp,
      is_voided: metadata.voided_by.length > 0,
      inputs: data.inputs.map(({ tx_id, index }) => {
        const output = this.history(this.data(tx_id)).outputs[index];
        if (output === undefined) throw new Error(`No output ${index} of ${tx_id}`);
        const { spent_by: _, ...spent } = output;
        return { ...spent, type: 'transparent', tx_id, index };
      }),
      outputs: data.outputs.map((output, index) => ({
        ...output,
        token: tokens[(output.token_data & 0x7f) - 1] ?? NATIVE_TOKEN,
        spent_by: this.spender(data, index),
      })),
      parents,
      first_block: metadata.first_block,
      ...(isBlock && { height: metadata.height }),
      ...(data.headers[0] && { nc_address: data.headers[0].nc_address }),
    };
  }

  /** The spender that is not voided. */
  private spender({ metadata }: VertexData, index: number): string | null {
    const spent = metadata.spent_outputs.find((output) => output.index === index);
    const valid = spent?.tx_ids.find((id) => this.data(id).metadata.voided_by.length === 0);
    return valid ?? null;
  }

  private addSpender(id: string, index: number, spender: string): void {
    const { spent_outputs } = this.data(id).metadata;
    const known = spent_outputs.find((output) => output.index === index)?.tx_ids ?? [];
    const others = spent_outputs.filter((output) => output.index !== index);
    this.change(id, { spent_outputs: [...others, { index, tx_ids: [...known, spender] }] });
  }
}

function mentions({ inputs, outputs, nc_address }: HistoryVertex, address: string): boolean {
  const decoded = [...inputs, ...outputs].map((output) => output.decoded);
  return nc_address === address || decoded.some((script) => script.address === address);
}
