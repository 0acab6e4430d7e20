/** The view model the site is drawn from, as `rdma-conformance site-data` wrote it. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ViewModel } from '../../runner/view_model/model.ts';

/**
 * Folder of the view model; the command that builds the site says which. Relative to the folder of the site, which is the
 * current one: the configuration is part of the scripts of every page, and must name no folder of this machine.
 */
export const VIEW = relative('.', process.env['RDMA_CONFORMANCE_VIEW'] ?? join('..', 'build', 'site-data'));

const FORMAT = 'rdma-conformance-view/1';

let read: ViewModel | undefined;

export function viewModel(): ViewModel {
  if (read !== undefined) return read;
  const file = join(VIEW, 'model.json');
  const model = JSON.parse(readFileSync(file, 'utf8')) as ViewModel;
  const { format } = model as { readonly format: string };
  if (format !== FORMAT) throw new Error(`${file}: is not a view model of this version; run npm run site`);
  return (read = model);
}
