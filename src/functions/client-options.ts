/**
 * How the functions of the library call AWS: throttling slows them down and is tried again, and an answer that does not come is not
 * waited for until the function is stopped.
 */
export const CLIENT_OPTIONS = {
  maxAttempts: 8,
  retryMode: 'adaptive',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 },
} as const;
