import type { IngressRule } from './ingress';
import type { Ports } from './port-span';
import type { Ternary } from './ternary';

interface Service extends Ports {
  readonly name: string;
}

const service = (name: string, from: number, to = from): Service => ({ name, from, to });

export const SSH: Service = { ...service('SSH', 22), protocol: 'tcp' };
export const RDP: Service = service('RDP', 3389);

/** Databases, caches, brokers, file shares and other remote administration: nothing that the internet needs. */
export const HIGH_RISK_SERVICES: readonly Service[] = [
  service('FTP', 20, 21),
  service('Telnet', 23),
  service('Kerberos', 88),
  service('RPC', 111),
  service('Windows RPC', 135),
  service('NetBIOS', 137, 139),
  service('SNMP', 161, 162),
  service('LDAP', 389),
  service('SMB', 445),
  service('LDAPS', 636),
  service('rsync', 873),
  service('SQL Server', 1433, 1434),
  service('Oracle', 1521),
  service('NFS', 2049),
  service('ZooKeeper', 2181),
  service('Docker', 2375, 2376),
  service('etcd', 2379, 2380),
  service('Oracle', 2483, 2484),
  service('MySQL', 3306),
  service('mSQL', 4333),
  service('PostgreSQL', 5432),
  service('Redshift', 5439),
  service('Kibana', 5601),
  service('AMQP', 5671, 5672),
  service('VNC', 5900, 5903),
  service('WinRM', 5985, 5986),
  service('Redis', 6379, 6380),
  service('Cassandra', 7000, 7001),
  service('Cassandra', 7199),
  service('Neptune', 8182),
  service('Cassandra', 8888),
  service('Cassandra', 9042),
  service('Kafka', 9092, 9098),
  service('Cassandra', 9160),
  service('Elasticsearch', 9200),
  service('Elasticsearch', 9300),
  service('kubelet', 10250),
  service('Memcached', 11211),
  service('RabbitMQ', 15672),
  service('MongoDB', 27017, 27019),
];

/** Whether an ingress rule opens the port of any of the services, and which, in words. */
export function servicesOpenedBy(rule: IngressRule, services: readonly Service[]): { matters: Ternary; what: string } {
  const open = services.filter((each) => rule.reaches(each));
  if (open.length > 0) return { matters: true, what: inWords(open) };
  return { matters: services.some((each) => rule.reaches(each) === undefined) ? undefined : false, what: 'a port is' };
}

function inWords(services: readonly Service[]): string {
  const [first, ...others] = services.map(({ name, from, to }) => `${name} (${from === to ? from : `${from}–${to}`})`);
  if (others.length === 0) return `${first} is`;
  return others.length === 1 ? `${first} and ${others[0]} are` : `${first} and ${others.length} more services are`;
}
