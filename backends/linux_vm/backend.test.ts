import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BackendError, type Backend, type Control } from '../backend.ts';
import { ScriptedAgent, type Script } from '../daemon/scripted_agent.ts';
import { inGuest } from './backend.ts';
import type { Guest } from './guest.ts';

interface Opened {
  readonly backend: Backend;
  /** How many guests there were after the first. */
  readonly restarts: () => number;
  readonly stopped: () => boolean;
  /** The guest dies, with this on its console. */
  readonly die: (words: string) => void;
}

const DESCRIPTION = {
  implementation: 'conformd',
  version: '0',
  abi: 'uverbs',
  model: 'uverbs0',
  devices: [{ name: 'uverbs0', path: '/dev/infiniband/uverbs0' }],
  controls: ['remove'],
  unprivileged: true,
  patience: 50,
  study: false,
};

/** A backend in guests whose agents do what the script says. */
async function opened(script: Script = () => undefined): Promise<Opened> {
  let restarts = 0;
  let stopped = false;
  let console = '';
  let agent: ScriptedAgent;
  let end: (how: string) => void;
  let ended: Promise<string>;
  const start = (): void => {
    agent = new ScriptedAgent((heard, its) => (heard.method === 'describe' ? DESCRIPTION : script(heard, its)));
    ended = new Promise((resolve) => {
      end = resolve;
    });
  };
  start();
  const guest: Guest = {
    kernel: { series: '6.1', release: '6.1.0-56-amd64', image: '', modules: '', ours: [] },
    driver: 'rxe',
    agent: () => Duplex.from({ readable: agent.link.from, writable: agent.link.to }),
    console: () => console,
    ended: () => ended,
    restart: () => {
      restarts += 1;
      start();
      return Promise.resolve();
    },
    stop: () => {
      stopped = true;
      agent.die();
      return Promise.resolve();
    },
  };
  const backend = await inGuest('rxe-6.1', guest);
  const die = (words: string): void => {
    console = words;
    agent.die();
    end('ended with code 0');
  };
  return { backend, restarts: () => restarts, stopped: () => stopped, die };
}

describe('a driver in a guest', () => {
  it('is called by its name and the release of its kernel', async () => {
    const { backend } = await opened();
    const { implementation, version, model, kernel, driver, study, controls } = await backend.describe();
    expect({ implementation, version, model }).toEqual({
      implementation: 'linux-rxe',
      version: '6.1.0-56-amd64',
      model: 'rxe-6.1',
    });
    expect({ kernel, driver, study, controls }).toEqual({
      kernel: '6.1.0-56-amd64',
      driver: 'rxe',
      study: false,
      controls: ['remove'],
    });
  });

  it('keeps its guest as long as nothing is left of a scenario', async () => {
    const { backend, restarts } = await opened();
    for (let scenario = 0; scenario < 3; scenario += 1) {
      await backend.process();
      expect(await backend.reset()).toEqual({ leaked: {} });
    }
    expect(restarts()).toBe(0);
  });

  it.each([
    { what: 'objects', report: { leaked: { qp: 1 } } },
    { what: 'complaints of the kernel', report: { leaked: {}, complaints: ['WARNING: CPU: 0'] } },
  ])('reports $what that are left, and takes a fresh guest for the next scenario', async ({ report }) => {
    let left: object | undefined = report;
    const { backend, restarts } = await opened(({ method }) => (method === 'reset' ? left : undefined));
    expect(await backend.reset()).toEqual(report);
    expect(restarts()).toBe(1);
    left = undefined;
    await backend.reset();
    expect(restarts()).toBe(1);
  });

  it('takes a fresh guest after a control that changed the driver, and not after one that did not', async () => {
    const { backend, restarts } = await opened(({ method }) => (method === 'control' ? { value: {} } : undefined));
    const event: Control = { action: 'raise_event', device: 'rxe0', event: 'PORT_ERR' };
    await backend.control(event);
    await backend.reset();
    expect(restarts()).toBe(0);
    await backend.control({ action: 'remove', device: 'rxe0' });
    await backend.reset();
    expect(restarts()).toBe(1);
    await backend.reset();
    expect(restarts()).toBe(1);
  });

  it('tells a crash in the words of the kernel, and goes on in a fresh guest', async () => {
    const { backend, restarts, die } = await opened(({ method }) => (method === 'open' ? '' : undefined));
    const process = await backend.process();
    const call = process.open('/dev/infiniband/uverbs0');
    die('booting\n[3.2] BUG: kernel NULL pointer dereference\n[3.3] RIP: rxe_qp_destroy');
    const thrown = await call.catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(BackendError);
    expect(thrown).toMatchObject({ kind: 'crash' });
    expect((thrown as Error).message).toMatch(/BUG: kernel NULL pointer dereference\n.*rxe_qp_destroy/);
    await backend.reset();
    expect(restarts()).toBe(1);
    expect((await backend.process()).pid).toBe(7);
  });

  it('ends its guest when it is closed, and when the agent refuses it', async () => {
    const { backend, stopped } = await opened();
    await backend.close();
    expect(stopped()).toBe(true);
    const stranger = { protocol: 2, agent: 'tomorrow', limits: {} };
    await expect(opened(({ method }) => (method === 'hello' ? stranger : undefined))).rejects.toThrow(BackendError);
  });
});
