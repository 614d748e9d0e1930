export { ETCD_CODES, type EtcdCode } from "./codes.ts";
export { etcdPackage } from "./package.ts";
export { renderEtcd, renderEtcdSecrets } from "./render.ts";
export { etcdRules } from "./rules.ts";
