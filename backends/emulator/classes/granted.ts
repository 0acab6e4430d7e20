/** Devices keep work requests in rings of a power of two, so what is granted may exceed what was asked. */
export function grantedWork(asked: number, maximum: number): number {
  return asked <= 1 ? asked : Math.min(2 ** Math.ceil(Math.log2(asked)), Math.max(asked, maximum));
}
