import { misspelt, withoutEffect } from '../helpers/iam-actions';

const statement = (Action: unknown, Condition?: unknown) => ({ Effect: 'Deny', Action, Resource: '*', Condition });

describe('a policy is misspelt', () => {
  test.each([
    ['in an action', statement('cloudtrail:StopLoging'), ["no action 'cloudtrail:StopLoging'"]],
    ['in a service', statement(['s3:GetObject', 'clodtrail:*']), ["no action 'clodtrail:*'"]],
    ['in a pattern that stands for nothing', statement('ec2:Dessribe*'), ["no action 'ec2:Dessribe*'"]],
    ['in an action that it leaves out', { Effect: 'Deny', NotAction: ['iam:GetRol'] }, ["no action 'iam:GetRol'"]],
    [
      'in a condition key',
      statement('s3:*', { Bool: { 'aws:SecureTransprot': 'false' } }),
      ["no condition key 'aws:SecureTransprot'"],
    ],
    ['without a service', statement('GetObject'), ["no action 'GetObject'"]],
    [
      'in text within a template',
      { Content: JSON.stringify({ Statement: [statement('s3:GetObjekt')] }) },
      ["no action 's3:GetObjekt'"],
    ],
    [
      'deep within a template',
      { A: { Properties: { P: [{ Statement: statement('s3:GetObjekt') }] } } },
      ["no action 's3:GetObjekt'"],
    ],
  ])('%s', async (_, document, expected) => expect(await misspelt(document)).toEqual(expected));
});

test('what AWS has is in order, in letters of any size, with placeholders and tags', async () => {
  const actions = ['*', 'iam:GetRole', 'S3:getobject', 'ec2:Describe*', 'dynamodb:?etItem'];
  const conditions = {
    StringEquals: { 'aws:PrincipalTag/team': 'a', 'aws:RequestedRegion': 'eu-west-1', 'kms:ViaService': 'x' },
  };
  expect(await misspelt({ Statement: [statement(actions, conditions)] })).toEqual([]);
});

test('what is allowed on resources, and takes none, has no effect', async () => {
  const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  const item = 'arn:aws:ssm:eu-west-1:111122223333:opsitem/*';
  expect(await withoutEffect([allow(['ssm:CreateOpsItem', 'ssm:GetOpsItem'], item)])).toEqual(['ssm:CreateOpsItem']);
  expect(await withoutEffect([allow('ssm:CreateOpsItem', '*'), { ...allow('ssm:CreateOpsItem', item), Effect: 'Deny' }])).toEqual(
    [],
  );
});
