import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

/** The ways to name a certificate. */
export interface CertificateChoice {
  readonly certificate?: acm.ICertificate;
  readonly certificateArn?: string;
  readonly hostedZone?: route53.IHostedZone;
  readonly domainName?: string;
}

const WAYS = "'certificate', 'certificateArn', or 'hostedZone' with 'domainName'";

/** The certificate of a listener, by the one way that is chosen. A new one is validated by DNS, and so renews itself. */
export function chosenCertificate(scope: Construct, choice: CertificateChoice): acm.ICertificate {
  const { certificate, certificateArn, hostedZone, domainName } = choice;
  const chosen = chosenWays(choice);
  if (chosen.length !== 1) {
    const got = chosen.length === 0 ? 'none' : chosen.join(' and ');
    throw new Error(`the certificate of '${scope.node.path}' must be given in one way, ${WAYS}; got ${got}`);
  }
  if (certificate) return certificate;
  if (certificateArn !== undefined) {
    mustServe(Stack.of(scope), certificateArn);
    return acm.Certificate.fromCertificateArn(scope, 'Certificate', certificateArn);
  }
  if (!hostedZone || domainName === undefined) {
    const [set, missing] = hostedZone ? ['hostedZone', 'domainName'] : ['domainName', 'hostedZone'];
    throw new Error(
      `'${missing}' must be set with '${set}' of '${scope.node.path}', got none: a new certificate is for a domain name, ` +
        'and is validated in the hosted zone that the name is in',
    );
  }
  return new acm.Certificate(scope, 'Certificate', { domainName, validation: acm.CertificateValidation.fromDns(hostedZone) });
}

/** The ways of naming a certificate that are used. */
export function chosenWays({ certificate, certificateArn, hostedZone, domainName }: CertificateChoice): string[] {
  return [
    ...(certificate ? ["'certificate'"] : []),
    ...(certificateArn === undefined ? [] : ["'certificateArn'"]),
    ...(hostedZone || domainName !== undefined ? ["'hostedZone' with 'domainName'"] : []),
  ];
}

function mustServe({ region }: Stack, arn: string): void {
  if (Token.isUnresolved(arn)) return;
  if (!/^arn:[^:]+:(acm|iam):/.test(arn))
    throw new Error(`'certificateArn' must be the ARN of a certificate of AWS Certificate Manager, got '${arn}'`);
  const { service, region: ofCertificate } = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  if (service !== 'acm' || Token.isUnresolved(region) || ofCertificate === region) return;
  throw new Error(
    `'certificateArn' must be of a certificate in ${region}, got one in ${ofCertificate}: a load balancer takes certificates ` +
      'of its own Region. Request one there, or let the load balancer make it from a hosted zone',
  );
}
