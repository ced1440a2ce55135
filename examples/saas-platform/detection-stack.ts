import { Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityPosture, ThreatDetection, VulnerabilityScanning } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** What looks for attacks, and for weaknesses before others find them. */
export class DetectionStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new ThreatDetection(this, 'Threats');
    new SecurityPosture(this, 'Posture');
    new VulnerabilityScanning(this, 'Vulnerabilities');
  }
}
