/** The kernels `fetch.sh` made ready, and the drivers that run on them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BackendError } from '../backend.ts';
import { ROOT } from './place.ts';

export const SERIES = ['6.1', '6.12'] as const;
export type Series = (typeof SERIES)[number];

export const DRIVERS = ['rxe', 'siw'] as const;
export type Driver = (typeof DRIVERS)[number];

export interface Kernel {
  readonly series: Series;
  /** As `uname -r` has it. */
  readonly release: string;
  /** Path of the plain image. */
  readonly image: string;
  /** Folder with the modules, `NAME.ko` each. */
  readonly modules: string;
  /** Our own modules for this kernel, in the order in which they are loaded; none where they have not been built. */
  readonly ours: readonly string[];
}

/** As it is called from here; an installed package has the script too. */
export function fetchCommand(series: Series): string {
  const script = relative(process.cwd(), join(ROOT, 'backends', 'linux_vm', 'fetch.sh'));
  return `${script} --kernel ${series}`;
}

export function findKernel(cache: string, series: Series): Kernel {
  const folder = join(cache, series);
  if (!existsSync(join(folder, 'stamp')))
    throw new BackendError('config', `no kernel ${series} in ${cache}; this fetches it: ${fetchCommand(series)}`);
  const conform = join(folder, 'conform');
  const ours = existsSync(conform) ? readdirSync(conform).filter((name) => name.endsWith('.ko')) : [];
  return {
    series,
    release: readFileSync(join(folder, 'release'), 'utf8').trim(),
    image: join(folder, 'vmlinux'),
    modules: join(folder, 'modules'),
    ours: ours.sort().map((name) => join(conform, name)),
  };
}

const BUS = [
  'virtio_ring',
  'virtio',
  'virtio_pci_modern_dev',
  'virtio_pci_legacy_dev',
  'virtio_pci',
  'virtio_console',
] as const;
const CORE = ['dummy', 'ib_core', 'ib_uverbs', 'configfs', 'ib_cm', 'iw_cm', 'rdma_cm', 'rdma_ucm'] as const;
/** Without these adding a link fails with an ENOENT that does not say so. */
const CHECKSUMS = ['crc32_generic', 'crc32c_generic', 'libcrc32c'] as const;

const DRIVER_MODULES: Readonly<Record<Driver, readonly string[]>> = {
  rxe: ['udp_tunnel', 'ip6_udp_tunnel', 'rdma_rxe'],
  siw: ['siw'],
};

/** What a kernel of this series has built in, so that there is no file of it. */
const BUILT_IN: Readonly<Record<Series, readonly string[]>> = { '6.1': [], '6.12': BUS };

/** Names of the modules, in the order in which they are loaded: each after those it needs. */
export function modulesOf(series: Series, driver: Driver): readonly string[] {
  return [...BUS, ...CORE, ...CHECKSUMS, ...DRIVER_MODULES[driver]].filter((name) => !BUILT_IN[series].includes(name));
}
