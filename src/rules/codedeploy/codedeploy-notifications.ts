import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const group = (TriggerConfigurations?: Json) => ({
  Group: {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: { ApplicationName: 'shop', ...(TriggerConfigurations && { TriggerConfigurations }) },
  },
});
const trigger = (TriggerTargetArn: Json) => [{ TriggerName: 'tell', TriggerEvents: ['DeploymentFailure'], TriggerTargetArn }];

export default defineRule({
  id: 'CodeDeploy.3',
  slug: 'codedeploy-notifications',
  title: 'Somebody is told of deployments',
  criteria: [Criterion.CC8_1, Criterion.CC7_2],
  control: 'change-management',
  severity: 'info',
  resourceTypes: ['AWS::CodeDeploy::DeploymentGroup'],
  rationale: 'A change of production that nobody hears of is found out late, if it was wrong.',
  remediation:
    'Add a rule of EventBridge for `aws.codedeploy` with a topic as its target, or `triggerConfigurations` to the group.',
  references: ['ElectricEye CodeDeploy.2', 'NIST 800-53 CM-3'],
  check: (group) => {
    const triggers = group.at('TriggerConfigurations');
    const own = triggers.items().map((each) => each.at('TriggerTargetArn').mustBeSet('a topic'));
    if (own.some((observations) => observations.length === 0)) return [];
    const rule = group.peers('AWS::Events::Rule').find((each) =>
      each
        .at('EventPattern.source')
        .items()
        .some(({ string }) => string === 'aws.codedeploy'),
    );
    if (rule && rule.at('Targets').items().length > 0) return [metBy(rule, 'passes on what CodeDeploy does')];
    return (
      own[0] ?? [
        triggers.isUnknown ? triggers.undetermined('a topic') : triggers.fails('a topic', 'nobody is told of deployments'),
      ]
    );
  },
  examples: {
    pass: {
      'a topic is told': { ...group(trigger({ Ref: 'Topic' })), Topic: { Type: 'AWS::SNS::Topic' } },
      'a rule passes it on': {
        ...group(),
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: { EventPattern: { source: ['aws.codedeploy'] }, Targets: [{ Id: 'tell', Arn: { Ref: 'Topic' } }] },
        },
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    },
    fail: { 'nobody is told': group(), 'the topic is empty': group(trigger('')) },
    undetermined: { 'the topic is a parameter': withParameter('Topic', group(trigger({ Ref: 'Topic' }))) },
  },
});
