import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type StackResource,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { type CloudFormationTemplate, ENV } from './construct';
import { freePort } from './free-port';

/** The program that answers as the API of AWS does, without an account. */
export const EMULATOR = 'moto_server';

/** What a client of the SDK needs to speak to the emulator. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Names of buckets stand in the path: no name server knows them. */
  readonly forcePathStyle: boolean;
  /** What fails is not tried again: the second answer would hide the first. */
  readonly maxAttempts: number;
}

/** Characters of what the emulator last said that are kept, to say why something failed. */
const MOST_LOG = 2_000;

/** An account of AWS that is there for the tests of a file. */
export class Emulator {
  /** Start one on a free port, and wait until it answers. */
  public static async start(): Promise<Emulator> {
    const port = await freePort();
    const server = spawn(EMULATOR, ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, MOTO_ACCOUNT_ID: ENV.account },
    });
    // A test runner that ends before its tests do takes it along.
    process.once('exit', () => server.kill());
    const endpoint = `http://127.0.0.1:${port}`;
    for (let attempt = 0; attempt < 120 && server.exitCode === null; attempt++) {
      if (await answers(`${endpoint}/moto-api/`)) return new Emulator(server, endpoint);
      await sleep(500);
    }
    server.kill();
    throw new Error(`${EMULATOR} does not answer at ${endpoint}; its exit code: ${server.exitCode}`);
  }

  public readonly options: ClientOptions;
  private readonly cloudFormation: CloudFormationClient;
  private log = '';

  private constructor(
    private readonly server: ChildProcess,
    endpoint: string,
  ) {
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.log = (this.log + text).slice(-MOST_LOG);
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.options = { endpoint, region: ENV.region, credentials, forcePathStyle: true, maxAttempts: 1 };
    this.cloudFormation = new CloudFormationClient(this.options);
  }

  /** Create a stack, or update the one that has the name. */
  public async deploy(StackName: string, template: CloudFormationTemplate): Promise<Deployed> {
    const { Parameters, Rules, ...own } = template;
    // What the CDK asks of the account that it deploys to is not asked of this one.
    const { BootstrapVersion, ...parameters } = (Parameters ?? {}) as Record<string, unknown>;
    const TemplateBody = JSON.stringify({ ...own, Parameters: parameters });
    const request = { StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
    try {
      const isThere = await this.has(StackName);
      await this.cloudFormation.send(isThere ? new UpdateStackCommand(request) : new CreateStackCommand(request));
    } catch (error) {
      // What it writes comes later than what it answers.
      await sleep(500);
      const { message, $responseBodyText: answer = '' } = error as Error & { $responseBodyText?: string };
      throw new Error(`${StackName} is not deployed: ${message}\n${answer}\n${this.log}`);
    }
    const { Stacks: [stack] = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName }));
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus ?? '')) {
      throw new Error(`${StackName} is ${stack.StackStatus}: ${stack.StackStatusReason}`);
    }
    const { StackResources: resources = [] } = await this.cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
    // What the emulator does not know, it lists without a name.
    return new Deployed(resources.filter(({ LogicalResourceId: logicalId }) => logicalId !== undefined));
  }

  /** Delete a stack. */
  public async remove(StackName: string): Promise<void> {
    await this.cloudFormation.send(new DeleteStackCommand({ StackName }));
    if (await this.has(StackName)) throw new Error(`${StackName} is still there`);
  }

  /** Whether there is a stack of that name. */
  public async has(StackName: string): Promise<boolean> {
    try {
      const { Stacks: stacks = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName }));
      return stacks.some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    } catch {
      return false;
    }
  }

  /** A certificate for the listeners of load balancers; returns its ARN. */
  public async certificate(DomainName: string): Promise<string> {
    const { endpoint, region, credentials } = this.options;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'CertificateManager.RequestCertificate',
        // It tells services by this, and checks no signature.
        authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/acm/aws4_request`,
      },
      body: JSON.stringify({ DomainName }),
    });
    return ((await response.json()) as { CertificateArn: string }).CertificateArn;
  }

  public async stop(): Promise<void> {
    if (this.server.exitCode !== null) return;
    const ended = once(this.server, 'exit');
    this.server.kill();
    await ended;
  }
}

/** What a stack became. */
export class Deployed {
  constructor(private readonly resources: readonly StackResource[]) {}

  /** Types of the resources that the emulator made. */
  public get types(): string[] {
    return [...new Set(this.resources.map(({ ResourceType: type }) => type!))].sort();
  }

  /** The physical id of a resource, by its type and its logical id. */
  public id(type: string, logicalId = /./): string {
    const found = this.resources.filter((each) => each.ResourceType === type && logicalId.test(each.LogicalResourceId!));
    if (found.length !== 1) throw new Error(`expected one ${type} ${logicalId}, the emulator made ${found.length}`);
    return found[0].PhysicalResourceId!;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
