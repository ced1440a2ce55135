/** What is said where nobody can know what the root device is called. */
export const UNKNOWN_ROOT =
  "'rootDeviceName' must be the name of the root device of the image, got nothing, and 'machineImage' does not tell it: look it up with " +
  '`aws ec2 describe-images --image-ids <id> --query "Images[].RootDeviceName"`. Without it the root would not be encrypted';
