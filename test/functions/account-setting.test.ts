import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccountSetting } from '../../src/functions/account-setting';
import { only } from '../helpers/construct';
import { actions, resources, template } from '../helpers/template';

const make = (timeout?: Duration) =>
  template((stack) => {
    new AccountSetting(stack, 'Setting', {
      handler: 'enable-inspector',
      description: 'test the base',
      resourceType: 'Custom::Soc2Test',
      properties: { Names: ['a'], IsOn: true },
      statements: [new iam.PolicyStatement({ actions: ['inspector2:Enable'], resources: ['*'] })],
      timeout,
    });
  });

test('it is a resource of its own type, with the properties as they are', () => {
  expect(only(make(), 'Custom::Soc2Test').Properties).toEqual({ ServiceToken: expect.anything(), Names: ['a'], IsOn: true });
});

test('it waits until the role has its rights, and rights are taken away after it', () => {
  const { DependsOn } = only(make(), 'Custom::Soc2Test');
  expect(DependsOn.join()).toMatch(/HandlerRoleDefaultPolicy/);
});

test('the handler may do what it is told, and nobody but the provider of the CDK calls it', () => {
  const built = make();
  expect(actions(built, /SettingHandlerRole/)).toEqual(['inspector2:Enable', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  expect(actions(built, /ProviderframeworkonEvent/)).toEqual(['lambda:GetFunction', 'lambda:InvokeFunction']);
  expect(resources(built, 'AWS::Lambda::Permission')).toEqual([]);
});

test('CloudFormation gets an answer whatever the handler does: the provider waits as long as the handler may take', () => {
  const timeouts = (built: ReturnType<typeof make>) =>
    resources(built, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Timeout);
  expect(timeouts(make())).toEqual([300, 900]);
  expect(timeouts(make(Duration.minutes(10)))).toEqual([600, 900]);
});
