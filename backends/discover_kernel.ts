/** What only a consumer inside the kernel finds out of a driver, tried through the control before a run. */
import type { Value } from '../spec/abi/abi.ts';
import type { Spec } from '../spec/model.ts';
import type { Answer, Backend, Control, Report } from './backend.ts';

type KernelCall = Extract<Control, { action: 'kernel_call' }>;

/** Whether the driver refuses an address handle to one who does not let it sleep; `transport`: of the first port. */
export async function refusesTheSleepless(
  backend: Backend,
  spec: Spec,
  device: string,
  transport: Value | undefined,
): Promise<boolean> {
  const called = (call: Pick<KernelCall, 'object' | 'method'> & Partial<KernelCall>): Promise<Answer<Report>> =>
    backend.control({ attributes: {}, atomic: false, sleepable: true, ...call, action: 'kernel_call', device });
  const pd = await called({ object: 'pd', method: 'create' });
  if (!pd.ok) return false;
  const path = transport === 'ROCE' ? 'path_roce' : 'path_ib';
  const value = { ...(spec.objects['ah']?.attributes[path]?.example as object), port: 1 };
  const attributes = { pd: pd.value['handle'] ?? 0, [path]: value };
  const made = await called({ object: 'ah', method: 'create', attributes, sleepable: false });
  // Whatever the errno is: the right one is the business of a clause.
  const { errno = 0, handle = 0 } = made.ok ? made.value : {};
  if (made.ok && errno === 0) await called({ object: 'ah', method: 'destroy', on: handle });
  await called({ object: 'pd', method: 'destroy', on: attributes.pd });
  return errno !== 0;
}
