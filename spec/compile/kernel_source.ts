/** Where in the kernel's sources something is said: `drivers/infiniband/core/verbs.c:ib_modify_qp_is_ok@6.12`. */
import type { Source } from '../model.ts';

const SHAPE = /^(?<file>(?:[\w.-]+\/)+[\w.-]+\.[chS])(?::(?<symbol>[A-Za-z_]\w*))?@(?<version>\d+\.\d+)$/;

/** What is meant, for messages about what does not fit. */
export const KERNEL_SOURCE = 'FILE:FUNCTION@VERSION, such as drivers/infiniband/core/verbs.c:ib_create_qp_user@6.12';

/** Where anybody can read a file of any version; pages link to it, nothing ever fetches from it. */
const BROWSER = 'https://elixir.bootlin.com/linux';

/** Whether a word is meant as such a place, sound or not. */
export function seemsKernelSource(word: string): boolean {
  return word.includes('@') || /\.[chS](?:[:\s]|$)/.test(word);
}

/** Undefined for a word of another shape. */
export function kernelSource(word: string): Source | undefined {
  const { file = '', symbol, version = '' } = SHAPE.exec(word)?.groups ?? {};
  if (file === '') return undefined;
  return {
    key: word,
    kind: 'kernel',
    title: `${symbol === undefined ? '' : `${symbol} in `}${file}, Linux ${version}`,
    link: `${BROWSER}/v${version}/source/${file}`,
  };
}
