// What requests cost: figures of one process on one core, as shares of what is the least.

import type { Figure } from '../figure.ts';
import { chooseCores, describeCores } from './cores.ts';
import { getFigures } from './gets.ts';
import { listFigures } from './lists.ts';
import { openRequestScene } from './scene.ts';
import { writeFigures } from './writes.ts';

export async function requestFigures(): Promise<Figure[]> {
  const cores = chooseCores();
  const scene = await openRequestScene(cores);
  try {
    const machine = { name: 'Requests', value: '', beside: describeCores(cores) };
    const gets = await getFigures(scene);
    const writes = await writeFigures(scene);
    return [machine, ...gets, ...writes, ...(await listFigures(scene))];
  } finally {
    await scene.close();
  }
}
