/** Classes of ASN.1 tags, as the upper bits of the tag byte. */
export const CLASS = { universal: 0x00, context: 0x80 } as const;

/** Universal tag numbers. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x10,
  set: 0x11,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;
