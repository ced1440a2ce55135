import { RateLimiter } from 'limiter';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { ClientOptions, ClientType } from './collector';
import { RATE_LIMITS } from './rate-limits';

/** The part of a client of the SDK by which it can be made to wait. */
interface Pacable {
  readonly middlewareStack: {
    add(
      middleware: Middleware,
      options: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
}

type Handler = (request: unknown) => Promise<unknown>;
type Middleware = (next: Handler, context: { readonly clientName?: string; readonly commandName?: string }) => Handler;

/** The clients of a run: one for each service and Region, which keep to the limits of AWS together. */
export class AwsClients {
  private readonly clients = new Map<string, unknown>();
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(
    private readonly options: Partial<ClientOptions> = {},
    private readonly limits: Readonly<Record<string, number>> = RATE_LIMITS,
  ) {}

  public of<Client>(type: ClientType<Client>, region: string): Client {
    const key = `${type.name} ${region}`;
    const known = this.clients.get(key) as Client | undefined;
    if (known !== undefined) return known;
    const client = new type({ ...CLIENT_OPTIONS, followRegionRedirects: true, ...this.options, region });
    // After what tries again: every attempt counts for AWS.
    const options = { step: 'finalizeRequest', priority: 'low', name: 'paceCalls' } as const;
    (client as Pacable).middlewareStack.add(this.pace(region), options);
    this.clients.set(key, client);
    return client;
  }

  private pace(region: string): Middleware {
    return (next, { clientName, commandName }) =>
      async (request) => {
        await this.limiter(`${clientName}.${commandName}`, region)?.removeTokens(1);
        return next(request);
      };
  }

  private limiter(operation: string, region: string): RateLimiter | undefined {
    const perSecond = this.limits[operation];
    if (perSecond === undefined) return undefined;
    const key = `${operation} ${region}`;
    const limiter = this.limiters.get(key) ?? new RateLimiter({ tokensPerInterval: 1, interval: 1_000 / perSecond });
    this.limiters.set(key, limiter);
    return limiter;
  }
}
