import { CloudFormationValidatePlugin, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import { TestEnvironment } from 'jest-environment-node';
import { CfnLint } from './helpers/cfn-lint';

declare global {
  /** The CDK's own validation, ready for use. */
  var cloudFormationValidate: IPolicyValidationPlugin;
  var cfnLint: CfnLint;
}

/** Both take seconds to get ready: a worker has one for all files of tests. */
const SHARED = { cloudFormationValidate: new CloudFormationValidatePlugin(), cfnLint: new CfnLint() };

/** Where tests run: as anywhere in Node.js, and what is shared between files. */
export default class Environment extends TestEnvironment {
  public async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, SHARED);
  }
}
