/* A growing text: replies and frames are written into one. */
#ifndef CONFORMD_TEXT_H
#define CONFORMD_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct text {
  char *data;
  size_t length;
  size_t room;
};

/* Room for `more` bytes behind the end; they are not yet part of the text. Ends the program where memory is out. */
char *text_reserve(struct text *text, size_t more);
void text_add(struct text *text, const void *bytes, size_t length);
void text_string(struct text *text, const char *string);
void text_number(struct text *text, int64_t number);
/* Lower-case hex, two digits a byte. */
void text_hex(struct text *text, const uint8_t *bytes, size_t length);
/* "0x" and lower-case hex without leading zeros, in quotes. */
void text_address(struct text *text, uint64_t address);
/* A JSON string: quoted and escaped; ASCII only, since it may have been cut anywhere. */
void text_quoted(struct text *text, const char *string);
/* Takes the first `length` bytes away. */
void text_drop(struct text *text, size_t length);
void text_free(struct text *text);

#endif
