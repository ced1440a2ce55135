import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
const endpoint = (network: Json) => ({
  ...vpc,
  Endpoint: { Type: ENDPOINT, Properties: { VpcId: network, ServiceName: 'com.amazonaws.eu-west-1.s3' } },
});

export default defineRule({
  id: 'EC2.32',
  slug: 'vpc-endpoints-used',
  title: 'VPCs reach services of AWS by endpoints',
  criteria: [Criterion.CC6_7, Criterion.CC6_6],
  control: 'egress-control',
  severity: 'info',
  resourceTypes: ['AWS::EC2::VPC'],
  inheritable: true,
  rationale: 'What reaches AWS by an endpoint needs no way to the internet, and the endpoint can say which data may pass.',
  remediation:
    'Call `vpc.addGatewayEndpoint(…)` for S3 and DynamoDB, which costs nothing, and `vpc.addInterfaceEndpoint(…)` for the other services that are used.',
  references: ['Security Hub EC2.10', 'AWS Config SERVICE_VPC_ENDPOINT_ENABLED', 'NIST 800-53 SC-7'],
  check: (network) => {
    const [endpoint] = network.pointedAtBy(ENDPOINT, 'VpcId');
    if (endpoint) return [metBy(endpoint, 'it is an endpoint of this VPC')];
    const open = unnamedPointer(network, ENDPOINT, 'VpcId', 'this VPC');
    return open.length > 0 ? open : [network.fails('the VPC has no endpoint', `an '${ENDPOINT}'`)];
  },
  examples: {
    pass: { 'the vpc has an endpoint': endpoint({ Ref: 'Vpc' }) },
    fail: { 'the vpc has none': vpc, 'the endpoint is of another vpc': endpoint('vpc-0123456789abcdef0') },
    undetermined: {
      'the vpc of the endpoint is a parameter': {
        Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } },
        Resources: endpoint({ Ref: 'VpcId' }),
      },
    },
  },
});
