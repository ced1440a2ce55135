/** The five categories of the Trust Services Criteria. A report on SOC 2 covers security, and those of the others that a company chooses. */
export enum TrustServicesCategory {
  /** Systems are protected against unauthorised access: the common criteria, CC1 to CC9. Part of every report. */
  SECURITY = 'security',

  /** Systems can be used as agreed: A1. */
  AVAILABILITY = 'availability',

  /** Information that is confidential is protected: C1. */
  CONFIDENTIALITY = 'confidentiality',

  /** Processing is complete, valid, accurate and on time: PI1. */
  PROCESSING_INTEGRITY = 'processingIntegrity',

  /** Personal data is handled as promised: P1 to P8. */
  PRIVACY = 'privacy',
}
