/* Bytes as the protocol has them: lower-case hex. */
#ifndef CONFORMD_HEX_H
#define CONFORMD_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes `length` / 2 bytes; false where it is not lower-case hex of whole bytes. */
bool hex_read(const char *hex, size_t length, uint8_t *bytes);

#endif
