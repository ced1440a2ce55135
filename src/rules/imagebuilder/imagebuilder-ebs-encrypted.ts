import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { enablesEncryption } from '../shared/ebs-default';
import { withParameter } from '../shared/iam-examples';
import { SDK_CALL } from '../shared/sdk-call';

const recipe = (...BlockDeviceMappings: Json[]) => ({
  Recipe: {
    Type: 'AWS::ImageBuilder::ImageRecipe',
    Properties: {
      Name: 'base',
      ParentImage: 'ami-0123456789abcdef0',
      ...(BlockDeviceMappings.length > 0 && { BlockDeviceMappings }),
    },
  },
});
const disk = (ebs: JsonObject) => ({ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, ...ebs } });

export default defineRule({
  id: 'ImageBuilder.2',
  slug: 'imagebuilder-ebs-encrypted',
  title: 'Images have encrypted disks',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::ImageBuilder::ImageRecipe'],
  rationale: 'A disk that is made from an image is encrypted as the image is, unless somebody thinks of it each time.',
  remediation:
    'Set `encrypted: true` in `ebs` of every mapping in `blockDeviceMappings`; the recipe needs a new `version` for that.',
  references: ['ElectricEye ImageBuilder.2', 'Security Hub EC2.3', 'NIST 800-53 SC-28'],
  check: (recipe) => {
    const mappings = recipe.at('BlockDeviceMappings');
    const found =
      mappings.items().length === 0
        ? [mappings.undetermined('an encrypted disk', 'the parent image decides about its disk')]
        : mappings.items().flatMap(mustBeEncrypted);
    if (found.every(({ kind }) => kind === 'note')) return found;
    const byDefault = recipe.peers(SDK_CALL).find((each) => enablesEncryption(each));
    return byDefault ? [metBy(byDefault, 'it switches EBS encryption by default on')] : found;
  },
  examples: {
    pass: {
      'the disk is encrypted': recipe(disk({ Encrypted: true })),
      'the account encrypts by default': {
        ...recipe(),
        Call: { Type: SDK_CALL, Properties: { Create: '{"service":"EC2","action":"enableEbsEncryptionByDefault"}' } },
      },
      'the device is left out': recipe(disk({ Encrypted: true }), { DeviceName: '/dev/sdb', NoDevice: '' }),
    },
    fail: {
      'encryption is not mentioned': recipe(disk({})),
      'one of two disks is not encrypted': recipe(disk({ Encrypted: 'true' }), disk({ Encrypted: false })),
    },
    undetermined: {
      'it is a parameter': withParameter('Encrypted', recipe(disk({ Encrypted: { Ref: 'Encrypted' } }))),
      'the parent image decides': recipe(),
    },
  },
});

function mustBeEncrypted(mapping: Value): Observation[] {
  const ebs = mapping.at('Ebs');
  return ebs.isAbsent ? [] : ebs.at('Encrypted').mustBe(true);
}
