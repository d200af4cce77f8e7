// All figures, one after the other, so that none is measured beside another. Each group is printed
// as soon as it is known.

import { acceptanceFigures } from './acceptance.ts';
import { awsCallFigures } from './aws-calls.ts';
import { commandLineFigures } from './command-line.ts';
import { printFigures } from './figure.ts';
import { neighbourFigures } from './neighbours.ts';
import { requestFigures } from './requests/figures.ts';
import { sdkImportFigures } from './sdk-import.ts';
import { sdkSizeFigures } from './sdk-size.ts';
import { serviceFigures } from './service.ts';
import { simulatorFigures } from './simulator.ts';

const groups = [
  serviceFigures,
  requestFigures,
  acceptanceFigures,
  awsCallFigures,
  neighbourFigures,
  commandLineFigures,
  sdkSizeFigures,
  sdkImportFigures,
  simulatorFigures,
];

export async function printAllFigures(): Promise<void> {
  for (const figures of groups) printFigures(await figures());
}
