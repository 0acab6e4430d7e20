import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectSpec } from '../project_spec.ts';

const spec = projectSpec();
const states = Object.keys(spec.enums['cm_state'] ?? {});
const methods = Object.values(spec.objects['cm_id']?.methods ?? {});
const moving = methods.filter(({ from }) => from !== undefined);

/** The rows of the page's table of states: method, states it is taken in, the state it leads to. */
function rowsOfPage(): string[][] {
  const page = readFileSync(new URL('cm_id.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| `/.test(line));
  return rows
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map((cells) => cells.slice(1, 4));
}

describe('the states of a connection identifier', () => {
  it('are those of the page', () => {
    const told = rowsOfPage().filter(([, from]) => from !== 'every state');
    expect(told).toEqual(moving.map(({ name, from = [], to = '' }) => [name, from.join(', '), to]));
  });

  it('are reached, but for those in which an id begins and the one in which its device is gone', () => {
    const reached = new Set(moving.map(({ to }) => to));
    expect(states.filter((state) => !reached.has(state))).toEqual(['IDLE', 'REQUESTED', 'DEVICE_GONE']);
  });

  it('have a way out, but for the last ones', () => {
    const left = new Set(moving.flatMap(({ from = [] }) => from));
    expect(states.filter((state) => !left.has(state))).toEqual([
      'LISTENING',
      'CONNECTING',
      'DISCONNECTED',
      'DEVICE_GONE',
    ]);
  });

  it('have events with the numbers of the kernel from 128 on', () => {
    // enum rdma_cm_event_type of include/uapi/rdma/rdma_user_cm.h, written down independently.
    const kernel = { ADDR_RESOLVED: 0, ADDR_ERROR: 1, ROUTE_RESOLVED: 2, ROUTE_ERROR: 3, CONNECT_REQUEST: 4 };
    const others = { UNREACHABLE: 7, REJECTED: 8, ESTABLISHED: 9, DISCONNECTED: 10, DEVICE_REMOVAL: 11 };
    const ours = Object.entries(spec.enums['event'] ?? {}).filter(([name]) => name.startsWith('CM_'));
    expect(Object.fromEntries(ours.map(([name, number]) => [name.slice('CM_'.length), number - 128]))).toEqual({
      ...kernel,
      ...others,
    });
  });
});
