/** Bytes as base64, in Node and in a page alike. */
export function base64(bytes: Uint8Array): string {
  const block = 0x8000; // longer argument lists overflow the stack
  let binary = "";
  for (let from = 0; from < bytes.length; from += block) binary += String.fromCharCode(...bytes.subarray(from, from + block));
  return btoa(binary);
}
