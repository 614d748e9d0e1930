export { type Accepts, describeAccepts, isWithin, type NumberAccepts, oneOf } from "./accepts.ts";
export type { Dialect, ParameterSection, Refusal } from "./dialect.ts";
export { entriesOf, type Entry, type EntryGroup, writtenSettings } from "./entries.ts";
export { byKey, settingRule, type SettingCode, type SettingFault } from "./rules.ts";
export {
  type Danger,
  type FreeSetting,
  isFree,
  type OwnedSetting,
  type Owner,
  type ParameterValue,
  refused,
  type RefusedSetting,
  type Setting,
  type SettingGroup,
  type TakesEffect,
} from "./setting.ts";
