import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

/** Ways to have people sign in where they sign in to everything else. */
const WAYS = ['CognitoOptions.Enabled', 'AdvancedSecurityOptions.SAMLOptions.Enabled', 'IdentityCenterOptions.EnabledAPIAccess'];
const cognito = (Enabled: unknown) => searchDomain({ CognitoOptions: { Enabled } });

export default defineRule({
  id: 'OpenSearch.7',
  slug: 'opensearch-cognito-auth',
  title: 'People sign in to OpenSearch Dashboards through an identity provider',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  // Every domain has Dashboards, and on many nobody ever opens them.
  severity: 'info',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'A user list inside of the domain has no second factor, and nobody thinks of it when an employee leaves.',
  remediation:
    'Set `cognitoDashboardsAuth` on the domain, or `fineGrainedAccessControl: { samlAuthenticationEnabled: true, … }`.',
  references: ['ElectricEye OpenSearch.2', 'AWS Well-Architected SEC02-BP04'],
  check: (domain) =>
    anyOf(
      WAYS.map((way) => domain.at(way).mustBe(true)),
      () =>
        domain
          .at('CognitoOptions.Enabled')
          .fails('sign-in through Cognito, SAML or IAM Identity Center', 'no identity provider is set up'),
    ),
  examples: {
    pass: {
      'people sign in through Cognito': cognito(true),
      'people sign in through SAML': searchDomain({
        AdvancedSecurityOptions: { Enabled: true, SAMLOptions: { Enabled: true } },
      }),
      'people sign in through IAM Identity Center': searchDomain({ IdentityCenterOptions: { EnabledAPIAccess: true } }),
      'the domain has the earlier name of the service': elasticsearchDomain({ CognitoOptions: { Enabled: true } }),
    },
    fail: { 'no identity provider is mentioned': searchDomain({}), 'Cognito is switched off': cognito('false') },
    undetermined: { 'whether Cognito is used is a parameter': byParameter(cognito) },
  },
});
