import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import type { Json, JsonObject } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import { defineRule } from '../rule';
import { passesOn } from '../shared/bus-rule';
import { eventPatternOf, matchesEvent } from '../shared/event-pattern';
import { fromJsonText } from '../shared/json-text';
import { orInherited } from '../shared/or-inherited';
import { guardDutyFinding, securityHubFindings } from '../shared/security-findings';

/** Findings in words, and the events by any of which somebody learns of them: Security Hub repeats those of GuardDuty. */
const FINDINGS: readonly (readonly [what: string, events: readonly JsonObject[]])[] = [
  ['findings of GuardDuty that are high', [guardDutyFinding(8), ...securityHubFindings('GuardDuty', 'HIGH')]],
  ['findings of GuardDuty that are critical', [guardDutyFinding(9.5), ...securityHubFindings('GuardDuty', 'CRITICAL')]],
];
const OF_HUB = ['critical findings of Security Hub', securityHubFindings('Security Hub', 'CRITICAL')] as const;

function routed(environment: EnvironmentView, what: string, events: readonly JsonObject[]): Observation[] {
  const rules = environment.resources('AWS::Events::Rule');
  const judged = rules.flatMap((rule): Observation[][] => {
    const pattern = eventPatternOf(rule);
    const answers = events.map((event) => matchesEvent(pattern, event));
    if (answers.includes(true)) return [passesOn(rule)];
    return answers.includes(undefined) ? [[pattern.undetermined(`a pattern that matches ${what}`)]] : [];
  });
  const right = rules.find((rule) => events.some((event) => matchesEvent(eventPatternOf(rule), event)) && !passesOn(rule).length);
  if (right) return [metBy(right, `passes on ${what}`)];
  const notified = environment.accountResources('AWS::Notifications::EventRule').find((rule) => {
    const pattern = fromJsonText(rule.at('EventPattern'));
    return events.some(
      (event) =>
        rule.at('Source').string === event.source &&
        rule.at('EventType').string === event['detail-type'] &&
        (pattern.isAbsent || pattern.string === '' || matchesEvent(pattern, event) === true),
    );
  });
  if (notified) return [metBy(notified, `tells of ${what}`)];
  const expected = `a rule of EventBridge that passes them on, ${orInherited('finding-route')}`;
  return (
    judged.find((each) => each.every(({ kind }) => kind === 'undetermined')) ??
    judged[0] ?? [missing(`nobody learns of ${what}`, expected)]
  );
}

const route = (detail: Json, more: JsonObject = {}) => ({
  Findings: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], ...(detail === null ? {} : { detail }) },
      Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
      ...more,
    },
  },
});
const hub = { Hub: { Type: 'AWS::SecurityHub::Hub', Properties: {} } };

export default defineRule({
  id: 'Events.1',
  slug: 'finding-route',
  aliases: ['alert-topic-exists'],
  title: 'Severe findings of GuardDuty and Security Hub are passed on to somebody',
  criteria: [Criterion.CC7_3, Criterion.CC7_2, Criterion.CC7_4, Criterion.CC2_2],
  control: 'alert-routing',
  // The security account does this for all accounts as a rule.
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ['AWS::Events::Rule', 'AWS::Notifications::EventRule'],
  rationale:
    'A finding that waits on a page of the console protects nobody: the clock of the response starts when somebody reads it.',
  remediation:
    "Add an `events.Rule` with the pattern `{ source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 7] }] } }` and a `targets.SnsTopic`, or one for the findings of Security Hub, which repeat those of GuardDuty. Where the security account does that, declare it: `inherited: [{ rule: 'finding-route', owner: '…', pointer: '…' }]`.",
  references: ['AuditKit CC7.4/Alert Notifications', 'NIST 800-53 IR-6', 'NIST 800-53 SI-4'],
  check: (environment) => {
    const hasHub = ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2'].some((type) => environment.resources(type).length > 0);
    return [...FINDINGS, ...(hasHub ? [OF_HUB] : [])].flatMap(([what, events]) => routed(environment, what, events));
  },
  examples: {
    pass: {
      'all findings of GuardDuty are passed on': route(null),
      'those of a high number are passed on': route({ severity: [{ numeric: ['>=', 7] }] }),
      'Security Hub passes them on': {
        ...hub,
        Findings: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: {
              source: ['aws.securityhub'],
              'detail-type': ['Security Hub Findings - Imported'],
              detail: { findings: { Severity: { Label: ['HIGH', 'CRITICAL'] }, Workflow: { Status: ['NEW'] } } },
            },
            Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
          },
        },
      },
    },
    fail: {
      'no rule passes findings on': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the severity is a word': route({ severity: ['HIGH', 'CRITICAL'] }),
      'critical findings are left out': route({ severity: [{ numeric: ['>=', 7, '<', 9] }] }),
      'the rule is switched off': route(null, { State: 'DISABLED' }),
      'the rule has no target': route(null, { Targets: [] }),
      'those of Security Hub are left out, which is on': { ...hub, ...route(null) },
    },
    undetermined: {
      'the severity is a parameter': {
        Parameters: { Least: { Type: 'Number' } },
        Resources: route({ severity: [{ numeric: ['>=', { Ref: 'Least' }] }] }),
      },
    },
  },
});
