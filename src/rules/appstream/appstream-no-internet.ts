import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';

const FLEET = 'AWS::AppStream::Fleet';
const IMAGE_BUILDER = 'AWS::AppStream::ImageBuilder';

const open = (value: Json, type = FLEET) => ({ Desktops: { Type: type, Properties: { EnableDefaultInternetAccess: value } } });

export default defineRule({
  id: 'AppStream.1',
  slug: 'appstream-no-internet',
  title: 'AppStream desktops reach the internet through the VPC only',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'egress-control',
  severity: 'warning',
  resourceTypes: [FLEET, IMAGE_BUILDER, 'AWS::AppStream::AppBlockBuilder'],
  rationale: 'With internet access of its own, a desktop goes past the NAT gateway, the firewall and the flow logs of the VPC.',
  remediation: 'Remove `enableDefaultInternetAccess: true` and set `vpcConfig` with private subnets.',
  references: ['ElectricEye AppStream.1', 'NIST 800-53 SC-7'],
  check: (desktops) =>
    desktops.at('EnableDefaultInternetAccess').mustBe(false, { absent: 'there is none unless it is switched on' }),
  examples: {
    pass: { 'there is none': open(false), 'it is not mentioned': open({ Ref: 'AWS::NoValue' }) },
    fail: { 'a fleet has it': open('true'), 'an image builder has it': open(true, IMAGE_BUILDER) },
    undetermined: {
      'it is a parameter': { Parameters: { Open: { Type: 'String' } }, Resources: open({ Ref: 'Open' }) },
    },
  },
});
