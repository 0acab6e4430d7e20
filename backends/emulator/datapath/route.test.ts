/** Who receives a message and by which work request, and what the sender is told where nobody does. */
import { describe, expect, it } from 'vitest';
import { BarePair } from './bare_pair.ts';

describe('a connected message', () => {
  it('goes to the peer whose peer the sender is', () => {
    const pair = new BarePair('RC');
    pair.set(pair.receiver, 'dest_qpn', 0);
    pair.receive(1);
    pair.send(1);
    expect(pair.reported('receives')).toEqual([]);
    pair.set(pair.receiver, 'dest_qpn', pair.sender.state.qpn);
    pair.work.wake();
    expect([pair.reported('sends'), pair.reported('receives')]).toEqual([['1 SUCCESS'], ['1 SUCCESS']]);
  });

  it('is lost on UC where the peer cannot receive, and nobody is told', () => {
    const pair = new BarePair('UC');
    pair.receiver.state.state = pair.number('qp_state', 'INIT');
    pair.receive(1);
    pair.send(1);
    expect([pair.reported('sends'), pair.reported('receives')]).toEqual([['1 SUCCESS'], []]);
    expect(pair.receiver.state.receives).toHaveLength(1);
  });
});

describe('a datagram', () => {
  it('goes where its work request says, if it has the queue key', () => {
    const pair = new BarePair('UD');
    pair.receive(1);
    pair.send(1, undefined, { destination: { ...pair.destination(), qkey: 1 } });
    pair.send(2, undefined, { destination: { ...pair.destination(), qpn: 1 } });
    expect(pair.reported('receives')).toEqual([]);
    pair.send(3);
    expect(pair.reported('receives')).toEqual(['1 SUCCESS']);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS', '2 SUCCESS', '3 SUCCESS']);
  });

  it('does not reach a queue pair of another type', () => {
    const pair = new BarePair('UD');
    Object.assign(pair.receiver.state, { type: 'RC' });
    pair.receive(1);
    pair.send(1);
    expect(pair.reported('receives')).toEqual([]);
  });
});

describe('receives', () => {
  it('are taken from the queue pair in their order', () => {
    const pair = new BarePair('UC');
    for (const id of [1, 2, 3]) pair.receive(id);
    for (const id of [1, 2]) pair.send(id);
    expect(pair.reported('receives')).toEqual(['1 SUCCESS', '2 SUCCESS']);
    expect(pair.receiver.state.receives.map(({ id }) => id)).toEqual([3n]);
  });

  it('are taken from the shared queue where there is one, and from there alone', () => {
    const pair = new BarePair('UC', { srq: true });
    pair.receiver.state.receives.push({ id: 9n, pieces: [pair.piece(0, 64)] });
    pair.send(1);
    expect(pair.reported('receives')).toEqual([]);
    pair.receive(2);
    pair.send(2);
    expect(pair.reported('receives')).toEqual(['2 SUCCESS']);
  });
});
