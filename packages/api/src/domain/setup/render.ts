// One model, rendered in each format that customers work with.

import { renderAwsCli } from './aws-cli.ts';
import { renderCdk } from './cdk.ts';
import { renderChangeRequest } from './change-request.ts';
import { renderCloudFormation } from './cloudformation.ts';
import type { Setup, SetupFormat, SetupModel } from './model.ts';
import { renderTerraform } from './terraform.ts';

const renderers: Record<SetupFormat, (model: SetupModel) => Setup> = {
  terraform: renderTerraform,
  cloudformation: renderCloudFormation,
  cdk: renderCdk,
  'aws-cli': renderAwsCli,
  'change-request': renderChangeRequest,
};

export function renderSetup(model: SetupModel, format: SetupFormat): Setup {
  return renderers[format](model);
}
