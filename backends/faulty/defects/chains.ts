/** Defects in chains of commands. */
import { COMMAND_DONE, COMMAND_ERRNO_SHIFT, COMMAND_METHOD } from '../../../spec/abi/uapi/layout.ts';
import type { Chain, Ended } from '../../emulator/fronts/uapi/chain.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

const TOO_FEW = 64;
/** Number of a method in spec/abi/uapi/numbers.yaml. */
const QUERY = 1;

function commandAt({ chain, at }: Ended): number {
  return chain.view.getUint32(at, true);
}

export const CHAIN_DEFECTS: readonly Defect[] = [
  wrongErrno('chain-unreadable', 'EINVAL', {
    story: 'A chain that ends too early is malformed instead of unreadable.',
  }),
  wrongErrno('chain-read-only', 'EINVAL', { story: 'Memory that cannot be written is a bad value.' }),
  off('chain-next-aligned', { story: 'Links of any alignment are taken.' }),
  off('chain-next-overlap', { story: 'A link is not held against the message before it.', also: ['message-vectors'] }),
  wrongErrno('chain-next-far', 'EFAULT', { story: 'A link that leads away is a bad address.' }),
  off('chain-maximum', { story: 'The first hundred elements of a longer chain are carried out.' }),
  wrongErrno('chain-nested', 'EOPNOTSUPP', { story: 'A chain in a chain is an unknown method.' }),
  off('chain-command', { story: 'Only the low byte of a command is looked at.' }),
  stricter<Chain>(
    'chain-length',
    'EINVAL',
    { rule: 'chain-length', story: 'Chains have at most 64 elements.' },
    (chain) => chain.elements.length > TOO_FEW,
  ),
  spoiled<Chain>('chain-order', 'wrong-order', { story: 'Queries are put off to the end.' }, (chain) => {
    const isQuery = ({ at }: { at: number }): number => (chain.view.getUint32(at, true) === QUERY ? 1 : 0);
    chain.elements.sort((one, other) => isQuery(one) - isQuery(other));
  }),
  off('chain-stop', {
    story: 'What follows a refused element is carried out all the same.',
    also: ['chain-results', 'message-vectors'],
  }),
  replaced<Ended>(
    'chain-errno',
    'wrong-errno',
    { story: 'A chain that was begun succeeds; only the marks tell what was refused.', also: ['message-vectors'] },
    () => () => 0,
  ),
  spoiled<Ended>(
    'chain-results',
    'wrong-value',
    { story: 'The element that is refused is marked as carried out.', also: ['message-vectors'] },
    (ended) => {
      ended.chain.view.setUint32(ended.at, commandAt(ended) | COMMAND_DONE, true);
    },
  ),
  spoiled<Ended>(
    'chain-results',
    'wrong-value',
    { story: 'The errno of the refused element is not told.', also: ['message-vectors'], suffix: 'no-errno' },
    (ended) => {
      if (commandAt(ended) >>> COMMAND_ERRNO_SHIFT !== 0)
        ended.chain.view.setUint32(ended.at, commandAt(ended) & COMMAND_METHOD, true);
    },
  ),
];
