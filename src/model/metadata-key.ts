/** Key under which this library writes into the `Metadata` of resources and templates. */
export const METADATA_KEY = 'cdk-soc2';
