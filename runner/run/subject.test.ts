import { describe, expect, it } from 'vitest';
import { UsageError } from '../failure.ts';
import { backendNamed, chosenModels } from './subject.ts';

describe('the models a run takes', () => {
  it('are all, or the one that is named', async () => {
    const emulator = await backendNamed('emulator');
    expect(chosenModels(emulator, {})).toEqual(emulator.models);
    expect(chosenModels(emulator, { model: 'no-qp' })).toEqual(['no-qp']);
  });

  it('are those of a kernel and a driver', async () => {
    const guests = await backendNamed('linux-vm');
    expect(chosenModels(guests, { kernel: '6.1' })).toEqual(['rxe-6.1', 'siw-6.1']);
    expect(chosenModels(guests, { kernel: '6.1', driver: 'siw' })).toEqual(['siw-6.1']);
    expect(chosenModels(guests, { driver: 'rxe' })).toEqual(['rxe-6.1', 'rxe-6.12']);
  });

  it('are a usage error where there is none', async () => {
    const guests = await backendNamed('linux-vm');
    expect(() => chosenModels(guests, { kernel: '5.10' })).toThrow(UsageError);
    expect(() => chosenModels(guests, { model: 'siw-6.1', driver: 'rxe' })).toThrow(/--driver rxe: .*rxe-6\.1/);
    const emulator = await backendNamed('emulator');
    expect(() => chosenModels(emulator, { kernel: '6.1' })).toThrow('--kernel 6.1: emulator has no such model');
  });
});
