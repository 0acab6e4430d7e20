/** The rows drivers bring, by the name a model gives in `driver`. */
import type { DriverRow } from '../registration.ts';

export const DRIVERS: Readonly<Record<string, readonly DriverRow[]>> = {
  hw_context: [
    { object: 'hw_context', method: 'create', pipeline: 'hw_context.create' },
    { object: 'hw_context', method: 'query', pipeline: 'hw_context.query' },
    { object: 'hw_context', method: 'destroy', pipeline: 'hw_context.destroy' },
  ],
};
