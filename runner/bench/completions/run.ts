/** The four ways to show a completion that the mails name, measured (note 0073). `npm run bench`. */
import { spawnSync } from 'node:child_process';
import { buildCompletions } from './build.ts';

const { status } = spawnSync(buildCompletions('completions', '-O2'), { stdio: 'inherit', timeout: 120_000 });
process.exitCode = status ?? 1;
