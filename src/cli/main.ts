import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { TrustServicesCategory } from '../criteria/trust-services-category';
import type { InputError } from '../model/errors';
import { GATE_HELP } from './gate-help';
import { BAD_INPUT, type Outcome } from './outcome';
import { printable } from './terminal';

/**
 * Run the command line tool; answers with the exit code.
 *
 * @param tool the file that it is in, to run it in more threads.
 */
export async function main(argv: readonly string[], tool?: string): Promise<number> {
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
    .option('--threads <number>', 'judge templates in so many threads (default: as many as are worth it)')
    .action(async (paths: string[], options) => {
      const { audit } = await import('./audit.js');
      outcome = await audit(paths, options, tool);
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

  program
    .command('evidence')
    .description('write a bundle of evidence for an auditor, from the ledger of a cloud assembly or from templates')
    .argument('<paths...>', 'a cloud assembly (cdk.out), or templates and folders of templates')
    .requiredOption('--out <folder>', 'where the bundle is written: an empty folder, or one that holds a bundle to replace')
    .option(
      '--system <name>',
      'what the system is called, for the title and for identifiers; the names of its stacks when not given',
    )
    .option('--format <formats>', 'only these, with commas between; all of them when not given')
    .option('--key <file>', 'sign with a private key, in PEM')
    .option('--kms-key <arn>', 'sign with a key of AWS KMS')
    .option('--previous <folder>', 'the bundle before this one: its manifest is named in that of the new one')
    .option(
      '--operating <folder>',
      'evidence that cdk-soc2 collect wrote, to go with it; may be given more than once',
      gathered,
      [],
    )
    .option('--as-one', 'judge loose templates together, as all that there is in one environment')
    .option('--strict', 'count what only deployment knows as a finding, where there is no ledger that says')
    .addHelpText('after', '\nExit codes: 0 written, 1 some of it could not be written, 2 input that cannot be used.')
    .action(async (paths: string[], options) => {
      const { evidence } = await import('./evidence.js');
      outcome = await evidence(paths, options);
    });

  program
    .command('collect')
    .description('collect evidence from AWS that controls operated, over a period')
    .option('--from <day>', 'the first day, or moment, of the period, in UTC')
    .option('--to <day>', 'the last day, which belongs to it, or the moment at which it ends')
    .requiredOption('--out <folder>', 'where the evidence is written: an empty folder')
    .option('--region <regions>', 'these Regions, with commas between, or all; that of the profile when not given', listed, [])
    .option('--only <collectors>', 'only these collectors, with commas between')
    .option('--archive <place>', 'where the trail delivers its log files: s3://bucket/prefix, or a folder with a copy')
    .option('--reports <place>', 'where constructs write reports, such as an EvidenceStore: s3://bucket, or a folder with a copy')
    .option('--account <id>', 'the account to read of the archive, where it is not that of the credentials')
    .option('--sample <rows>', 'draw a sample of so many rows from every population')
    .option('--seed <text>', 'what the sample is drawn with: the same seed draws the same rows')
    .option('--previous <folder>', 'the evidence collected before this: its manifest is named in the new one')
    .option('--resume', 'go on with a run that was stopped or that could not collect everything')
    .addHelpText('after', '\nExit codes: 0 all collected, 1 some of it is missing, 2 input that cannot be used.')
    .action(async (options) => {
      const { collect } = await import('./collect.js');
      outcome = await collect(options);
    });

  program
    .command('verify')
    .description('check that evidence is as it was written, and name each file that is not')
    .argument('<folder>', 'a bundle, or what cdk-soc2 collect wrote')
    .option('--public-key <file>', 'the bundle must be signed with this key, in PEM')
    .option('--previous <folder>', 'it must name this as what was before it')
    .action(async (folder: string, options) => {
      const { verify } = await import('./verify.js');
      outcome = verify(folder, options);
    });

  program
    .command('diff')
    .description('say in words what changed between two bundles of evidence, cloud assemblies or ledgers')
    .argument('<old>', 'what was')
    .argument('<new>', 'what is')
    .option('--format <format>', 'text, or markdown for a comment on a change', 'text')
    .addHelpText('after', '\nExit codes: 0 nothing got worse that blocks, 1 something did, 2 input that cannot be read.')
    .action(async (old: string, now: string, options) => {
      const { diff } = await import('./diff.js');
      outcome = diff(old, now, options);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return outcome;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    if (!isInputError(error)) throw error;
    console.error(printable(error.message));
    return BAD_INPUT;
  }
}

/** Values of an option that may be given more than once. */
function listed(value: string, before: readonly string[]): string[] {
  return [...before, ...value.split(',')];
}

function gathered(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** By its name: what writes evidence is a bundle of its own, with a class of its own. */
function isInputError(error: unknown): error is InputError {
  return error instanceof Error && error.name === 'InputError';
}
