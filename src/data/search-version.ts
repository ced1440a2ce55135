import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';

/** Versions whose standard support ended on 7 November 2025, or that were never offered. */
const UNSUPPORTED: readonly RegExp[] = [/^Elasticsearch_([1-6]\.|7\.[0-8]$)/, /^OpenSearch_(1\.[0-2]$|2\.[0-9]$)/];

/**
 * @throws when AWS no longer maintains a version.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version
 */
export function checkSearchVersion(path: string, { version }: opensearch.EngineVersion): void {
  if (!UNSUPPORTED.some((each) => each.test(version))) return;
  throw new Error(
    `'version' of the search domain '${path}' must be one that is in standard support, got '${version}': ` +
      "use 'EngineVersion.OPENSEARCH_2_19' or newer",
  );
}
