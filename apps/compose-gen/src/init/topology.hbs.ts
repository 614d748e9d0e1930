/** The starter topology: what was answered, and where to go on. */
export const starter = `# A PostgreSQL high-availability cluster, for Matriarch.
#   compose-gen check <this file>                      everything that is wrong with it
#   compose-gen render <this file> --out <folder>      the bundle; <folder>/cluster up starts it
# Every other key has a default; \`compose-gen schema\` lists all of them, for your editor.

# Patroni's scope and the name of the compose project.
cluster: {{cluster}}

# Where nodes can be.{{#if two}} The first has the majority of etcd: losing it leaves reads at the second, and no writable
# primary until somebody promotes it. An etcd member in a third datacenter changes that.{{/if}}
datacenters: [{{datacenters}}]

# What runs where: etcd keeps the leader lease, postgresql is PostgreSQL with Patroni, haproxy leads clients to the
# primary of the moment, pgbouncer pools their connections.
nodes:
{{#each nodes}}
  {{name}}: {{value}}
{{/each}}

# Each database is owned by the role of its own name, unless \`owner\`, \`writers\` or \`readers\` say more.
databases:
  app: {}

# {{replicationMeaning}}
replication: { mode: {{replication}} }

# {{timingMeaning}}
timing: {{timing}}

# {{certificatesMeaning}}
tls: { client_certificates: {{clientCertificates}} }
`;
