// `pnpm bench`: every figure that this project claims, measured in one run.

import { readFlags } from '../flags.ts';
import { acceptanceFigures } from './acceptance.ts';
import { awsCallFigures } from './aws-calls.ts';
import { commandLineFigures } from './command-line.ts';
import { printFigures } from './figure.ts';
import { neighbourFigures } from './neighbours.ts';
import { requestFigures } from './requests/figures.ts';
import { sdkSizeFigures } from './sdk-size.ts';
import { serviceFigures } from './service.ts';
import { simulatorFigures } from './simulator.ts';

readFlags({ usage: 'Usage: pnpm bench   (takes about nine minutes)', options: {} });
printFigures([
  ...(await serviceFigures()),
  ...(await requestFigures()),
  ...(await acceptanceFigures()),
  ...(await awsCallFigures()),
  ...(await neighbourFigures()),
  ...commandLineFigures(),
  ...(await sdkSizeFigures()),
  ...(await simulatorFigures()),
]);
