// `pnpm bench`: every figure that this project claims, measured in one run.

import { readFlags } from '../flags.ts';

readFlags({ usage: 'Usage: pnpm bench   (takes about ten minutes)', options: {} });
// Only now, as help does not need the whole service.
const { printAllFigures } = await import('./figures.ts');
await printAllFigures();
