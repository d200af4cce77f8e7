// All admin paths. To add one, write it in the file of its subject.

import { callRoutes } from './calls.ts';
import { clockRoutes } from './clock.ts';
import { consoleRoutes } from './console.ts';
import { faultRoutes } from './faults.ts';
import { infrastructureRoutes } from './infrastructure.ts';
import type { Route } from './route.ts';
import { settingRoutes } from './settings.ts';
import { throttlingRoutes } from './throttling.ts';
import { tokenIssuerRoutes } from './token-issuers.ts';
import { worldRoutes } from './world.ts';

export const routes: readonly Route[] = [
  ...clockRoutes,
  ...callRoutes,
  ...faultRoutes,
  ...throttlingRoutes,
  ...settingRoutes,
  ...consoleRoutes,
  ...infrastructureRoutes,
  ...tokenIssuerRoutes,
  ...worldRoutes,
];
