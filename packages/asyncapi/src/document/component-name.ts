/** A key that AsyncAPI allows in `components`: letters, digits, `.`, `-` and `_`. */
export function componentName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_');
}

/** Short name of a gateway: its class name without `Gateway`, beginning in lower case. */
export function gatewayName(className: string): string {
  const name = className.replace(/Gateway$/, '') || className;
  return name.charAt(0).toLowerCase() + name.slice(1);
}
