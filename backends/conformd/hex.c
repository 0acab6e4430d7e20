#include "hex.h"

/* The value of a digit, plus one; 0 for what is none. */
static const uint8_t digits[256] = {
  ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
  ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

bool hex_read(const char *hex, size_t length, uint8_t *bytes)
{
  if (length % 2)
    return false;
  for (size_t i = 0; i < length; i += 2) {
    uint8_t high = digits[(uint8_t)hex[i]];
    uint8_t low = digits[(uint8_t)hex[i + 1]];

    if (!high || !low)
      return false;
    *bytes++ = (uint8_t)((high - 1) << 4 | (low - 1));
  }
  return true;
}
