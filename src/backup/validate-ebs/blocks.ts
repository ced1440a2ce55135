import { createHash } from 'node:crypto';
import { type Block, type EBSClient, GetSnapshotBlockCommand, ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { signaturesOf } from './signatures';

/** How many blocks are read, the first one included. */
const READ = 16;

/** Read the beginning of a volume and a sample of its blocks, and compare the checksums that EBS keeps of them. */
export async function readBlocks(
  ebs: EBSClient,
  SnapshotId: string,
  seed: string,
  fileSystems: readonly string[],
): Promise<readonly Check[]> {
  const blocks = await listBlocks(ebs, SnapshotId);
  const asked = 'ebs:ListSnapshotBlocks';
  const hasBlocks = check('the volume has data', asked, 'at least 1 block', `${blocks.length} blocks`, blocks.length > 0);
  if (blocks.length === 0) return [hasBlocks];
  const [first, ...others] = blocks;
  const rank = ({ BlockIndex: index }: Block) => createHash('sha256').update(`${seed} ${index}`).digest('hex');
  const drawn = [first, ...others.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).slice(0, READ - 1)];
  const read = await Promise.all(drawn.map((block) => readBlock(ebs, SnapshotId, block)));
  const whole = read.filter(({ isWhole }) => isWhole).length;
  const found = first.BlockIndex === 0 ? signaturesOf(read[0].data) : [];
  const isKnown = found.some((each) => fileSystems.includes(each));
  return [
    hasBlocks,
    check(
      'sampled blocks have their checksums',
      'ebs:GetSnapshotBlock',
      `${drawn.length} of ${drawn.length} blocks`,
      `${whole} of ${drawn.length} blocks`,
    ),
    check(
      'the volume begins with a file system or partitions',
      'ebs:GetSnapshotBlock',
      `one of ${fileSystems.join(', ')}`,
      found.join(', ') || 'none that is known',
      isKnown,
    ),
  ];
}

/** The blocks of a snapshot; of a large one the first 100,000, which is 50 GiB. */
async function listBlocks(ebs: EBSClient, SnapshotId: string): Promise<Block[]> {
  const blocks: Block[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ebs.send(
      new ListSnapshotBlocksCommand({ SnapshotId, MaxResults: 10_000, ...(NextToken && { NextToken }) }),
    );
    blocks.push(...(page.Blocks ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && blocks.length < 100_000);
  return blocks;
}

async function readBlock(ebs: EBSClient, SnapshotId: string, { BlockIndex, BlockToken }: Block) {
  const { BlockData: body, Checksum: checksum } = await ebs.send(
    new GetSnapshotBlockCommand({ SnapshotId, BlockIndex, BlockToken }),
  );
  const data = Buffer.from(await body!.transformToByteArray());
  return { data, isWhole: createHash('sha256').update(data).digest('base64') === checksum };
}
