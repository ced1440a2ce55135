import { main } from './main';

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Not the fault of the input: say so in one line, and never pass.
    console.error(
      `cdk-soc2 broke: ${error instanceof Error ? error.message : String(error)}. Please report this with the command you ran.`,
    );
    process.exitCode = 2;
  },
);
