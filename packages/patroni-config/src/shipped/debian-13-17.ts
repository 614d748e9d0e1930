// Written by `pnpm platforms:extensions` from the image of PostgreSQL 17 of debian-13. Do not edit it.
import type { Shipped } from "./shipped.ts";

export const SHIPPED: Shipped = {
  programs: `
  [ apt apt-cache apt-cdrom apt-config apt-get apt-mark arch awk b2sum base32 base64 basename basenc bash bashbug c_rehash
  captoinfo cat chage chardet chardetect chcon chfn chgrp chmod choom chown chrt chsh cksum clear clear_console clusterdb cmp comm
  corelist cp cpan cpan5.40-x86_64-linux-gnu createdb createlang createuser csplit curl cut dash date dd deb-systemd-helper
  deb-systemd-invoke debconf debconf-apt-progress debconf-communicate debconf-copydb debconf-escape debconf-set-selections
  debconf-show df dh_make_pgxs dh_pgxs_test diff diff3 dir dircolors dirname dmesg dnsdomainname domainname dpkg dpkg-deb
  dpkg-divert dpkg-maintscript-helper dpkg-query dpkg-realpath dpkg-split dpkg-statoverride dpkg-trigger dropdb droplang dropuser
  du echo egrep enc2xs encguess env expand expiry expr factor fallocate false fgrep find findmnt flock fmt fold free getconf
  getent getopt gpasswd grep groups gunzip gzexe gzip h2ph h2xs hardlink head hostid hostname i386 iconv id infocmp infotocap
  initdb install instmodsh ionice ipcmk ipcrm ipcs ischroot join json_pp kill ld.so ldd libnetcfg link linux32 linux64 ln locale
  localedef logger login logname ls lsblk lscpu lsipc lslocks lslogins lsmem lsns mawk mcookie md5sum mkdir mkfifo mknod mktemp
  more mount mountpoint mv namei nawk newgrp nice nisdomainname nl nohup normalizer nproc nsenter numfmt od oid2name openssl pager
  partx passwd paste pathchk patroni patroni_aws patroni_barman patroni_raft_controller patroni_wale_restore patronictl pdb3
  pdb3.13 perl perl5.40-x86_64-linux-gnu perl5.40.1 perlbug perldoc perlivp perlthanks pg_amcheck pg_archivecleanup
  pg_backupcluster pg_basebackup pg_buildext pg_checksums pg_combinebackup pg_config pg_conftool pg_controldata pg_createcluster
  pg_createconfig_patroni pg_createsubscriber pg_ctl pg_ctlcluster pg_dropcluster pg_dump pg_dumpall pg_isready pg_lsclusters
  pg_receivewal pg_receivexlog pg_recvlogical pg_renamecluster pg_resetwal pg_restore pg_restorecluster pg_rewind pg_test_fsync
  pg_test_timing pg_upgrade pg_upgradecluster pg_verifybackup pg_virtualenv pg_waldump pg_walsummary pgbench pgrep piconv pidof
  pidwait pinky pkill pl2pm pldd pmap pod2html pod2man pod2text pod2usage podchecker postgres pr printenv printf prlimit prove ps
  psql ptar ptardiff ptargrep ptx pwd pwdx py3clean py3compile py3versions pydoc3 pydoc3.13 pygettext3 pygettext3.13 python3
  python3.13 rbash readlink realpath reindexdb rename.ul renice reset rev rgrep rm rmdir run-parts runcon savelog script
  scriptlive scriptreplay sdiff sed select-editor sensible-browser sensible-editor sensible-pager sensible-terminal seq setarch
  setpriv setsid setterm sg sh sha1sum sha224sum sha256sum sha384sum sha512sum shasum shred shuf skill slabtop sleep snice sort
  splain split sqv stat stdbuf streamzip stty su sum sync tabs tac tail tar taskset tee tempfile test tic timeout tini tini-static
  tload toe top touch tput tr true truncate tset tsort tty tzselect ucf ucfq ucfr uclampset umount uname uncompress unexpand uniq
  unlink unshare update-alternatives uptime users vacuumdb vacuumlo vdir vmstat w wall watch wc wcurl wdctl whereis which
  which.debianutils who whoami x86_64 xargs xsubpp yes ypdomainname zcat zcmp zdiff zdump zegrep zfgrep zforce zgrep zipdetails
  zless zmore znew
`
    .trim()
    .split(/\s+/),
  libraries: {
    "postgresql-17": `
  _int amcheck auth_delay auto_explain autoinc basebackup_to_shell basic_archive bloom btree_gin btree_gist citext cube
  cyrillic_and_mic dblink dict_int dict_snowball dict_xsyn earthdistance euc2004_sjis2004 euc_cn_and_mic euc_jp_and_sjis
  euc_kr_and_mic euc_tw_and_big5 file_fdw fuzzystrmatch hstore insert_username isn latin2_and_win1250 latin_and_mic
  libpqwalreceiver lo ltree moddatetime pageinspect passwordcheck pg_buffercache pg_freespacemap pg_prewarm pg_stat_statements
  pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgoutput pgrowlocks pgstattuple pgxml plpgsql postgres_fdw refint seg
  sepgsql sslinfo tablefunc tcn test_decoding tsm_system_rows tsm_system_time unaccent utf8_and_big5 utf8_and_cyrillic
  utf8_and_euc2004 utf8_and_euc_cn utf8_and_euc_jp utf8_and_euc_kr utf8_and_euc_tw utf8_and_gb18030 utf8_and_gbk utf8_and_iso8859
  utf8_and_iso8859_1 utf8_and_johab utf8_and_sjis utf8_and_sjis2004 utf8_and_uhc utf8_and_win uuid-ossp
`
      .trim()
      .split(/\s+/),
    "postgresql-17-cron": ["pg_cron"],
    "postgresql-17-hll": ["hll"],
    "postgresql-17-hypopg": ["hypopg"],
    "postgresql-17-partman": ["pg_partman_bgw"],
    "postgresql-17-pgaudit": ["pgaudit"],
    "postgresql-17-pgvector": ["vector"],
    "postgresql-17-postgis-3": ["address_standardizer-3", "postgis-3", "postgis_raster-3", "postgis_sfcgal-3", "postgis_topology-3"],
    "postgresql-17-repack": ["pg_repack"],
    "postgresql-17-set-user": ["set_user"],
    "postgresql-17-timescaledb": ["timescaledb"],
    "postgresql-17-wal2json": ["wal2json"],
  },
  onlyAtStart: ["pg_cron", "pgaudit", "sepgsql", "timescaledb"],
  archiveModules: ["basic_archive"],
};
