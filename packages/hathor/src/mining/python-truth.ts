/** Whether a JSON value counts as true where a node asks for no more than that: empty lists and objects do not. */
export function isTruthy(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
