/** The emulated devices by id: a full verbs adapter, one with UD and SRD only, one without queue pairs, one that polls for its commands, one on iWARP. */
import type { DeviceModel, PortModel } from './model.ts';

const IB_PORT: PortModel = {
  transport: 'IB',
  state: 'ACTIVE',
  maxMtu: 'MTU_4096',
  activeMtu: 'MTU_2048',
  gids: 8,
  pkeys: 16,
  lid: 1,
};
const ROCE_PORT: PortModel = {
  transport: 'ROCE',
  state: 'ACTIVE',
  maxMtu: 'MTU_2048',
  activeMtu: 'MTU_1024',
  gids: 16,
  pkeys: 1,
  lid: 0,
};
const OPA_PORT: PortModel = { ...IB_PORT, transport: 'OPA' };
const FABRIC_PORT: PortModel = {
  transport: 'UNSPECIFIED',
  state: 'ACTIVE',
  maxMtu: 'MTU_4096',
  activeMtu: 'MTU_4096',
  gids: 1,
  pkeys: 1,
  lid: 0,
};

const IWARP_PORT: PortModel = {
  transport: 'IWARP',
  state: 'ACTIVE',
  maxMtu: 'MTU_1024',
  activeMtu: 'MTU_1024',
  gids: 1,
  pkeys: 0,
  lid: 0,
};

const LIMITS = {
  max_pd: 128,
  max_cq: 128,
  max_cqe: 4096,
  max_qp: 256,
  max_qp_wr: 1024,
  max_sge: 16,
  max_qp_rd_atom: 16,
  max_qp_init_rd_atom: 8,
  max_pkeys: 16,
  comp_vectors: 4,
  max_xrcd: 40,
  max_inline_data: 256,
  max_mr: 128,
  max_mr_size: 0x100000,
  max_mw: 64,
  max_srq: 64,
  max_srq_wr: 512,
  max_srq_sge: 8,
  max_ah: 128,
  max_wq: 64,
  max_rwq_ind_tbl: 16,
  max_rwq_ind_tbl_size: 32,
  max_flow: 64,
  max_counters: 32,
  max_dm_size: 0x10000,
  max_mcast_qp_attach: 32,
  max_mcast_grp: 8,
};

/** Methods, and attributes of them, that a driver may leave out, and that these devices have. */
const CHANGES = ['cq-modify', 'cq-req-notify', 'mr-modify', 'mr-modify-range', 'srq-modify', 'srq-resize'];

/** What a device has that offers none of the extra objects. */
const PLAIN_LIMITS = {
  ...LIMITS,
  max_xrcd: 0,
  max_mw: 0,
  max_srq: 0,
  max_srq_wr: 0,
  max_srq_sge: 0,
  max_wq: 0,
  max_rwq_ind_tbl: 0,
  max_rwq_ind_tbl_size: 0,
  max_flow: 0,
  max_counters: 0,
  max_dm_size: 0,
  max_mcast_qp_attach: 0,
  max_mcast_grp: 0,
};

/** What every device serves. */
const COMMON = ['interface', 'device', 'port', 'event_channel', 'comp_channel', 'async_event', 'pd', 'cq'] as const;

export const MODELS: Readonly<Record<string, DeviceModel>> = {
  verbs: {
    id: 'verbs',
    title: 'full verbs adapter, an InfiniBand and a RoCE port',
    identity: { name: 'emu_verbs', version: 0x10000 },
    ports: [IB_PORT, ROCE_PORT],
    limits: LIMITS,
    nodeGuid: 0x0002c90300a1b2c3n,
    objects: [...COMMON, 'xrcd', 'qp', 'mr', 'mw', 'dm', 'ah', 'srq', 'wq', 'rwq_ind_tbl', 'flow', 'counters', 'cm_id'],
    extras: [...CHANGES, 'mcast', 'post'],
    ahCommands: 'none',
    qpTypes: ['RC', 'UC', 'UD', 'RAW_PACKET', 'XRC_INI', 'XRC_TGT'],
    driverTypes: {},
    driver: undefined,
  },
  'ud-srd': {
    id: 'ud-srd',
    title: 'UD and a reliable-datagram DRIVER type, nothing else',
    identity: { name: 'emu_srd', version: 0x10001 },
    ports: [FABRIC_PORT],
    limits: {
      ...PLAIN_LIMITS,
      max_pkeys: 1,
      max_qp_rd_atom: 1,
      max_qp_init_rd_atom: 1,
      max_inline_data: 32,
      comp_vectors: 2,
      max_ah_batch: 64,
    },
    nodeGuid: 0x0a1b2c3d4e5f6071n,
    objects: [...COMMON, 'qp', 'mr', 'ah'],
    extras: [...CHANGES, 'ah-many', 'post'],
    ahCommands: 'slept',
    qpTypes: ['UD', 'DRIVER'],
    driverTypes: { 0: 'srd' },
    driver: 'ud_srd',
  },
  'no-qp': {
    id: 'no-qp',
    title: 'hardware contexts instead of queue pairs',
    identity: { name: 'emu_hfi', version: 0x60003 },
    ports: [OPA_PORT],
    limits: {
      ...PLAIN_LIMITS,
      max_qp: 0,
      max_ah: 0,
      max_qp_wr: 0,
      max_sge: 0,
      max_inline_data: 0,
      max_qp_rd_atom: 0,
      max_qp_init_rd_atom: 0,
    },
    nodeGuid: 0x001175010106a5b4n,
    objects: [...COMMON, 'mr'],
    extras: CHANGES,
    ahCommands: 'none',
    qpTypes: [],
    driverTypes: {},
    driver: 'hw_context',
  },
  polled: {
    id: 'polled',
    title: 'RC and UD on an OPA and an InfiniBand port, address handles made by commands that can be polled for',
    identity: { name: 'emu_polled', version: 0x10000 },
    ports: [OPA_PORT, IB_PORT],
    limits: {
      ...PLAIN_LIMITS,
    },
    nodeGuid: 0x000af7ffe0b1c2d3n,
    objects: [...COMMON, 'qp', 'mr', 'ah', 'cm_id'],
    extras: [...CHANGES, 'post'],
    ahCommands: 'polled',
    qpTypes: ['RC', 'UD'],
    driverTypes: {},
    driver: undefined,
  },
  rnic: {
    id: 'rnic',
    title: 'RC over iWARP, shared receive queues that keep their size',
    identity: { name: 'emu_iwarp', version: 0x10000 },
    ports: [IWARP_PORT],
    limits: {
      ...PLAIN_LIMITS,
      max_ah: 0,
      max_pkeys: 0,
      max_srq: 64,
      max_srq_wr: 512,
      max_srq_sge: 8,
    },
    nodeGuid: 0x000743fffe0a1b2cn,
    objects: [...COMMON, 'qp', 'mr', 'srq'],
    extras: CHANGES.filter((change) => change !== 'srq-resize'),
    ahCommands: 'none',
    qpTypes: ['RC'],
    driverTypes: {},
    driver: 'iwarp',
  },
};
