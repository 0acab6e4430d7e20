/** Reads a proof document from outside; one that contradicts itself is refused like one of another tool. */
import { UsageError } from '../failure.ts';
import type { ProofDocument } from './proof.ts';
import { validatorOf } from './schemas.ts';
import { parseJson, readText } from './text_file.ts';

/** `root`: the folder with spec/schemas/. */
export async function readProof(file: string, root: string): Promise<ProofDocument> {
  const value = parseJson(readText(file), file);
  const problem = (await validatorOf(root, 'proof'))(value) ?? contradiction(value as ProofDocument);
  if (problem !== undefined) throw new UsageError(`${file}: not a proof document of this tool: ${problem}`);
  return value as ProofDocument;
}

/** What no schema can say, as a pointer to the place and what is wrong there. */
function contradiction(document: ProofDocument): string | undefined {
  const { clauses, defects, musts, mustsWithoutDefect: without } = document;
  const inForce = (id: string): boolean => Object.hasOwn(clauses, id);
  const tried = new Set<string>();
  const broken = new Set<string>();
  for (const [index, { id, caught, reasons, clauses: named }] of defects.entries()) {
    const place = `/defects/${String(index)}`;
    if (tried.has(id)) return `${place}/id ${id} stands there twice`;
    tried.add(id);
    if (caught && reasons.length > 0) return `${place} is caught, and has reasons why it is not`;
    if (!caught && reasons.length === 0) return `${place} is not caught, and has no reason`;
    for (const clause of named) {
      if (caught && !inForce(clause)) return `${place}/clauses ${clause} is not among /clauses`;
      broken.add(clause);
    }
  }
  for (const [index, id] of without.entries()) {
    const place = `/mustsWithoutDefect/${String(index)}`;
    if (!inForce(id)) return `${place} ${id} is not among /clauses`;
    if (broken.has(id)) return `${place} ${id} has a defect`;
  }
  if (musts > Object.keys(clauses).length) return '/musts counts more than there are clauses';
  if (without.length > musts) return '/musts is less than those without a defect';
  if (Date.parse(document.finished) < Date.parse(document.started)) return '/finished is before /started';
  return undefined;
}
