import type { FlowMessage } from '../flow/flow-control.js';

/** One form of a topic's messages, shared by the subscriptions that want it. */
export interface TopicVariant {
  readonly name: string;
  /** Number of subscriptions. */
  uses: number;
  /** Whether the event that is being delivered was rendered in this form. */
  rendered: boolean;
  /** That rendering; undefined if there is none, or it failed. */
  message: FlowMessage | undefined;
}

/**
 * The variants in use. Subscriptions point at theirs, so that delivery finds a rendering without a look-up; a variant
 * goes with its last subscription, because clients may choose its name.
 */
export class TopicVariants {
  private readonly byName = new Map<string, TopicVariant>();
  private readonly rendered: TopicVariant[] = [];

  get size(): number {
    return this.byName.size;
  }

  acquire(name: string): TopicVariant {
    let variant = this.byName.get(name);
    if (variant === undefined) {
      variant = { name, uses: 0, rendered: false, message: undefined };
      this.byName.set(name, variant);
    }
    variant.uses++;
    return variant;
  }

  release(variant: TopicVariant): void {
    if (--variant.uses === 0) this.byName.delete(variant.name);
  }

  /** Keeps a rendering until {@link forget}. */
  keep(variant: TopicVariant, message: FlowMessage | undefined): void {
    variant.rendered = true;
    variant.message = message;
    this.rendered.push(variant);
  }

  /** Forgets all renderings. */
  forget(): void {
    for (const variant of this.rendered) {
      variant.rendered = false;
      variant.message = undefined;
    }
    this.rendered.length = 0;
  }
}
