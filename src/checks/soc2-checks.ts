import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CfnResource, type IPolicyValidationContext, type PolicyValidationPluginReport, Stack, Stage } from 'aws-cdk-lib';
// By its file: the index of cdk-nag loads every rule of its packs, at every synthesis.
import { NagPack, type NagPackProps } from 'cdk-nag/lib/nag-pack';
import type { IConstruct } from 'constructs';
import type { TrustServicesCategory } from '../criteria/trust-services-category';
import type { Rule } from '../rules/rule';
import { AcknowledgedPlaces, bareAcknowledgements, declaredExceptions, withDeclarations } from './acknowledgements';
import type { IAdditionalRule } from './additional-rule';
import { alarm, alarms, bareViolation, describeBare } from './alarms';
import { auditScope, describeOutOfScope, outOfScope } from './audit-scope';
import { blocks } from './blocks';
import { findRule } from './declarations';
import { registerExceptions } from './exception-register';
import type { InheritedControl, RuleExclusion } from './inherited-control';
import { type Judgement, judgeInOrder } from './judge';
import { PartWriter, writeLedger } from './ledger';
import { NagAcknowledgements } from './nag-acknowledgements';
import { PACK, reportName } from './names';
import { refuseBadOptions, withAdditional } from './pack-options';
import { type Piece, writePieces } from './pieces';
import { currentCommit, currentTime, versions } from './provenance';
import { type ReportOptions, violationOf } from './report';
import { sourcesIn } from './source-location';
import { outdirOf, type Synthesis, synthesisInMemory, synthesisOnDisk } from './synthesis';
import { unjudgedStacks } from './unjudged-stacks';

/** Options of `Soc2Checks`. */
export interface Soc2ChecksProps extends NagPackProps {
  /**
   * The categories of criteria that the audit covers.
   *
   * A rule judges when it supports a criterion of one of them. Security, the common criteria, is part of every audit, whether it is
   * named or not. The ledger records the scope, and names the rules that are out of it.
   *
   * @default - every category
   */
  readonly scope?: TrustServicesCategory[];

  /**
   * Controls that another app or team provides. Each meets a rule that nothing in this app meets: a rule about the account, or
   * about backups.
   *
   * @default - none: the app itself must have a trail, a detector, a backup plan and so on
   */
  readonly inherited?: InheritedControl[];

  /**
   * Rules to leave out, each with a reason that the ledger records. For single resources use `Soc2Exception`.
   *
   * @default - none
   */
  readonly exclude?: RuleExclusion[];

  /**
   * Rules of your own.
   *
   * @default - none
   */
  readonly additionalRules?: IAdditionalRule[];

  /**
   * Ids or slugs of rules that no exception may set aside.
   *
   * @default - every rule can have exceptions
   */
  readonly unwaivable?: string[];

  /**
   * Stop synthesis also when only deployment can tell whether an `error` rule is met.
   *
   * @default false - such a verdict is a warning
   */
  readonly strict?: boolean;

  /**
   * Let acknowledgements of rules of cdk-nag count for the rules here that ask for the same.
   *
   * Where `Validations.of(construct).acknowledge({ id: 'AwsSolutions-S1', reason })` accepts that a bucket has no access log, so does
   * this pack. It works for ids of the packs `AwsSolutions` and `NIST.800.53.R5`. Acknowledgements of single findings, such as
   * `AwsSolutions-IAM5[Action::dynamodb:*]`, count when they cover all that cdk-nag finds on the resource.
   *
   * Such a finding is an exception of state `acknowledged`, with the id and the reason, in the report and in the ledger. It has no
   * owner, no ticket and no last day: it counts for as long as the code has it. Use `Soc2Exception` for what somebody has to answer
   * for. Rules that are `unwaivable` stay so, and an exception that has expired is not renewed by an acknowledgement.
   *
   * @default false - only `Soc2Exception` makes exceptions
   */
  readonly honorNagAcknowledgements?: boolean;
}

/**
 * The rule pack: stops synthesis of an app that does not meet the rules, and leaves a ledger of every verdict.
 *
 * It judges the synthesized templates, so it sees property overrides, raw resources, included templates, nested stacks and
 * references between stacks. A finding of severity `error` makes `cdk synth` exit with code 1. Every verdict, passes included,
 * is written to `soc2/ledger.json` in the output folder of the app.
 *
 * The library supports SOC 2 criteria and collects evidence; whether controls are designed and operate well is for an auditor
 * to say.
 *
 * @example
 * const app = new App();
 * Validations.of(app).addPlugins(new Soc2Checks(app, {
 *   inherited: [{ rule: 'guardduty-enabled', owner: 'security team', pointer: 'stack SecurityBaseline' }],
 * }));
 *
 * @see https://github.com/cdklabs/cdk-nag
 */
export class Soc2Checks extends NagPack {
  /** Name of the pack, as reports show it. */
  public readonly name = PACK;
  /** Version of the library. */
  public readonly version?: string = versions()['cdk-soc2'];
  /** Names of the rules, as reports show them. */
  public readonly ruleIds?: string[];

  private readonly rules: readonly Rule[];
  private readonly props: Soc2ChecksProps;

  /**
   * @param app the app, or a stage.
   * @param props options.
   * @throws when a rule or a category that an option names does not exist, or an option lacks a reason, an owner or a pointer.
   */
  constructor(app?: IConstruct, props: Soc2ChecksProps = {}) {
    super(app, props);
    this.packName = PACK;
    this.props = props;
    this.rules = withAdditional(props.additionalRules ?? []);
    this.ruleIds = this.rules.map(reportName);
    refuseBadOptions(props, this.rules);
    if (app) refuseNoStacks(app);
  }

  /**
   * Judge the templates that were just synthesized, and write the ledger. Called by the CDK.
   *
   * Never throws: an error on the way is itself a finding that stops synthesis.
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return failClosed(() => {
      const root = context.appConstruct;
      if (!Stage.isStage(root)) throw new Error('the construct tree does not start with an app');
      const folder = join(root.outdir, 'soc2');
      rmSync(folder, { recursive: true, force: true });
      const synthesis = synthesisOnDisk(root);
      const { report, ledger } = this.judge(synthesis);
      mkdirSync(folder, { recursive: true });
      writePieces(join(folder, 'ledger.json'), ledger);
      return report;
    });
  }

  /**
   * Judge a construct tree as it is now, before aspects are applied. Writes no ledger. For tests.
   *
   * @param scope an app, a stage or a stack.
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    return failClosed(() => this.judge(synthesisInMemory(scope)).report);
  }

  /** Does nothing: this pack judges templates as a whole, not construct by construct. */
  protected checkResource(_node: CfnResource): void {}

  private judge(synthesis: Synthesis): { report: PolicyValidationPluginReport; ledger: Piece[] } {
    const { assembly } = synthesis;
    const { inherited = [], exclude = [], unwaivable = [], strict = false, verbose = false } = this.props;
    const { honorNagAcknowledgements = false } = this.props;
    const scope = auditScope(this.props.scope, "'scope'");
    const time = currentTime();
    const declaring = withDeclarations(synthesis.constructs);
    const nag = honorNagAcknowledgements ? new NagAcknowledgements(declaring, synthesis.construct) : undefined;
    const writer = new PartWriter(assembly, sourcesIn(synthesis));
    // What passes is written down, and needs no more attention: so it is with most.
    const judgements: Judgement[] = [];
    let judged = 0;
    const inOrder = judgeInOrder(assembly, {
      rules: this.rules,
      now: time,
      inherited,
      excluded: exclude,
      unwaivable,
      scope,
      acknowledgedAs: nag && ((rule, entry) => nag.of(rule, entry)),
    });
    for (const group of inOrder) {
      judged += group.length;
      for (const judgement of group) {
        writer.add(judgement);
        if (judgement.verdict !== 'pass') judgements.push(judgement);
      }
    }
    const exceptions = registerExceptions([assembly], judgements, this.rules, time, declaredExceptions(declaring));
    const bare = bareAcknowledgements(declaring);
    const acknowledged = new AcknowledgedPlaces(declaring);
    const idle = new Set(outOfScope(this.rules, scope).map(({ id }) => id));
    const unused = exceptions
      .filter(({ state, rule }) => state === 'unused' && !idle.has(rule))
      .map((each) => `${each.rule} at '${each.at}': the exception covers no finding; remove it`);

    const raised = alarms(judged, judgements, synthesis, strict);
    const ledger = writeLedger({
      parts: [writer.part()],
      rules: this.rules,
      settings: {
        strict,
        unwaivable: unwaivable.map((name) => findRule(this.rules, name).id),
        scope,
        honorNagAcknowledgements,
      },
      exceptions,
      inherited,
      excluded: exclude,
      alarms: [...bare.map(describeBare), ...raised.map(({ description }) => description)],
      notes: [...describeOutOfScope(this.rules, scope), ...unjudgedStacks(assembly), ...unused],
      time,
      commit: currentCommit(),
      versions: versions(),
    });

    const outdir = outdirOf(synthesis.constructs[0]);
    const options: ReportOptions = {
      strict,
      verbose,
      templatePath: (path) => join(outdir, path),
      acknowledgedAt: (rule, path) => acknowledged.nearest(rule, path),
    };
    const violations = [
      ...judgements.flatMap((judgement) => violationOf(judgement, options) ?? []),
      ...bare.map((each) => bareViolation(each, synthesis)),
      ...raised,
    ];
    const success = bare.length === 0 && raised.length === 0 && !judgements.some((each) => blocks(each, strict));
    return { report: { success, violations }, ledger };
  }
}

/** The CDK does not call a pack where there are no stacks: that, too, would pass in silence. */
function refuseNoStacks(scope: IConstruct): void {
  const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
  stage?.node.addValidation({
    validate: () =>
      stage.node.findAll().some(Stack.isStack)
        ? []
        : ['Soc2Checks: nothing was judged: there are no stacks. Create them before synthesis.'],
  });
}

function failClosed(run: () => PolicyValidationPluginReport): PolicyValidationPluginReport {
  try {
    return run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      success: false,
      violations: [
        alarm('Internal', `The checks could not be made: ${message}`, 'Until they can, nothing shows that the rules are met.'),
      ],
    };
  }
}
