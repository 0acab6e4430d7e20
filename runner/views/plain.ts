/** Text from outside made fit for a terminal. */

/**
 * Control characters shown as \xNN, so that nothing a file or a device says can move a cursor or set a colour, and halves
 * of characters, which no encoding knows, as \uNNNN.
 */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/gu, (found) => {
    if (found === '\n' || found === '\t') return ' ';
    const code = found.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}
