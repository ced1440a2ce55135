import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { patternOf } from '../../model/policy';
import { defineRule } from '../rule';
import { inDoubt } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';

const SERVICE = 'AWS::EC2::VPCEndpointService';
const EXPECTED = 'the ARN of an account or a role';

const permissions = (...AllowedPrincipals: Json[]) => ({
  Permissions: {
    Type: 'AWS::EC2::VPCEndpointServicePermissions',
    Properties: { ServiceId: { Ref: 'Service' }, AllowedPrincipals },
  },
});
const service = (AcceptanceRequired: Json) => ({ Service: { Type: SERVICE, Properties: { AcceptanceRequired } } });

export default defineRule({
  id: 'EC2.61',
  slug: 'vpc-endpoint-service-not-public',
  title: 'Endpoint services name who may connect to them',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::EC2::VPCEndpointServicePermissions'],
  rationale:
    'An endpoint service is a door into the network behind the load balancer; open to everyone, any AWS account can build its side of it.',
  remediation: 'List the accounts in `allowedPrincipals` of the `ec2.VpcEndpointService`, and leave `acceptanceRequired` on.',
  references: ['Prowler vpc_endpoint_services_allowed_principals_trust_boundaries', 'NIST 800-53 SC-7', 'NIST 800-53 AC-3'],
  check: (permissions) => {
    const findings = permissions.membersAt('AllowedPrincipals').flatMap((principal) => {
      if (patternOf(principal, 'surely') === '*') return [principal.fails(EXPECTED, 'every AWS account may connect')];
      return patternOf(principal, 'possibly') === '*' ? [principal.undetermined(EXPECTED)] : [];
    });
    const [service] = permissions.at('ServiceId').targets(SERVICE);
    if (findings.length === 0 || service === undefined) return findings;
    const acceptance = service.at('AcceptanceRequired');
    if (acceptance.boolean) return [metBy(service, 'every connection waits until somebody accepts it')];
    return acceptance.isUnknown ? inDoubt(findings) : findings;
  },
  examples: {
    pass: {
      'one account may connect': permissions('arn:aws:iam::111122223333:root'),
      'everyone may ask, and somebody accepts': { ...permissions('*'), ...service(true) },
      'the account itself may connect': permissions({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }),
    },
    fail: {
      'everyone may connect': permissions('*'),
      'everyone may connect, beside one account': permissions('arn:aws:iam::111122223333:root', '*'),
      'nobody accepts connections': { ...permissions('*'), ...service(false) },
    },
    undetermined: {
      'who may connect is a parameter': byParameter((principal) => permissions(principal)),
      'whether somebody accepts is a parameter': byParameter((required) => ({ ...permissions('*'), ...service(required) })),
    },
  },
});
