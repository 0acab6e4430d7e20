/** The command that runs a scenario of a result again, as a shell takes it. */

export const CLI = 'npx rdma-conformance';

/** `path`: of the result, as a command in this folder would name it. */
export function replayCommand(path: string, scenario: string): string {
  return `${CLI} replay ${shellWord(path)} ${shellWord(scenario)}`;
}

/** Quoted only where a shell would read more into it. */
function shellWord(text: string): string {
  return /^[\w./@%+=:,-][\w./@%+=:,#-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
