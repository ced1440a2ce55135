import { AlertSource } from '../alert-source';
import type { Alert, Hit, Who } from './alert';
import { at, type Fields, join, list, number, text } from './fields';
import { nextFor } from './next-steps';
import { OCSF_SEVERITIES, severityOf } from './severity';
import { hitOf } from './tags';

/** What services say of a new finding that have routes of their own: so what Security Hub repeats is the same alert. */
const REPEATED: Readonly<Record<string, string>> = { GuardDuty: 'active', Inspector: 'ACTIVE' };

/** `TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce` is the type of GuardDuty with a dash for its stroke. */
const OF_GUARDDUTY = /(?:^|\/)([A-Z][A-Za-z]+):([A-Za-z0-9]+)[-/](.+)$/;

/**
 * A finding of Security Hub CSPM.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export function readSecurityHub(event: Fields): Partial<Alert> {
  const finding = list(event, 'detail.findings')[0];
  const product = text(finding, 'ProductName');
  const states = [text(finding, 'RecordState'), text(finding, 'Workflow.Status'), text(finding, 'Compliance.Status')];
  const type = typeOf(finding, 'Types');
  const next = nextFor(type);
  const control = text(finding, 'Compliance.SecurityControlId', 'GeneratorId');
  return {
    source: AlertSource.SECURITY_HUB,
    id: text(finding, 'Id'),
    state: REPEATED[product ?? ''] ?? states.filter(Boolean).join(' '),
    isResolved: text(finding, 'Workflow.Status') === 'RESOLVED' || text(finding, 'RecordState') === 'ARCHIVED',
    severity: severityIn(finding, product),
    type,
    title: text(finding, 'Title'),
    description: text(finding, 'Description'),
    account: text(finding, 'AwsAccountId'),
    region: text(finding, 'Region'),
    time: text(finding, 'UpdatedAt'),
    who: whoOf(finding),
    way: {
      api: join(':', text(finding, 'Action.AwsApiCallAction.ServiceName'), text(finding, 'Action.AwsApiCallAction.Api')),
      connection: join(
        ' ',
        text(finding, 'Network.Direction', 'Action.NetworkConnectionAction.ConnectionDirection'),
        text(finding, 'Network.Protocol', 'Action.NetworkConnectionAction.Protocol'),
        text(finding, 'Network.DestinationPort', 'Action.NetworkConnectionAction.LocalPortDetails.Port'),
      ),
    },
    hit: list(finding, 'Resources')
      .map(resourceOf)
      .filter(({ id }) => id !== ''),
    next: { ...next, steps: [...next.steps, ...remediation(finding)] },
    keys: {
      accessKey: text(finding, 'Resources.Details.AwsIamAccessKey.AccessKeyId'),
      instances: list(finding, 'Resources').flatMap((each) =>
        text(each, 'Type') === 'AwsEc2Instance' ? (text(each, 'Id')?.split('/').at(-1) ?? []) : [],
      ),
    },
    more: product ? [join(' ', 'Reported by', product, control && `(${control})`)!] : [],
  };
}

/** The number that the service itself gives, where its own findings are told as well; otherwise that of Security Hub. */
function severityIn(finding: unknown, product: string | undefined): number {
  const label = text(finding, 'FindingProviderFields.Severity.Label', 'Severity.Label');
  if (product === 'Inspector') return severityOf(undefined, label);
  const own = product === 'GuardDuty' ? number(finding, 'Severity.Product') : undefined;
  const normalized = number(finding, 'Severity.Normalized');
  return severityOf(own ?? (normalized === undefined ? undefined : normalized / 10), label);
}

function typeOf(finding: unknown, path: string): string | undefined {
  return text(finding, path)?.replace(OF_GUARDDUTY, '$1:$2/$3');
}

function whoOf(finding: unknown): Who {
  const remote = (path: string) =>
    text(
      finding,
      `Action.AwsApiCallAction.RemoteIpDetails.${path}`,
      `Action.NetworkConnectionAction.RemoteIpDetails.${path}`,
      `Action.PortProbeAction.PortProbeDetails.RemoteIpDetails.${path}`,
    );
  const key = 'Resources.Details.AwsIamAccessKey';
  return {
    principal: text(finding, `${key}.PrincipalName`, `${key}.UserName`),
    principalType: text(finding, `${key}.PrincipalType`),
    sourceIp: remote('IpAddressV4') ?? text(finding, 'Network.SourceIpV4', 'Network.SourceIpV6'),
    network: join(' ', remote('Organization.Asn')?.replace(/^(?=\d)/, 'AS'), remote('Organization.AsnOrg')),
    country: join(', ', remote('City.CityName'), remote('Country.CountryName')),
    accessKey: text(finding, `${key}.AccessKeyId`),
  };
}

function resourceOf(resource: Fields): Hit {
  return hitOf({ id: text(resource, 'Id') ?? '', type: text(resource, 'Type') }, at(resource, 'Tags'));
}

function remediation(finding: unknown): string[] {
  const said = join(' ', text(finding, 'Remediation.Recommendation.Text'), text(finding, 'Remediation.Recommendation.Url'));
  return said ? [said] : [];
}

/**
 * A finding of Security Hub, in the Open Cybersecurity Schema Framework.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 * @see https://schema.ocsf.io
 */
export function readSecurityHubV2(event: Fields): Partial<Alert> {
  const finding = list(event, 'detail.findings')[0];
  const type = typeOf(finding, 'finding_info.types');
  const next = nextFor(type);
  const said = join(' ', text(finding, 'remediation.desc'), text(finding, 'remediation.references'));
  const product = text(finding, 'metadata.product.name');
  return {
    source: AlertSource.SECURITY_HUB_V2,
    id: text(finding, 'finding_info.uid', 'metadata.uid'),
    state: text(finding, 'status', 'status_id'),
    isResolved: text(finding, 'status_id') === '4',
    severity: severityOf(OCSF_SEVERITIES[number(finding, 'severity_id') ?? 0], text(finding, 'severity')),
    type,
    title: text(finding, 'finding_info.title'),
    description: text(finding, 'finding_info.desc'),
    account: text(finding, 'cloud.account.uid'),
    region: text(finding, 'cloud.region'),
    time: text(finding, 'finding_info.modified_time_dt', 'time_dt'),
    who: {
      principal: text(finding, 'actor.user.name', 'actor.user.uid', 'evidences.actor.user.name'),
      sourceIp: text(finding, 'src_endpoint.ip', 'evidences.src_endpoint.ip'),
      country: text(finding, 'evidences.src_endpoint.location.country', 'src_endpoint.location.country'),
    },
    way: { api: text(finding, 'evidences.api.operation', 'api.operation') },
    hit: list(finding, 'resources')
      .map((each) =>
        hitOf({ id: text(each, 'uid', 'name') ?? '', type: text(each, 'type'), name: text(each, 'name') }, tagsOf(each)),
      )
      .filter(({ id }) => id !== ''),
    next: { ...next, steps: [...next.steps, ...(said ? [said] : [])] },
    more: product ? [`Reported by ${product}`] : [],
  };
}

/** OCSF calls them names and values. */
function tagsOf(resource: Fields): unknown {
  return list(resource, 'tags').map((tag) => ({ Key: text(tag, 'name'), Value: text(tag, 'value', 'values') }));
}
