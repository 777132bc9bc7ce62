/** Whether a safetensors file is a fit's checkpoint: its header says so. False for whatever is no such file. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) return false;
  try {
    const { __metadata__: metadata } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    return metadata?.checkpoint !== undefined;
  } catch {
    return false;
  }
}
