import type { JsonObject } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { orInherited } from './or-inherited';

/** How the Data Catalog of an account and Region is encrypted; all who use the catalog share the settings. */
export const CATALOG_SETTINGS = 'AWS::Glue::DataCatalogEncryptionSettings';

/** Expect the settings of the Data Catalog that a resource is in, or that it is, to say something. */
export function catalogMust(
  resource: Resource,
  slug: string,
  expected: string,
  judge: (settings: Value) => Observation[],
): Observation[] {
  if (resource.type === CATALOG_SETTINGS) return judge(resource.at('DataCatalogEncryptionSettings'));
  const all = resource.peers(CATALOG_SETTINGS);
  // Those say themselves what is wrong with them.
  if (all.length > 0) return all.map((settings) => metBy(settings, 'these settings are about the whole catalog'));
  return [missing('nothing says how the Data Catalog is encrypted', `${expected}, ${orInherited(slug)}`)];
}

/** For the examples of rules: the settings of the Data Catalog. */
export function catalogSettings(DataCatalogEncryptionSettings: JsonObject): JsonObject {
  return {
    Settings: { Type: CATALOG_SETTINGS, Properties: { CatalogId: { Ref: 'AWS::AccountId' }, DataCatalogEncryptionSettings } },
  };
}
