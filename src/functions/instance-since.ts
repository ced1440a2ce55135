/** What EC2 says of an instance and of when things were attached to it. */
interface Instance {
  readonly LaunchTime?: Date;
  readonly BlockDeviceMappings?: readonly { readonly Ebs?: { readonly AttachTime?: Date } }[];
  readonly NetworkInterfaces?: readonly { readonly Attachment?: { readonly AttachTime?: Date } }[];
}

/**
 * Since when an instance exists. Its launch time begins anew at every start; its root volume and its primary network interface were
 * attached when it was made, and nothing was before.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html
 */
export function instanceSince({ LaunchTime, BlockDeviceMappings = [], NetworkInterfaces = [] }: Instance): Date | undefined {
  const times = [
    LaunchTime,
    ...BlockDeviceMappings.map(({ Ebs }) => Ebs?.AttachTime),
    ...NetworkInterfaces.map(({ Attachment }) => Attachment?.AttachTime),
  ];
  return times.reduce((first, time) => (first === undefined || (time !== undefined && time < first) ? time : first), undefined);
}

/** So long after a start what runs on a server may be on its way, in milliseconds: its agent signs in, and a check begins. */
export const START_GRACE = 3 * 3_600_000;
