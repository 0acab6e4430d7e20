/** The view model the site is drawn from, as `rdma-conformance site-data` wrote it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ViewModel } from '../../runner/view_model/model.ts';

/** Folder of the view model; the command that builds the site says which. */
export const VIEW = resolve(process.env['RDMA_CONFORMANCE_VIEW'] ?? join(process.cwd(), '..', 'build', 'site-data'));

const FORMAT = 'rdma-conformance-view/1';

let read: ViewModel | undefined;

export function viewModel(): ViewModel {
  if (read !== undefined) return read;
  const file = join(VIEW, 'model.json');
  const model = JSON.parse(readFileSync(file, 'utf8')) as ViewModel;
  if (model.format !== FORMAT) throw new Error(`${file}: is not a view model of this version; run npm run site`);
  return (read = model);
}
