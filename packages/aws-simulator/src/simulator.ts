// The simulator as a server: a simulation behind a port on loopback, with its admin paths.

import { answerAdmin, isAdminPath } from './admin/admin.ts';
import type { CallRecord } from './http/call-log.ts';
import { answerIssuer } from './http/issuer-documents.ts';
import { listen } from './http/listener.ts';
import { answerCall } from './http/pipeline.ts';
import { createRequestHandler, type InProcessHandler } from './http/request-handler.ts';
import type { WireRequest } from './protocols/wire.ts';
import { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';
import { type FaultSpec, faultSchema } from './trouble/fault.ts';
import { addAccount } from './world/population.ts';
import type { World } from './world/world.ts';
import type { AccountSpec } from './world/world-spec.ts';

export interface SimulatorOptions extends SimulationOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export interface Simulator {
  /** For example `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The state behind the API, for tests that look or reach where no client can. */
  readonly world: World;
  /** Its clocks, throttle, faults and past; the same as behind the admin paths. */
  readonly simulation: Simulation;
  /** Give it to an SDK client as `requestHandler`, and its calls need no socket. */
  readonly requestHandler: InProcessHandler;
  /** Every call so far, oldest first; with a number, those after it. */
  calls(since?: number): CallRecord[];
  addAccount(spec: AccountSpec): void;
  /** @throws ZodError when it is not well-formed, UnmatchableFault when no call can match it. */
  setFault(fault: FaultSpec): void;
  /** Begins again as it was started: the same accounts, no resources, no faults, no calls. */
  reset(): void;
  close(): Promise<void>;
}

/** @throws Error when the port is taken or the world spec is not sound. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  let simulation = createSimulation(options);
  const reset = () => {
    simulation.world.waits.endAll();
    simulation = createSimulation(options);
  };
  const answer = (request: WireRequest) =>
    isAdminPath(request.path)
      ? answerAdmin({ simulation, reset }, request)
      : (answerIssuer(simulation.world, request) ?? answerCall(simulation, request));
  const now = () => simulation.clock.wall();
  const listener = await listen({ port: options.port ?? 0, answer, now });
  return {
    endpoint: `http://127.0.0.1:${listener.port}`,
    get world() {
      return simulation.world;
    },
    get simulation() {
      return simulation;
    },
    requestHandler: createRequestHandler(answer, now),
    calls: (since = 0) => simulation.calls.since(since),
    addAccount: (spec) => addAccount(simulation.world, spec),
    setFault: (fault) => simulation.faults.set(faultSchema.parse(fault)),
    reset,
    close: () => {
      simulation.world.waits.endAll();
      return listener.close();
    },
  };
}
