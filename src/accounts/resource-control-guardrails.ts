import type { Guardrail } from './guardrail';

/** Services with resource control policies whose resources hold data, or open it. */
const DATA = ['dynamodb:*', 'ecr:*', 'kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'];

/** What nobody may do with the resources of an organization, whoever they are. One guardrail is one row. */
export const RESOURCE_CONTROL_GUARDRAILS: readonly Guardrail[] = [
  {
    id: 'plain-text',
    purpose: 'Data is encrypted in transit',
    actions: [...DATA, 'sts:*'],
    // Calls over the network say whether they came over TLS; what services do among themselves may say nothing.
    conditions: () => ({ Bool: { 'aws:SecureTransport': 'false' } }),
  },
  {
    id: 'old-tls',
    purpose: 'Versions of TLS before 1.2 can be broken',
    actions: ['s3:*'],
    conditions: () => ({ NumericLessThan: { 's3:TlsVersion': '1.2' } }),
  },
  {
    id: 'outside-identities',
    purpose: 'Only the organization uses its data, whatever the policy of a bucket or a key says',
    actions: [...DATA, 'sts:AssumeRole'],
    conditions: ({ organizationId, trustedAccounts }) => ({
      StringNotEqualsIfExists: {
        'aws:PrincipalOrgID': organizationId,
        ...(trustedAccounts.length > 0 && { 'aws:PrincipalAccount': trustedAccounts }),
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  },
  {
    id: 'services-for-outsiders',
    purpose: 'A service of AWS reaches data for the organization only, not for another customer that told it to',
    actions: ['ecr:*', 'kms:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:AssumeRole'],
    // Services that do not say for whom they call are not concerned.
    conditions: ({ organizationId, trustedAccounts }) => ({
      StringNotEqualsIfExists: {
        'aws:SourceOrgID': organizationId,
        ...(trustedAccounts.length > 0 && { 'aws:SourceAccount': trustedAccounts }),
      },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
  },
];
