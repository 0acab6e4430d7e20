#include "lines.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *const templates[] = {
  "hello\",\"params\":{\"protocol\":[$N],\"client\":\"fuzz\"}",
  "describe\",\"params\":{}",
  "process\",\"params\":{\"privileged\":$B}",
  "open\",\"params\":{\"process\":$P,\"path\":\"$D\",\"flags\":$N}",
  "read\",\"params\":{\"process\":$P,\"fd\":$F,\"length\":$N}",
  "poll\",\"params\":{\"process\":$P,\"entries\":[[$F,$N],[$F,5]],\"wait\":$B}",
  "fcntl\",\"params\":{\"process\":$P,\"fd\":$F,\"command\":\"F_$CFD\",\"argument\":$N}",
  "fcntl\",\"params\":{\"process\":$P,\"fd\":$F,\"command\":\"F_$CFL\",\"argument\":$N}",
  "map\",\"params\":{\"process\":$P,\"fd\":$F,\"length\":$N,\"offset\":$N}",
  "unmap\",\"params\":{\"process\":$P,\"address\":\"$A\",\"length\":$N}",
  "load\",\"params\":{\"process\":$P,\"address\":\"$A\",\"length\":$N}",
  "store\",\"params\":{\"process\":$P,\"address\":\"$A\",\"bytes\":\"$H\"}",
  "close\",\"params\":{\"process\":$P,\"fd\":$F}",
  "fork\",\"params\":{\"process\":$P}",
  "sendFd\",\"params\":{\"process\":$P,\"fd\":$F,\"to\":$P}",
  "exit\",\"params\":{\"process\":$P}",
  "control\",\"params\":{\"control\":{\"action\":\"plug\",\"device\":\"null\"}}",
  "control\",\"params\":{\"control\":{\"action\":\"kernel_call\",\"device\":\"null\",\"atomic\":$B,\"sleepable\":$B,"
  "\"object\":\"ah\",\"method\":\"create\",\"attributes\":{\"pd\":$N,\"path\":{\"port\":$N}}}}",
  "control\",\"params\":{\"control\":{\"action\":\"raise_event\",\"device\":\"null\",\"event\":\"QP_FATAL\","
  "\"about\":{\"pid\":$P,\"fd\":$F,\"object\":\"qp\",\"handle\":$N}}}",
  "reset\",\"params\":{}",
  "begin\",\"params\":{\"scenario\":\"$H\"}",
  "ping\",\"params\":{}",
  "bye\",\"params\":{}",
};

#define TEMPLATES (sizeof(templates) / sizeof(templates[0]))

unsigned lines_random(struct world *world, unsigned most)
{
  /* splitmix64 */
  uint64_t z = world->random += 0x9e3779b97f4a7c15;

  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return (unsigned)((z ^ z >> 31) % most);
}

static const char *number(struct world *world)
{
  static const char *const numbers[] = {"0", "1", "2", "3", "4", "8", "16", "4096", "65536", "524287", "2147483647",
                                        "2147483648", "4294967295", "4294967296", "9007199254740991",
                                        "9007199254740992", "9223372036854775807", "-1",
                                        "-2147483648", "-9223372036854775808", "1.0", "1e3", "-0", "null"};

  /* Mostly numbers that make sense somewhere. */
  return numbers[lines_random(world, lines_random(world, 4) ? 9 : sizeof(numbers) / sizeof(numbers[0]))];
}

static void hex(struct world *world, struct text *text)
{
  static const char digits[] = "0123456789abcdef";
  unsigned length = 2 * lines_random(world, lines_random(world, 20) ? 40 : 8000);

  if (!lines_random(world, 20))
    length++;
  for (; length; length--)
    text_add(text, &digits[lines_random(world, 16)], 1);
  if (!lines_random(world, 20))
    text_string(text, lines_random(world, 2) ? "AF" : "g0");
}

static void value(struct world *world, char kind, struct text *text)
{
  static const char *const paths[] = {"/dev/zero", "/dev/null", "/dev/full", "/dev/../dev/zero", "/etc/passwd",
                                      "/nowhere", "", "zero", "/dev//zero"};
  static const char *const addresses[] = {"0x0", "0x1000", "0x400000", "0x7ffff7ff0000", "0xffffffffffffffff",
                                          "0x7fffffffffff", "0x", "4096", "0x00", "0x10000000000000000", "0xABC"};

  switch (kind) {
  case 'P':
    text_number(text, lines_random(world, 12) ? world->process[lines_random(world, WORLD_PROCESSES)]
                                              : (int)lines_random(world, 3));
    break;
  case 'F':
    text_string(text, lines_random(world, 4) ? "3" : number(world));
    break;
  case 'N':
    text_string(text, number(world));
    break;
  case 'B':
    text_string(text, lines_random(world, 2) ? "true" : "false");
    break;
  case 'C':
    text_string(text, lines_random(world, 2) ? "GET" : "SET");
    break;
  case 'D':
    text_string(text, paths[lines_random(world, sizeof(paths) / sizeof(paths[0]))]);
    break;
  case 'A':
    text_string(text, addresses[lines_random(world, sizeof(addresses) / sizeof(addresses[0]))]);
    break;
  default:
    hex(world, text);
    break;
  }
}

static void fill(struct world *world, const char *template, struct text *text)
{
  for (; *template; template++) {
    if (*template == '$')
      value(world, *++template, text);
    else
      text_add(text, template, 1);
  }
}

void lines_message(struct world *world, struct text *text, long long id)
{
  bool is_ioctl = lines_random(world, 4);

  text_string(text, "{\"jsonrpc\":\"2.0\",\"id\":");
  text_number(text, id);
  text_string(text, is_ioctl ? ",\"method\":\"ioctl\",\"params\":{" : ",\"method\":\"write\",\"params\":{");
  fill(world, is_ioctl ? "\"process\":$P,\"fd\":$F,\"request\":$N,\"regions\":[" : "\"process\":$P,\"fd\":$F,\"regions\":[",
       text);
  for (unsigned i = 0, many = lines_random(world, 5); i < many; i++) {
    fill(world, i ? ",{\"bytes\":\"$H\"" : "{\"bytes\":\"$H\"", text);
    text_string(text, lines_random(world, 6) ? "" : ",\"readOnly\":true");
    text_string(text, lines_random(world, 6) ? "}" : ",\"guard\":true}");
  }
  text_string(text, "],\"patches\":[");
  for (unsigned i = 0, many = lines_random(world, 4); i < many; i++) {
    fill(world, i ? ",[" : "[", text);
    text_number(text, lines_random(world, 3));
    fill(world, ",$N,", text);
    text_number(text, lines_random(world, 3));
    fill(world, ",$N]", text);
  }
  text_string(text, "]}}");
}

/* Bytes are changed, taken out, doubled, or put in. */
static void spoil(struct world *world, struct text *text, size_t from)
{
  static const char *const words[] = {"{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "null", "\n", "[[[[[[[[", "\xff",
                                      "\xc3", "\\ud800", "1e999", "\"process\":1,", "\"id\":7,", " ", "\t", "\r"};
  size_t length = text->length - from;
  size_t at = from + (length ? lines_random(world, (unsigned)length) : 0);
  size_t span = 1 + lines_random(world, 12);

  if (at + span > text->length)
    span = text->length - at;
  switch (lines_random(world, 4)) {
  case 0:
    if (length)
      text->data[at] = (char)lines_random(world, 256);
    break;
  case 1:
    memmove(text->data + at, text->data + at + span, text->length - at - span);
    text->length -= span;
    break;
  case 2:
    text_reserve(text, span);
    memmove(text->data + at + span, text->data + at, text->length - at);
    text->length += span;
    break;
  default: {
    const char *word = words[lines_random(world, sizeof(words) / sizeof(words[0]))];
    size_t more = strlen(word);

    text_reserve(text, more);
    memmove(text->data + at + more, text->data + at, text->length - at);
    memcpy(text->data + at, word, more);
    text->length += more;
  }
  }
}

static void one(struct world *world, struct text *text)
{
  unsigned which = lines_random(world, 2 * TEMPLATES);

  /* Half of all are messages; and not every second session ends at once. */
  if (which >= TEMPLATES || (which == TEMPLATES - 1 && lines_random(world, 8))) {
    lines_message(world, text, 1 + lines_random(world, 1000));
    return;
  }
  text_string(text, "{\"jsonrpc\":\"2.0\",\"id\":");
  text_number(text, 1 + lines_random(world, 1000));
  text_string(text, ",\"method\":\"");
  fill(world, templates[which], text);
  text_string(text, "}");
}

void lines_add(struct world *world, struct text *text)
{
  size_t from = text->length;

  if (lines_random(world, 30) == 0) {
    text_string(text, "[");
    for (unsigned i = 0, many = lines_random(world, 6); i < many; i++) {
      text_string(text, i ? "," : "");
      one(world, text);
    }
    text_string(text, "]");
  } else {
    one(world, text);
  }
  if (lines_random(world, 2)) {
    for (unsigned many = 1 + lines_random(world, 4); many; many--)
      spoil(world, text, from);
  }
  /* Once in a while a line that is too long. */
  if (lines_random(world, 3000) == 0) {
    const size_t much = 1 << 21;

    memset(text_reserve(text, much), 'x', much);
    text->length += much;
  }
  text_string(text, "\n");
}
