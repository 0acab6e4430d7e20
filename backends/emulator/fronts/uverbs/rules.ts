/** The pipelines of the `uverbs` front end. Rules whose clause begins with `uverbs-` keep what only Linux has. */
import type { Spec } from '../../../../spec/model.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import type { Origin } from '../front.ts';
import { writeAnswer } from './answer.ts';
import { ATTRIBUTE, COMPLETE } from './attribute_rules.ts';
import { commandRules } from './command_rules.ts';
import { open } from './contexts.ts';
import { FRAME } from './frame_rules.ts';
import { GID_ENTRY, GID_TABLE } from './gid_rules.ts';
import { HANDLES } from './handle_rules.ts';
import type { Message } from './message.ts';
import { methodRules } from './method_rules.ts';
import { modifyRules } from './modify_rules.ts';
import { VALUES } from './value_rules.ts';
import { TAKEN, WRITE } from './write_rules.ts';

/** Which descriptor was used: event descriptors know no ioctl. */
const FILE: readonly Rule<Origin>[] = [
  { clause: 'fd-methods-foreign', apply: ({ channel }) => (channel === undefined ? 0 : ERRNO.ENOTTY) },
];

/** After the operation has done its work. */
function answerRules(spec: Spec): readonly Rule<Message>[] {
  return [
    {
      clause: 'handle-returned',
      apply: (m) => {
        m.handle = m.call.target?.handle ?? 0;
        return 0;
      },
    },
    { clause: 'output-written', apply: (m) => writeAnswer(spec, m) },
    {
      clause: 'uverbs-context-opened',
      apply: (m) => {
        if (m.method?.native.opensContext === true || m.command?.command.opensContext === true) open(m.context);
        return 0;
      },
    },
  ];
}

export function uverbsRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  return {
    'uverbs/file': FILE,
    'uverbs/frame': FRAME,
    'uverbs/attribute': ATTRIBUTE,
    'uverbs/complete': COMPLETE,
    'uverbs/method': methodRules(spec),
    'uverbs/command': commandRules(spec),
    'uverbs/modify': modifyRules(spec),
    'uverbs/values': VALUES,
    'uverbs/answer': answerRules(spec),
    'uverbs/write': WRITE,
    'uverbs/taken': TAKEN,
    'uverbs/handles': HANDLES,
    'uverbs/gid-table': GID_TABLE,
    'uverbs/gid-entry': GID_ENTRY,
  };
}
