// Every probe there is. A new file of probes is named here.

import type { ProbeSet } from '../probe.ts';
import { serviceConfigurationProbes } from './ec2/service-configurations.ts';

export const allProbes: ProbeSet = [...serviceConfigurationProbes];
