export const readme = String.raw`# The cluster {{scope}}

Written by Matriarch {{version}} from a topology file: change that file and render again, not these files.
PostgreSQL {{postgresqlVersion}} on {{nodes}}, {{replication}}.

## Run it

    ./cluster up        # build, start, wait until everything is healthy
    ./cluster status
    ./cluster psql      # a session through the pooler
    ./cluster dump {{database}}   # one database to a file; ./cluster restore brings it back
    ./cluster down      # the data stays
    ./cluster           # every command

## Connect

Every way in is a service of pg_service.conf; run these from this folder:

{{#each services}}    PGSERVICEFILE=pg_service.conf psql service={{this}}
{{/each}}

The passwords are in .env and, for psql, in secrets/clients/pgpass. The first one in full, as an application would write it:

    {{uri}}

{{#if severalPlaces}}Where several places are named, a client tries them in their order and takes the first that lets it in: one of them may be
away. libpq, and drivers that are made of it, read the list as it is; others have a way of their own to write it.

{{/if}}
{{#if clientCertificates}}Clients present a certificate and a password. Each role's certificate is in pki/clients/roles/<role>/.
{{else}}Clients present a password over verified TLS; no certificate is asked of them.
{{/if}}

| what | where |
| --- | --- |
{{#each ports}}| {{this.what}} | {{this.where}} |
{{/each}}

## What to know

{{#each terms}}- {{this}}
{{/each}}

## Where things are

| file | what it is |
| --- | --- |
| .env | passwords and the settings that override the topology; kept, never overwritten |
| pki/ | certificates and keys; kept. The authorities' keys (pki/ca) are needed for renewal only: keep a copy elsewhere |
| secrets/ | the passwords in each daemon's own format, readable by that daemon only |
| rendered/ | configuration, images and this page; holds no secret. Containers follow rendered/current |
| rendered/current/promises.json | what this cluster promises: versions, the outage to expect of each fault, what the loss of each node means |
| rendered/current/manifest.json | the hash of every rendered file |

## The topology

~~~mermaid
{{diagram}}~~~
`;
