/** What listens on well-known ports, as people call it. */
const SERVICES: Readonly<Record<number, string>> = {
  22: 'SSH',
  25: 'Mail',
  53: 'Name service',
  80: 'HTTP',
  123: 'Time',
  389: 'LDAP',
  443: 'HTTPS',
  445: 'File share',
  587: 'Mail',
  636: 'LDAPS',
  1433: 'SQL Server',
  1521: 'Oracle',
  2049: 'NFS',
  3306: 'MySQL',
  3389: 'Remote desktop',
  5432: 'PostgreSQL',
  5439: 'Redshift',
  5671: 'AMQP',
  6379: 'Redis',
  6380: 'Redis',
  8182: 'Neptune',
  9042: 'Cassandra',
  9092: 'Kafka',
  9094: 'Kafka',
  9098: 'Kafka',
  9200: 'OpenSearch',
  11211: 'Memcached',
  27017: 'MongoDB',
};

/** Protocol numbers and names that rules of firewalls use. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  all: 'all',
  '6': 'TCP',
  tcp: 'TCP',
  '17': 'UDP',
  udp: 'UDP',
  '1': 'ICMP',
  icmp: 'ICMP',
  '58': 'ICMPv6',
  icmpv6: 'ICMPv6',
};

/** Ports that a rule opens, as its template states them; `?` in place of what only deployment knows. */
export interface PortRange {
  readonly protocol: string;
  readonly from?: number | '?';
  readonly to?: number | '?';
}

/** Ports in words: `HTTPS (port 443)`, `TCP ports 8000 to 8100`, `everything`. */
export function portWords(range: PortRange): string {
  const protocol = protocolName(range.protocol);
  if (protocol === 'all') return 'everything';
  const { from, to } = range;
  if (from === '?' || to === '?') return `${protocol}, a port that only deployment knows`;
  if (protocol.startsWith('ICMP')) return `${protocol} (signals such as ping)`;
  if (from === undefined || (from <= 0 && (to === undefined || to >= 65_535)) || from === -1) return `every ${protocol} port`;
  const service = SERVICES[from];
  if (to === undefined || to === from) {
    const suffix = protocol === 'TCP' ? '' : `${protocol} `;
    return service ? `${service} (${suffix}port ${from})` : `${protocol} port ${from}`;
  }
  return `${protocol} ports ${from} to ${to}`;
}

/** Ports on an arrow: `HTTPS 443`. */
export function portLabel(range: PortRange): string {
  const protocol = protocolName(range.protocol);
  if (protocol === 'all') return 'everything';
  const { from, to } = range;
  if (from === '?' || to === '?' || from === undefined || from <= 0) return protocol;
  if (to !== undefined && to !== from) return `${from}–${to}`;
  return SERVICES[from] ? `${SERVICES[from]} ${from}` : `port ${from}`;
}

export function protocolName(protocol: string): string {
  return (
    PROTOCOLS[protocol.toLowerCase()] ?? (protocol === '?' ? 'a protocol that only deployment knows' : protocol.toUpperCase())
  );
}
