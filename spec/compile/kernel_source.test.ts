import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { formatProblem } from '../problem.ts';
import { kernelSource } from './kernel_source.ts';
import { edited, temporaryProject } from './temporary_project.ts';

const CALLS = 'spec/chapters/calls.md';

describe('a place in the kernel', () => {
  it('is file, function and version, and a link to a browser of its sources', () => {
    expect(kernelSource('drivers/infiniband/core/verbs.c:ib_modify_qp_is_ok@6.12')).toEqual({
      key: 'drivers/infiniband/core/verbs.c:ib_modify_qp_is_ok@6.12',
      kind: 'kernel',
      title: 'ib_modify_qp_is_ok in drivers/infiniband/core/verbs.c, Linux 6.12',
      link: 'https://elixir.bootlin.com/linux/v6.12/source/drivers/infiniband/core/verbs.c',
    });
    expect(kernelSource('include/uapi/rdma/ib_user_verbs.h@6.1')?.title).toBe(
      'include/uapi/rdma/ib_user_verbs.h, Linux 6.1',
    );
  });

  it.each([
    'core/verbs.c',
    'verbs.c:x@6.12',
    '/etc/x.c:y@6.12',
    'a/b.c:x',
    'a/b.c:x@6',
    'a/../b.c:x y@6.1',
    'a/b.c:"x"@6.1',
  ])('is not %s', (word) => {
    expect(kernelSource(word)).toBeUndefined();
  });

  it('needs no entry in the list of sources', () => {
    const source = 'drivers/infiniband/core/verbs.c:ib_modify_qp_is_ok@6.12 for the pair; a-mail';
    const { spec } = compileSpec(temporaryProject(edited(CALLS, 'a-mail section 2; a-mail', source)));
    const [first] = spec?.clauses['call-refused']?.sources ?? [];
    expect(first?.detail).toBe('for the pair');
    expect(spec?.sources[first?.key ?? '']?.link).toContain('/v6.12/source/drivers/');
  });

  it('is refused in another shape, which the message tells', () => {
    const { problems } = compileSpec(temporaryProject(edited(CALLS, 'a-mail section 2', 'core/verbs.c ib_modify_qp')));
    expect(problems.map(formatProblem).join()).toMatch(
      /calls\.md:11:11: unknown source `core\/verbs\.c`; write FILE:FUNCTION@VERSION/,
    );
  });
});
