import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  AlertRouter,
  type AlertRouterProps,
  AlertSource,
  EnvironmentKind,
  Runbooks,
  SecureQueue,
  Soc2Environment,
  UsualActivity,
  type UsualActivityProps,
} from '../../src';
import { ENV, KINDS } from '../helpers/construct';

const MAIL = new EmailSubscription('on-call@example.com');

function stackOf(kind = EnvironmentKind.PRODUCTION): Stack {
  const app = new App();
  Soc2Environment.declare(app, { kind, owner: 'platform team' });
  return new Stack(app, 'Stack', { env: ENV });
}

function route(props: AlertRouterProps = {}, stack = stackOf()) {
  const router = new AlertRouter(stack, 'Alerts', { subscriptions: [MAIL], ...props });
  return { router, stack, template: () => Template.fromStack(stack) };
}

describe('somebody is told', () => {
  test('production without a subscription is not synthesized, and the message says what to do', () => {
    const stack = stackOf();
    new AlertRouter(stack, 'Alerts');
    expect(() => Template.fromStack(stack)).toThrow(
      /'subscriptions' of the AlertRouter 'Stack\/Alerts' must name somebody.*EmailSubscription/s,
    );
  });

  test.each(KINDS.filter((kind) => kind !== EnvironmentKind.PRODUCTION))('%s is', (kind) => {
    const stack = stackOf(kind);
    new AlertRouter(stack, 'Alerts');
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('an app that says nothing is taken for production', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    new AlertRouter(stack, 'Alerts');
    expect(() => Template.fromStack(stack)).toThrow(/must name somebody/);
  });

  test('a subscription that is added later counts', () => {
    const stack = stackOf();
    new AlertRouter(stack, 'Alerts').subscribe(MAIL);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('a channel of a chat counts, when it hears both topics', () => {
    const stack = stackOf();
    const { topic, alarmTopic } = new AlertRouter(stack, 'Alerts');
    const slack = (snsTopicArns: string[]) =>
      new chatbot.CfnSlackChannelConfiguration(stack, `Chat${snsTopicArns.length}`, {
        configurationName: 'on-call',
        iamRoleArn: 'arn:aws:iam::111122223333:role/Chat',
        slackChannelId: 'C1',
        slackWorkspaceId: 'T1',
        snsTopicArns,
      });
    slack([topic.topicArn]);
    expect(() => Template.fromStack(stack)).toThrow(/must name somebody/);
    slack([topic.topicArn, alarmTopic.topicArn]);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('whoever subscribes hears alerts and alarms, and no heartbeats', () => {
    const { template } = route();
    const subscriptions = Object.values(
      template().findResources('AWS::SNS::Subscription', { Properties: { Protocol: 'email' } }),
    );
    expect(subscriptions.map(({ Properties }) => Properties.FilterPolicy)).toEqual(
      expect.arrayContaining([{ kind: ['alert'] }, undefined]),
    );
    expect(subscriptions).toHaveLength(2);
  });

  test('a pager can be told only of what is severe', () => {
    const { router, template } = route();
    router.subscribe(new EmailSubscription('pager@example.com'), 7);
    template().hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'pager@example.com',
      FilterPolicy: { kind: ['alert'], severity: [{ numeric: ['>=', 7] }] },
    });
  });

  test('a filter of a subscription itself is kept', () => {
    const stack = stackOf();
    const filterPolicy = { source: sns.SubscriptionFilter.stringFilter({ allowlist: ['HEALTH'] }) };
    route({ subscriptions: [new SqsSubscription(new SecureQueue(stack, 'Queue'), { filterPolicy })] }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
      FilterPolicy: { kind: ['alert'], source: ['HEALTH'] },
    });
  });
});

describe('alarms', () => {
  test('of constructs that are made later go to its topic for alarms', () => {
    const { router, stack } = route();
    expect(Soc2Environment.of(stack).alarmTopic).toBe(router.alarmTopic);
    expect(router.alarmTopic).not.toBe(router.topic);
  });

  test('go to a topic of the app where it names one', () => {
    const stack = stackOf();
    const alarmTopic = sns.Topic.fromTopicArn(stack, 'Given', 'arn:aws:sns:eu-west-1:111122223333:on-call');
    const { router, template } = route({ alarmTopic }, stack);
    expect(router.alarmTopic).toBe(alarmTopic);
    expect(Object.keys(template().findResources('AWS::SNS::Topic'))).toHaveLength(1);
    for (const { Properties } of Object.values(template().findResources('AWS::CloudWatch::Alarm')))
      expect(Properties.AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:on-call']);
  });

  test('end with the page that says what to do, those that are made later', () => {
    const { stack, template } = route({ alarmRunbook: 'https://wiki.example.com/alarms' });
    new SecureQueue(stack, 'Orders');
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.anyValue(),
      AlarmActions: Match.anyValue(),
    });
    const descriptions = Object.entries(template().findResources('AWS::CloudWatch::Alarm'))
      .filter(([id]) => id.startsWith('Orders'))
      .map(([, { Properties }]) => JSON.stringify(Properties.AlarmDescription));
    expect(descriptions).toEqual([expect.stringContaining('What to do: https://wiki.example.com/alarms')]);
  });

  test('a heartbeat that does not arrive for three hours is one, also when there is no data at all', () => {
    route().template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfMessagesSent',
      Namespace: 'AWS/SQS',
      Period: 3600,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  test('tell of events that could not be delivered, and of functions that fail', () => {
    const alarms = Object.keys(route().template().findResources('AWS::CloudWatch::Alarm')).join(' ');
    expect(alarms).toMatch(/EnrichFunctionDeadLetters/);
    expect(alarms).toMatch(/EnrichFunctionErrors/);
    expect(alarms).toMatch(/DeliverRawFunctionErrors/);
  });
});

describe('nothing is lost', () => {
  const template = route().template();
  const queue = {
    'Fn::GetAtt': [
      Object.keys(template.findResources('AWS::SQS::Queue')).find((id) => /EnrichFunctionDeadLetters/.test(id)),
      'Arn',
    ],
  };

  test('every rule keeps what the function does not take', () => {
    const rules = Object.values(template.findResources('AWS::Events::Rule'));
    expect(rules.length).toBeGreaterThan(15);
    for (const { Properties } of rules) {
      expect(Properties.Targets).toEqual([
        expect.objectContaining({ DeadLetterConfig: { Arn: queue }, RetryPolicy: expect.anything() }),
      ]);
    }
  });

  test('what the function crashes on goes to the same queue, from which it is delivered as it came', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: queue } });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: queue,
      FunctionName: { Ref: Match.stringLikeRegexp('DeliverRawFunction') },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    // Nothing takes it out of the queue but a delivery.
    const queues = template.findResources('AWS::SQS::Queue');
    expect(queues[queue['Fn::GetAtt'][0]!].Properties.RedrivePolicy).toBeUndefined();
    expect(queues[queue['Fn::GetAtt'][0]!].Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  test('the function stops before Lambda stops it, and may encrypt for the queue', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 60, DeadLetterConfig: Match.anyValue() });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow' })]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('EnrichFunctionRole') }],
    });
  });

  test('what it looks up, it only reads', () => {
    const [policy] = Object.values(
      template.findResources('AWS::IAM::Policy', {
        Properties: { Roles: [{ Ref: Match.stringLikeRegexp('EnrichFunctionRole') }] },
      }),
    );
    const statements = policy.Properties.PolicyDocument.Statement as { Action: string | string[] }[];
    const actions = statements.flatMap(({ Action }) => Action).filter((action) => !/^(kms|logs|sqs):/.test(action));
    expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action)).sort()).toEqual([
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'sns:Publish',
    ]);
  });

  test('topics, queues, the table and the logs are encrypted with keys of the account', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::SNS::Topic')))
      expect(Properties.KmsMasterKeyId).toBeDefined();
    for (const { Properties } of Object.values(template.findResources('AWS::SQS::Queue')))
      expect(Properties.KmsMasterKeyId).toBeDefined();
    for (const { Properties } of Object.values(template.findResources('AWS::Logs::LogGroup')))
      expect(Properties.KmsKeyId).toBeDefined();
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } });
  });
});

describe('options', () => {
  test('only the sources that are named have rules', () => {
    const { router } = route({ sources: [AlertSource.GUARDDUTY, AlertSource.BACKUP] });
    expect(Object.keys(router.rules)).toEqual(['GuardDuty', 'BackupAndCopyJobs', 'RestoreJobs']);
  });

  test.each([
    [0, 0, ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], 1, 1],
    [5.5, 55, ['MEDIUM', 'HIGH', 'CRITICAL'], 3, 2],
    [7, 70, ['HIGH', 'CRITICAL'], 4, 3],
    [9, 90, ['CRITICAL'], 5, 3],
  ])('a severity of %d is a number, a label, an id and a score', (minimumSeverity, normalized, labels, id, score) => {
    const { template } = route({ minimumSeverity });
    const details = JSON.stringify(
      Object.values(template().findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.EventPattern?.detail),
    );
    expect(details).toContain(JSON.stringify({ severity: [{ numeric: ['>=', minimumSeverity] }] }));
    expect(details).toContain(JSON.stringify({ Severity: { Label: labels } }));
    expect(details).toContain(JSON.stringify({ Severity: { Normalized: [{ numeric: ['>=', normalized] }] } }));
    expect(details).toContain(`"severity_id":[{"numeric":[">=",${id},"<=",6]}]`);
    expect(details).toContain(`"score":[{"numeric":[">=",${score}]}]`);
  });

  test('alerts link to the pages, and to the documents that the app deploys', () => {
    const stack = stackOf();
    const runbooks = new Runbooks(stack, 'Runbooks', {
      approvers: ['arn:aws:iam::111122223333:role/IncidentLead'],
      families: [],
    });
    route({ runbooks, runbookPages: 'https://wiki.example.com/runbooks/' }, stack);
    const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    expect(text).toContain('https://wiki.example.com/runbooks/stolen-credentials.md');
  });

  test.each<[AlertRouterProps, string]>([
    [{ minimumSeverity: 11 }, "'minimumSeverity' must be a number from 0 to 10, got 11"],
    [{ minimumSeverity: Number.NaN }, "'minimumSeverity' must be a number from 0 to 10, got NaN"],
    [{ foldFor: Duration.days(8) }, "'foldFor' must be 1 minute to 7 days, got 8 days"],
    [{ foldFor: Duration.minutes(0) }, "'foldFor' must be 1 minute to 7 days"],
    [{ runbookPages: 'http://wiki' }, "'runbookPages' must be a link that begins with https://, got 'http://wiki'"],
    [{ alarmRunbook: 'wiki' }, "'alarmRunbook' must be a link that begins with https://, got 'wiki'"],
  ])('%p is refused', (props, message) => {
    expect(() => route(props)).toThrow(message);
  });
});

describe('UsualActivity', () => {
  const said = { reason: 'Weekly scan by us', owner: 'security team', expires: '2999-12-31' };
  const declared = (usualActivity: UsualActivity[], stack = stackOf()) => {
    const { template } = route({ usualActivity }, stack);
    const parameters = Object.values(template().findResources('AWS::SSM::Parameter'));
    return { template, values: parameters.map(({ Properties }) => Properties.Value) };
  };

  test('is a parameter that the function reads, and stands in the metadata of the template', () => {
    const { template, values } = declared([UsualActivity.scanner(['192.0.2.0/28'], said)]);
    const written = { ...said, name: 'scanner', addresses: ['192.0.2.0/28'], types: ['Recon:*', 'Discovery:*'] };
    expect(JSON.parse(values[0])).toEqual(written);
    expect(template().toJSON().Metadata['cdk-soc2']).toMatchObject({
      environment: { kind: 'PRODUCTION' },
      usualActivity: [{ ...written, at: 'Stack/Alerts/UsualActivity' }],
    });
  });

  test('of a role covers what roles of its kind do, not the use of its keys by others', () => {
    const stack = stackOf();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/Deploy');
    const { values } = declared(
      [
        UsualActivity.deploymentRole(role, said),
        UsualActivity.backupJobs(role, said),
        UsualActivity.officeRange(['203.0.113.0/24'], said),
      ],
      stack,
    );
    expect(values.map((value) => JSON.parse(value))).toEqual([
      expect.objectContaining({
        name: 'deployment role',
        principals: [role.roleArn],
        sources: ['DELETIONS', 'CREDENTIALS'],
      }),
      expect.objectContaining({
        name: 'backup jobs',
        types: expect.arrayContaining(['backup.amazonaws.com:DeleteRecoveryPoint']),
      }),
      expect.objectContaining({ name: 'office', addresses: ['203.0.113.0/24'] }),
    ]);
  });

  test('of a role that the app makes is known when it is deployed', () => {
    const stack = stackOf();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const { values } = declared([UsualActivity.deploymentRole(role, said)], stack);
    expect(values[0]).toEqual({
      'Fn::Join': ['', expect.arrayContaining([{ 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] }])],
    });
  });

  test('that has expired is warned of, and stays declared', () => {
    const stack = stackOf();
    declared([UsualActivity.scanner(['192.0.2.0/28'], { ...said, expires: '2020-01-31' })], stack);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp("'scanner' of security team expired on 2020-01-31"));
  });

  test.each<[Partial<UsualActivityProps>, string]>([
    [
      { reason: 'noise' },
      "'reason' of the usual activity 'usual activity' must say why it is usual, in at least three words, got 'noise'",
    ],
    [{ owner: ' ' }, "'owner' of the usual activity 'usual activity' must not be empty"],
    [{ expires: '2027-02-30' }, "must be a day such as '2027-03-31', got '2027-02-30'"],
    [{ expires: 'never' }, "must be a day such as '2027-03-31', got 'never'"],
    [{ addresses: undefined }, "'principals' or 'addresses' of the usual activity 'usual activity' must be given, got neither"],
    [{ addresses: ['0.0.0.0/0'] }, "that are not the whole internet, got '0.0.0.0/0'"],
    [{ addresses: ['::/0'] }, "that are not the whole internet, got '::/0'"],
    [{ addresses: ['192.0.2.0/33'] }, "got '192.0.2.0/33'"],
    [{ addresses: ['office'] }, "got 'office'"],
    [{ principals: ['*'] }, "must be ARNs of roles or users, got '*'"],
    [{ principals: ['arn:aws:*'] }, "must be ARNs of roles or users, got 'arn:aws:*'"],
  ])('%p is refused', (changes, message) => {
    expect(() => UsualActivity.of({ ...said, addresses: ['192.0.2.0/28'], ...changes } as UsualActivityProps)).toThrow(message);
  });
});

describe('Runbooks', () => {
  test.each([
    [{ approvers: [] }, "'approvers' must name 1 to 10 roles or users, got 0"],
    [
      { approvers: ['a'], minimumApprovals: 2 },
      "'minimumApprovals' must be a whole number from 1 to the number of approvers (1), got 2",
    ],
    [{ approvers: ['a'], minimumApprovals: 0.5 }, "'minimumApprovals' must be a whole number from 1"],
  ])('%p is refused', (props, message) => {
    expect(() => new Runbooks(stackOf(), 'Runbooks', props)).toThrow(message);
  });

  test('a role may attach no policy but the one that denies everything', () => {
    const stack = stackOf();
    new Runbooks(stack, 'Runbooks', { approvers: ['arn:aws:iam::111122223333:role/IncidentLead'] });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string; Condition?: object }[],
    );
    const attaching = statements.filter(({ Action }) => /^iam:(Attach|Detach)/.test(Action));
    expect(attaching.length).toBeGreaterThan(3);
    for (const { Condition } of attaching)
      expect(Condition).toEqual({
        ArnEquals: { 'iam:PolicyARN': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] } },
      });
  });
});
