/** The figures, followed once for all views. */
import { follow } from './api.js';

/** Milliseconds that the page remembers. */
export const SPAN = 5 * 60_000;

export class Feed {
  constructor() {
    /** @type {readonly import('../../src/sampling/sample.js').Sample[]} */
    this.samples = [];
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    this.isOpen = false;
  }

  start() {
    follow(
      'figures',
      {
        history: (samples) => {
          this.samples = samples;
          this.tell();
        },
        sample: (sample) => {
          this.samples = [...this.samples, sample].filter(({ time }) => time >= sample.time - SPAN);
          this.tell();
        },
      },
      (isOpen) => {
        this.isOpen = isOpen;
        this.tell();
      },
    );
  }

  /**
   * @param {() => void} listener called with every change, and at once
   * @returns {() => void} ends this
   */
  watch(listener) {
    this.listeners.add(listener);
    listener();
    return () => this.listeners.delete(listener);
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}
