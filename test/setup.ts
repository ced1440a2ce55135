// The engine that CDK runs by itself at every synthesis takes seconds; the tests that are about it turn it on again.
process.env.CDK_VALIDATION ??= 'false';
