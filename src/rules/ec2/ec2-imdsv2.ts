import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { Launch } from '../shared/launch';

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...properties } },
});
const template = (data: JsonObject) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'host', LaunchTemplateData: data } },
});
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };

export default defineRule({
  id: 'EC2.15',
  slug: 'ec2-imdsv2',
  title: 'Instances require IMDSv2',
  criteria: [Criterion.CC6_1, Criterion.CC6_6, Criterion.CC7_2],
  control: 'host-access',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  rationale: 'IMDSv1 gives the credentials of the instance to any request that can be forged, and one SSRF flaw is enough.',
  remediation: 'Set `requireImdsv2: true` on the instance, the launch template or the Auto Scaling group.',
  references: ['Security Hub EC2.8', 'AWS Config EC2_IMDSV2_CHECK', 'cdk-nag EC2IMDSv2Enabled', 'checkov CKV_AWS_79'],
  check: (resource) => {
    const launch = new Launch(resource);
    const tokens = launch.at('MetadataOptions.HttpTokens');
    if (launch.at('MetadataOptions.HttpEndpoint').string === 'disabled')
      return [{ kind: 'note', resource, text: 'the metadata endpoint is off' }];
    if (tokens.isAbsent && launch.elsewhere)
      return [launch.elsewhere.undetermined("HttpTokens 'required'", 'the launch template is not among these templates')];
    return tokens.mustBe('required');
  },
  examples: {
    pass: {
      'the instance requires tokens': host(REQUIRED),
      'the launch template of the instance requires tokens': {
        ...template(REQUIRED),
        ...host({
          LaunchTemplate: { LaunchTemplateName: 'host', Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
        }),
      },
      'the endpoint is off': host({ MetadataOptions: { HttpEndpoint: 'disabled' } }),
      'the launch configuration requires tokens': {
        Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', ...REQUIRED } },
      },
    },
    fail: {
      'the instance does not say': host({}),
      'tokens are optional': host({ MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled' } }),
      'the launch template does not say': template({ ImageId: 'ami-1' }),
      'the launch template of the instance makes tokens optional': {
        ...template({ MetadataOptions: { HttpTokens: 'optional' } }),
        ...host({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
      },
      'the launch configuration does not say': {
        Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1' } },
      },
    },
    undetermined: {
      'the setting is a parameter': {
        Parameters: { Tokens: { Type: 'String' } },
        Resources: host({ MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } }),
      },
      'the launch template is elsewhere': host({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '3' } }),
    },
  },
});
