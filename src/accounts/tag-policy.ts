/** The tags of `EnvironmentStage`, and the values that one of them may have. */
const TAGS: Readonly<Record<string, readonly string[]>> = {
  Environment: ['production', 'staging', 'development'],
  Owner: [],
  DataClassification: [],
};

/**
 * How tags are written. It reports what is written differently, and stops nothing.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html
 */
export const TAG_POLICY = {
  tags: Object.fromEntries(
    Object.entries(TAGS).map(([key, values]) => [
      key.toLowerCase(),
      { tag_key: { '@@assign': key }, ...(values.length > 0 && { tag_value: { '@@assign': values } }) },
    ]),
  ),
};
