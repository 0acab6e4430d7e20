/** Files on which GET_CONTEXT succeeded. Until then a file has no objects and answers no query. */
import type { Context } from '../../core/context.ts';

const opened = new WeakSet<Context>();

export function isOpen(context: Context): boolean {
  return opened.has(context);
}

export function open(context: Context): void {
  opened.add(context);
}
