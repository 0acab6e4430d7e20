/** Colours for words on standard output: none with NO_COLOR, in a pipe or on a dumb terminal. */
import { isatty } from 'node:tty';
import pc from 'picocolors';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const wanted = (NO_COLOR ?? '') === '' && ((FORCE_COLOR ?? '') !== '' || (isatty(1) && TERM !== 'dumb'));

export const colour = pc.createColors(wanted);
