#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *text_reserve(struct text *text, size_t more)
{
  if (text->room - text->length < more) {
    size_t room = text->room ? text->room : 256;

    while (room - text->length < more)
      room *= 2;
    char *data = realloc(text->data, room);
    if (!data) {
      fputs("conformd: no memory left\n", stderr);
      abort();
    }
    text->data = data;
    text->room = room;
  }
  return text->data + text->length;
}

void text_add(struct text *text, const void *bytes, size_t length)
{
  if (!length)
    return;
  memcpy(text_reserve(text, length), bytes, length);
  text->length += length;
}

void text_string(struct text *text, const char *string)
{
  text_add(text, string, strlen(string));
}

void text_number(struct text *text, int64_t number)
{
  char digits[24];
  char *at = digits + sizeof(digits);
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

  do {
    *--at = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  if (number < 0)
    *--at = '-';
  text_add(text, at, (size_t)(digits + sizeof(digits) - at));
}

void text_hex(struct text *text, const uint8_t *bytes, size_t length)
{
  static const char digits[] = "0123456789abcdef";
  char *to = text_reserve(text, 2 * length);

  for (size_t i = 0; i < length; i++) {
    *to++ = digits[bytes[i] >> 4];
    *to++ = digits[bytes[i] & 15];
  }
  text->length += 2 * length;
}

void text_address(struct text *text, uint64_t address)
{
  char string[24];

  snprintf(string, sizeof(string), "\"0x%" PRIx64 "\"", address);
  text_string(text, string);
}

void text_quoted(struct text *text, const char *string)
{
  text_string(text, "\"");
  for (const unsigned char *at = (const unsigned char *)string; *at; at++) {
    char escaped[8];

    if (*at == '"' || *at == '\\')
      snprintf(escaped, sizeof(escaped), "\\%c", *at);
    else if (*at < 0x20 || *at == 0x7f)
      snprintf(escaped, sizeof(escaped), "\\u%04x", *at);
    else
      snprintf(escaped, sizeof(escaped), "%c", *at < 0x80 ? *at : '?');
    text_string(text, escaped);
  }
  text_string(text, "\"");
}

void text_drop(struct text *text, size_t length)
{
  text->length -= length;
  if (text->length)
    memmove(text->data, text->data + length, text->length);
}

void text_free(struct text *text)
{
  free(text->data);
  *text = (struct text){0};
}
