import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { encryptedLogGroup } from './encrypted-log-group';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** An id that an app does not take for a flow log of its own. */
const FLOW_LOGS = 'Soc2FlowLogs';

/** Flow logs, a default security group without rules, and no public address for what is launched. Nothing of it moves a subnet. */
export const vpcDefaults: Defaults<ec2.VpcProps> = (props) => ({
  ...withDefaults(props, {
    restrictDefaultSecurityGroup: true,
    flowLogs: { [FLOW_LOGS]: { trafficType: ec2.FlowLogTrafficType.ALL, destination: new EncryptedFlowLogs() } },
  }),
  subnetConfiguration: subnetsOf(props).map(withoutPublicAddresses),
});

/** The subnets that the CDK makes where none are configured depend on NAT gateways. */
function subnetsOf({ subnetConfiguration, natGateways }: ec2.VpcProps = {}): readonly ec2.SubnetConfiguration[] {
  return subnetConfiguration ?? (natGateways === 0 ? ec2.Vpc.DEFAULT_SUBNETS_NO_NAT : ec2.Vpc.DEFAULT_SUBNETS);
}

/** Only public subnets can hand out public addresses; the CDK refuses the property for others. */
function withoutPublicAddresses(subnet: ec2.SubnetConfiguration): ec2.SubnetConfiguration {
  return subnet.subnetType === ec2.SubnetType.PUBLIC ? withDefaults(subnet, { mapPublicIpOnLaunch: false }) : subnet;
}

/** Flow logs go to a log group that is made with them. */
class EncryptedFlowLogs extends ec2.FlowLogDestination {
  public bind(scope: Construct, flowLog: ec2.FlowLog): ec2.FlowLogDestinationConfig {
    return ec2.FlowLogDestination.toCloudWatchLogs(encryptedLogGroup(scope, 'LogGroup')).bind(scope, flowLog);
  }
}
