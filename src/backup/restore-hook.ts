import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** Options of a validation of your own. */
export interface RestoreHookOptions {
  /**
   * So long it may take: 1 minute to 7 hours. A function ends after 15 minutes by itself.
   *
   * @default Duration.hours(2)
   */
  readonly timeout?: Duration;
}

/**
 * A validation of your own, which a restore test calls and waits for.
 *
 * It gets `{ test: { job, target, settings, deadline } }`, and returns `{ checks: [{ name, expected, observed, passed, asked }] }`
 * with at least one check. One that restores by itself, as that of a self-hosted database, also returns `recoveryPoint`,
 * `recoveryPointAt`, `startedAt`, `completedAt` (ISO 8601) and `bytes`. All of it is in the ticket, so return no secrets.
 *
 * It is called once: where it fails, or returns something else, the test fails.
 *
 * @example
 * declare const validate: lambda.Function;
 * RestoreTest.selfHosted('ledger', RestoreHook.lambda(validate));
 */
export class RestoreHook {
  /**
   * Call a function.
   *
   * @param handler the function.
   * @param options how long it may take.
   * @throws when the timeout is out of range.
   */
  public static lambda(handler: lambda.IFunction, options: RestoreHookOptions = {}): RestoreHook {
    return new RestoreHook(options, handler);
  }

  /**
   * Run a workflow, which may wait, and run containers or commands; its output is what it reports.
   *
   * @param workflow the workflow; a standard one.
   * @param options how long it may take.
   * @throws when the timeout is out of range.
   */
  public static stateMachine(workflow: sfn.IStateMachine, options: RestoreHookOptions = {}): RestoreHook {
    return new RestoreHook(options, undefined, workflow);
  }

  /** @internal */
  public readonly _timeoutSeconds: number;

  private constructor(
    { timeout = Duration.hours(2) }: RestoreHookOptions,
    /** @internal */
    public readonly _handler?: lambda.IFunction,
    /** @internal */
    public readonly _workflow?: sfn.IStateMachine,
  ) {
    this._timeoutSeconds = timeout.toSeconds();
    if (this._timeoutSeconds < 60 || this._timeoutSeconds > 7 * 3_600)
      throw new Error(`'timeout' of a hook must be 1 minute to 7 hours, got ${timeout.toString()}: leave it out for 2 hours`);
  }
}
