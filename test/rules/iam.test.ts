import { evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import type { Json, JsonObject } from '../../src/model/json';
import { Template } from '../../src/model/template';
import noAdminPolicy from '../../src/rules/iam/iam-no-admin-policy';
import noEscalation from '../../src/rules/iam/iam-no-privilege-escalation-inline';
import passwordPolicy from '../../src/rules/iam/iam-password-policy';
import type { Rule } from '../../src/rules/rule';
import { allow, document, inlinePolicy, role } from '../../src/rules/shared/iam-examples';
import { judge, verdictOf } from '../helpers/judge';

const deny = (action: Json, resource: JsonObject) => ({ Effect: 'Deny', Action: action, ...resource });

/** Verdicts by logical id. */
function verdicts(rule: Rule, ...bodies: JsonObject[]): Record<string, string> {
  const templates = bodies.map((body, index) => new Template(body, { path: `${index}.template.json`, sha256: '' }));
  const evaluations = [...evaluate(new Assembly(templates, true), [rule])].flat();
  return Object.fromEntries(evaluations.map(({ entry, outcome }) => [entry?.logicalId ?? 'environment', outcome]));
}

describe('a managed policy that allows everything', () => {
  const everything = { Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('*')) } } };
  const bounded = role({ PermissionsBoundary: { Ref: 'Boundary' } });

  test('grants nothing as a permissions boundary', () => {
    expect(verdicts(noAdminPolicy, { Resources: { ...everything, ...bounded } })).toEqual({});
  });

  test('grants everything when it is also attached', () => {
    const user = { User: { Type: 'AWS::IAM::User', Properties: { ManagedPolicyArns: [{ Ref: 'Boundary' }] } } };
    expect(verdicts(noAdminPolicy, { Resources: { ...everything, ...bounded, ...user } })).toEqual({ Boundary: 'fail' });
  });

  test('grants everything where nobody has it yet', () => {
    expect(verdicts(noAdminPolicy, { Resources: everything })).toEqual({ Boundary: 'fail' });
  });
});

describe('ways to more rights', () => {
  const pass = allow('iam:PassRole');

  test('are open to a role that gets two policies by a function around all of its properties', () => {
    const policy = (statement: Json) => ({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: document(statement) },
    });
    const Resources: JsonObject = {
      Pass: policy(pass),
      Start: policy(allow('ec2:RunInstances')),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { 'Fn::If': ['C', { ManagedPolicyArns: [{ Ref: 'Pass' }, { Ref: 'Start' }] }, {}] },
      },
    };
    const Conditions = { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };
    expect(verdicts(noEscalation, { Conditions, Resources })).toMatchObject({ Role: 'fail' });
  });
  const start = allow('ec2:RunInstances');

  test('are found across the policies of a role, in different stacks', () => {
    const shared = {
      Resources: role({ Policies: [{ PolicyName: 'pass', PolicyDocument: document(pass) }] }),
      Outputs: { Role: { Value: { Ref: 'Role' }, Export: { Name: 'role' } } },
    };
    const app = {
      Resources: {
        Start: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { Roles: [{ 'Fn::ImportValue': 'role' }], PolicyDocument: document(start) },
        },
      },
    };
    expect(verdicts(noEscalation, shared, app)).toEqual({ Role: 'fail', Start: 'pass' });
  });

  test('are reported once, by the policy that opens them alone', () => {
    const both = inlinePolicy(pass, start);
    const attached = { Policy: { ...both.Policy, Properties: { ...both.Policy.Properties, Roles: [{ Ref: 'Role' }] } } };
    expect(verdicts(noEscalation, { Resources: { ...role(), ...attached } })).toEqual({ Role: 'pass', Policy: 'fail' });
  });

  test('are closed by a denial of all that they need, and by no smaller one', () => {
    expect(verdictOf(noEscalation, inlinePolicy(pass, start, deny('iam:PassRole', { Resource: '*' })))).toBe('pass');
    const oneRole = { NotResource: 'arn:aws:iam::111122223333:role/app' };
    expect(verdictOf(noEscalation, inlinePolicy(pass, start, deny('iam:PassRole', oneRole)))).toBe('pass');
    const narrow = [
      deny('iam:PassRole', { Resource: 'arn:aws:iam::111122223333:role/admin' }),
      deny('iam:PassRole', { Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      deny('iam:PassRole', { NotResource: 'arn:aws:iam::*:role/*' }),
      deny('ec2:RunInstances', { NotResource: 'arn:aws:ec2:*:*:instance/*' }),
      deny('ec2:TerminateInstances', { Resource: '*' }),
    ];
    for (const each of narrow) expect(verdictOf(noEscalation, inlinePolicy(pass, start, each))).toBe('fail');
  });

  test('are counted, not listed, in a finding', () => {
    const [{ findings }] = judge(noEscalation, inlinePolicy(allow('*')));
    expect(findings).toHaveLength(1);
    expect(findings[0].problem).toMatch(/^the holder can gain more rights by iam:AddUserToGroup, and in \d+ other ways$/);
  });
});

describe('the password policy', () => {
  test('is not known when its call cannot be read', () => {
    const open = { 'Fn::Sub': '{"action":"updateAccountPasswordPolicy",${Rest}' };
    const resources = { PasswordPolicy: { Type: 'Custom::AWS', Properties: { Update: open } } };
    expect(verdictOf(passwordPolicy, { Parameters: { Rest: { Type: 'String' } }, Resources: resources })).toBe('undetermined');
  });

  test('may be given as an object, as older versions of the CDK did', () => {
    const weak = { service: 'IAM', action: 'updateAccountPasswordPolicy', parameters: { MinimumPasswordLength: '6' } };
    const resources = { PasswordPolicy: { Type: 'Custom::AWS', Properties: { Create: weak } } };
    const [{ findings }] = judge(passwordPolicy, resources);
    expect(findings.map(({ path }) => path?.split('.').pop())).toEqual([
      'MinimumPasswordLength',
      'PasswordReusePrevention',
      'RequireLowercaseCharacters',
      'RequireUppercaseCharacters',
      'RequireNumbers',
      'RequireSymbols',
    ]);
  });
});
