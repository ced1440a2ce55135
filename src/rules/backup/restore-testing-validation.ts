import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const selection = (properties: JsonObject) => ({
  Selection: {
    Type: 'AWS::Backup::RestoreTestingSelection',
    Properties: {
      RestoreTestingPlanName: 'monthly',
      RestoreTestingSelectionName: 'tables',
      ProtectedResourceType: 'DynamoDB',
      IamRoleArn: 'arn:aws:iam::111122223333:role/restore',
      ...properties,
    },
  },
});

export default defineRule({
  id: 'Backup.14',
  slug: 'restore-testing-validation',
  title: 'What a test restores is kept long enough to be looked into',
  criteria: [Criterion.A1_3, Criterion.PI1_5],
  control: 'restore-testing',
  severity: 'warning',
  resourceTypes: ['AWS::Backup::RestoreTestingSelection'],
  rationale: 'A restore that ends well may hold nothing, or the data of another year; only a look inside shows that.',
  remediation:
    'Set `validationWindowHours` of the `CfnRestoreTestingSelection` to what a validation needs, and report its result with `PutRestoreValidationResult`. Without a window, what was restored is deleted at once.',
  references: ['NIST 800-53 CP-4', 'NIST 800-53 CP-9(1)'],
  check: (selection) => [
    ...selection.at('ValidationWindowHours').mustBeAtLeast(1),
    ...selection.at('IamRoleArn').mustBeSet('a role that restores'),
  ],
  examples: {
    pass: { 'there are eight hours to look': selection({ ValidationWindowHours: 8 }) },
    fail: {
      'there is no window': selection({}),
      'the window has no hours': selection({ ValidationWindowHours: 0 }),
      'the role is removed': selection({ ValidationWindowHours: 8, IamRoleArn: { Ref: 'AWS::NoValue' } }),
    },
    undetermined: {
      'the hours are a parameter': {
        Parameters: { Hours: { Type: 'Number' } },
        Resources: selection({ ValidationWindowHours: { Ref: 'Hours' } }),
      },
    },
  },
});
