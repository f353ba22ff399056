/** 报文原样 · headers and the bytes that their signature is over, as WeChat Pay or a provider sent them. Names of headers are lower-case. */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}
