/** Text from outside made fit for a terminal. */

/** Control characters shown as \xNN, so that nothing a file or a device says can move a cursor or set a colour. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (found) => {
    if (found === '\n' || found === '\t') return ' ';
    return `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
