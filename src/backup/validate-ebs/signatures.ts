/** What tells a file system or a partition table: bytes at a place of the volume. */
const SIGNATURES: readonly (readonly [name: string, offset: number, bytes: Buffer])[] = [
  ['ext', 1_080, Buffer.from([0x53, 0xef])],
  ['xfs', 0, Buffer.from('XFSB')],
  ['btrfs', 65_600, Buffer.from('_BHRfS_M')],
  ['ntfs', 3, Buffer.from('NTFS    ')],
  ['lvm', 512, Buffer.from('LABELONE')],
  ['gpt', 512, Buffer.from('EFI PART')],
  ['mbr', 510, Buffer.from([0x55, 0xaa])],
];

/** What the first block of a volume holds. */
export function signaturesOf(block: Buffer): readonly string[] {
  return SIGNATURES.filter(([, offset, bytes]) => block.subarray(offset, offset + bytes.length).equals(bytes)).map(
    ([name]) => name,
  );
}
