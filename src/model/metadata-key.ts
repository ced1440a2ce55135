/** Key under which this library writes into the `Metadata` of resources and templates. */
export const METADATA_KEY = 'cdk-soc2';

/** What resources of the library itself are marked as, such as a function that tests restores. */
export const SAFEGUARD_PART = 'safeguard';
