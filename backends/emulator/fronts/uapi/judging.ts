/** What the `uapi` front end asks of messages for one operation: of each phase the rules that such a message can break. */
import type { Shape } from '../../dispatch_table.ts';
import { pipelineFor, type Pipelines, type Step } from '../../rules.ts';
import type { Message } from './message.ts';

export interface Judging {
  readonly attributes: Step<Message>;
  readonly objects: Step<Message>;
  /** After the method has done its work. */
  readonly answer: Step<Message>;
}

export function judgingOf(pipelines: Pipelines, operation: Shape): Judging {
  return {
    attributes: pipelineFor<Message>(pipelines, 'uapi/attributes', operation),
    objects: pipelineFor<Message>(pipelines, 'uapi/objects', operation),
    answer: pipelineFor<Message>(pipelines, 'uapi/answer', operation),
  };
}
