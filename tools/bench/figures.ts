// All figures, one after the other, so that none is measured beside another.

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

export async function printAllFigures(): Promise<void> {
  printFigures([
    ...(await serviceFigures()),
    ...(await requestFigures()),
    ...(await acceptanceFigures()),
    ...(await awsCallFigures()),
    ...(await neighbourFigures()),
    ...(await commandLineFigures()),
    ...(await sdkSizeFigures()),
    ...(await sdkImportFigures()),
    ...(await simulatorFigures()),
  ]);
}
