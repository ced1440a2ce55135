import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { TrustServicesCategory } from '../criteria/trust-services-category';
import { InputError } from '../model/errors';
import { GATE_HELP } from './gate-help';
import { BAD_INPUT, type Outcome } from './outcome';
import { printable } from './terminal';

/** Run the command line tool; answers with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let outcome: Outcome = 0;
  const program = new Command('cdk-soc2')
    .description('Judges CloudFormation by rules that support SOC 2 criteria, and keeps the evidence.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(run cdk-soc2 --help to see what there is)')
    .addHelpText('after', '\nExit codes: 0 nothing blocks, 1 findings, 2 input that cannot be judged.');

  program
    .command('audit')
    .description('judge cloud assemblies (cdk.out) or CloudFormation templates, in JSON or YAML')
    .argument('<paths...>', 'templates, folders of templates, or cloud assemblies')
    .option('--format <format>', 'table, or json for the ledger', 'table')
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--as-one', 'judge loose templates together, as all that there is in one environment')
    .option('--strict', 'count what only deployment knows as a finding')
    .option(
      '--scope <categories>',
      `audit only these, with commas between: ${Object.values(TrustServicesCategory).join(', ')}; security always is`,
    )
    .option('--all', 'list warnings and undetermined verdicts one by one as well')
    .action(async (paths: string[], options) => {
      const { audit } = await import('./audit.js');
      outcome = await audit(paths, options);
    });

  program
    .command('gate')
    .description('fail unless the ledger of a cloud assembly is there, is true, and has no open errors')
    .argument('[folder]', 'the cloud assembly', 'cdk.out')
    .addHelpText('after', GATE_HELP)
    .action(async (folder: string) => {
      const { gate } = await import('./gate.js');
      outcome = gate(folder);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return outcome;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    if (!(error instanceof InputError)) throw error;
    console.error(printable(error.message));
    return BAD_INPUT;
  }
}
