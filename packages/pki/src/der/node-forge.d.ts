/**
 * The part of node-forge that is used here. `@types/node-forge` would bring Node's types along, and with them the
 * disk and the clock into a package that must stay pure.
 */
declare module "node-forge" {
  interface Asn1 {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | readonly Asn1[];
  }
  /** node-forge keeps bytes in strings, one character for each byte. */
  interface ByteBuffer {
    getBytes(): string;
  }
  const forge: {
    readonly asn1: {
      create(tagClass: number, type: number, constructed: boolean, value: string | readonly Asn1[]): Asn1;
      toDer(value: Asn1): ByteBuffer;
      fromDer(
        der: string,
        options: { readonly strict: boolean; readonly parseAllBytes: boolean; readonly decodeBitStrings: boolean },
      ): Asn1;
      oidToDer(oid: string): ByteBuffer;
      derToOid(der: string): string;
    };
    readonly md: { readonly sha256: { create(): { update(bytes: string): void; digest(): ByteBuffer } } };
    readonly util: {
      encodeUtf8(text: string): string;
      decodeUtf8(bytes: string): string;
      readonly binary: {
        readonly raw: { encode(bytes: Uint8Array): string; decode(text: string): Uint8Array };
        readonly base64: { encode(bytes: Uint8Array, lineLength?: number): string; decode(text: string): Uint8Array };
      };
    };
  };
  export default forge;
}
