import type { FileSignature } from '#shared/contracts/auth/signature.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

/** What a file's signature covers: the file as canonical JSON (RFC 8785) without the signature's value. The file's `kind` tells one sort from another. */
export function signedText(file: { readonly kind: string; readonly signature: Omit<FileSignature, 'value'> & { readonly value?: string } }): string {
  return canonicalJson({ ...file, signature: { ...file.signature, value: undefined } });
}
