// What requests cost: figures of one process on one core, as shares of what is the least.

import type { Figure } from '../figure.ts';
import { chooseCores, describeCores } from './cores.ts';
import { getFigures } from './gets.ts';
import { listFigures } from './lists.ts';
import { collectGarbage, residentMebibytes } from './memory.ts';
import { pacedReads } from './paced-reads.ts';
import { openRequestScene, type RequestScene } from './scene.ts';
import { writeFigures } from './writes.ts';

export async function requestFigures(): Promise<Figure[]> {
  const cores = chooseCores();
  const scene = await openRequestScene(cores);
  try {
    const machine = { name: 'Requests', value: '', beside: describeCores(cores) };
    const gets = await getFigures(scene);
    const writes = await writeFigures(scene);
    const lists = await listFigures(scene);
    const paced = await pacedReads(scene);
    return [machine, ...gets, ...writes, ...lists, paced, await memoryFigure(scene)];
  } finally {
    await scene.close();
  }
}

async function memoryFigure({ pid, log, residentAtStart }: RequestScene): Promise<Figure> {
  const told = (mebibytes: number | null) => `${mebibytes ?? 'unknown'} MiB`;
  const atEnd = residentMebibytes(pid);
  const live = await collectGarbage(pid, log);
  return {
    name: 'Memory of the service at 10,000 accounts',
    value: told(atEnd),
    beside:
      `resident, after the requests above; ${told(residentMebibytes(pid))} once its garbage is ` +
      `collected, with ${told(live)} that live in the heap; ${told(residentAtStart)} at the start`,
  };
}
