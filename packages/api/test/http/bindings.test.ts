import { expect, it } from 'vitest';
import { bindings } from '../../src/http/generated/bindings.ts';
import { planRoutes } from '../../src/http/route-plan.ts';
import { createSchemas } from '../../src/http/schemas.ts';
import { contract, contractOperations } from './contract-server.ts';

it('when the service starts, every operation of the contract has its controller', () => {
  const plans = planRoutes(contract, bindings, createSchemas(contract, false));
  expect(plans.map(({ operationId }) => operationId)).toEqual(
    contractOperations.map(({ operationId }) => operationId),
  );
});
