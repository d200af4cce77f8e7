// The Route 53 operations that are simulated.

import type { Operations } from '../call.ts';

export const route53Operations: Operations = {};
