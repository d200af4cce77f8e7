// Setting and lifting faults.

import { z } from 'zod';
import { faultSchema } from '../trouble/fault.ts';
import { UnmatchableFault } from '../trouble/faults.ts';
import { AdminError, type Route, readBody } from './route.ts';

export const faultRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'faults',
    about: 'The faults that are set, with how many calls each matched and struck.',
    answer: ({ simulation }) => ({ faults: simulation.faults.list() }),
  },
  {
    method: 'GET',
    path: 'faults/schema',
    about: 'The JSON Schema of a fault.',
    answer: () => z.toJSONSchema(faultSchema, { io: 'input' }),
  },
  {
    method: 'POST',
    path: 'faults',
    about: 'Sets a fault: {"name": "…", "match": {"action": "…"}, "answer": "silence"}.',
    answer: ({ simulation }, { body }) => {
      const fault = readBody(faultSchema, body);
      try {
        simulation.faults.set(fault);
      } catch (error) {
        if (!(error instanceof UnmatchableFault)) throw error;
        throw new AdminError(400, error.message);
      }
      return fault;
    },
  },
  {
    method: 'DELETE',
    path: 'faults',
    about: 'Lifts all faults.',
    answer: ({ simulation }) => {
      simulation.faults.clear();
      return { faults: [] };
    },
  },
  {
    method: 'DELETE',
    path: 'faults/{name}',
    about: 'Lifts one fault.',
    answer: ({ simulation }, { name }) => {
      if (simulation.faults.remove(name)) return { faults: simulation.faults.list() };
      throw new AdminError(
        404,
        `There is no fault '${name}'. GET faults lists those that are set.`,
      );
    },
  },
];
