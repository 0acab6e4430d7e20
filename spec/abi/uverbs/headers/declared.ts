/**
 * What a kernel's parser is told of methods and write commands: its own declarations, compiled with macros of ours that print
 * what they are given.
 */
import { join } from 'node:path';
import { run } from './compiler.ts';
import { declarations, type SourceSet } from './source_sets.ts';

const MACROS = `
typedef unsigned char u8; typedef unsigned int u32; typedef unsigned long long u64;
enum { UVERBS_ACCESS_READ, UVERBS_ACCESS_WRITE, UVERBS_ACCESS_NEW, UVERBS_ACCESS_DESTROY };
static const char *const accesses[] = { "read", "write", "new", "destroy" };
struct declared { int id; const char *form; int object, access, min, max, required, extensible, open, copied; };
#define UA_MANDATORY .required = 1
#define UA_OPTIONAL .required = 0
#define UA_ALLOC_AND_COPY .copied = 1
#define UVERBS_ATTR_TYPE(type) .min = sizeof(type), .max = sizeof(type)
#define UVERBS_ATTR_STRUCT(type, last) .extensible = 1, .min = offsetof(type, last) + sizeof(((type *)0)->last), .max = sizeof(type)
#define UVERBS_ATTR_MIN_SIZE(size) .open = 1, .min = size
#define UVERBS_ATTR_IDR(number, what, how, ...) { .id = number, .form = "object", .object = what, .access = how, __VA_ARGS__ }
#define UVERBS_ATTR_FD(number, what, how, ...) { .id = number, .form = "fd", .object = what, .access = how, __VA_ARGS__ }
#define UVERBS_ATTR_RAW_FD(number, ...) { .id = number, .form = "raw_fd", __VA_ARGS__ }
#define UVERBS_ATTR_PTR_IN(number, size, ...) { .id = number, .form = "in", size, __VA_ARGS__ }
#define UVERBS_ATTR_PTR_OUT(number, size, ...) { .id = number, .form = "out", size, __VA_ARGS__ }
#define UVERBS_ATTR_ENUM_IN(number, kinds, ...) { .id = number, .form = "enum", __VA_ARGS__ }
#define UVERBS_ATTR_CONST_IN(number, type, ...) { .id = number, .form = "const", .min = 8, .max = 8, __VA_ARGS__ }
#define UVERBS_ATTR_FLAGS_IN(number, type, ...) { .id = number, .form = "flags", .min = 4, .max = 8, __VA_ARGS__ }
#define UVERBS_ATTR_UMEM(number, ...) UVERBS_ATTR_PTR_IN(number, UVERBS_ATTR_TYPE(struct ib_uverbs_buffer_desc), __VA_ARGS__)
#define UVERBS_ATTR_UHW() UVERBS_ATTR_PTR_IN(UVERBS_ATTR_UHW_IN, UVERBS_ATTR_MIN_SIZE(0)), UVERBS_ATTR_PTR_OUT(UVERBS_ATTR_UHW_OUT, UVERBS_ATTR_MIN_SIZE(0))
#define DECLARE_UVERBS_NAMED_METHOD(method, ...) static const struct declared of_##method[] = { __VA_ARGS__ };
#define DECLARE_UVERBS_NAMED_METHOD_DESTROY DECLARE_UVERBS_NAMED_METHOD
struct defined { int object, number, extended, in, out; const char *data, *needs; };
#define DECLARE_UVERBS_OBJECT(what, ...) { .object = what + 1 }, ##__VA_ARGS__
#define UAPI_DEF_CHAIN_OBJ_TREE_NAMED DECLARE_UVERBS_OBJECT
#define DECLARE_UVERBS_WRITE(what, handler, sizes, ...) { .number = what + 1, sizes }, ##__VA_ARGS__
#define DECLARE_UVERBS_WRITE_EX(what, handler, sizes, ...) { .number = what + 1, .extended = 1, sizes }, ##__VA_ARGS__
#define UAPI_DEF_WRITE_I(req) .in = sizeof(req)
#define UAPI_DEF_WRITE_IO(req, resp) .in = sizeof(req), .out = sizeof(resp)
#define UAPI_DEF_WRITE_UDATA_I(req) .in = sizeof(req), .data = "in"
#define UAPI_DEF_WRITE_UDATA_IO(req, resp) .in = sizeof(req), .out = sizeof(resp), .data = "both"
#define UAPI_DEF_WRITE_I_EX(req, last) .in = sizeof(req)
#define UAPI_DEF_WRITE_IO_EX(req, last, resp, end) .in = sizeof(req), .out = sizeof(resp)
#define UAPI_DEF_METHOD_NEEDS_FN(operation) { .needs = #operation }
#define UAPI_DEF_OBJ_NEEDS_FN(operation) { .needs = "object " #operation }
`;

export interface Declared {
  /** By the method's constant: one line for each attribute, in the order of their ids. */
  readonly methods: Readonly<Record<string, readonly string[]>>;
  /** One line for each command, and one for each operation an object needs. */
  readonly commands: readonly string[];
  readonly needs: readonly string[];
}

export function declaredIn(source: SourceSet): Declared {
  const { methods, definitions } = declarations(source);
  const names = [...methods.matchAll(/UVERBS_METHOD_(\w+)/g)].map((match) => match[1] ?? '');
  const listed = `static const struct defined defined[] = {\n${definitions}\n};`;
  const print = names.map((name) => `METHOD(${name})`).join('\n');
  const output = run(
    { name: source.name, version: source.version, uapi: join(source.folder, 'include/uapi'), internal: undefined },
    `${MACROS}\n${methods}\n${listed}`,
    `#define METHOD(name) for (int i = 0; i < sizeof(of_UVERBS_METHOD_##name) / sizeof(struct declared); i++) { \\
       const struct declared *d = &of_UVERBS_METHOD_##name[i]; \\
       printf("method " #name " %d %s %d %s %d %d %d %d %d\\n", d->id, d->form, d->object, accesses[d->access], d->min, d->max, d->required, d->extensible, d->open); }
     ${print}
     int object = 0;
     for (int i = 0; i < sizeof(defined) / sizeof(*defined); i++) {
       const struct defined *d = &defined[i];
       if (d->object) object = d->object - 1;
       if (d->number) printf("command %d %d %d %d %d %s\\n", object, d->number - 1, d->extended, d->in, d->out, d->data ? d->data : "-");
       if (d->needs) printf("needs %d %s\\n", object, d->needs);
     }`,
  );
  return sorted(output);
}

function sorted(output: string): Declared {
  const methods: Record<string, string[]> = {};
  const commands: string[][] = [];
  const needs: string[] = [];
  for (const line of output.trim().split('\n')) {
    const [kind = '', first = '', ...rest] = line.split(' ');
    if (kind === 'method') (methods[first] ??= []).push(rest.join(' '));
    else if (kind === 'command') commands.push([first, ...rest]);
    else if (rest[0] === 'object') needs.push(`${first} ${rest[1] ?? ''}`);
    else commands.at(-1)?.push(...rest);
  }
  for (const lines of Object.values(methods)) lines.sort((a, b) => parseInt(a) - parseInt(b));
  return { methods, commands: commands.map((words) => words.join(' ')).sort(), needs: [...new Set(needs)].sort() };
}
