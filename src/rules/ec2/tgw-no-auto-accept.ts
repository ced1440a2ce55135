import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const gateway = (properties: JsonObject) => ({
  Gateway: { Type: 'AWS::EC2::TransitGateway', Properties: { Description: 'Hub', ...properties } },
});

export default defineRule({
  id: 'EC2.23',
  slug: 'tgw-no-auto-accept',
  title: 'Transit gateways do not accept shared attachments by themselves',
  criteria: [Criterion.CC6_6, Criterion.CC6_1, Criterion.CC6_7],
  control: 'network-segmentation',
  severity: 'error',
  resourceTypes: ['AWS::EC2::TransitGateway'],
  rationale: 'A network that joins without anyone agreeing can reach all others that are attached.',
  remediation:
    'Leave `autoAcceptSharedAttachments` of the `ec2.CfnTransitGateway` out, or set it to `disable`, and accept each attachment.',
  references: ['Security Hub EC2.23', 'AWS Config EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED', 'CT.EC2.PR.6'],
  check: (each) =>
    each
      .at('AutoAcceptSharedAttachments')
      .mustBe('disable', { absent: 'a transit gateway waits for somebody to accept unless it is told otherwise' }),
  examples: {
    pass: {
      'it is not mentioned': gateway({}),
      'it is off': gateway({ AutoAcceptSharedAttachments: 'disable' }),
    },
    fail: {
      'it is on': gateway({ AutoAcceptSharedAttachments: 'enable' }),
      'it is on by the default of a parameter': {
        Parameters: { Accept: { Type: 'String', Default: 'enable' } },
        Resources: gateway({ AutoAcceptSharedAttachments: { Ref: 'Accept' } }),
      },
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { Accept: { Type: 'String' } },
        Resources: gateway({ AutoAcceptSharedAttachments: { Ref: 'Accept' } }),
      },
    },
  },
});
