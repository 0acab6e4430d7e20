/* ioctl and write: a message in regions of memory, with addresses to be patched in. */
#ifndef CONFORMD_MESSAGE_H
#define CONFORMD_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "frame.h"
#include "limits.h"
#include "params.h"
#include "rpc.h"

struct message {
  enum op op;
  struct argument process;
  int32_t fd;
  /* Number of the ioctl; of a write, the length of its first piece where it has two, else 0. */
  uint32_t request;
  size_t regions;
  struct {
    const char *hex;
    size_t length;
    uint32_t flags;
  } region[LIMIT_REGIONS];
  size_t patches;
  struct frame_patch patch[LIMIT_PATCHES];
};

/* Bytes of the frame of a message; fills it, behind what submit_frame sets: false where hex or a patch is not right. */
size_t message_size(const struct message *message);
bool message_fill(struct frame *frame, const struct message *message, struct complaint *complaint);
/* Hands the call to its process; false with a complaint where hex or a patch is not right, and then nothing is answered. */
bool message_send(struct asker asker, const struct message *message, struct complaint *complaint);
/*
 * The line of an ioctl or a write exactly as clients write it, without a space and in the order of the protocol's page:
 * that line is most of what comes, and reading it as JSON costs more than all the rest. False for any other line, and for
 * one with something wrong in it, which the JSON way then names. `line` ends with a line feed.
 */
bool message_read_quickly(const char *line, size_t length, uint64_t *id, struct message *message);

#endif
