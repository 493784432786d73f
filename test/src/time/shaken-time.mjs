/**
 * Loaded before a program: what its parent says over IPC is done to its time. `{ ahead }` sets its wall clock, so many
 * milliseconds before the true one; `{ standStill }` blocks its event loop for so long. Each is answered when it is done.
 */
const TrueDate = Date;
let ahead = 0;

globalThis.Date = class Date extends TrueDate {
  constructor(...parts) {
    if (parts.length === 0) super(TrueDate.now() + ahead);
    else super(...parts);
  }

  static now() {
    return TrueDate.now() + ahead;
  }
};

process.on('message', (order) => {
  if (order.ahead !== undefined) ahead = order.ahead;
  if (order.standStill !== undefined) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.standStill);
  }
  process.send({ done: order });
});
process.channel.unref();
