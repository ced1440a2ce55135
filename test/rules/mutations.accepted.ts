/** Mutations that no rule catches, and why that is so. */
export interface Accepted {
  readonly type: string;
  /** The path of the change, as the catalogue has it. */
  readonly path: string | RegExp;
  /** The templates in which they survive; all when it is not given. */
  readonly template?: RegExp;
  readonly why: string;
}

/** What harms nothing where it is done. */
const HARMLESS: readonly Accepted[] = [
  {
    type: 'AWS::IAM::ManagedPolicy',
    path: /^PolicyDocument/,
    template: /permissions boundary/,
    why: 'A boundary grants nothing: what it allows is only what other policies may grant.',
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    path: 'SecurityGroupEgress',
    template: /saas-platform/,
    why: 'The rules that stand beside the group remain, and CloudFormation opens nothing else where there are some.',
  },
];

export const ACCEPTED: readonly Accepted[] = HARMLESS;

/** Rules that nothing makes fail which is done to one property of their examples, and why. */
export const UNBREAKABLE: Readonly<Record<string, string>> = {};
