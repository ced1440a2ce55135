/**
 * The AICPA Trust Services Criteria (2017, with the points of focus revised in 2022), by id.
 *
 * @see https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022
 */
export enum Criterion {
  /** Commitment to integrity and ethics. */
  CC1_1 = 'CC1.1',

  /** Independent board oversight of controls. */
  CC1_2 = 'CC1.2',

  /** Structure, reporting lines and authority are defined. */
  CC1_3 = 'CC1.3',

  /** Competent people are hired, trained and kept. */
  CC1_4 = 'CC1.4',

  /** Individuals answer for their control duties. */
  CC1_5 = 'CC1.5',

  /** Relevant, good-quality information feeds the controls. */
  CC2_1 = 'CC2.1',

  /** Control information is communicated inside the organisation. */
  CC2_2 = 'CC2.2',

  /** Control matters are communicated to outside parties. */
  CC2_3 = 'CC2.3',

  /** Objectives are clear enough to assess risk against. */
  CC3_1 = 'CC3.1',

  /** Risks are identified and analysed. */
  CC3_2 = 'CC3.2',

  /** Fraud potential is considered. */
  CC3_3 = 'CC3.3',

  /** Significant changes are identified and assessed. */
  CC3_4 = 'CC3.4',

  /** Ongoing or separate evaluations show controls work. */
  CC4_1 = 'CC4.1',

  /** Deficiencies are reported to those who must act. */
  CC4_2 = 'CC4.2',

  /** Controls are chosen to reduce risk. */
  CC5_1 = 'CC5.1',

  /** General technology controls are chosen and built. */
  CC5_2 = 'CC5.2',

  /** Controls are deployed through policy and procedure. */
  CC5_3 = 'CC5.3',

  /** Logical access safeguards protect information assets (identity, network, encryption). */
  CC6_1 = 'CC6.1',

  /** Users are registered and authorised before credentials are issued, and removed after. */
  CC6_2 = 'CC6.2',

  /** Access follows roles, least privilege and duty separation. */
  CC6_3 = 'CC6.3',

  /** Physical access to facilities and media is restricted. */
  CC6_4 = 'CC6.4',

  /** Protections end only once data on assets is unrecoverable. */
  CC6_5 = 'CC6.5',

  /** Boundary defences stop threats from outside. */
  CC6_6 = 'CC6.6',

  /** Movement and transmission of information is restricted and protected. */
  CC6_7 = 'CC6.7',

  /** Malicious or unauthorised software is prevented or detected. */
  CC6_8 = 'CC6.8',

  /** Configuration drift and new vulnerabilities are detected. */
  CC7_1 = 'CC7.1',

  /** Components are monitored for anomalies. */
  CC7_2 = 'CC7.2',

  /** Security events are evaluated. */
  CC7_3 = 'CC7.3',

  /** Incidents are handled by a defined response. */
  CC7_4 = 'CC7.4',

  /** Recovery from incidents is planned and done. */
  CC7_5 = 'CC7.5',

  /** Changes are authorised, tested, approved and implemented. */
  CC8_1 = 'CC8.1',

  /** Business-disruption risks are mitigated. */
  CC9_1 = 'CC9.1',

  /** Vendor and partner risks are managed. */
  CC9_2 = 'CC9.2',

  /** Capacity is monitored and managed. */
  A1_1 = 'A1.1',

  /** Environmental protection, backup and recovery infrastructure is run. */
  A1_2 = 'A1.2',

  /** Recovery procedures are tested. */
  A1_3 = 'A1.3',

  /** Confidential information is identified and kept safe. */
  C1_1 = 'C1.1',

  /** Confidential information is disposed of. */
  C1_2 = 'C1.2',

  /** Processing specifications and data definitions are available. */
  PI1_1 = 'PI1.1',

  /** Inputs are complete and accurate. */
  PI1_2 = 'PI1.2',

  /** Processing is complete, accurate and timely. */
  PI1_3 = 'PI1.3',

  /** Outputs are complete and reach only intended parties. */
  PI1_4 = 'PI1.4',

  /** Stored items are complete, accurate and protected. */
  PI1_5 = 'PI1.5',

  /** Privacy notice is given. */
  P1_1 = 'P1.1',

  /** Choices are explained and consent obtained. */
  P2_1 = 'P2.1',

  /** Only needed personal data is collected. */
  P3_1 = 'P3.1',

  /** Explicit consent is obtained where required. */
  P3_2 = 'P3.2',

  /** Use is limited to stated purposes. */
  P4_1 = 'P4.1',

  /** Personal data is kept as long as stated. */
  P4_2 = 'P4.2',

  /** Personal data is disposed of securely. */
  P4_3 = 'P4.3',

  /** People can see their data. */
  P5_1 = 'P5.1',

  /** People can correct their data. */
  P5_2 = 'P5.2',

  /** Disclosure to third parties needs consent. */
  P6_1 = 'P6.1',

  /** Authorised disclosures are recorded. */
  P6_2 = 'P6.2',

  /** Unauthorised disclosures are recorded. */
  P6_3 = 'P6.3',

  /** Third parties commit to privacy duties. */
  P6_4 = 'P6.4',

  /** Third parties must report breaches. */
  P6_5 = 'P6.5',

  /** Breaches are notified to those affected. */
  P6_6 = 'P6.6',

  /** People get an account of disclosures. */
  P6_7 = 'P6.7',

  /** Personal data is accurate and current. */
  P7_1 = 'P7.1',

  /** Privacy complaints are handled and compliance is monitored. */
  P8_1 = 'P8.1',
}
