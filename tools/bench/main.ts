// `pnpm bench`: every figure that this project claims, measured in one run.

import { commandLineFigures } from './command-line.ts';
import { printFigures } from './figure.ts';
import { sdkSizeFigures } from './sdk-size.ts';
import { serviceFigures } from './service.ts';

printFigures([...(await serviceFigures()), ...commandLineFigures(), ...(await sdkSizeFigures())]);
