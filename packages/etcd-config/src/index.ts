export { renderEtcd, renderEtcdSecrets } from "./render.ts";
export { ETCD_CODES, etcdRules } from "./rules.ts";
