import { CloudFormationValidatePlugin, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import { TestEnvironment } from 'jest-environment-node';

declare global {
  /** The CDK's own validation, ready for use. */
  var cloudFormationValidate: IPolicyValidationPlugin;
}

/** The engine of it takes seconds to get ready: a worker has one for all files of tests. */
const PLUGIN = new CloudFormationValidatePlugin();

/** Where tests run: as anywhere in Node.js, and what is shared between files. */
export default class Environment extends TestEnvironment {
  public async setup(): Promise<void> {
    await super.setup();
    this.global.cloudFormationValidate = PLUGIN;
  }
}
