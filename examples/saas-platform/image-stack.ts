import { Stack, type StackProps } from 'aws-cdk-lib';
import { SecureRepository } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Where builds of the service are kept. */
export class ImageStack extends Stack {
  public readonly images: SecureRepository;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.images = new SecureRepository(this, 'Images');
  }
}
