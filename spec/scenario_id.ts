/** The name under which a scenario is known for good: in results, selections and `features/renamed.yaml`. */

/**
 * `features/qp/modify.feature` and `RC from INIT` give `qp/modify#rc-from-init`.
 * `uri`: path of the feature file below the project's root; `name`: of the scenario, outline expanded.
 */
export function scenarioId(uri: string, name: string): string {
  const path = uri
    .replaceAll('\\', '/')
    .replace(/^features\//, '')
    .replace(/\.feature$/, '');
  return `${path}#${kebab(name)}`;
}

/** Letters and digits in lower case, everything else as single dashes between them. */
function kebab(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
