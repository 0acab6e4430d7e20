/** What both front ends ask for a call on a device that is not as usual: let in at all, alone with its objects, or standing still. */
import type { Abi } from '../../../spec/abi/abi.ts';
import type { Call } from '../core/call.ts';
import { STALLED, note } from '../core/running.ts';
import { pipelineOf, type Pipelines } from '../rules.ts';

export interface Disturbance {
  /** As soon as the method is known. */
  admit(call: Call): number;
  /** When a call that stood still goes on. */
  resume(call: Call): number;
  /** Once the objects are known: 0, an errno, or STALLED. */
  hold(call: Call): number;
}

/** `wantsAlone`: which methods this ABI lets have their object for themselves. */
export function disturbanceOf(pipelines: Pipelines, wantsAlone: Abi['wantsAlone']): Disturbance {
  const admit = pipelineOf<Call>(pipelines, 'call.admit');
  const resume = pipelineOf<Call>(pipelines, 'call.resume');
  const hold = pipelineOf<Call>(pipelines, 'call.hold');
  const failed = pipelineOf<Call>(pipelines, 'call.failed');
  return {
    admit,
    resume,
    hold(call) {
      call.alone = wantsAlone(call.operation.object, call.operation.method);
      const errno = hold(call);
      if (errno !== 0) return errno;
      const { running } = call.device;
      const ambush = running.caught(call.operation);
      if (ambush === undefined) return 0;
      if (ambush.errno === undefined) running.hold(call);
      note(call.device);
      return ambush.errno === undefined ? STALLED : failed(call) || ambush.errno;
    },
  };
}
