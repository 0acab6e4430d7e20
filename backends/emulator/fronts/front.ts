/** A front end: one ABI's way into the object model. */
import type { Patch, Region } from '../../../spec/abi/abi.ts';
import type { AbiId } from '../../../spec/model.ts';
import type { Context } from '../core/context.ts';

export interface Front {
  readonly abi: AbiId;
  /** One id space for all classes of a context, or one per class. */
  readonly sharedSpace: boolean;
  readonly firstHandle: number;
  /** 0, or the errno of the refusal; what is answered lies in the regions. */
  dispatch(context: Context, request: number, regions: readonly Region[], patches: readonly Patch[]): number;
}
