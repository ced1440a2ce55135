/**
 * The AICPA Trust Services Criteria (2017, with the points of focus revised in 2022), by id, each in our own words.
 *
 * @see https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022
 */
export enum Criterion {
  /** The organisation stands by integrity and ethical values. */
  CC1_1 = 'CC1.1',

  /** A board that is independent of management oversees the controls. */
  CC1_2 = 'CC1.2',

  /** Structure, reporting lines and authority are defined. */
  CC1_3 = 'CC1.3',

  /** Competent people are hired, trained and kept. */
  CC1_4 = 'CC1.4',

  /** Individuals answer for their part in the controls. */
  CC1_5 = 'CC1.5',

  /** The controls work with relevant information of good quality. */
  CC2_1 = 'CC2.1',

  /** Information about the controls is communicated inside the organisation. */
  CC2_2 = 'CC2.2',

  /** Matters that affect the controls are communicated to outside parties. */
  CC2_3 = 'CC2.3',

  /** Objectives are clear enough to assess risk against. */
  CC3_1 = 'CC3.1',

  /** Risks are identified and analysed. */
  CC3_2 = 'CC3.2',

  /** The potential for fraud is considered. */
  CC3_3 = 'CC3.3',

  /** Changes that could affect the controls are identified and assessed. */
  CC3_4 = 'CC3.4',

  /** Ongoing or separate evaluations show that the controls work. */
  CC4_1 = 'CC4.1',

  /** Deficiencies are reported to those who must act. */
  CC4_2 = 'CC4.2',

  /** Controls are chosen that reduce the risks. */
  CC5_1 = 'CC5.1',

  /** General controls over technology are chosen and built. */
  CC5_2 = 'CC5.2',

  /** Controls are put in place through policies and procedures. */
  CC5_3 = 'CC5.3',

  /** Access to information is protected by identity, network and encryption. */
  CC6_1 = 'CC6.1',

  /** Users are registered and authorised before they get credentials, and removed afterwards. */
  CC6_2 = 'CC6.2',

  /** Access follows roles, least privilege and separation of duties. */
  CC6_3 = 'CC6.3',

  /** Physical access to facilities and media is restricted. */
  CC6_4 = 'CC6.4',

  /** Protection of an asset ends only once its data cannot be read any more. */
  CC6_5 = 'CC6.5',

  /** Threats from outside are stopped at the boundary. */
  CC6_6 = 'CC6.6',

  /** Moving and sending information is restricted and protected. */
  CC6_7 = 'CC6.7',

  /** Unauthorised or malicious software is prevented or detected. */
  CC6_8 = 'CC6.8',

  /** Risky changes of configuration and new vulnerabilities are detected. */
  CC7_1 = 'CC7.1',

  /** Components are monitored for anomalies. */
  CC7_2 = 'CC7.2',

  /** Security events are evaluated, to decide whether they are incidents. */
  CC7_3 = 'CC7.3',

  /** Incidents are handled by a defined response. */
  CC7_4 = 'CC7.4',

  /** Recovery from incidents is planned and carried out. */
  CC7_5 = 'CC7.5',

  /** Changes are authorised, tested, approved and carried out as approved. */
  CC8_1 = 'CC8.1',

  /** Risks of a disruption of business are reduced. */
  CC9_1 = 'CC9.1',

  /** Risks from vendors and business partners are managed. */
  CC9_2 = 'CC9.2',

  /** Capacity is monitored and managed. */
  A1_1 = 'A1.1',

  /** Protection of the environment, backups and means of recovery are in place. */
  A1_2 = 'A1.2',

  /** Recovery procedures are tested. */
  A1_3 = 'A1.3',

  /** Confidential information is identified and kept safe. */
  C1_1 = 'C1.1',

  /** Confidential information is disposed of when it is due. */
  C1_2 = 'C1.2',

  /** Definitions of the data and specifications of the processing are available. */
  PI1_1 = 'PI1.1',

  /** Inputs are complete and accurate. */
  PI1_2 = 'PI1.2',

  /** Processing is complete, accurate and timely. */
  PI1_3 = 'PI1.3',

  /** Outputs are complete, accurate and reach only those they are meant for. */
  PI1_4 = 'PI1.4',

  /** Stored items are complete, accurate and protected. */
  PI1_5 = 'PI1.5',

  /** People are given notice of the privacy practices. */
  P1_1 = 'P1.1',

  /** People are told their choices, and consent is obtained. */
  P2_1 = 'P2.1',

  /** Only the personal data that is needed is collected. */
  P3_1 = 'P3.1',

  /** Explicit consent is obtained where it is required. */
  P3_2 = 'P3.2',

  /** Personal data is used for the stated purposes only. */
  P4_1 = 'P4.1',

  /** Personal data is kept as long as stated. */
  P4_2 = 'P4.2',

  /** Personal data is disposed of securely. */
  P4_3 = 'P4.3',

  /** People can see the personal data held about them. */
  P5_1 = 'P5.1',

  /** People can have the personal data held about them corrected. */
  P5_2 = 'P5.2',

  /** Personal data is disclosed to third parties only with consent. */
  P6_1 = 'P6.1',

  /** Authorised disclosures are recorded. */
  P6_2 = 'P6.2',

  /** Unauthorised disclosures are recorded. */
  P6_3 = 'P6.3',

  /** Third parties commit themselves to privacy duties. */
  P6_4 = 'P6.4',

  /** Third parties commit themselves to report breaches. */
  P6_5 = 'P6.5',

  /** Breaches are notified to those affected and to authorities. */
  P6_6 = 'P6.6',

  /** People are told, on request, which data was disclosed to whom. */
  P6_7 = 'P6.7',

  /** Personal data is accurate, complete and current. */
  P7_1 = 'P7.1',

  /** Privacy complaints are handled, and it is monitored whether the commitments are kept. */
  P8_1 = 'P8.1',
}
