/** Colours for words on standard output: none with NO_COLOR, in a pipe or on a dumb terminal. */
import pc from 'picocolors';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const wanted = (NO_COLOR ?? '') === '' && ((FORCE_COLOR ?? '') !== '' || (process.stdout.isTTY && TERM !== 'dumb'));

export const colour = pc.createColors(wanted);
