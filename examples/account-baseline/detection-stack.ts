import { Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityPosture, SensitiveDataDiscovery, ThreatDetection, VulnerabilityScanning } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Threats, weaknesses, and data where it does not belong. */
export class DetectionStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new ThreatDetection(this, 'Threats');
    new SecurityPosture(this, 'Posture');
    new VulnerabilityScanning(this, 'Vulnerabilities');
    new SensitiveDataDiscovery(this, 'SensitiveData');
  }
}
