/** Test support: a small valid project in a temporary folder, with some files replaced, that goes when the test ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const VALID: Readonly<Record<string, string>> = {
  'package.json': '{ "version": "1.2.3" }\n',
  'spec/sources.yaml': 'a-mail: { kind: mail, title: A mail, from: An author, message_id: <1@example.org> }\n',
  'spec/known-deviations.yaml': '[]\n',
  'spec/provenance.yaml': '[]\n',
  'spec/libibverbs.yaml': '[]\n',
  'spec/objects/types.yaml': `enums:
  qp_state: { RESET: 0, INIT: 1 }
  qp_type: { RC: 2, UD: 4 }
  transport: { IB: 0 }
flags:
  access: { READ: 1, WRITE: 2 }
structs:
  cap:
    size: { width: 4, meaning: entries }
    reserved: { width: 4, meaning: zero }
    address: { width: 8, meaning: where }
`,
  'spec/objects/qp_states.yaml': `states: [RESET, INIT]
bits: { STATE: 0, PORT: 5, QKEY: 6 }
posting: { send: { RESET: refused, INIT: processed }, receive: { RESET: refused, INIT: held } }
cur_state_from: [INIT]
tables:
  core:
    transports: [IB]
    legal: &legal { RESET: [RESET, INIT], INIT: [RESET] }
    types:
      RC:
        RESET->INIT: { required: [PORT], optional: [QKEY] }
  other:
    transports: [IB]
    driver_type: 1
    understood: [STATE, PORT]
    legal: *legal
    types: { UD: {} }
uverbs_dropped: { RC: [QKEY] }
`,
  'spec/objects/pd.yaml': `object: pd
title: Protection domain
instances: created
space: pd
uapi: 4
attributes: {}
methods:
  create: { meaning: makes one, attributes: {} }
  destroy: { meaning: frees one, attributes: {} }
`,
  'spec/objects/qp.yaml': `object: qp
title: Queue pair
instances: created
space: qp
uapi: { RC: 16, UD: 18 }
uses: [pd]
attributes:
  pd: { id: 32, type: handle pd, meaning: protection domain }
  port: { id: 6, bit: PORT, type: u32, max: 9, meaning: port, example: 1 }
  cap: { id: 20, type: struct cap, meaning: sizes, example: { size: 4 } }
  numbers: { id: 2, type: list u16, meaning: numbers }
methods:
  create:
    meaning: makes one
    attributes:
      pd: { direction: in, required: true, except: [UD] }
      cap: { direction: inout, required: true, optional_for: [RC] }
  list: { number: 32, meaning: lists, attributes: { numbers: { direction: out } } }
  modify: { meaning: changes one, attributes: { port: { direction: in } } }
`,
  'spec/abi/uverbs/numbers.yaml': 'pd: 1\n',
  'spec/contents.yaml': '- { part: one, title: Part one, for: Tests, pages: [calls] }\n',
  'spec/chapters/calls.md': `# Calls

### \`call-refused\`

The core **must** refuse a call that is \`bad\`.

- subject: core
- abi: uapi, uverbs
- errno: EINVAL
- basis: agreed
- source: a-mail section 2; a-mail
`,
};

/** The root of a project whose files are the valid ones, with `files` put over them. */
export function temporaryProject(files: Readonly<Record<string, string | undefined>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'rdma-conformance-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  for (const [name, text] of Object.entries({ ...VALID, ...files })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** One of the valid files with a piece of it replaced; throws where the piece is not in it. */
export function edited(name: string, piece: string, replacement: string): Readonly<Record<string, string>> {
  const text = VALID[name] ?? '';
  if (!text.includes(piece)) throw new Error(`${name} does not contain: ${piece}`);
  return { [name]: text.replace(piece, replacement) };
}
