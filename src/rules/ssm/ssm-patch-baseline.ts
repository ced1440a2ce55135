import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { orInherited } from '../shared/or-inherited';

const SERVERS = ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::SpotFleet'];

/** Documents that scan for patches or install them. */
const PATCHING =
  /(^|[/:])AWS-(RunPatchBaseline(WithHooks|Association)?|ApplyPatchBaseline|PatchInstanceWithRollback|PatchAsgInstance)$/;

/** Type, and what says which document it runs. */
const RUNNERS: Readonly<Record<string, (resource: Resource) => Value[]>> = {
  'AWS::SSM::Association': (association) => [association.at('Name')],
  'AWS::SSM::MaintenanceWindowTask': (task) => [task.at('TaskArn')],
  'AWS::SSMQuickSetup::ConfigurationManager': (manager) => manager.at('ConfigurationDefinitions').all('*.Type'),
};

function patches(document: Value): boolean {
  return PATCHING.test(document.text) || document.string === 'AWSQuickSetupType-PatchPolicy';
}

/** A maintenance window has a schedule of its own; an association without one runs once. */
function mustRepeat(resource: Resource): Observation[] {
  return resource.type === 'AWS::SSM::Association' ? resource.at('ScheduleExpression').mustBeSet('a schedule') : [];
}

const server = { Server: { Type: 'AWS::EC2::Instance', Properties: {} } };
const association = (properties: JsonObject) => ({ Patching: { Type: 'AWS::SSM::Association', Properties: properties } });
const task = (TaskArn: Json) => ({ Patching: { Type: 'AWS::SSM::MaintenanceWindowTask', Properties: { TaskArn } } });
const WEEKLY = { ScheduleExpression: 'cron(0 2 ? * SUN *)' };

export default defineRule({
  id: 'SSM.1',
  slug: 'ssm-patch-baseline',
  title: 'Servers are held against a patch baseline on a schedule',
  criteria: [Criterion.CC7_1, Criterion.CC6_8],
  control: 'patch-management',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [...Object.keys(RUNNERS), 'AWS::SSM::PatchBaseline'],
  rationale: 'An auditor asks for the patches that a server lacks and since when; only a scan that runs regularly can answer.',
  remediation:
    "Create an `ssm.CfnAssociation` or `ssm.CfnMaintenanceWindowTask` that runs `AWS-RunPatchBaseline` on a schedule, with `operation: 'Install'`, or `'Scan'` where servers are replaced by new images. AWS has a baseline for every system; an `ssm.CfnPatchBaseline` with `patchGroups` sets your own. Or declare who patches as an inherited control of `ssm-patch-baseline`.",
  references: [
    'AuditKit CC7.3',
    'Security Hub SSM.2',
    'AWS Config EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK',
    'NIST 800-53 SI-2',
  ],
  check: (environment) => {
    if (!SERVERS.some((type) => environment.resources(type).length > 0))
      return [{ kind: 'note', text: 'the environment has no servers' }];
    const runners = Object.entries(RUNNERS).flatMap(([type, read]) =>
      environment.resources(type).map((resource) => ({ resource, documents: read(resource) })),
    );
    const patching = runners.filter(({ documents }) => documents.some(patches)).map(({ resource }) => resource);
    const right = patching.filter((each) => mustRepeat(each).length === 0);
    if (right.length > 0) return right.map((each) => metBy(each, 'it holds servers against a patch baseline'));
    if (patching.length > 0) return patching.flatMap(mustRepeat);
    const expected = `\`AWS-RunPatchBaseline\` on a schedule, ${orInherited('ssm-patch-baseline')}`;
    const open = runners.flatMap(({ documents }) => documents).find((each) => each.isUnknown && each.mentions().length === 0);
    if (open) return [open.undetermined(expected)];
    const baselines = environment.resources('AWS::SSM::PatchBaseline').length > 0;
    return [missing(`servers, but nothing runs ${baselines ? 'the patch baseline' : 'a patch baseline'}`, expected)];
  },
  examples: {
    pass: {
      'an association runs it every week': { ...server, ...association({ Name: 'AWS-RunPatchBaseline', ...WEEKLY }) },
      'a task of a maintenance window runs it': { ...server, ...task('AWS-RunPatchBaseline') },
      'the document is given by its ARN': { ...server, ...task('arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaselineWithHooks') },
      'there are no servers': { Topic: { Type: 'AWS::SNS::Topic' } },
    },
    fail: {
      'nothing runs it': server,
      'there is a baseline that nothing runs': { ...server, Baseline: { Type: 'AWS::SSM::PatchBaseline', Properties: {} } },
      'an association runs it once': { ...server, ...association({ Name: 'AWS-RunPatchBaseline' }) },
      'an association runs something else': { ...server, ...association({ Name: 'AWS-UpdateSSMAgent', ...WEEKLY }) },
    },
    undetermined: {
      'what the association runs is a parameter': {
        Parameters: { Document: { Type: 'String' } },
        Resources: { ...server, ...association({ Name: { Ref: 'Document' }, ...WEEKLY }) },
      },
    },
  },
});
