/** A command as a person types it, split into its arguments without a shell: nothing in it is expanded or substituted. */
import { BackendError } from '../backend.ts';

/** Words are parted by blanks; '...' is literal, "..." and what is outside quotes knows the backslash. */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && quote !== "'") {
      i += 1;
      if (i === text.length) throw new BackendError('config', `${text}: ends in a backslash`);
      word = (word ?? '') + text.charAt(i);
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') throw new BackendError('config', `${text}: a quote ${quote} is never closed`);
  if (word !== undefined) words.push(word);
  return words;
}
