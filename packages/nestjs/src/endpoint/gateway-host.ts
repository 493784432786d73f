/** A gateway class as the container holds it. */
import type { InjectionToken, Type } from '@nestjs/common';
import { ContextIdFactory, ModuleRef, type DiscoveryService } from '@nestjs/core';
import type { GatewayHooks } from './gateway-hooks.js';

type InstanceWrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** Nest's own hooks. */
const HOOKS = ['handleConnection', 'handleDisconnect'];

export class GatewayHost {
  private readonly moduleRef: ModuleRef;

  constructor(
    readonly metatype: Type,
    private readonly wrapper: InstanceWrapper,
  ) {
    const moduleRef = wrapper.host?.getProviderByKey<ModuleRef>(ModuleRef)?.instance;
    if (moduleRef === undefined) throw new Error(`${metatype.name} has no module`);
    this.moduleRef = moduleRef;
  }

  get name(): string {
    return this.metatype.name;
  }

  /** The gateway, or the prototype of its instances if it is request-scoped. */
  get instance(): object {
    return this.wrapper.instance as object;
  }

  /** Whether there is one instance for all clients. */
  get isStatic(): boolean {
    return this.wrapper.isDependencyTreeStatic();
  }

  /** The gateway's hooks for one client. */
  async hooksOf(client: object): Promise<GatewayHooks> {
    if (this.isStatic) return this.instance;
    const contextId = ContextIdFactory.getByRequest(client as Record<string, unknown>);
    return this.moduleRef.resolve<GatewayHooks>(this.metatype, contextId);
  }

  /** A provider the gateway's module knows. */
  get<T>(token: InjectionToken<T>): T {
    return this.moduleRef.get<T>(token, { strict: false });
  }

  /** An instance of a class with its dependencies: the module's provider, or one made for this gateway. */
  async resolve<T>(type: Type<T>): Promise<T> {
    try {
      return this.moduleRef.get<T>(type, { strict: true });
    } catch {
      return this.moduleRef.create(type);
    }
  }

  /**
   * Hides the connection hooks from Nest, which would neither wait for them nor survive what they throw; endpoints call
   * them.
   *
   * @returns a function that shows them again, once Nest has wired the gateway.
   * @throws Error if the gateway is request-scoped and has such hooks: of those Nest asks each instance.
   */
  hideHooks(): () => void {
    if (!this.isStatic && HOOKS.some((hook) => hook in this.instance)) {
      throw new Error(
        `${this.name} is request-scoped: it needs onSessionOpen and onSessionClose instead of ${HOOKS.join(' and ')}`,
      );
    }
    // Nest calls a hook of request-scoped gateways anyway, and needs to find one to catch errors of their providers.
    const hidden = this.isStatic ? undefined : (): void => undefined;
    const restore = HOOKS.map((hook) => shadow(this.instance, hook, hidden));
    return () => {
      for (const undo of restore) undo();
    };
  }
}

function shadow(instance: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(instance, name);
  Object.defineProperty(instance, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(instance, name);
    else Object.defineProperty(instance, name, own);
  };
}
