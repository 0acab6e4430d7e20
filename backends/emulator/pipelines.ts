/** Every pipeline of the emulator by name: the front end's, one per method, and what the core does on close. */
import type { Spec } from '../../spec/model.ts';
import { channelRules } from './classes/channels.ts';
import { ahRules } from './classes/ah.ts';
import { ahManyRules } from './classes/ah_many.ts';
import { cmIdRules } from './classes/cm_id.ts';
import { cmRemovalRules } from './classes/cm_removal.ts';
import { cqRules } from './classes/cq.ts';
import { dmRules } from './classes/dm.ts';
import { countersRules, flowRules } from './classes/flow.ts';
import { cqNotifyRules } from './classes/cq_notify.ts';
import { deviceRules, portChangeRules, portRules } from './classes/fixed.ts';
import { driverRules } from './classes/driver.ts';
import { hwContextRules } from './classes/hw_context.ts';
import { interfaceRules } from './classes/interface.ts';
import { iwarpRules } from './classes/iwarp.ts';
import { plainLifetime } from './classes/lifetime.ts';
import { mcastRules } from './classes/mcast.ts';
import { mrRules } from './classes/mr.ts';
import { mwRules } from './classes/mw.ts';
import { qpCreateRules } from './classes/qp_create.ts';
import { qpHardwareRules } from './classes/qp_hardware.ts';
import { qpModifyRules } from './classes/qp_modify.ts';
import { qpDestroyRules, qpQueryRules } from './classes/qp_query.ts';
import { rwqIndTblRules } from './classes/rwq_ind_tbl.ts';
import { srqRules } from './classes/srq.ts';
import { wqRules } from './classes/wq.ts';
import { contextRules } from './core/close.ts';
import { mappingRules } from './core/mapping.ts';
import { eventRules } from './core/events.ts';
import { removalRules } from './core/removal.ts';
import { disturbanceRules } from './core/running.ts';
import { completeRules } from './datapath/complete.ts';
import { gatherRules } from './datapath/gather.ts';
import { memoryRules } from './datapath/memory.ts';
import { placeRules } from './datapath/place.ts';
import { pollRules } from './datapath/poll.ts';
import { postRules } from './datapath/post.ts';
import { routeRules } from './datapath/route.ts';
import { stateRules } from './datapath/states.ts';
import { sharingRules } from './core/sharing.ts';
import { udSrdRules } from './classes/ud_srd.ts';
import { registrationRules } from './driver_registration.ts';
import { chainRules } from './fronts/uapi/chain.ts';
import { uapiRules } from './fronts/uapi/rules.ts';
import { uverbsRules } from './fronts/uverbs/rules.ts';
import { kernelRules } from './kernel_consumer.ts';
import { pieceRules } from './pieces.ts';
import type { Pipelines } from './rules.ts';
import { systemNodeRules } from './system_node.ts';

const known = new WeakMap<Spec, Pipelines>();

/** The same rules for every device of one specification: they hold no state of their own. */
export function pipelinesOf(spec: Spec): Pipelines {
  let pipelines = known.get(spec);
  if (pipelines === undefined) known.set(spec, (pipelines = makePipelines(spec)));
  return pipelines;
}

function makePipelines(spec: Spec): Pipelines {
  const removal = removalRules();
  return {
    ...uapiRules(),
    ...chainRules(),
    ...uverbsRules(spec),
    ...contextRules(),
    ...eventRules(spec),
    ...pieceRules(),
    ...mappingRules(),
    ...removal,
    'device.remove': [...cmRemovalRules(spec), ...(removal['device.remove'] ?? [])],
    ...disturbanceRules(),
    ...sharingRules(),
    ...kernelRules(),
    ...channelRules(spec),
    ...interfaceRules(spec),
    ...deviceRules(spec),
    ...portRules(spec),
    ...portChangeRules(),
    ...plainLifetime('pd', 'max_pd'),
    ...plainLifetime('xrcd', 'max_xrcd'),
    ...cqRules(spec),
    ...mrRules(spec),
    ...mwRules(spec),
    ...dmRules(spec),
    ...ahRules(spec),
    ...ahManyRules(spec),
    ...cqNotifyRules(spec),
    'qp.create': qpCreateRules(spec),
    'qp.query': qpQueryRules(spec),
    'qp.modify': qpModifyRules(spec),
    'qp.destroy': qpDestroyRules(spec),
    ...mcastRules(spec),
    ...qpHardwareRules(spec),
    ...postRules(spec),
    ...pollRules(spec),
    ...memoryRules(spec),
    ...completeRules(spec),
    ...stateRules(spec),
    'work.send': [...gatherRules(spec), ...routeRules(spec), ...placeRules(spec)],
    ...srqRules(spec),
    ...wqRules(spec),
    ...rwqIndTblRules(spec),
    ...flowRules(spec),
    ...countersRules(spec),
    ...hwContextRules(spec),
    ...cmIdRules(spec),
    ...udSrdRules(spec),
    ...iwarpRules(spec),
    ...driverRules(),
    ...registrationRules(),
    ...systemNodeRules(),
  };
}
