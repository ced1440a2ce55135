/** What the policies below assign: the operator that leaves no doubt which value holds. */
const to = (value: string) => ({ '@@assign': value });

/**
 * Settings of EC2 that no account can change: instances ask for tokens (IMDSv2), and images and snapshots are shared with nobody in
 * particular. Nobody gets at an instance through its serial console.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export const EC2_POLICY = {
  ec2_attributes: {
    exception_message: to('A guardrail of the organization keeps this setting. Ask those who look after its accounts.'),
    image_block_public_access: { state: to('block_new_sharing') },
    instance_metadata_defaults: {
      http_endpoint: to('enabled'),
      // Two hops: containers on an instance are one further away than the instance.
      http_put_response_hop_limit: to('2'),
      http_tokens: to('required'),
    },
    serial_console_access: { status: to('disabled') },
    snapshot_block_public_access: { state: to('block_all_sharing') },
  },
};

/** No call from the internet reaches a VPC, but for subnets that an account exempts. */
export const PRIVATE_NETWORK_POLICY = {
  ec2_attributes: {
    vpc_block_public_access: { internet_gateway_block: { mode: to('block_ingress'), exclusions_allowed: to('enabled') } },
  },
};
