/** The name by which IAM knows AWS Config. */
export const CONFIG_SERVICE = 'config.amazonaws.com';

/** The role that AWS makes for it. */
export const CONFIG_ROLE = 'AWSServiceRoleForConfig';
