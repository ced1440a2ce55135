import { Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityPosture, SensitiveDataDiscovery, ThreatDetection, VulnerabilityScanning } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** What looks for attacks, for weaknesses before others find them, and for data where it does not belong. */
export class DetectionStack extends Stack {
  public readonly vulnerabilities: VulnerabilityScanning;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new ThreatDetection(this, 'Threats');
    new SecurityPosture(this, 'Posture');
    this.vulnerabilities = new VulnerabilityScanning(this, 'Vulnerabilities');
    new SensitiveDataDiscovery(this, 'SensitiveData');
  }
}
