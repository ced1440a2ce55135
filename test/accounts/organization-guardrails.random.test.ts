import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import { OrganizationGuardrails, type OrganizationGuardrailsProps } from '../../src';
import { RESOURCE_CONTROL_GUARDRAILS } from '../../src/accounts/resource-control-guardrails';
import { SERVICE_CONTROL_GUARDRAILS } from '../../src/accounts/service-control-guardrails';
import { ENV } from '../helpers/construct';

const IDS = [...SERVICE_CONTROL_GUARDRAILS, ...RESOURCE_CONTROL_GUARDRAILS].map(({ id }) => id);

const roles = (minLength = 0) => fc.array(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{2,40}\*?$/), { minLength, maxLength: 30 });
const OPTIONS: fc.Arbitrary<OrganizationGuardrailsProps> = fc.record({
  organizationId: fc.stringMatching(/^o-[a-z0-9]{10,32}$/),
  targetIds: fc.constant(['r-ab12']),
  allowedRegions: fc.array(fc.stringMatching(/^(eu|us|ap)-(west|north)-[1-9]$/), { minLength: 1, maxLength: 20 }),
  breakGlassRoles: roles(1),
  administrationRoles: roles(),
  restoreRoles: roles(),
  trustedAccounts: fc.array(fc.stringMatching(/^\d{12}$/), { maxLength: 40 }),
  without: fc.subarray(IDS),
  attachedAlready: fc.integer({ min: 1, max: 4 }),
});

test('whatever the options, AWS Organizations takes the policies, or synthesis stops and says what to do', () => {
  let accepted = 0;
  fc.assert(
    fc.property(OPTIONS, (options) => {
      const stack = new Stack(new App(), 'Stack', { env: ENV });
      try {
        new OrganizationGuardrails(stack, 'Guardrails', options);
      } catch (error) {
        expect((error as Error).message).toMatch(/must take at most \d policies of type|must have at most 5120 characters/);
        return;
      }
      accepted++;
      const policies = Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Policy')).map(
        ({ Properties }) => Properties,
      );
      for (const type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']) {
        const own = policies.filter(({ Type }) => Type === type);
        expect(own.length).toBeLessThanOrEqual(5 - options.attachedAlready!);
        for (const { Content } of own) expect(JSON.stringify(Content).length).toBeLessThanOrEqual(5120);
        // AWS refuses lists with nothing in them.
        for (const { Content } of own) expect(JSON.stringify(Content)).not.toMatch(/\[\]|\{\}/);
      }
      const sids = policies.flatMap(({ Content }) => Content.Statement ?? []).map(({ Sid }) => Sid);
      expect(sids).toHaveLength(IDS.length - options.without!.length);
      expect(new Set(sids).size).toBe(sids.length);
    }),
    { numRuns: 100 },
  );
  // Otherwise nothing was shown of accepted options.
  expect(accepted).toBeGreaterThan(10);
}, 300_000);
