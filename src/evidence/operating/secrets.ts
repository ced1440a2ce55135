/** Names of members, in lower case without dashes, whose value is a secret. Those that end in `id`, `arn` or `name` only point to one. */
export const SECRET_NAME = new RegExp(
  `(${[
    'passwords?',
    'passwd',
    'passphrase',
    'passcode',
    'secret',
    'secretstring',
    'secretbinary',
    'secretkey',
    'secretaccesskey',
    'privatekey',
    'privatekeyplaintext',
    'ciphertextblob',
    'plaintext',
    'presharedkey',
    'keymaterial',
    'apikey',
    'accesstoken',
    'refreshtoken',
    'idtoken',
    'authtoken',
    'bearertoken',
    'sessiontoken',
    'securitytoken',
    'oauthtoken',
    'webidentitytoken',
    'samlassertion',
    'authorization',
    'cookie',
    'connectionstring',
    'onetimepassword',
    'mfacode',
    'tokencode',
    'userdata',
  ].join('|')})$|^token$`,
);

/** Where environment variables stand, by the names of the members on the way: their values may be secrets. */
export const VALUES_ARE_SECRET =
  /\.environment\.variables$|\.(runtime)?environmentvariables(override)?$|\.(containerdefinitions|containerproperties|containeroverrides|container)\.environment$|\.environmentvariable\.value$/;

/**
 * How secrets look in a text. What a first group matches is kept.
 *
 * Every part has a most, so that no text takes long, however it is made.
 */
export const SECRET_TEXTS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  // Temporary credentials of AWS.
  /\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu|FQoGZXIvYXdz)[A-Za-z0-9+/=_%-]{20,4000}/g,
  // Links that are signed.
  /((?:\bX-(?:Amz|Goog)-(?:Security-Token|Signature)|[?&](?:sig|Signature))=)(?!\[redacted\])[^\s"'&,;]{1,4000}/gi,
  // Links that take messages from whoever knows them.
  /(https:\/\/(?:hooks\.slack\.com|[a-z0-9-]{1,63}\.webhook\.office\.com|discord(?:app)?\.com\/api\/webhooks)\/)(?!\[redacted\])[^\s"'&,;<>]{1,4000}/gi,
  // What programs take on their command line or in their settings. The ARN of a secret, `…:secret:name`, is none of them.
  /((?:password|passwd|passphrase|pwd|secret|secret_?(?:access_?)?key|token|api[_-]?key)(?:=|\s{0,3}:\s{1,3}|["']\s{0,3}:\s{0,3})["']?)(?!\[redacted\])[^\s"'&,;]{4,4000}/gi,
  /(\b(?:Bearer|Basic)\s{1,3})(?=[A-Za-z._~+/-]{0,100}[0-9=])[A-Za-z0-9._~+/=-]{12,4000}/g,
  // A user and a password in a link.
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,200}:)(?!\[redacted\])[^\s/@]{1,500}(?=@)/gi,
  /\beyJ[A-Za-z0-9_-]{8,600}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,4000}/g,
  // Tokens of services whose beginning tells them: GitHub, GitLab, Slack, Stripe, npm, Google.
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,300}|github_pat_[A-Za-z0-9_]{30,300}|glpat-[A-Za-z0-9_-]{20,300}|xox[abeoprs]-[A-Za-z0-9-]{10,300}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,300}|npm_[A-Za-z0-9]{36}|AIza[A-Za-z0-9_-]{35})/g,
];
