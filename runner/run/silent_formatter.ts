/** A cucumber formatter, loaded by cucumber from its path, that writes nothing: what a run shows is made from its journal. */
export const type = 'formatter';

export function formatter(): void {
  // Nothing to set up and no message to listen to.
}
