import { Criterion } from './criterion';
import type { TrustServicesCategory } from './trust-services-category';

/** The five categories; `security` are the common criteria, which every SOC 2 report covers. */
export type CriterionCategory = `${TrustServicesCategory}`;

/** A criterion in our own words; the wording of the AICPA is theirs. */
export interface TrustServicesCriterion {
  readonly id: Criterion;
  readonly category: CriterionCategory;
  /** The heading that the criterion stands under, for example `System operations`. */
  readonly group: string;
  /** What the criterion asks for, without a full stop. */
  readonly title: string;
  /** What infrastructure templates can show about it, and what they cannot. */
  readonly templates: string;
}

/** Category and heading, by the part of the id before the dot. */
const GROUPS: Readonly<Record<string, Pick<TrustServicesCriterion, 'category' | 'group'>>> = {
  CC1: { category: 'security', group: 'Control environment' },
  CC2: { category: 'security', group: 'Information and communication' },
  CC3: { category: 'security', group: 'Risk assessment' },
  CC4: { category: 'security', group: 'Monitoring of controls' },
  CC5: { category: 'security', group: 'Control activities' },
  CC6: { category: 'security', group: 'Logical and physical access' },
  CC7: { category: 'security', group: 'System operations' },
  CC8: { category: 'security', group: 'Change management' },
  CC9: { category: 'security', group: 'Risk mitigation' },
  A1: { category: 'availability', group: 'Availability' },
  C1: { category: 'confidentiality', group: 'Confidentiality' },
  PI1: { category: 'processingIntegrity', group: 'Processing integrity' },
  P1: { category: 'privacy', group: 'Privacy: notice' },
  P2: { category: 'privacy', group: 'Privacy: choice and consent' },
  P3: { category: 'privacy', group: 'Privacy: collection' },
  P4: { category: 'privacy', group: 'Privacy: use, retention and disposal' },
  P5: { category: 'privacy', group: 'Privacy: access' },
  P6: { category: 'privacy', group: 'Privacy: disclosure and notification' },
  P7: { category: 'privacy', group: 'Privacy: quality' },
  P8: { category: 'privacy', group: 'Privacy: monitoring and enforcement' },
};

const DESCRIPTIONS: Readonly<Record<Criterion, Pick<TrustServicesCriterion, 'title' | 'templates'>>> = {
  [Criterion.CC1_1]: {
    title: 'The organisation stands by integrity and ethical values',
    templates: 'Templates show nothing about it: values are seen in what people say and do.',
  },
  [Criterion.CC1_2]: {
    title: 'A board that is independent of management oversees the controls',
    templates: 'Templates show nothing about it: minutes of the board do.',
  },
  [Criterion.CC1_3]: {
    title: 'Structure, reporting lines and authority are defined',
    templates: 'Templates show which roles exist in AWS and what they may do, not who reports to whom.',
  },
  [Criterion.CC1_4]: {
    title: 'Competent people are hired, trained and kept',
    templates: 'Templates show nothing about it: records of hiring and training do.',
  },
  [Criterion.CC1_5]: {
    title: 'Individuals answer for their part in the controls',
    templates: 'Templates can show an owner tag on a resource and an owner of an exception, not whether anyone is held to it.',
  },
  [Criterion.CC2_1]: {
    title: 'The controls work with relevant information of good quality',
    templates: 'Templates show which logs, inventories and reports are produced, not whether people use them.',
  },
  [Criterion.CC2_2]: {
    title: 'Information about the controls is communicated inside the organisation',
    templates: 'Templates show where alerts are sent, not what people tell each other.',
  },
  [Criterion.CC2_3]: {
    title: 'Matters that affect the controls are communicated to outside parties',
    templates: 'Templates can show that outside notices reach a mailbox, not what customers and authorities are told.',
  },
  [Criterion.CC3_1]: {
    title: 'Objectives are clear enough to assess risk against',
    templates: 'Templates can show measurable targets such as service levels and recovery times, not the objectives behind them.',
  },
  [Criterion.CC3_2]: {
    title: 'Risks are identified and analysed',
    templates: 'Templates show the tools that find technical risks; how the risks are rated and answered is for people to show.',
  },
  [Criterion.CC3_3]: {
    title: 'The potential for fraud is considered',
    templates: 'Templates can show that duties are kept apart and actions recorded, not that anyone considered fraud.',
  },
  [Criterion.CC3_4]: {
    title: 'Changes that could affect the controls are identified and assessed',
    templates:
      'Templates show that changes of the configuration are recorded; changes of business, people or vendors are outside them.',
  },
  [Criterion.CC4_1]: {
    title: 'Ongoing or separate evaluations show that the controls work',
    templates:
      'Templates show that continuous checks are switched on; what they reported over the period comes from the running accounts.',
  },
  [Criterion.CC4_2]: {
    title: 'Deficiencies are reported to those who must act',
    templates: 'Templates show to whom findings are routed, not whether anyone acted in time.',
  },
  [Criterion.CC5_1]: {
    title: 'Controls are chosen that reduce the risks',
    templates: 'Templates show which technical controls are in place; that they answer the risks is shown by the risk register.',
  },
  [Criterion.CC5_2]: {
    title: 'General controls over technology are chosen and built',
    templates: 'Templates show the technical controls themselves, though only for what is defined in templates.',
  },
  [Criterion.CC5_3]: {
    title: 'Controls are put in place through policies and procedures',
    templates: 'Templates and rules are technical standards in executable form; the written policies are outside them.',
  },
  [Criterion.CC6_1]: {
    title: 'Access to information is protected by identity, network and encryption',
    templates: 'Templates show encryption, network and permission settings; users and devices managed elsewhere are not in them.',
  },
  [Criterion.CC6_2]: {
    title: 'Users are registered and authorised before they get credentials, and removed afterwards',
    templates: 'Templates show how credentials are issued and limited; who joined and left is seen in the directory.',
  },
  [Criterion.CC6_3]: {
    title: 'Access follows roles, least privilege and separation of duties',
    templates: 'Templates show what each role may do; whether its holders still need it is for an access review.',
  },
  [Criterion.CC6_4]: {
    title: 'Physical access to facilities and media is restricted',
    templates: 'Templates show nothing about it: AWS answers for its data centres, and you for your offices.',
  },
  [Criterion.CC6_5]: {
    title: 'Protection of an asset ends only once its data cannot be read any more',
    templates: 'Templates show deletion and retention settings; AWS destroys its media, and you those that you own.',
  },
  [Criterion.CC6_6]: {
    title: 'Threats from outside are stopped at the boundary',
    templates: 'Templates show firewalls, public addresses and encryption at the edge, though not what was opened by hand later.',
  },
  [Criterion.CC6_7]: {
    title: 'Moving and sending information is restricted and protected',
    templates: 'Templates show encryption on the way and limits on where data may go, not what people copy to their devices.',
  },
  [Criterion.CC6_8]: {
    title: 'Unauthorised or malicious software is prevented or detected',
    templates: 'Templates show that scanners and code signing are on; what they found comes from the running accounts.',
  },
  [Criterion.CC7_1]: {
    title: 'Risky changes of configuration and new vulnerabilities are detected',
    templates: 'Templates show that recording, scanning and patching are on; the results come from the running accounts.',
  },
  [Criterion.CC7_2]: {
    title: 'Components are monitored for anomalies',
    templates: 'Templates show logs, alarms and detectors; that they ran and alerted comes from the running accounts.',
  },
  [Criterion.CC7_3]: {
    title: 'Security events are evaluated, to decide whether they are incidents',
    templates: 'Templates show that the facts needed are recorded and kept; the evaluation is the work of people.',
  },
  [Criterion.CC7_4]: {
    title: 'Incidents are handled by a defined response',
    templates: 'Templates show alert routes and runbooks, not how an incident was handled.',
  },
  [Criterion.CC7_5]: {
    title: 'Recovery from incidents is planned and carried out',
    templates: 'Templates show backups and spare capacity to recover with; a recovery shows in test and incident records.',
  },
  [Criterion.CC8_1]: {
    title: 'Changes are authorised, tested, approved and carried out as approved',
    templates: 'Templates show pipelines and separate environments; approvals are in the source control and the ticket system.',
  },
  [Criterion.CC9_1]: {
    title: 'Risks of a disruption of business are reduced',
    templates: 'Templates show redundancy and copies elsewhere; continuity plans and insurance are outside them.',
  },
  [Criterion.CC9_2]: {
    title: 'Risks from vendors and business partners are managed',
    templates: 'Templates show which other accounts are trusted; contracts and vendor reviews are outside them.',
  },
  [Criterion.A1_1]: {
    title: 'Capacity is monitored and managed',
    templates: 'Templates show scaling and capacity alarms; actual load and growth come from the running accounts.',
  },
  [Criterion.A1_2]: {
    title: 'Protection of the environment, backups and means of recovery are in place',
    templates: 'Templates show backups, redundancy and deletion protection; power, cooling and fire protection are up to AWS.',
  },
  [Criterion.A1_3]: {
    title: 'Recovery procedures are tested',
    templates: 'Templates show that restore tests are scheduled; their results come from the running accounts.',
  },
  [Criterion.C1_1]: {
    title: 'Confidential information is identified and kept safe',
    templates:
      'Templates show encryption, access and classification tags; which information is confidential is decided by people.',
  },
  [Criterion.C1_2]: {
    title: 'Confidential information is disposed of when it is due',
    templates: 'Templates show lifecycle and expiry settings; copies outside AWS are not in them.',
  },
  [Criterion.PI1_1]: {
    title: 'Definitions of the data and specifications of the processing are available',
    templates: 'Templates show workflow and schema definitions, not what the data means to those who rely on it.',
  },
  [Criterion.PI1_2]: {
    title: 'Inputs are complete and accurate',
    templates: 'Templates can show that requests are validated at the edge; the checks inside an application are not in them.',
  },
  [Criterion.PI1_3]: {
    title: 'Processing is complete, accurate and timely',
    templates: 'Templates show retries, queues for failed items and alarms, not whether a result is right.',
  },
  [Criterion.PI1_4]: {
    title: 'Outputs are complete, accurate and reach only those they are meant for',
    templates: 'Templates show who may read stored outputs, not whether an output is right.',
  },
  [Criterion.PI1_5]: {
    title: 'Stored items are complete, accurate and protected',
    templates: 'Templates show versioning, locks, encryption and backups of what is stored, not whether its content is right.',
  },
  [Criterion.P1_1]: {
    title: 'People are given notice of the privacy practices',
    templates: 'Templates show nothing about it: the published notice does.',
  },
  [Criterion.P2_1]: {
    title: 'People are told their choices, and consent is obtained',
    templates: 'Templates show nothing about it: forms and records of consent do.',
  },
  [Criterion.P3_1]: {
    title: 'Only the personal data that is needed is collected',
    templates: 'Templates can show that personal data is searched for, not whether it is needed.',
  },
  [Criterion.P3_2]: {
    title: 'Explicit consent is obtained where it is required',
    templates: 'Templates show nothing about it: records of consent do.',
  },
  [Criterion.P4_1]: {
    title: 'Personal data is used for the stated purposes only',
    templates: 'Templates show who may reach a store of data, not what the data is used for.',
  },
  [Criterion.P4_2]: {
    title: 'Personal data is kept as long as stated',
    templates: 'Templates show retention settings; whether these match the stated period is for people to compare.',
  },
  [Criterion.P4_3]: {
    title: 'Personal data is disposed of securely',
    templates: 'Templates show expiry settings; a deletion on request is seen in the application and its records.',
  },
  [Criterion.P5_1]: {
    title: 'People can see the personal data held about them',
    templates: 'Templates show nothing about it: the log of requests does.',
  },
  [Criterion.P5_2]: {
    title: 'People can have the personal data held about them corrected',
    templates: 'Templates show nothing about it: the log of requests does.',
  },
  [Criterion.P6_1]: {
    title: 'Personal data is disclosed to third parties only with consent',
    templates: 'Templates show which other accounts may reach a store of data, not whether consent was given.',
  },
  [Criterion.P6_2]: {
    title: 'Authorised disclosures are recorded',
    templates: 'Templates show that access to data is logged; the record of disclosures is kept by people.',
  },
  [Criterion.P6_3]: {
    title: 'Unauthorised disclosures are recorded',
    templates: 'Templates show that access to data is logged; the record of disclosures is kept by people.',
  },
  [Criterion.P6_4]: {
    title: 'Third parties commit themselves to privacy duties',
    templates: 'Templates show nothing about it: contracts do.',
  },
  [Criterion.P6_5]: {
    title: 'Third parties commit themselves to report breaches',
    templates: 'Templates show nothing about it: contracts do.',
  },
  [Criterion.P6_6]: {
    title: 'Breaches are notified to those affected and to authorities',
    templates: 'Templates show alert routes that make a breach known, not the notices that were sent.',
  },
  [Criterion.P6_7]: {
    title: 'People are told, on request, which data was disclosed to whom',
    templates: 'Templates show nothing about it: the log of requests and the record of disclosures do.',
  },
  [Criterion.P7_1]: {
    title: 'Personal data is accurate, complete and current',
    templates: 'Templates show nothing about it: checks in the application and corrections on request do.',
  },
  [Criterion.P8_1]: {
    title: 'Privacy complaints are handled, and it is monitored whether the commitments are kept',
    templates: 'Templates show nothing about it: the log of complaints and the reviews do.',
  },
};

/** Every criterion, in the order of `Criterion`. */
export const TRUST_SERVICES_CRITERIA: readonly TrustServicesCriterion[] = Object.values(Criterion).map(criterionById);

/** What a criterion asks for. */
export function criterionById(id: Criterion): TrustServicesCriterion {
  return { id, ...GROUPS[id.split('.')[0]], ...DESCRIPTIONS[id] };
}

/** The criteria of a category. */
export function criteriaOf(category: CriterionCategory): readonly TrustServicesCriterion[] {
  return TRUST_SERVICES_CRITERIA.filter((criterion) => criterion.category === category);
}
