import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import type { Json, JsonObject } from '../../model/json';
import type { Finding, Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Template } from '../../model/template';
import { defineRule } from '../rule';
import { declaredKind, declaredKinds, KINDRED, type Kind, kindTag, taggedKind, templateKind } from '../shared/environment-kind';

const EXPECTED = 'an account for production alone';

/** Templates for this account, or for others that may be it, that are of the other kind. */
function judgeDeclared(view: EnvironmentView): Observation[] {
  const { account, id } = view.environment;
  const kinds = declaredKinds(view.environment);
  if (kinds.length > 1) return [shared(account !== undefined, `templates for ${id} declare ${kinds.join(' and ')}`)];
  return view
    .others()
    .filter(({ environment }) => kinds.length > 0 && declaredKinds(environment).some((kind) => kind !== kinds[0]))
    .flatMap(({ environment: other }) => {
      const isKnown = account !== undefined && other.account !== undefined;
      return isKnown && account !== other.account ? [] : [shared(isKnown, `${id} is ${kinds[0]}, ${other.id} is not`)];
    });
}

function shared(isKnown: boolean, found: string): Finding {
  return isKnown
    ? { kind: 'fail', problem: 'production shares an account with something else', found, expected: EXPECTED }
    : { kind: 'undetermined', problem: 'only deployment knows whether production shares an account', found, expected: EXPECTED };
}

/** Resources that say that they are for something else than what is around them: in the account, or at least in the template. */
function judgeResources(view: EnvironmentView): Observation[] {
  const { account, id } = view.environment;
  const byPlace = new Map<Template | undefined, { readonly resource: Resource; readonly kind?: Kind }[]>();
  for (const resource of Object.keys(KINDRED).flatMap((type) => view.accountResources(type))) {
    const kind = taggedKind(resource);
    const place = account === undefined ? resource.entry.template : undefined;
    if (kind !== undefined || kindTag(resource).isUnknown)
      byPlace.set(place, [...(byPlace.get(place) ?? []), { resource, kind }]);
  }
  const kinds = new Set<Kind>();
  const findings = [...byPlace].flatMap(([place, said]) => {
    const kind = (place ? templateKind(place) : declaredKind(view.environment)) ?? said.find((each) => each.kind)?.kind;
    if (kind === undefined) return [];
    kinds.add(kind);
    return said
      .filter((each) => each.kind !== kind)
      .map((each) =>
        each.kind === undefined
          ? kindTag(each.resource).undetermined(EXPECTED)
          : each.resource.fails(`a ${each.kind} resource beside what is ${kind}`, EXPECTED, each.kind),
      );
  });
  return findings.length === 0 && kinds.size > 1
    ? [shared(false, `resources of ${id} are ${[...kinds].join(' and ')}`)]
    : findings;
}

const declaring = (kind: string, resources: JsonObject) => ({
  Metadata: { 'cdk-soc2': { environment: { kind } } },
  Resources: resources,
});
const bucket = (id: string, stage: Json) => ({
  [id]: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'environment', Value: stage }] } },
});

export default defineRule({
  id: 'Environment.4',
  slug: 'environment-account-separation',
  title: 'Production has accounts of its own',
  criteria: [Criterion.CC8_1, Criterion.CC6_1, Criterion.CC6_3],
  control: 'environment-separation',
  severity: 'error',
  scope: 'environment',
  resourceTypes: Object.keys(KINDRED),
  rationale:
    'Within an account every administrator of a test can reach production; the boundary of the account is the one that holds.',
  remediation:
    'Give the stages of production an `env` with an account that no other stage has, and declare the `kind` of each with `Soc2Environment.declare`.',
  references: ['NIST 800-53 CM-4(1)', 'NIST 800-53 SC-32', 'ISO 27001 A.8.31'],
  check: (view) => {
    const findings = [...judgeDeclared(view), ...judgeResources(view)];
    if (findings.length > 0) return findings;
    const isDeclared = declaredKinds(view.environment).length > 0;
    const text = isDeclared ? 'these templates put nothing else into the account' : 'nothing here is said to be production';
    return [{ kind: 'note', text }];
  },
  examples: {
    pass: {
      'everything is for production': declaring('PRODUCTION', {
        ...bucket('Orders', 'prod'),
        ...bucket('Invoices', 'production'),
      }),
      'everything is for tests': declaring('STAGING', { ...bucket('Orders', 'staging'), ...bucket('Invoices', 'qa') }),
      'nothing says what it is for': { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } },
    },
    fail: {
      'a bucket of a test stands in production': declaring('PRODUCTION', bucket('Orders', 'dev')),
      'a bucket of production stands among tests': declaring('DEVELOPMENT', bucket('Orders', 'prod')),
      'buckets of production and of a test stand side by side': { ...bucket('Orders', 'prod'), ...bucket('Copies', 'test') },
    },
    undetermined: {
      'what a bucket in production is for is a parameter': {
        Parameters: { Stage: { Type: 'String' } },
        ...declaring('PRODUCTION', bucket('Orders', { Ref: 'Stage' })),
      },
    },
  },
});
