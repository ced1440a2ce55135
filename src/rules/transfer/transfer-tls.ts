import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { defineRule } from '../rule';

const server = (properties: JsonObject) => ({ Files: { Type: 'AWS::Transfer::Server', Properties: properties } });

export default defineRule({
  id: 'Transfer.1',
  slug: 'transfer-tls',
  title: 'Transfer servers do not offer plain FTP',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::Transfer::Server'],
  rationale: 'FTP sends passwords and files in the clear, for everyone on the way to read.',
  remediation: "Set `protocols: ['SFTP']` on the `transfer.CfnServer`, or leave it out; `FTPS` and `AS2` encrypt as well.",
  references: ['Security Hub Transfer.2', 'AWS Config TRANSFER_FAMILY_SERVER_NO_FTP', 'NIST 800-53 SC-8'],
  check: (server) => {
    const protocols = server.at('Protocols');
    if (protocols.isAbsent)
      return protocols.mustBeSet('protocols', { absent: 'a server that names no protocol offers SFTP only' });
    return protocols.items().flatMap((each): Observation[] => each.mustBe(['SFTP', 'FTPS', 'AS2']));
  },
  examples: {
    pass: {
      'no protocol is named': server({}),
      'the protocols encrypt': server({ Protocols: ['SFTP', 'FTPS'] }),
    },
    fail: {
      'ftp is offered': server({ Protocols: ['FTP'] }),
      'ftp is offered as well': server({ Protocols: ['SFTP', 'FTP'] }),
    },
    undetermined: {
      'the protocols are a parameter': {
        Parameters: { Protocols: { Type: 'CommaDelimitedList' } },
        Resources: server({ Protocols: { Ref: 'Protocols' } }),
      },
    },
  },
});
