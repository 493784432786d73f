/**
 * Which `Origin` may connect: a list of allowed origins, such as `https://wallet.example`, or a function. Clients that
 * are no browsers send no `Origin`: a list lets them in, a function decides itself.
 */
export type OriginRule = readonly string[] | ((origin: string | undefined) => boolean);

/** Whether the rule lets the origin in; without a rule every origin is. */
export function allowsOrigin(rule: OriginRule | undefined, origin: string | undefined): boolean {
  if (rule === undefined) return true;
  if (typeof rule === 'function') return rule(origin);
  return origin === undefined || rule.includes(origin);
}
