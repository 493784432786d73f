/**
 * Reads the stream's sequence in the address for acknowledgements: `$JS.ACK.stream.consumer.delivered.SEQ.…`, on newer
 * servers with domain and account before the stream. All messages of a consumer have the same text before it.
 */
export class AckSequence {
  private before = '';

  of(reply: string): number {
    if (this.before === '' || !reply.startsWith(this.before)) {
      const parts = reply.split('.');
      this.before = `${parts.slice(0, parts.length === 9 ? 5 : 7).join('.')}.`;
    }
    const start = this.before.length;
    return Number(reply.slice(start, reply.indexOf('.', start)));
  }
}
