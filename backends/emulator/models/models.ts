/** The emulated devices by id: a full verbs adapter, one with UD and SRD only, one without queue pairs. */
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
const FABRIC_PORT: PortModel = {
  transport: 'UNSPECIFIED',
  state: 'ACTIVE',
  maxMtu: 'MTU_4096',
  activeMtu: 'MTU_4096',
  gids: 1,
  pkeys: 1,
  lid: 0,
};

const LIMITS = {
  max_pd: 128,
  max_cq: 128,
  max_cqe: 4096,
  max_qp: 128,
  max_qp_wr: 1024,
  max_sge: 16,
  max_qp_rd_atom: 16,
  max_qp_init_rd_atom: 8,
  max_pkeys: 16,
  comp_vectors: 4,
  max_xrcd: 40,
  max_inline_data: 256,
};

export const MODELS: Readonly<Record<string, DeviceModel>> = {
  verbs: {
    id: 'verbs',
    title: 'full verbs adapter, an InfiniBand and a RoCE port',
    ports: [IB_PORT, ROCE_PORT],
    limits: LIMITS,
    nodeGuid: 0x0002c90300a1b2c3n,
    objects: ['interface', 'device', 'port', 'pd', 'cq', 'xrcd', 'qp'],
    qpTypes: ['RC', 'UC', 'UD', 'RAW_PACKET', 'XRC_INI', 'XRC_TGT'],
    driverTypes: {},
    driver: undefined,
  },
  'ud-srd': {
    id: 'ud-srd',
    title: 'UD and a reliable-datagram DRIVER type, nothing else',
    ports: [FABRIC_PORT],
    limits: {
      ...LIMITS,
      max_pkeys: 1,
      max_xrcd: 0,
      max_qp_rd_atom: 1,
      max_qp_init_rd_atom: 1,
      max_inline_data: 32,
      comp_vectors: 2,
    },
    nodeGuid: 0x0a1b2c3d4e5f6071n,
    objects: ['interface', 'device', 'port', 'pd', 'cq', 'qp'],
    qpTypes: ['UD', 'DRIVER'],
    driverTypes: { 0: 'srd' },
    driver: undefined,
  },
  'no-qp': {
    id: 'no-qp',
    title: 'hardware contexts instead of queue pairs',
    ports: [{ ...IB_PORT, transport: 'OPA' }],
    limits: {
      ...LIMITS,
      max_qp: 0,
      max_xrcd: 0,
      max_qp_wr: 0,
      max_sge: 0,
      max_inline_data: 0,
      max_qp_rd_atom: 0,
      max_qp_init_rd_atom: 0,
    },
    nodeGuid: 0x001175010106a5b4n,
    objects: ['interface', 'device', 'port', 'pd', 'cq'],
    qpTypes: [],
    driverTypes: {},
    driver: 'hw_context',
  },
};
