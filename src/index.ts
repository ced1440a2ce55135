export type { IAdditionalRule, ICheckedResource, ResolvedProperty, RuleFinding } from './checks/additional-rule';
export type { InheritedControl, RuleExclusion } from './checks/inherited-control';
export { RuleCatalog, type RuleInfo, RuleSeverity } from './checks/rule-catalog';
export { Soc2Checks, type Soc2ChecksProps } from './checks/soc2-checks';
export { Soc2Exception, type Soc2ExceptionProps } from './checks/soc2-exception';
export { Criterion } from './criteria/criterion';
export { SecureBucket, type SecureBucketProps } from './data/secure-bucket';
export { EnvironmentKind, Soc2Environment, type Soc2EnvironmentProps } from './environment/soc2-environment';
export { Soc2, type Soc2EnableProps } from './soc2';
