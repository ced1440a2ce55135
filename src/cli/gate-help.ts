/** What the gate notices, and what it cannot. */
export const GATE_HELP = `
The gate loads the templates and judges them again. It notices a template that was added, removed or changed; a
verdict, a rule, a count or an exception in the ledger that is not what judging again gives; what is still open; and
exceptions that have expired since. What fails is open when its rule is an error. Warnings and advice fail too; they do
not block, and are counted apart.

It takes at its word what the app declares in the ledger: rules that it leaves out, categories that are not audited,
controls that it inherits, rules of cdk-nag that it acknowledged, whether 'strict' is on, and the verdicts of rules of
its own. Whoever can write the ledger can declare more, and can take away
the record of an alarm. The gate prints what is declared: review it as you review code, and let nobody but the job
that synthesizes write the cloud assembly.

Exit codes: 0 the gate is open, 1 it is closed, 2 the folder is no cloud assembly or its ledger cannot be read.`;
