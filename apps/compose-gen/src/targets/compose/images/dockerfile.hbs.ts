/** One template for all images: a user, the steps of the table, a clean layer, an init that reaps. */
export const dockerfile = String.raw`FROM {{baseImage}}
RUN groupadd --system --gid {{uid}} {{user}} \
 && useradd --system --uid {{uid}} --gid {{uid}} --home-dir {{home}} --shell /bin/sh {{user}} \
 && apt-get update \
{{#each steps}} && {{this}} \
{{/each}} && apt-get clean \
 && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /usr/share/doc /usr/share/man /usr/share/locale /usr/share/i18n \
 && rm -rf {{volume}} && install --directory --owner {{uid}} --group {{uid}} --mode 0700 {{volume}}
{{#each environment}}ENV {{this}}
{{/each}}COPY --chmod=0555 entrypoint /usr/local/bin/entrypoint
USER {{uid}}:{{uid}}
{{#if stopSignal}}STOPSIGNAL {{stopSignal}}
{{/if}}ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/entrypoint"]
`;
