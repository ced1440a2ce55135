import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Parameters of Systems Manager that tell the newest image of a system, and what the root device of such images is called. */
const DEVICES: readonly (readonly [parameter: RegExp, device: string])[] = [
  [/^\/aws\/service\/(ami-amazon-linux-latest|bottlerocket|debian|ecs\/optimized-ami|eks\/optimized-ami)\//, '/dev/xvda'],
  [/^\/aws\/service\/(ami-windows-latest|canonical\/ubuntu|suse)\//, '/dev/sda1'],
];

/**
 * What the root device of an image is called: it depends on the image, and under another name a second disk would be made, while the
 * root stays as the image has it. Not known for images that are given by their ids or found by their names.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
 */
export function rootDeviceOf(image: ec2.IMachineImage | undefined): string | undefined {
  if (image instanceof ec2.AmazonLinuxImageSsmParameterBase) return '/dev/xvda';
  if (image instanceof ec2.GenericWindowsImage) return '/dev/sda1';
  const { parameterName, amiParameterName } = (image ?? {}) as NamedByParameter;
  const name = parameterName ?? amiParameterName;
  return typeof name === 'string' ? DEVICES.find(([parameter]) => parameter.test(name))?.[1] : undefined;
}

/** Images that a parameter tells; those for ECS call it otherwise. */
interface NamedByParameter {
  readonly parameterName?: unknown;
  readonly amiParameterName?: unknown;
}
