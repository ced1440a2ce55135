import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';
import { WEB_ACL, webAcl } from '../shared/web-acls';

const LOGGING = 'AWS::WAFv2::LoggingConfiguration';

const logging = (resource: Json) => ({
  ...webAcl({}),
  Logging: { Type: LOGGING, Properties: { ResourceArn: resource, LogDestinationConfigs: ['arn'] } },
});

export default defineRule({
  id: 'WAFv2.1',
  slug: 'wafv2-logging',
  title: 'Web ACLs log the requests that they judge',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: [WEB_ACL],
  rationale: 'Without the log nobody can say what was stopped, what got through, or whether a rule stops customers.',
  remediation:
    'Create a `wafv2.CfnLoggingConfiguration` for the web ACL, with a log group, bucket or stream whose name starts with `aws-waf-logs-`.',
  references: ['Security Hub WAF.11', 'AWS Config WAFV2_LOGGING_ENABLED', 'cdk-nag WAFv2LoggingEnabled', 'checkov CKV2_AWS_31'],
  check: (acl) => {
    const logs = acl.pointedAtBy(LOGGING, 'ResourceArn');
    if (logs.length > 0) return logs.map((each) => metBy(each, 'it logs what the web ACL judges'));
    const open = unnamedPointer(acl, LOGGING, 'ResourceArn', 'the web ACL');
    return open.length > 0 ? open : [acl.fails('the web ACL does not log', `an '${LOGGING}' for the web ACL`)];
  },
  examples: {
    pass: { 'the web acl logs': logging({ 'Fn::GetAtt': ['Acl', 'Arn'] }) },
    fail: {
      'there is no logging': webAcl({}),
      'another web acl logs': logging('arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/other/1'),
    },
    undetermined: {
      'which web acl logs is a parameter': {
        Parameters: { Acl: { Type: 'String' } },
        Resources: logging({ Ref: 'Acl' }),
      },
    },
  },
});
