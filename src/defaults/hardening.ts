import type { Construct } from 'constructs';

/** What defaults need to know of the resource that they are for. */
export interface Hardening {
  /** Where the construct is made. */
  readonly scope: Construct;
  /** Its id in there. */
  readonly id: string;
  /**
   * Whether the resource may be deployed already. Then nothing is set that CloudFormation changes by making a new resource in its
   * place, for the data would be lost.
   */
  readonly mayBeDeployed: boolean;
}

/** How the properties of a construct are completed. Properties that are set are kept. */
export type Defaults<Props> = (props: Props | undefined, hardening: Hardening) => Props;
